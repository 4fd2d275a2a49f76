"""Rounds that can be played again: their time lines, and the best other one of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.language import _, figures
from game.persistence.rounds import FINISHED, KeptAnswer, KeptRound, load_round
from game.persistence.storage import PastRound, Storage
from game.rules.modes import MODES
from game.rules.modes.mode import PRACTICE, Level, Mode, mode_key
from game.rules.options import SEPARATOR
from game.rules.replay import TimeLine, time_line, time_lines
from game.rules.scoring import Tally


@dataclass(frozen=True, eq=False)
class Recording:
    """A stored round with its time lines: one, or one for each player where all wrote at once."""

    past: PastRound
    kept: KeptRound
    lines: Sequence[TimeLine]

    @property
    def mode(self) -> Mode:
        """What was played."""
        return self.kept.sheet.mode

    @property
    def level(self) -> Level:
        """At which level."""
        return self.kept.sheet.levels[0]

    @property
    def answers(self) -> Sequence[KeptAnswer]:
        """All answers of the round, in their order."""
        return self.kept.answers

    @property
    def seconds(self) -> float:
        """How long the replay lasts."""
        return max((line.seconds for line in self.lines), default=0.0)

    @property
    def has_ink(self) -> bool:
        """Whether any ink was kept."""
        return any(line.has_ink for line in self.lines)


def recording(storage: Storage, number: int) -> Recording | None:
    """The stored round of that number; None where it is none, or its mode is of another version."""
    past = next((each for each in storage.past_rounds() if each.number == number), None)
    return None if past is None else _recorded(storage, past)


def rival(storage: Storage, own: Recording) -> Recording | None:
    """The best other round that was finished under the same conditions, where there is one.

    Nobody's ghost runs beside a round of several players.
    """
    if own.mode.turns.players > 1:
        return None
    best: PastRound | None = None
    for past in storage.past_rounds():
        if past.number == own.past.number or past.state != FINISHED:
            continue
        if kind(past) == kind(own.past) and mark(past) is not None and _beats(past, best, own.mode):
            best = past
    found = None if best is None else _recorded(storage, best)
    return found if found is not None and found.has_ink else None


def mark(past: PastRound) -> float | None:
    """What a stored round is measured by, in its mode's goal; None where it made no mark."""
    mode = MODES.get(mode_key(past.mode))
    end = past.summary
    tally = Tally(end.seconds, end.score, end.longest_streak, end.right_answers, end.wrong_answers)
    return None if mode is None else mode.goal.mark(tally)


def mark_words(past: PastRound) -> str:
    """That mark as the player reads it; how many were right, where there is none."""
    mode, found = MODES.get(mode_key(past.mode)), mark(past)
    if mode is None or found is None or (not found and not past.summary.score):
        return right_words(past)
    return mode.goal.words(found)


def right_words(past: PastRound) -> str:
    """Such as "24 of 26 right"."""
    end = past.summary
    # Translators: answers that were right, of all that were given.
    return _("{right} of {asked} right").format(
        right=figures.number(end.right_answers),
        asked=figures.number(end.right_answers + end.wrong_answers),
    )


def title(past: PastRound) -> str:
    """Mode and level as the player reads them: "Sums, Hard"."""
    mode = MODES.get(mode_key(past.mode))
    if mode is None:
        return mode_key(past.mode)
    if not mode.levels[1:]:
        return _(mode.title)
    return _("{mode}, {level}").format(
        mode=_(mode.title), level=_(mode.stored_level(past.mode).title)
    )


def kind(past: PastRound) -> str:
    """What was played under which conditions; whether it counted makes no difference."""
    return SEPARATOR.join(word for word in past.mode.split(SEPARATOR) if word != PRACTICE)


def _beats(past: PastRound, best: PastRound | None, mode: Mode) -> bool:
    one, other = mark(past), None if best is None else mark(best)
    return one is not None and (other is None or mode.goal.better(one, other))


def _recorded(storage: Storage, past: PastRound) -> Recording | None:
    kept = load_round(storage, past)
    if kept is None:
        return None
    outcomes = [answer.outcome for answer in kept.answers]
    ink = [answer.ink for answer in kept.answers]
    sheet = kept.sheet
    halved = sheet.mode.is_halved(sheet.mode.stored_level(past.mode))
    lines = time_lines(outcomes, ink) if halved else [time_line(outcomes, ink)]
    return Recording(past, kept, lines)
