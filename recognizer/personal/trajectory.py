"""The pen's trajectory: how a digit was drawn, as points that two digits can be compared by.

A picture no longer tells where the pen began, which way it went and when it lifted. Between people
these differ too much to learn from (a network that saw them read pendigits' test writers better and
UNIPEN's worse), but a person draws a digit in the same way nearly every time.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.strokes import interpolated
from recognizer.types import Stroke

POINTS = 32  # on a trajectory: enough for the turns of a digit

Trajectory = NDArray[np.float64]  # (2 * POINTS,)


def trajectory(strokes: Sequence[Stroke]) -> Trajectory:
    """The trajectory of at least one stroke (N, 2): `POINTS` points, evenly along what was drawn.

    They are x and y in turn, about the middle of the ink, its longer side 1. The way between two
    strokes counts for nothing, so that a lifted pen shows as a leap.
    """
    points = np.concatenate(strokes)[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    steps = np.hypot(*np.diff(points, axis=0).T)
    starts = np.cumsum([len(stroke) for stroke in strokes[:-1]], dtype=np.int64)
    steps[starts - 1] = 0.0
    along = np.concatenate([[0.0], np.cumsum(steps)])
    # The two ends of a leap stand at one place of the way: a hair between them keeps their order.
    along += np.linspace(0.0, 1e-9 * (along[-1] + 1.0), len(along))
    marks = np.linspace(0.0, along[-1], POINTS)
    even = interpolated(marks, along, points)
    return np.asarray((even - (low + high) / 2) / max(float((high - low).max()), 1e-9)).ravel()


def distances(trajectories: Trajectory, others: Trajectory) -> NDArray[np.float64]:
    """How far trajectories (N, 2 * POINTS) lie from others (K, 2 * POINTS): (N, K).

    The root of the mean squared distance of their points, in shares of the digits' longer sides.
    """
    squares = (trajectories**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(squares - 2 * trajectories @ others.T, 0.0) / POINTS))
