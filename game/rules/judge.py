"""Judging: from a reading to a verdict. "Cannot read" is never "wrong"."""

from __future__ import annotations

import enum

from recognizer.reading import Reading, is_readable


class Verdict(enum.Enum):
    """What became of one answer."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    LATE = "late"  # nothing was written in its time


def judge(expected: str, reading: Reading) -> Verdict:
    """Compare what was read with what was asked; ink that cannot be read is no answer at all.

    Neither is a number that stops short: the reader may have taken two digits for one.
    """
    if not is_readable(reading) or len(reading.text) < len(expected):
        return Verdict.UNREADABLE
    return Verdict.RIGHT if reading.text == expected else Verdict.WRONG
