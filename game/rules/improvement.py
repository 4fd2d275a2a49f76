"""Improvement: what became better, in a sentence that chance has not written.

Like is compared with like: rounds of one mode, level and options with earlier ones of the same. A
difference is told only where it is larger than what chance makes of so few answers, in about
nineteen of twenty cases.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game.language import _, figures, ngettext
from game.rules.confusion import DIGITS, Confusion
from game.rules.figures import RoundFigures, Spread
from game.rules.streak import DAY

SURE = 2.0  # standard errors that a difference must be
LEAST_ANSWERS = 15  # on either side of a comparison
LEAST_ROUNDS = 2  # on either side
MOST_ROUNDS = 5  # of those that are compared where all is recent
LEAST_FASTER = 0.1  # s: less is nothing that one would notice
LEAST_SURER = 0.03  # share of the answers, likewise
RECENT_DAYS = 7  # up to today
EARLIER_DAYS = (10, 24)  # before today: two weeks ago, more or less
LEAST_READINGS = 8  # of a digit, on either side
LAST_READINGS = 12

Named = Callable[[str], str]  # what a stored mode is called, such as "Sums: Hard"


@dataclass(frozen=True)
class Compared:
    """Some rounds of one kind, and earlier ones."""

    mode: str
    now: Sequence[RoundFigures]
    before: Sequence[RoundFigures]
    first: int = 0  # how many of the first rounds those are; 0: they are of two weeks ago

    @property
    def faster(self) -> float | None:
        """By how many seconds a right answer comes sooner; None where chance may have done it."""
        now, before = _seconds(self.now), _seconds(self.before)
        if now.mean is None or before.mean is None:
            return None
        if min(now.count, before.count) < LEAST_ANSWERS:
            return None
        error = math.sqrt(now.variance / now.count + before.variance / before.count)
        gained = before.mean - now.mean
        return gained if abs(gained) >= max(LEAST_FASTER, SURE * error) else None

    @property
    def surer(self) -> tuple[float, float] | None:
        """The shares of right answers before and now; None where chance may have done it."""
        now, before = _judged(self.now), _judged(self.before)
        if min(now[1], before[1]) < LEAST_ANSWERS or not _differ(now, before, LEAST_SURER):
            return None
        return before[0] / before[1], now[0] / now[1]


def what_improved(
    rounds: Sequence[RoundFigures], confusion: Confusion, today: datetime.date, named: Named
) -> str:
    """One or two sentences on what became better, or that it cannot be told yet.

    The rounds are in the order in which they were played.
    """
    if not any(each.tally.answered for each in rounds):
        return _("Play a few rounds, and this line will say what became better.")
    pairs = [pair for pair in map(_pair(today), _by_mode(rounds).items()) if pair is not None]
    told = [*_speed(pairs, named), *_reading(confusion), *_sureness(pairs, named)]
    if told:
        return " ".join(told[:2])
    if not pairs:
        times = 2 * LEAST_ROUNDS
        words = ngettext(
            "It is too early to say what became better: play a mode {count} time or more, and this"
            " line will tell.",
            "It is too early to say what became better: play a mode {count} times or more, and this"
            " line will tell.",
            times,
        )
        return words.format(count=figures.number(times))
    return _unchanged(pairs, named)


def _speed(pairs: Sequence[Compared], named: Named) -> list[str]:
    """The mode that became faster by most, if any did."""
    gains = [(pair.faster, pair) for pair in pairs if pair.faster is not None and pair.faster > 0]
    if not gains:
        return []
    gained, pair = max(gains, key=lambda found: found[0])
    if pair.first:
        # Translators: {time} is such as 1.2 s; {mode} is such as Sums (Hard), here and below.
        words = ngettext(
            "Your answers in {mode} come {time} faster than in your first {count} round.",
            "Your answers in {mode} come {time} faster than in your first {count} rounds.",
            pair.first,
        )
    else:
        words = _("Your answers in {mode} come {time} faster than two weeks ago.")
    return [_filled(words, pair, named, time=figures.seconds(gained))]


def _sureness(pairs: Sequence[Compared], named: Named) -> list[str]:
    """The mode of which more answers are right now, if there is one."""
    gains = [(pair.surer, pair) for pair in pairs if pair.surer is not None]
    better = [(now - before, before, now, pair) for (before, now), pair in gains if now > before]
    if not better:
        return []
    _gained, before, now, pair = max(better, key=lambda found: found[0])
    if pair.first:
        # Translators: {now} and {before} are shares of the answers, such as 97%.
        words = ngettext(
            "In {mode} {now} are right now; in your first {count} round it was {before}.",
            "In {mode} {now} are right now; in your first {count} rounds it was {before}.",
            pair.first,
        )
    else:
        words = _("In {mode} {now} are right now; two weeks ago it was {before}.")
    shares = {"now": figures.whole_percent(now), "before": figures.whole_percent(before)}
    return [_filled(words, pair, named, **shares)]


def _reading(confusion: Confusion) -> list[str]:
    """The digit that is read more surely than it was, if there is one."""
    best: tuple[float, str] | None = None
    for digit in DIGITS:
        read = [seen == digit for written, seen in confusion.readings if written == digit]
        now, before = read[-LAST_READINGS:], read[:-LAST_READINGS]
        if min(len(now), len(before)) < LEAST_READINGS:
            continue
        gained = sum(now) / len(now) - sum(before) / len(before)
        sure = _differ((sum(now), len(now)), (sum(before), len(before)), LEAST_SURER)
        if sure and gained > 0 and (best is None or gained > best[0]):
            # Translators: {digit} is such as 7: the sevens that the player writes.
            words = ngettext(
                "Your {digit}s were read right {right} of {count} time lately, {right_before} of"
                " {count_before} before.",
                "Your {digit}s were read right {right} of {count} times lately, {right_before} of"
                " {count_before} before.",
                len(now),
            )
            told = words.format(
                digit=digit, right=figures.number(sum(now)), count=figures.number(len(now)),
                right_before=figures.number(sum(before)), count_before=figures.number(len(before)),
            )  # fmt: skip
            best = gained, told
    return [] if best is None else [best[1]]


def _unchanged(pairs: Sequence[Compared], named: Named) -> str:
    """No clear gain: where the most is known, whether it is as before or slower."""
    pair = max(pairs, key=lambda p: min(_judged(p.now)[1], _judged(p.before)[1]))
    lost = pair.faster
    if lost is not None and lost < 0:
        if pair.first:
            words = ngettext(
                "In {mode} you take {time} longer than in your first {count} round."
                " That comes and goes.",
                "In {mode} you take {time} longer than in your first {count} rounds."
                " That comes and goes.",
                pair.first,
            )
        else:
            words = _("In {mode} you take {time} longer than two weeks ago. That comes and goes.")
        return _filled(words, pair, named, time=figures.seconds(-lost))
    mean = _seconds(pair.now).mean
    if mean is None:
        words = _("{mode} is much as it was two weeks ago.")
        if pair.first:
            words = ngettext(
                "{mode} is much as it was in your first {count} round.",
                "{mode} is much as it was in your first {count} rounds.",
                pair.first,
            )
        return _filled(words, pair, named)
    words = _("{mode} is much as it was two weeks ago: {time} a right answer.")
    if pair.first:
        words = ngettext(
            "{mode} is much as it was in your first {count} round: {time} a right answer.",
            "{mode} is much as it was in your first {count} rounds: {time} a right answer.",
            pair.first,
        )
    return _filled(words, pair, named, time=figures.seconds(mean))


def _filled(words: str, pair: Compared, named: Named, **gaps: str) -> str:
    """A sentence on a mode, with its gaps filled."""
    return words.format(mode=named(pair.mode), count=figures.number(pair.first), **gaps)


def _by_mode(rounds: Sequence[RoundFigures]) -> Mapping[str, list[RoundFigures]]:
    found: dict[str, list[RoundFigures]] = {}
    for each in rounds:
        if each.tally.answered:
            found.setdefault(each.mode, []).append(each)
    return found


def _pair(
    today: datetime.date,
) -> Callable[[tuple[str, Sequence[RoundFigures]]], Compared | None]:
    """This week's rounds beside those of two weeks ago, or the last ones beside the first."""

    def pair(kind: tuple[str, Sequence[RoundFigures]]) -> Compared | None:
        mode, rounds = kind
        now = [each for each in rounds if (today - each.day) < RECENT_DAYS * DAY]
        soonest, latest = EARLIER_DAYS
        earlier = [e for e in rounds if soonest * DAY <= today - e.day <= latest * DAY]
        if min(len(now), len(earlier)) >= LEAST_ROUNDS:
            return Compared(mode, now, earlier)
        count = min(MOST_ROUNDS, len(rounds) // 2)
        if count < LEAST_ROUNDS:
            return None
        return Compared(mode, rounds[-count:], rounds[:count], count)

    return pair


def _seconds(rounds: Sequence[RoundFigures]) -> Spread:
    return sum((each.seconds for each in rounds), Spread())


def _judged(rounds: Sequence[RoundFigures]) -> tuple[int, int]:
    """How many answers were right, and how many there are."""
    return sum(e.tally.right for e in rounds), sum(e.tally.answered for e in rounds)


def _differ(one: tuple[int, int], other: tuple[int, int], least: float) -> bool:
    """Whether two shares (successes, tries) differ by more than chance, and by `least`.

    Agresti and Caffo's interval: as if on either side one try more had gone well, and one badly.
    """
    (a, n), (b, m) = one, other
    p, q = (a + 1) / (n + 2), (b + 1) / (m + 2)
    error = math.sqrt(p * (1 - p) / (n + 2) + q * (1 - q) / (m + 2))
    return abs(p - q) >= SURE * error and abs(a / n - b / m) >= least
