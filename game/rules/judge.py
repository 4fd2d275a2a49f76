"""Judging: from a reading to a verdict. "Cannot read" is never "wrong"."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Protocol

MIN_CONFIDENCE = (
    0.5  # below this the reader is guessing, and a guess must not cost the player anything
)


class DigitLike(Protocol):
    """The part of `recognizer.Digit` that the rules look at."""

    @property
    def value(self) -> int | None: ...

    @property
    def confidence(self) -> float: ...


class ReadingLike(Protocol):
    """The part of `recognizer.Reading` that the rules look at."""

    @property
    def text(self) -> str: ...

    @property
    def digits(self) -> Sequence[DigitLike]: ...


class Verdict(enum.Enum):
    """What became of one answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


def judge(expected: str, reading: ReadingLike) -> Verdict:
    """Compare what was read with what was asked; ink that cannot be read is no answer at all.

    Neither is a number that stops short: the reader may have taken two digits for one.
    """
    if not is_readable(reading) or len(reading.text) < len(expected):
        return Verdict.UNREADABLE
    return Verdict.RIGHT if reading.text == expected else Verdict.WRONG


def is_readable(reading: ReadingLike) -> bool:
    """Whether every mark was read as a digit with reasonable certainty."""
    if not reading.text or not reading.text.isdecimal():
        return False
    return all(d.value is not None and d.confidence >= MIN_CONFIDENCE for d in reading.digits)
