"""What a detector found on a page: boxes with the scores of the ten digits, doubled ones put aside.

The weights stand under AGPL-3.0 (see `assets/models/LICENSE-YOLO.md`); this code is the project's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.page import PAGE_HEIGHT, Boxes

CELL = 8  # px of the page, side of the cells that each may hold the centre of one digit
OVERLAP = 0.5  # of two boxes (intersection over union) beyond which they are one digit
_THIN = 3.0  # px on all sides by which boxes of two looks are widened: a one is as thin as the pen


@dataclass(frozen=True)
class Found:
    """Boxes float32 (N, 4) in px of the page and the ten scores float32 (N, 10) of each."""

    boxes: Boxes
    scores: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.boxes)

    def take(self, rows: NDArray[np.int64]) -> "Found":
        """The boxes at the given rows, in that order."""
        return Found(self.boxes[rows], self.scores[rows])

    @property
    def best(self) -> NDArray[np.float32]:
        """Each box's highest score."""
        highest: NDArray[np.float32] = self.scores.max(axis=1)
        return highest


def decode(sides: NDArray[np.float32], scores: NDArray[np.float32], width: int) -> Found:
    """What the cells of one page say: every cell's box and scores.

    `sides` float32 (cells, 4) are the distances in px from a cell's centre to the left, top, right
    and bottom of a digit; `scores` float32 (cells, 10); the cells stand row by row.
    """
    x = np.arange(width // CELL, dtype=np.float32) * CELL + CELL / 2
    y = np.arange(PAGE_HEIGHT // CELL, dtype=np.float32) * CELL + CELL / 2
    centres = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return Found(np.hstack([centres - sides[:, :2], centres + sides[:, 2:]]), scores)


def suppress(found: Found, least: float, overlap: float = OVERLAP) -> Found:
    """Keep of boxes that overlap more than that only the surest, whatever digit they say.

    Boxes whose best score is below `least` go as well; the surest comes first.
    """
    best = found.best
    order = np.flatnonzero(best >= least)
    order = order[np.argsort(-best[order], kind="stable")]
    boxes = found.boxes[order]
    doubled = _overlaps(boxes) > overlap
    kept: list[int] = []
    for row in range(len(order)):
        if not doubled[row, kept].any():
            kept.append(row)
    return found.take(order[kept])


def _overlaps(boxes: Boxes) -> NDArray[np.float32]:
    """Intersection over union of each two boxes, (N, N)."""
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    area = np.prod(np.maximum(boxes[:, 2:] - boxes[:, :2], 0), axis=1)
    union = area[:, None] + area[None, :] - shared
    overlaps: NDArray[np.float32] = shared / np.maximum(union, 1e-6)
    return overlaps


def agreed(looks: Sequence[Found]) -> Found:
    """Several looks at the same ink as one: each digit's mean scores, and its surest box.

    Boxes are of one coordinate system, in each look without doubles. Boxes of different looks that
    overlap by more than `OVERLAP`, a little widened, are one digit; a look that lacks it counts as
    scores of 0. After Solovyev, Wang & Gabruseva, "Weighted boxes fusion", Image and Vision
    Computing 2021.
    """
    boxes = np.vstack([look.boxes for look in looks])
    scores = np.vstack([look.scores for look in looks])
    of = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    same = _overlaps(boxes + np.array([-1, -1, 1, 1], np.float32) * _THIN) > OVERLAP
    left = np.ones(len(boxes), bool)
    first: list[int] = []
    sums: list[NDArray[np.float32]] = []
    for row in np.argsort(-scores.max(axis=1), kind="stable").tolist():
        if not left[row]:
            continue
        total = scores[row].copy()
        left[row] = False
        for look in set(of.tolist()) - {of[row]}:
            alike = np.flatnonzero(left & same[row] & (of == look))
            if len(alike):
                surest = alike[scores[alike].max(axis=1).argmax()]
                total += scores[surest]
                left[surest] = False
        first.append(row)
        sums.append(total / len(looks))
    return Found(boxes[first], np.array(sums, np.float32).reshape(-1, scores.shape[1]))
