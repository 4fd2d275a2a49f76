"""What KNN and SVM keep of a digit, led back from their points to edges, and drawn.

Neither keeps a picture: a prototype is a point in a space of a few dozen components. Back in the
features that it was made of (`recognizer.features`) it says where on a coarse grid edges run in
which direction, and that can be drawn.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.features import CELLS, DIRECTIONS, describe
from recognizer.types import Glyph

_CELL = 12  # px of the drawing that a cell of the grid takes up
_LENGTH = 0.45  # of an edge's half, in cells
_ASIDE = 0.3  # of a cell that an edge stands away from the ink whose border it is
_LEAST = 0.12  # of the strongest edge, below which none is drawn
_EACH = 2  # edges drawn in a cell: the strongest; all eight would be a thicket
_SHARPER = 0.8  # of what the neighbouring cells share is taken out: the features are blurred
_BLUR = 0.9  # standard deviation, in cells, of what they share
_DARKER = 0.7  # power of a strength that gives its grey
_FINER = 4  # bits below the pixel that OpenCV draws to
SIDE = CELLS * _CELL  # px of a drawing


class Space:
    """The space in which a model compares digits.

    `projection` float32 (LENGTH, D) and `offset` (D,) bring feature vectors there.
    """

    def __init__(self, projection: NDArray[np.float32], offset: NDArray[np.float32]) -> None:
        self._projection, self._offset = projection, offset
        self._back = np.linalg.pinv(projection.astype(np.float64))

    def points(self, glyphs: Glyph) -> NDArray[np.float32]:
        """The points (N, D) of glyphs uint8 (N, 28, 28)."""
        points: NDArray[np.float32] = describe(glyphs) @ self._projection - self._offset
        return points

    def drawn(self, points: NDArray[np.float32]) -> list[Glyph]:
        """Points (N, D) as edges, each a picture uint8 (`SIDE`, `SIDE`), light on dark.

        What the space has no dimension for is lost: a digit comes back as the model knows it.
        """
        features = (points + self._offset) @ self._back
        return [draw_edges(row) for row in features]


def draw_edges(features: NDArray[np.floating]) -> Glyph:
    """A feature vector (LENGTH,) as edges, uint8 (`SIDE`, `SIDE`), light on dark."""
    # The features are the roots of the edges' strengths; what is below 0 came in on the way back.
    blurred = np.maximum(features, 0.0).reshape(DIRECTIONS, CELLS, CELLS) ** 2
    shared = np.stack([cv2.GaussianBlur(of, (3, 3), _BLUR) for of in blurred])
    strengths = np.maximum(blurred - _SHARPER * shared, 0.0)
    strengths /= max(float(strengths.max()), 1e-9)
    weakest = np.sort(strengths, axis=0)[-_EACH]
    strengths[strengths < weakest] = 0.0
    sheet = np.zeros((SIDE, SIDE), np.uint8)
    fixed = 1 << _FINER
    order = np.argsort(strengths, axis=None)  # the strongest lie on top
    for place in order[strengths.ravel()[order] >= _LEAST].tolist():
        direction, row, column = (int(at) for at in np.unravel_index(place, strengths.shape))
        turn = 2 * np.pi * direction / DIRECTIONS
        towards = np.array([np.cos(turn), np.sin(turn)])  # the ink
        along = np.array([-towards[1], towards[0]])
        middle = np.array([column + 0.5, row + 0.5]) - _ASIDE * towards
        ends = [(middle + sign * _LENGTH * along) * _CELL - 0.5 for sign in (-1, 1)]
        (x0, y0), (x1, y1) = (np.rint(end * fixed).astype(int).tolist() for end in ends)
        grey = 255 * float(strengths[direction, row, column]) ** _DARKER
        cv2.line(sheet, (x0, y0), (x1, y1), grey, 2, cv2.LINE_AA, _FINER)
    return sheet
