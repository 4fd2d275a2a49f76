"""Two readings of one number: one that knows how many digits there are, and one that does not.

A reader that is told "two digits" finds two, even in the lone "4" of a "42" that is still being
written, or in an answer that is one digit too long. Freely it would have found one, or three, and
been surer of it. So the surer reading counts, and a number is whole when the free one is as long.
"""

from __future__ import annotations

from recognizer.reading import Reading, is_readable

LEAD = 0.15  # of confidence, by which more digits than a free reader finds must be surer


def more_confident(known: Reading, free: Reading) -> Reading:
    """The reading whose least certain digit is the surer one; of equals the one that knows.

    Where the free one is shorter, it counts unless it is clearly in doubt: a stroke that is a good
    "1" can be taken for "11" as well.
    """
    lead = LEAD if len(free.digits) < len(known.digits) else 0.0
    return known if _certainty(known) >= _certainty(free) + lead else free


def is_whole(chosen: Reading, free: Reading, digits: int) -> bool:
    """Whether the ink looks like a finished answer of so many digits.

    Of one digit that has always been so: there is no telling half a digit from a bad one.
    """
    return digits == 1 or (len(free.digits) >= digits and is_readable(chosen))


def _certainty(reading: Reading) -> float:
    return min((0.0 if d.value is None else d.confidence for d in reading.digits), default=0.0)
