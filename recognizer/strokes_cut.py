"""Where a single stroke that writes several digits may be cut.

A hand that writes from left to right leaves one digit for good before it starts the next: at a true
joint nearly all ink before lies left of nearly all ink after it. How far that fails at each point
of a stroke is its *overlap*: the farthest x reached before, minus the nearest x visited after. Cuts
are proposed where the overlap is small: at its lowest points, and where the pen turns up or down
there, which is where a ligature between two digits begins and ends. Whether a cut is made is
decided by the digits that come of it.
"""

import numpy as np
from numpy.typing import NDArray

from recognizer.ink import Stroke

MOST_CUTS = 10  # of one stroke: about as many as five joined digits have
_SPACING = 0.06  # line heights between points: coarse ink gets points to be cut at
_MOST_POINTS = 600  # of a stroke that is cut
_MOST_OVERLAP = 0.4  # line heights by which digits of a running stroke may overhang each other
_STRAIGHT = 0.92  # chord by way of a ligature
_APART = 0.12  # line heights of pen way between two cuts, and between a cut and the stroke's end


def resampled(stroke: Stroke, line_height: float) -> Stroke:
    """The same path with points at equal distances, close enough for cutting."""
    way = _way(stroke)
    count = int(min(max(way[-1] / (_SPACING * line_height), 1), _MOST_POINTS)) + 1
    marks = np.linspace(0, way[-1], count)
    return np.column_stack([np.interp(marks, way, stroke[:, axis]) for axis in range(2)])


def cut_points(upright: Stroke, line_height: float) -> list[int]:
    """Indices, ascending, at which a resampled stroke without slant may be cut.

    A cut belongs to both of its sides.
    """
    if len(upright) < 5:
        return []
    x, y = upright[:, 0], upright[:, 1]
    farthest = np.maximum.accumulate(x)
    nearest = np.minimum.accumulate(x[::-1])[::-1]
    overlap = (farthest - nearest) / line_height
    way = _way(upright) / line_height
    inner = (way > _APART) & (way < way[-1] - _APART) & (overlap < _MOST_OVERLAP)
    turns = [i for i in np.flatnonzero(inner).tolist() if _turns(y, i)]
    # The likeliest first: little overlap; a turn of the pen is a joint's end.
    chosen: list[int] = []
    candidates = sorted({*turns, *_lowest(overlap, inner)})
    for index in sorted(candidates, key=lambda i: overlap[i] - 0.1 * (i in turns)):
        if len(chosen) == MOST_CUTS:
            break
        if all(abs(way[index] - way[other]) >= _APART for other in chosen):
            chosen.append(index)
    return sorted(chosen)


def is_ligature(path: Stroke) -> bool:
    """Whether a part of a stroke is so straight that it may only lead from digit to digit."""
    way = float(np.hypot(*np.diff(path, axis=0).T).sum())
    to_the_right, down = path[-1] - path[0]
    return bool(to_the_right > 0 and np.hypot(to_the_right, down) > _STRAIGHT * way)


def _lowest(overlap: NDArray[np.float64], inner: NDArray[np.bool_], reach: int = 3) -> list[int]:
    """The middles of the overlap's valleys; a straight ligature is one long flat valley."""
    padded = np.pad(overlap, reach, constant_values=np.inf)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    low = np.flatnonzero(inner & (overlap <= around + 1e-6))
    valleys = np.split(low, np.flatnonzero(np.diff(low) > 1) + 1)
    return [int(valley[len(valley) // 2]) for valley in valleys if len(valley)]


def _turns(y: NDArray[np.float64], index: int) -> bool:
    """Whether the pen turns from down to up or back."""
    before, after = y[index] - y[index - 1], y[index + 1] - y[index]
    return bool(before * after <= 0 and before != after)


def _way(stroke: Stroke) -> NDArray[np.float64]:
    """The pen's way up to each point."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(stroke, axis=0).T))])
