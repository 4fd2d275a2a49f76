"""Plain bars: straight, upright strokes. Side by side they are ones, however close they stand.

On a picture of several bars a model sees a fence, or one thick bar; the strokes tell them apart.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from recognizer.strokes import arc_lengths
from recognizer.types import Stroke

# Lengths in line heights.
_TALL = 0.6  # height of a bar, the least, and of what two that stand side by side share
_APART = 0.05  # between two bars: a bar that was drawn twice is one
_STRAIGHT = 0.95  # of a bar's way, that its ends are apart


def bar_ends(stroke: Stroke, line_height: float) -> Stroke | None:
    """The upper and the lower end (2, 2) of a plain bar; None of any other stroke (N, 2)."""
    ends = stroke[[stroke[:, 1].argmin(), stroke[:, 1].argmax()], :2]
    across, down = np.abs(ends[1] - ends[0])
    if down <= 0 or down < _TALL * line_height or across > down:
        return None
    way = float(arc_lengths(stroke[:, :2])[-1])
    return ends if float(np.hypot(across, down)) >= _STRAIGHT * way else None


def are_apart(one: Stroke, other: Stroke, line_height: float) -> bool:
    """Whether two bars, each by its ends (2, 2), stand side by side and do not meet."""
    low, high = max(one[0, 1], other[0, 1]), min(one[1, 1], other[1, 1])
    if high - low < _TALL * line_height:
        return False
    left, right = (np.interp([low, high], bar[:, 1], bar[:, 0]) for bar in (one, other))
    apart = (right - left) / line_height
    return bool((apart >= _APART).all() or (apart <= -_APART).all())


def are_a_fence(strokes: Sequence[Stroke], line_height: float) -> bool:
    """Whether all strokes are plain bars, each apart from the others."""
    bars = [bar_ends(stroke, line_height) for stroke in strokes]
    return all(
        a is not None and b is not None and are_apart(a, b, line_height)
        for a, b in combinations(bars, 2)
    ) and all(bar is not None for bar in bars)
