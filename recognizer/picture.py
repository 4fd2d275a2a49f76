"""Pictures of handwriting to what the models see: the glyph of a digit, the page of a number.

By the same recipe as `ink` draws strokes, at the same scale.
"""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import paper
from recognizer.ink import GLYPH_CENTRE, GLYPH_SIZE, INK_BOX, PEN_WIDTH
from recognizer.page import PAGE_HEIGHT, PAGE_PEN_WIDTH, Page, Pixels, place
from recognizer.paper import is_ink
from recognizer.types import Box, Glyph

MAX_PIXELS = 40_000_000  # a large photograph's; reading takes some 14 bytes of memory for each
MAX_SIDE = 20_000  # px; beyond this no picture of handwriting

LEANS = (-0.3, 0.3)  # x per y: how a second look sees a picture; a shear blurs it, so it leans less
_LARGER = 4  # a picture is sheared so many times larger in both directions
THIN_PEN = 1.5  # px of the glyph: a narrower pen pales where many pixels become one
THIN_PAGE_PEN = 1.6  # px of the page, likewise
THICK_PAGE_PEN = 8.5  # px of the page: a thicker pen closes loops, and none learned of it
_MOST_PER_PIXEL = 6  # px of a picture for one of what a model sees; more cost time alone
_CENTRE_TOLERANCE = 1.0  # px by which a ready-made glyph may be off centre


def glyph_from_picture(grey: NDArray[np.uint8]) -> tuple[Glyph, Box] | None:
    """The glyph uint8 (28, 28) of one digit's picture, and the ink's box in it; None without ink.

    `grey` is uint8 (H, W), ink light on dark or dark on light: the border tells which is the paper.
    A picture that is a glyph by MNIST's recipe already is taken as it is. Raises ValueError for
    anything but a grey picture.
    """
    ink = ink_of_picture(grey)
    return None if ink is None else glyph_of_ink(ink)


def ink_of_picture(grey: NDArray[np.uint8]) -> Glyph | None:
    """The picture uint8 (H, W) with its ink light on a clean paper of 0; None without ink.

    A picture that is a glyph by MNIST's recipe already is taken as it is. Raises ValueError for
    anything but a grey picture.
    """
    if not isinstance(grey, np.ndarray) or grey.dtype != np.uint8 or grey.ndim != 2:
        raise ValueError("The picture must be a uint8 array of two dimensions (grey levels).")
    if grey.size == 0:
        return None
    check_size(*grey.shape)
    ink = paper.against_border(grey)
    if int(ink.max()) < paper.LEAST_CONTRAST:
        return None
    if is_glyph(ink):
        return ink
    if paper.is_even(grey):
        return paper.without_specks(ink, whole_page=True)
    lit = paper.lit_evenly(grey)
    if lit is not None:
        return paper.without_specks(lit, whole_page=False)
    # In a picture so small that it is all pen, nothing can be told from a shadow.
    widest = max(INK_BOX, paper.WIDEST_PEN * min(ink.shape))
    is_writing = pen_width(ink) <= widest
    return paper.without_specks(ink, whole_page=True) if is_writing else None


def check_size(height: int, width: int) -> None:
    """Raise ValueError, with a sentence, for the size in px of a picture that is too large."""
    if max(height, width) > MAX_SIDE:
        raise ValueError(f"The picture is larger than {MAX_SIDE:,} pixels a side.")
    if height * width > MAX_PIXELS:
        raise ValueError(f"The picture has more than {MAX_PIXELS:,} pixels; make it smaller.")


def glyph_of_ink(ink: Glyph) -> tuple[Glyph, Box]:
    """The glyph uint8 (28, 28) of ink uint8 (H, W) on a paper of 0, and the box of the ink in it.

    The ink must not be empty.
    """
    touched = is_ink(ink)
    columns = np.flatnonzero(touched.any(axis=0))
    rows = np.flatnonzero(touched.any(axis=1))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    box = (float(x0), float(y0), float(x1), float(y1))
    if is_glyph(ink):
        return ink, box
    cut = with_full_pen(ink[y0:y1, x0:x1], INK_BOX, THIN_PEN, PEN_WIDTH)
    scale = INK_BOX / max(cut.shape)
    size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(cut, size, interpolation=method)
    glyph = np.zeros((GLYPH_SIZE, GLYPH_SIZE), np.uint8)
    centre_x, centre_y = _centre_of_mass(small)
    left = min(max(round(GLYPH_CENTRE - centre_x), 0), GLYPH_SIZE - size[0])
    top = min(max(round(GLYPH_CENTRE - centre_y), 0), GLYPH_SIZE - size[1])
    glyph[top : top + size[1], left : left + size[0]] = np.clip(np.rint(small), 0, 255)
    return glyph, box


def with_full_pen(ink: Glyph, side: int, thin: float, wanted: float) -> NDArray[np.float32]:
    """Ink uint8 (H, W), trimmed, of which the pen is seen when its longer side is `side` px.

    Averaged to that size a thin pen pales: one that will be narrower than `thin` px is widened to
    `wanted` px, which makes the ink as much larger. Returns float32, 255 for full ink, of much the
    same size, or smaller where the picture is large.
    """
    shrink = min(1.0, _MOST_PER_PIXEL * side / max(ink.shape))
    cut = _resized(ink.astype(np.float32) * (255 / max(int(ink.max()), 1)), shrink)
    longer = max(cut.shape)
    pen = pen_width(ink) * shrink
    if pen * side / longer >= thin:
        return cut
    # The longer side grows with the pen: with it `wanted` of the `side` px are the pen's.
    target = wanted * (longer - pen) / (side - wanted)
    return _with_wider_pen(cut, max(1, round((target - pen) / 2)))


def _resized(ink: NDArray[np.float32], scale: float) -> NDArray[np.float32]:
    """Ink float32 (H, W) so many times smaller, by the mean of the pixels that become one."""
    if scale >= 1:
        return ink
    size = (max(1, round(ink.shape[1] * scale)), max(1, round(ink.shape[0] * scale)))
    return cast(NDArray[np.float32], cv2.resize(ink, size, interpolation=cv2.INTER_AREA))


def _with_wider_pen(ink: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Ink float32 (H, W), 255 for full ink, with a pen wider by `reach` px on all sides.

    The picture grows, or shrinks where `reach` is below 0: then the pen becomes narrower.
    """
    side = 2 * abs(reach) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    if reach < 0:
        return cast(
            NDArray[np.float32],
            cv2.erode(np.pad(ink, 1), disc)[1:-1, 1:-1][
                -reach : ink.shape[0] + reach, -reach : ink.shape[1] + reach
            ],
        )
    wide = cv2.dilate(np.pad(ink, reach), disc)
    strength = float(np.median(wide[wide > 0])) if (wide > 0).any() else 255.0
    return cast(NDArray[np.float32], np.minimum(wide * (255 / max(strength, 1.0)), 255))


def pen_width(ink: Glyph) -> float:
    """The width in px of the pen that wrote ink uint8 (H, W) on a paper of 0.

    By the mean distance of inked pixels from the paper: in a line of `w` px that is
    (w + 1)^2 / (4 w).
    """
    touched = np.pad(is_ink(ink), 1).astype(np.uint8)
    distance = cv2.distanceTransform(touched, cv2.DIST_L2, 3)
    mean = max(float(distance[touched > 0].mean()), 1.0)
    half = 2 * mean - 1
    return half + float(np.sqrt(half**2 - 1))


def leaning_glyph(picture: Glyph) -> list[Glyph]:
    """The glyph uint8 (28, 28), which holds ink, sheared to each of `LEANS`."""
    return [sheared_glyph(picture, lean) for lean in LEANS]


def sheared_glyph(picture: Glyph, lean: float) -> Glyph:
    """The glyph uint8 (28, 28), which holds ink, leaning by `lean` (x per y) more than before.

    Its centre of mass stands in the middle, as in every glyph.
    """
    large = cv2.resize(picture, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    moments = cv2.moments(large)
    mass = np.array([moments["m10"], moments["m01"]]) / moments["m00"]
    frame = np.array([[1.0, lean], [0.0, 1.0]])
    shift = (GLYPH_CENTRE + 0.5) * _LARGER - 0.5 - frame @ mass
    moved = cv2.warpAffine(large, np.column_stack([frame, shift]), large.shape)
    return cast(Glyph, cv2.resize(moved, (GLYPH_SIZE, GLYPH_SIZE), interpolation=cv2.INTER_AREA))


def is_glyph(ink: Glyph) -> bool:
    """Whether the picture stands as MNIST's do: 28x28, ink at most 20 px, centred by mass."""
    if ink.shape != (GLYPH_SIZE, GLYPH_SIZE):
        return False
    extent = max(int(np.ptp(np.flatnonzero(ink.any(axis=axis)))) + 1 for axis in (0, 1))
    offsets = [abs(centre - GLYPH_CENTRE) for centre in _centre_of_mass(ink)]
    return INK_BOX - 5 <= extent <= INK_BOX and max(offsets) <= _CENTRE_TOLERANCE


def _centre_of_mass(ink: NDArray[np.generic]) -> tuple[float, float]:
    """The x and y of the ink's centre of mass, in pixel indices."""
    columns, rows = ink.sum(axis=0, dtype=np.float64), ink.sum(axis=1, dtype=np.float64)
    mass = max(float(columns.sum()), 1e-9)
    x = float(columns @ np.arange(len(columns))) / mass
    return x, float(rows @ np.arange(len(rows))) / mass


def page_from_picture(grey: NDArray[np.uint8]) -> Page | None:
    """The page of a picture uint8 (H, W), ink light on dark or dark on light; None without ink.

    The placement leads back to the picture's pixels. Raises ValueError for anything but a grey
    picture.
    """
    light = ink_of_picture(grey)
    if light is None:
        return None
    contrast = int(light.max())
    touched = is_ink(light)
    columns, rows = np.flatnonzero(touched.any(axis=0)), np.flatnonzero(touched.any(axis=1))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    cut = light[y0:y1, x0:x1].astype(np.float32) * (255 / contrast)
    placement = place((x0, y0, x1, y1), 0.0)
    pen = pen_width(light[y0:y1, x0:x1]) * placement.scale
    wanted = PAGE_PEN_WIDTH if pen < THIN_PAGE_PEN else min(pen, THICK_PAGE_PEN)
    left, top, right, bottom = float(x0), float(y0), float(x1), float(y1)
    shrink = min(1.0, _MOST_PER_PIXEL * placement.scale)
    reach = round((wanted - pen) / placement.scale / 2 * shrink)
    if reach:
        # What the pen gains belongs to it, and not to the boxes.
        placement = place((x0, y0, x1, y1), wanted - pen)
        cut = _with_wider_pen(_resized(cut, shrink), reach)
        left, top = left - reach / shrink, top - reach / shrink
        right, bottom = right + reach / shrink, bottom + reach / shrink
    # Where many pixels become one: their mean, not one of them.
    cut = _resized(cut, min(1.0, placement.scale * (right - left) / cut.shape[1]))
    scale_x = (right - left) * placement.scale / cut.shape[1]
    scale_y = (bottom - top) * placement.scale / cut.shape[0]
    # Half a pixel: OpenCV counts from the middle of the first pixel, a placement from its edge.
    frame = np.array(
        [
            [scale_x, 0, left * placement.scale + placement.offset[0] + (scale_x - 1) / 2],
            [0, scale_y, top * placement.scale + placement.offset[1] + (scale_y - 1) / 2],
        ]
    )
    size = (placement.width, PAGE_HEIGHT)
    moved = cv2.warpAffine(cut, frame, size, flags=cv2.INTER_LINEAR)
    return Page(cast(Pixels, np.clip(np.rint(moved), 0, 255).astype(np.uint8)), placement)
