"""Where a single stroke that writes several digits may be cut.

A hand that writes from left to right leaves one digit for good before it starts the next: at a true
joint nearly all ink before lies left of nearly all ink after it. How far that fails at each point
of a stroke is its *overlap*: the farthest x reached before, minus the nearest x visited after. Cuts
are proposed where the pen moves to the right and the overlap is small: one in the middle of each
valley of it. The pen's straight way around a cut is the *ligature* that may lead from one digit to
the next without being part of either. Whether a cut is made, and whether its ligature belongs to
the digits, is decided by the digits that come of it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated
from recognizer.types import Stroke

MOST_CUTS = 8  # of one stroke: more than five joined digits need

# Lengths in line heights.
_SPACING = 0.06  # between points: coarse ink gets points to be cut at
_MOST_POINTS = 600  # of a stroke that is cut
_MOST_OVERLAP = 0.45  # by which digits of a running stroke may overhang each other
_APART = 0.15  # of pen way between two cuts, and between a cut and the stroke's end
_RIGHTWARDS = 0.25  # x per way: a cut is made where the pen moves to the right, or steeply up
_BEND = np.radians(30)  # the direction of a ligature stays within this of that at its cut
_STRAIGHT = 0.92  # chord by way of a tail
_REACH = 2  # points on either side that tell the pen's direction


@dataclass(frozen=True)
class Cut:
    """A place to cut, and the first and last point of the straight way around it."""

    at: int
    first: int
    last: int


def resampled(stroke: Stroke, line_height: float) -> Stroke:
    """The same path with points at equal distances, close enough for cutting."""
    along = arc_lengths(stroke)
    count = int(min(max(along[-1] / (_SPACING * line_height), 1), _MOST_POINTS)) + 1
    marks = np.linspace(0, along[-1], count)
    return interpolated(marks, along, stroke)


def cuts(upright: Stroke, line_height: float) -> list[Cut]:
    """Where a resampled stroke without slant may be cut, in the pen's order."""
    if len(upright) < 2 * _REACH + 3:
        return []
    x, y = upright[:, 0], upright[:, 1]
    farthest = np.maximum.accumulate(x)
    nearest = np.minimum.accumulate(x[::-1])[::-1]
    overlap = (farthest - nearest) / line_height
    along = arc_lengths(upright) / line_height
    ahead, behind = np.minimum(np.arange(len(x)) + _REACH, len(x) - 1), np.arange(len(x)) - _REACH
    steps = upright[ahead] - upright[np.maximum(behind, 0)]
    direction = np.arctan2(steps[:, 1], steps[:, 0])
    usable = (along > _APART) & (along < along[-1] - _APART) & (overlap < _MOST_OVERLAP)
    across, up = np.cos(direction), -np.sin(direction)
    usable &= (across > _RIGHTWARDS) | ((up > 0) & (across > -_RIGHTWARDS))
    # The likeliest first.
    chosen: list[int] = []
    for index in sorted(_valleys(overlap, y, usable), key=lambda i: overlap[i]):
        if len(chosen) < MOST_CUTS and all(abs(along[index] - along[i]) >= _APART for i in chosen):
            chosen.append(index)
    return [_with_ligature(index, direction) for index in sorted(chosen)]


def is_straight(path: Stroke) -> bool:
    """Whether a part of a stroke is so straight, and leads right, that it may be a mere tail."""
    way = float(np.hypot(*np.diff(path, axis=0).T).sum())
    across, down = path[-1] - path[0]
    return bool(across > 0 and np.hypot(across, down) >= _STRAIGHT * way)


def _valleys(
    overlap: NDArray[np.float64], y: NDArray[np.float64], usable: NDArray[np.bool_]
) -> list[int]:
    """The middles of the lowest runs; where the pen turns up or down, another run begins."""
    padded = np.pad(overlap, _REACH, constant_values=np.inf)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _REACH + 1).min(axis=1)
    low = np.flatnonzero(usable & (overlap <= around + 1e-6))
    rising = np.sign(np.gradient(y))
    starts = [0]
    starts += [
        k + 1 for k, (a, b) in enumerate(pairwise(low)) if b > a + 1 or rising[a] != rising[b]
    ]
    return [int(low[(a + b) // 2]) for a, b in pairwise([*starts, len(low)]) if b > a]


def _with_ligature(at: int, direction: NDArray[np.float64]) -> Cut:
    turned = np.abs(np.angle(np.exp(1j * (direction - direction[at]))))
    bent = np.flatnonzero(turned > _BEND)
    before, after = bent[bent < at], bent[bent > at]
    first = int(before[-1]) + 1 if len(before) else 0
    last = int(after[0]) - 1 if len(after) else len(direction) - 1
    return Cut(at, first, last)
