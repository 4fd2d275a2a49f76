"""The geometry of a line of handwriting: its slant, its height, and which ink belongs together.

Lengths are in line heights, the height of a typical digit of the line, so that the size of the hand
does not matter. Boxes are float64 (N, 4): x0, y0, x1, y1, with the slant of the hand taken out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer.types import Stroke

Boxes = NDArray[np.float64]

# Measured on pendigits' training writers: downstrokes of digits that nobody calls slanted lean so.
NATURAL_SLANT = 0.2  # x per y
MOST_SLANT = 1.2  # beyond this the ink is no line of upright writing

# Log-odds that two strokes are parts of one digit: a logistic regression on `places` of neighbours
# in numbers of pendigits' training writers, see `train.experiments.belonging`.
_SAME_DIGIT = 6.6
_PER_OVERLAP = 5.4
_PER_HEIGHT = -4.5
_PER_WIDTH = -6.2
_LEAST_WIDTH = 0.15  # line heights: an upright stroke counts as so wide
_MOST_OVERLAP = 1.0
_LEAST_OVERLAP = -2.0
_STACKED = 0.5  # of the narrower width: strokes that share so much of it are one above the other


def slant(strokes: Sequence[Stroke]) -> float:
    """How far the line leans beyond a natural hand: x per y, above 0 to the right.

    The mean direction of all downward pen moves, each weighted by its height squared.
    """
    steps = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes])
    down = steps[steps[:, 1] > 0]
    weight = float(down[:, 1] @ down[:, 1])
    if weight <= 0:
        return 0.0
    lean = -float(down[:, 0] @ down[:, 1]) / weight - NATURAL_SLANT
    return min(max(lean, -MOST_SLANT), MOST_SLANT)


def height(boxes: Boxes) -> float:
    """The height of a typical digit: the median of all that are not mere bars or dots.

    What stands one above the other, such as the two rings of an eight, is measured together.
    """
    columns: list[NDArray[np.float64]] = []
    for box in boxes[np.argsort(boxes[:, 0], kind="stable")]:
        if columns:
            last = columns[-1]
            shared = min(last[2], box[2]) - box[0]
            if shared >= _STACKED * min(last[2] - last[0], box[2] - box[0]):
                columns[-1] = np.concatenate(
                    [np.minimum(last[:2], box[:2]), np.maximum(last[2:], box[2:])]
                )
                continue
        columns.append(box)
    heights = np.array([column[3] - column[1] for column in columns])
    tall = heights[heights >= 0.5 * heights.max()]
    # Ink without any height is a line: then only its length can be a measure.
    return float(np.median(tall)) or float((boxes[:, 2] - boxes[:, 0]).max()) or 1.0


def belonging(boxes: Boxes, line_height: float) -> NDArray[np.float64]:
    """Log-odds (N, N) that two strokes are parts of one digit, by their places alone."""
    share, beside, together = places(boxes, line_height)
    odds: NDArray[np.float64] = (
        _SAME_DIGIT + _PER_OVERLAP * share + _PER_HEIGHT * beside + _PER_WIDTH * together
    )
    return odds


def places(boxes: Boxes, line_height: float) -> NDArray[np.float64]:
    """What speaks for one digit or two, (3, N, N), of every two strokes.

    How much of the narrower one lies above or below the other (a share of its width), and, in line
    heights, how far they lie side by side and how wide both together are.
    """
    x0, x1 = boxes[:, 0], boxes[:, 2]
    y0, y1, width = boxes[:, 1], boxes[:, 3], x1 - x0
    overlap = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    narrower = np.maximum(np.minimum(width[:, None], width), _LEAST_WIDTH * line_height)
    share = np.clip(overlap / narrower, _LEAST_OVERLAP, _MOST_OVERLAP)
    together = np.maximum(x1[:, None], x1) - np.minimum(x0[:, None], x0)
    beside = np.minimum(y1[:, None], y1) - np.maximum(y0[:, None], y0)
    return np.stack([share, np.clip(beside / line_height, 0.0, 1.0), together / line_height])
