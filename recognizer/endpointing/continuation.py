"""How likely a further stroke is: what the reader saw says whether the digit may go on.

A five without its roof, a four without its bar and a seven that may yet be crossed are read as
something, often with certainty. How often the pen came down again after such a reading was counted
on the strokes of pendigits' training writers; `python -m train.fitting.continuation` prints the
tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from recognizer.endpointing.pace import Pace
from recognizer.reading import Digit
from recognizer.types import Box

CERTAIN = 0.92  # of confidence: nearly all finished digits are read with more
LATE = 0.02  # what is left of its chance to go on, once a digit is not the last one written
LIKELIEST = 0.995
TOO_LONG = 0.5  # least chance that an answer with too many digits still changes

# By what was read: the share of digits that went on after one stroke that was read with certainty,
# one stroke read with less, two or more strokes read with certainty, and two or more with less.
SHARES: dict[int | None, tuple[float, float, float, float]] = {
    0: (0.121, 0.564, 0.062, 0.881),
    1: (0.078, 0.831, 0.038, 0.881),
    2: (0.006, 0.936, 0.291, 0.881),
    3: (0.007, 0.589, 0.451, 0.881),
    4: (0.007, 0.472, 0.003, 0.370),
    5: (0.670, 0.990, 0.006, 0.659),
    6: (0.003, 0.580, 0.354, 0.881),
    7: (0.836, 0.962, 0.005, 0.963),
    8: (0.003, 0.817, 0.034, 0.881),
    9: (0.003, 0.760, 0.045, 0.662),
    None: (0.701, 1.000, 0.622, 0.972),
}

# After one stroke read with certainty, by what was read and the runner-up, where it tells much.
RUNNERS_UP: dict[tuple[int, int], float] = {
    (5, 3): 0.949,
    (5, 6): 0.228,
}


def is_doubtful(digit: Digit) -> bool:
    """Whether a digit was read with less certainty than nearly all finished ones are."""
    return digit.value is None or digit.confidence < CERTAIN


def usual_chance(digit: Digit, strokes: int) -> float:
    """How likely, from 0 to 1, people add a stroke to a digit that was read from so many."""
    doubtful = is_doubtful(digit)
    if strokes == 1 and not doubtful and digit.value is not None:
        others = (p if n != digit.value else -1.0 for n, p in enumerate(digit.probabilities))
        runner_up = max(enumerate(others), key=lambda other: other[1], default=(-1, 0.0))[0]
        if (digit.value, runner_up) in RUNNERS_UP:
            return RUNNERS_UP[digit.value, runner_up]
    return SHARES[digit.value][2 * (strokes > 1) + doubtful]


def chance(
    digits: Sequence[Digit], strokes: Sequence[Box], pace: Pace, *, too_long: bool = False
) -> float:
    """How likely this player adds a stroke to a number that looks whole, from 0 to 1.

    `strokes` are the boxes of the ink's strokes in the order of writing, in the coordinates of the
    digits' boxes; `too_long` says that there are more digits than were asked for. Ink in which
    nothing was seen may always go on.
    """
    if not digits or not strokes:
        return LIKELIEST
    owners = [owner(stroke, digits) for stroke in strokes]
    stays = 1.0
    for number, digit in enumerate(digits):
        count = max(1, owners.count(number))
        goes_on = usual_chance(digit, count) * pace.habit(name(digit, count))
        if number != owners[-1]:
            goes_on *= LATE
        stays *= 1.0 - min(goes_on, LIKELIEST)
    return max(1.0 - stays, TOO_LONG if too_long else 0.0)


def owner(stroke: Box, digits: Sequence[Digit]) -> int:
    """The number of the digit that a stroke belongs to: the one it shares most of its width with.

    Where it shares nothing, or as much with several, it is the one whose middle is the nearest.
    """
    middle = (stroke[0] + stroke[2]) / 2

    def closeness(number: int) -> tuple[float, float]:
        x0, _, x1, _ = digits[number].box
        shared = min(stroke[2], x1) - max(stroke[0], x0)
        return (max(0.0, shared), -abs((x0 + x1) / 2 - middle))

    return max(range(len(digits)), key=closeness)


def name(digit: Digit, strokes: int) -> str:
    """What was read after so many strokes, as habits are kept: "7", or "7+" after several."""
    return ("?" if digit.value is None else str(digit.value)) + "+" * (strokes > 1)
