"""Strokes to pictures: the one rasterizer of the project, in play and in training alike.

A stroke is a float array (N, 2) or (N, 3): x right, y down, and seconds where times are known. The
unit of x and y does not matter; only the shape is looked at.

The picture follows the recipe of MNIST's authors (LeCun, Cortes & Burges, "The MNIST database of
handwritten digits", 1998): the ink fits a 20x20 box with its aspect kept, and its centre of mass
stands in the middle of a 28x28 field. Unlike theirs, it is drawn from the vector strokes at the
final size, so that the pen is as wide in a tiny digit as in a huge one.
"""

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np

from recognizer.page import PAGE_HEIGHT, PAGE_PEN_WIDTH, WIDTH_STEP, Page, Placement, place
from recognizer.strokes import bounding_box, sheared
from recognizer.types import Glyph, Stroke

GLYPH_SIZE = 28  # px, side of the picture that a model sees
INK_BOX = 20  # px, the longer side of the ink inside that picture
# MNIST's centres of mass lie on the middle of pixel 14 (measured: 14.0), half a pixel past the
# field's.
GLYPH_CENTRE = 14  # index of the pixel
LEANS = (-0.5, 0.5)  # x per y: how a second look sees strokes (`recognizer.numbers.second_look`)
PEN_WIDTH = 2.0  # px of the glyph; gives digits the mean brightness of MNIST's

_OVERSAMPLING = 4  # drawn four times larger in both directions, then averaged: 17 grey levels
_SUBPIXEL_BITS = 4  # OpenCV's fixed-point coordinates: sixteenths of an oversampled pixel
_LONG = 1_000  # points of a stroke from which doubled ones are worth looking for
_FIELD = GLYPH_SIZE * _OVERSAMPLING
_BOX = INK_BOX * _OVERSAMPLING
_CENTRE = (GLYPH_CENTRE + 0.5) * _OVERSAMPLING - 0.5


def glyph(strokes: Sequence[Stroke], pen_width: float = PEN_WIDTH) -> Glyph:
    """Draw the strokes of one digit as the 28x28 picture that the models see.

    `strokes` are as `recognizer.strokes.clean_strokes` returns them; `pen_width` is in pixels of
    the glyph, in steps of a quarter. Returns uint8 (28, 28), ink 255 on 0. The longer side of the
    ink, pen included, is 20 px; the centre of mass stands in the middle unless that would push ink
    out of the picture. No strokes give an empty picture; ink without extent gives a dot.
    """
    if not strokes:
        return np.zeros((GLYPH_SIZE, GLYPH_SIZE), np.uint8)
    x0, y0, x1, y1 = bounding_box(strokes)
    pen = max(1, round(pen_width * _OVERSAMPLING))
    extent = max(x1 - x0, y1 - y0)
    scale = (_BOX - pen) / extent if extent > 0 else 0.0
    # The sheet is just large enough for the ink with its pen; it starts half a pen before the first
    # point.
    width = min(_BOX, int(np.ceil((x1 - x0) * scale)) + pen)
    height = min(_BOX, int(np.ceil((y1 - y0) * scale)) + pen)
    sheet = np.zeros((height, width), np.uint8)
    half_pen = (pen - 1) / 2
    draw(sheet, strokes, scale, (half_pen - x0 * scale, half_pen - y0 * scale), pen)
    return _centred(sheet)


def leaning(strokes: Sequence[Stroke]) -> list[Glyph]:
    """The glyphs uint8 (28, 28) of a digit's strokes, drawn at each of `LEANS`."""
    return [glyph([sheared(stroke, lean) for stroke in strokes]) for lean in LEANS]


def page(strokes: Sequence[Stroke], pen_width: float = PAGE_PEN_WIDTH) -> Page:
    """Draw a line of handwriting as the page that a detector sees (see `recognizer.page`).

    `strokes` are as `recognizer.strokes.clean_strokes` returns them; `pen_width` is in pixels of
    the page, in steps of a quarter. No strokes give an empty page of the least width.
    """
    if not strokes:
        placement = Placement(WIDTH_STEP, 1.0, (0.0, 0.0), pen_width)
        return Page(np.zeros((PAGE_HEIGHT, WIDTH_STEP), np.uint8), placement)
    placement = place(bounding_box(strokes), pen_width)
    return Page(draw_page(strokes, placement), placement)


def draw_page(strokes: Sequence[Stroke], placement: Placement) -> Glyph:
    """The strokes as a page uint8 (`PAGE_HEIGHT`, width), where the placement says."""
    pen = max(1, round(placement.pen * _OVERSAMPLING))
    # The middle of oversampled pixel i lies at i + 1/2.
    dx, dy = (shift * _OVERSAMPLING - 0.5 for shift in placement.offset)
    shape = (PAGE_HEIGHT * _OVERSAMPLING, placement.width * _OVERSAMPLING)
    sheet = np.zeros(shape, np.uint8)
    draw(sheet, strokes, placement.scale * _OVERSAMPLING, (dx, dy), pen)
    size = (placement.width, PAGE_HEIGHT)
    return cast(Glyph, cv2.resize(sheet, size, interpolation=cv2.INTER_AREA))


def draw(
    sheet: Glyph, strokes: Sequence[Stroke], scale: float, offset: tuple[float, float], pen: int
) -> None:
    """Draw strokes on a sheet: its pixel = point x `scale` + `offset`; the pen is `pen` px wide."""
    fixed = 1 << _SUBPIXEL_BITS
    shift = np.array(offset)
    lines = []
    for stroke in strokes:
        line = np.rint((stroke[:, :2] * scale + shift) * fixed).astype(np.int32)
        if len(line) > _LONG:  # points on the same spot draw nothing new, but take their time
            line = line[np.append(True, (line[1:] != line[:-1]).any(axis=1))]
        # OpenCV draws nothing for a lone point, but a disc for a line from a point to itself.
        lines.append(line if len(line) > 1 else np.repeat(line, 2, axis=0))
    # A thick line has round ends in OpenCV, so joints are round as well.
    cv2.polylines(sheet, lines, False, 255, pen, cv2.LINE_8, _SUBPIXEL_BITS)


def _centred(sheet: Glyph) -> Glyph:
    """Set an oversampled sheet into the field by its centre of mass; average down to 28x28."""
    height, width = sheet.shape
    columns = cv2.reduce(sheet, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0]
    rows = cv2.reduce(sheet, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0]
    mass = max(int(columns.sum()), 1)
    centre_x = float(columns @ np.arange(width)) / mass
    centre_y = float(rows @ np.arange(height)) / mass
    left = _whole_pixel(_CENTRE - centre_x, _FIELD - width)
    top = _whole_pixel(_CENTRE - centre_y, _FIELD - height)
    field = np.zeros((_FIELD, _FIELD), np.uint8)
    field[top : top + height, left : left + width] = sheet
    small = cv2.resize(field, (GLYPH_SIZE, GLYPH_SIZE), interpolation=cv2.INTER_AREA)
    return cast(Glyph, small)


def _whole_pixel(shift: float, largest: int) -> int:
    """Round an oversampled shift to a whole pixel of the glyph, as MNIST did, within the field."""
    nearest = round(shift / _OVERSAMPLING)
    return min(max(nearest, 0), largest // _OVERSAMPLING) * _OVERSAMPLING
