"""Sheets of ink to look at: many small drawings with a caption under each, on one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.types import Glyph, Stroke

_COLOURS = ((0, 0, 0), (190, 60, 0), (0, 120, 0), (0, 0, 200), (150, 0, 150), (0, 120, 150))
_CAPTION = 20  # px below a drawing
_MARGIN = 7  # px around it
_PEN = 2  # px
_RULE = 200  # grey between cells

Paper = NDArray[np.uint8]  # (H, W, 3)


@dataclass(frozen=True)
class Cell:
    """One drawing: strokes, each in a colour of its own, a glyph uint8 (28, 28), or a picture.

    A picture uint8 (H, W) is shown as it is, a glyph as dark ink on paper.
    """

    caption: str
    drawing: Sequence[Stroke] | Glyph


def draw_sheet(
    cells: Sequence[Cell], path: Path, size: tuple[int, int] = (96, 84), columns: int = 20
) -> None:
    """Draw cells of `size` px (width, height) row by row; a sheet of none is empty paper."""
    width, height = size
    rows = max(1, -(-len(cells) // columns))
    sheet = np.full((rows * height, columns * width, 3), 255, np.uint8)
    for place, cell in enumerate(cells):
        y, x = place // columns * height, place % columns * width
        paper = sheet[y : y + height, x : x + width]
        if isinstance(cell.drawing, np.ndarray):
            is_glyph = cell.drawing.shape == (ink.GLYPH_SIZE, ink.GLYPH_SIZE)
            (_draw_glyph if is_glyph else _draw_picture)(paper, cell.drawing)
        else:
            _draw_strokes(paper, cell.drawing)
        cv2.putText(
            paper, cell.caption, (3, height - 6), cv2.FONT_HERSHEY_SIMPLEX, 0.38, (0, 0, 0), 1,
            cv2.LINE_AA,
        )  # fmt: skip
        paper[-1], paper[:, -1] = _RULE, _RULE
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), sheet)


def _draw_strokes(paper: Paper, strokes: Sequence[Stroke]) -> None:
    points = np.concatenate([stroke[:, :2] for stroke in strokes])
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-9)
    room = np.array(paper.shape[1::-1]) - (2 * _MARGIN, 2 * _MARGIN + _CAPTION)
    scale = float((room / extent).min())
    offset = (_MARGIN - low[0] * scale, _MARGIN - low[1] * scale)
    for number, stroke in enumerate(strokes):
        touched = np.zeros(paper.shape[:2], np.uint8)
        ink.draw(touched, [stroke], scale, offset, _PEN)
        paper[touched > 0] = _COLOURS[number % len(_COLOURS)]


def _draw_glyph(paper: Paper, glyph: Glyph) -> None:
    side = min(paper.shape[0] - _CAPTION, paper.shape[1] - 1)
    large = cv2.resize(glyph, (side, side), interpolation=cv2.INTER_CUBIC)
    paper[:side, :side] = 255 - large[:, :, None]


def _draw_picture(paper: Paper, picture: Glyph) -> None:
    room = (paper.shape[1] - 1, paper.shape[0] - _CAPTION)
    scale = min(side / length for side, length in zip(room, picture.shape[::-1], strict=True))
    width, height = (max(1, round(length * scale)) for length in picture.shape[::-1])
    shown = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    paper[:height, :width] = shown[:, :, None]
