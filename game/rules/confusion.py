"""Confusion: as what the reader took each digit that the player wrote.

Only answers count of which it is known what was written: one that was read as what was asked, one
of which the player said what it was, and a numeral that was only to be copied. Of any other wrong
answer nobody knows whether the reader erred or the player.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.language import _, figures, ngettext
from game.rules.judge import Verdict
from game.rules.prompt import Disguise

DIGITS = "0123456789"
NOT_READ = "?"  # as what ink is read that looks like no digit
RECENT = 20  # readings of a digit, by which it is judged how surely it is read
LEAST = 5  # readings, below which nothing is said of a digit
LEAST_NEED = 0.07  # share of a digit's readings that go wrong, below which it needs no practice
TWICE = 2  # once may be chance: so often a digit must have been taken for another to be named

ReadDigit = tuple[str, str]  # what was written, and what was read: digits, or NOT_READ


def told_digits(
    expected: str, read: str, verdict: str, disguise: str, claim: str | None
) -> list[ReadDigit]:
    """Each digit of a judged answer with what was read; none where that is not known.

    `claim` is what the player said that it was, `verdict` and `disguise` as they are stored.
    """
    if verdict == Verdict.LATE.value:
        return []
    copied = disguise == Disguise.NUMERAL.value
    written = claim or (expected if copied or verdict == Verdict.RIGHT.value else "")
    if len(written) != len(read):
        return []
    return [(w, r) for w, r in zip(written, read, strict=True) if w in DIGITS]


@dataclass(frozen=True)
class Mixup:
    """A digit that was taken for another one, or for none."""

    written: str
    read: str
    times: int
    of: int  # readings of that digit


class Confusion:
    """How often each digit was read as what; the readings are in their order."""

    def __init__(self, readings: Iterable[ReadDigit]) -> None:
        self.readings: Sequence[ReadDigit] = list(readings)
        self._counts = Counter(self.readings)

    def count(self, written: str, read: str) -> int:
        """How often the one was read as the other."""
        return self._counts[written, read]

    def total(self, written: str) -> int:
        """How often a digit was written."""
        return sum(self._counts[written, read] for read in (*DIGITS, NOT_READ))

    def recent(self, written: str, most: int = RECENT) -> tuple[int, int]:
        """How many of a digit's last readings were right, and how many those are."""
        last = [read for digit, read in self.readings if digit == written][-most:]
        return sum(read == written for read in last), len(last)

    def mixups(self) -> list[Mixup]:
        """What was taken for something else more than once, the most frequent share first."""
        found = [
            Mixup(written, read, times, self.total(written))
            for (written, read), times in self._counts.items()
            if written != read and times >= TWICE
        ]
        return sorted(found, key=lambda m: (-m.times / m.of, -m.times, m.written, m.read))

    def words(self) -> str:
        """What stands out, in a sentence or two."""
        if not self.readings:
            return _("No digit has been read yet of which it is known what it was.")
        mixups = self.mixups()
        if mixups:
            return " ".join(map(_said, mixups[:2]))
        count, wrong = len(self.readings), sum(written != read for written, read in self.readings)
        if not wrong:
            words = ngettext(
                "Your last digit was read as you meant it.",
                "All of your last {count} digits were read as you meant them.",
                count,
            )
        else:
            words = ngettext(
                "Your last digit was misread.",
                "Misread of your last {count} digits: {wrong}, none twice alike.",
                count,
            )
        return words.format(count=figures.number(count), wrong=figures.number(wrong))

    def needs(self) -> dict[str, float]:
        """How much each digit that is often misread should be practised, 0 to 1."""
        found = {}
        for digit in DIGITS:
            right, count = self.recent(digit)
            need = (count - right + 1) / (count + 2)  # as if one more had gone either way
            if count >= LEAST and need >= LEAST_NEED:
                found[digit] = need
        return found


def _said(mixup: Mixup) -> str:
    if mixup.read == NOT_READ:
        # Translators: {digit} is such as 7: the sevens that the player writes.
        words = _("Your {digit}s cannot be read at times: {times} of {count}.")
    else:
        words = _("Your {digit}s are read as {other}: {times} of {count}.")
    return words.format(
        digit=mixup.written, other=mixup.read,
        times=figures.number(mixup.times), count=figures.number(mixup.of),
    )  # fmt: skip
