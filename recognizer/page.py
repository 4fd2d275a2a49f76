"""The page that a detector reads: a strip 64 px high, as wide as the line of handwriting needs.

The whole ink is scaled to the strip's height, or less where it would grow wider than the widest
strip; aspects are kept. Widths come in steps, so that a single digit costs a fraction of a number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PAGE_HEIGHT = 64  # px
WIDTH_STEP = 64  # px; a multiple of the detector's coarsest grid
MAX_WIDTH = 384  # px; ten digits stand 37 px apart
MARGIN = 4  # px of paper around the ink
PAGE_PEN_WIDTH = 3.0  # px; as wide beside a digit as in the glyph, a little less in a short one

_INK_HEIGHT = PAGE_HEIGHT - 2 * MARGIN
_INK_WIDTH = MAX_WIDTH - 2 * MARGIN

_LEAST_EXTENT = 1e-9  # that ink is taken to have, as a share of its coordinates: a dot has none

Pixels = NDArray[np.uint8]
Boxes = NDArray[np.float32]  # (N, 4): x0, y0, x1, y1


@dataclass(frozen=True)
class Placement:
    """Where ink stands on its page: page = caller's coordinate x `scale` + `offset`.

    `width` is the page's, `pen` the pen's, both in px of the page. A page's pixel i covers i..i+1.
    """

    width: int
    scale: float
    offset: tuple[float, float]
    pen: float

    def on_page(self, boxes: NDArray[np.float64]) -> Boxes:
        """Boxes (N, 4) around points in the caller's coordinates, as the ink's boxes on the page.

        The pen's width around the points belongs to the ink.
        """
        moved = boxes * self.scale + np.array([*self.offset, *self.offset])
        inked: NDArray[np.float64] = moved + np.array([-1, -1, 1, 1]) * (self.pen / 2)
        return inked.astype(np.float32)

    def off_page(self, boxes: Boxes) -> NDArray[np.float64]:
        """The way back: boxes (N, 4) of ink on the page as boxes around the caller's points."""
        shrunk = boxes.astype(np.float64) + np.array([1, 1, -1, -1]) * (self.pen / 2)
        # A box thinner than the pen is a line without thickness.
        for low, high in ((0, 2), (1, 3)):
            crossed = shrunk[:, low] > shrunk[:, high]
            middle = (shrunk[crossed, low] + shrunk[crossed, high]) / 2
            shrunk[crossed, low] = shrunk[crossed, high] = middle
        back: NDArray[np.float64] = (shrunk - np.array([*self.offset, *self.offset])) / self.scale
        return back


@dataclass(frozen=True)
class Page:
    """A page picture uint8 (`PAGE_HEIGHT`, width), ink 255 on 0, and how it was placed."""

    pixels: Pixels
    placement: Placement


def place(box: tuple[float, float, float, float], pen: float) -> Placement:
    """The placement of ink whose points fill `box` (x0, y0, x1, y1), drawn with a pen of `pen` px.

    The ink fills the strip's height between its margins, or its greatest width; it stands in the
    middle. Ink without any extent to speak of becomes a dot there.
    """
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    room_x, room_y = _INK_WIDTH - pen, _INK_HEIGHT - pen
    least = _LEAST_EXTENT * max(abs(x0), abs(y0), abs(x1), abs(y1), _LEAST_EXTENT)
    scale = min(room_x / max(width, least), room_y / max(height, least))
    ink_width = width * scale + pen + 2 * MARGIN
    page_width = int(min(MAX_WIDTH, -(-(ink_width - 1e-6) // WIDTH_STEP) * WIDTH_STEP))
    offset = (
        page_width / 2 - (x0 + x1) / 2 * scale,
        PAGE_HEIGHT / 2 - (y0 + y1) / 2 * scale,
    )
    return Placement(page_width, scale, offset, pen)
