"""Pictures of a digit to the 28x28 glyph, by the same recipe as `ink` draws strokes."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.ink import GLYPH_CENTRE, GLYPH_SIZE, INK_BOX
from recognizer.types import Box, Glyph

MAX_SIDE = 20_000  # px; beyond this no picture of handwriting

_LEAST_CONTRAST = 24  # grey levels between ink and paper, below which a picture counts as empty
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
    """The picture uint8 (H, W) with its ink light on a paper of 0; None without ink.

    Raises ValueError for anything but a grey picture.
    """
    if not isinstance(grey, np.ndarray) or grey.dtype != np.uint8 or grey.ndim != 2:
        raise ValueError("The picture must be a uint8 array of two dimensions (grey levels).")
    if grey.size == 0:
        return None
    if max(grey.shape) > MAX_SIDE:
        raise ValueError(f"The picture is larger than {MAX_SIDE:,} pixels a side.")
    ink = _light_on_dark(grey)
    return ink if int(ink.max()) >= _LEAST_CONTRAST else None


def is_ink(ink: Glyph) -> NDArray[np.bool_]:
    """Which pixels of ink on a paper of 0 the pen touched."""
    threshold, _ = cv2.threshold(ink, 0, 255, cv2.THRESH_OTSU)
    return ink > threshold / 2


def glyph_of_ink(ink: Glyph) -> tuple[Glyph, Box]:
    """The glyph uint8 (28, 28) of ink uint8 (H, W) on a paper of 0, and the box of the ink in it.

    The ink must not be empty.
    """
    contrast = int(ink.max())
    touched = is_ink(ink)
    columns = np.flatnonzero(touched.any(axis=0))
    rows = np.flatnonzero(touched.any(axis=1))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    box = (float(x0), float(y0), float(x1), float(y1))
    if is_glyph(ink):
        return ink, box
    cut = ink[y0:y1, x0:x1].astype(np.float32) * (255 / contrast)
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


def _light_on_dark(grey: NDArray[np.uint8]) -> Glyph:
    """The ink as light on 0; the border's median is the paper, be the ink lighter or darker."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = int(np.median(border))
    lighter, darker = int(grey.max()) - paper, paper - int(grey.min())
    if lighter >= darker:
        return cast(Glyph, cv2.subtract(grey, np.full_like(grey, paper)))
    return cast(Glyph, cv2.subtract(np.full_like(grey, paper), grey))


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
