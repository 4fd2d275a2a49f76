"""Rows of handwriting: two numbers one above the other are read one after the other.

Whoever writes two rows leaves paper between them from end to end. What stands above it and what
stands below are rows where each is high enough to hold digits, and one of them holds several: a bar
over a digit is no row, nor are the two rings of an eight.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from recognizer.numbers.line import Boxes
from recognizer.strokes import bounding_box
from recognizer.types import Stroke

# Lengths in heights of the highest row.
LEAST_ROW = 0.45  # height of a row
LEAST_GAP = 0.1  # of the paper between two rows
LEAST_WIDTH = 1.6  # of a row written in one go: what is narrower may be half a digit


def rows_of(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """The strokes of each row, from the top; one row of strokes without paper between them."""
    boxes = np.array([bounding_box([stroke]) for stroke in strokes]).reshape(-1, 4)
    order = np.argsort(boxes[:, 1], kind="stable")
    reached = np.maximum.accumulate(boxes[order, 3])
    ends = np.flatnonzero(boxes[order[1:], 1] > reached[:-1]) + 1
    bands = [part.tolist() for part in np.split(order, ends)]
    while len(bands) > 1:
        edges = [(boxes[band, 1].min(), boxes[band, 3].max()) for band in bands]
        highest = max(bottom - top for top, bottom in edges)
        gaps = [below[0] - above[1] for above, below in pairwise(edges)]
        low = [bottom - top < LEAST_ROW * highest for top, bottom in edges]
        joined = [
            gap for gap, sides in zip(gaps, pairwise(low), strict=True)
            if gap < LEAST_GAP * highest or any(sides)
        ]  # fmt: skip
        if not joined:
            break
        at = gaps.index(min(joined))
        bands[at : at + 2] = [bands[at] + bands[at + 1]]
    heights = [boxes[band, 3].max() - boxes[band, 1].min() for band in bands]
    if len(bands) == 1 or not any(_holds_several(boxes[band], max(heights)) for band in bands):
        return [list(strokes)]
    # In the order in which they were written: the ink stays as it came.
    return [[strokes[row] for row in sorted(band)] for band in bands]


def _holds_several(boxes: Boxes, highest: float) -> bool:
    """Whether a row is of several digits: very wide, or of high strokes side by side."""
    if boxes[:, 2].max() - boxes[:, 0].min() >= LEAST_WIDTH * highest:
        return True
    high = boxes[boxes[:, 3] - boxes[:, 1] >= LEAST_ROW * highest]
    high = high[np.argsort(high[:, 0], kind="stable")]
    return bool((high[1:, 0] > np.maximum.accumulate(high[:, 2])[:-1]).any())
