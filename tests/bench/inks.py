"""What is read in the contests: digits and numbers of people whom no model has learned from.

They come from a data folder; without one, the digits that the tests bring are taken.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.strokes import bounding_box
from tests.bench.contest import ROOT, Strokes
from train.data.pens import load_pens
from train.data.unipen import PenDigit
from train.forms.numbers import numbers_of_everyone

SEED = 17
LENGTHS = (2, 4)  # digits of a composed number
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Written:
    """What somebody wrote, and the ink of it: strokes float (N, 2)."""

    text: str
    strokes: Strokes


@dataclass(frozen=True)
class Inks:
    """Where the digits come from, and the digits."""

    source: str
    digits: Sequence[PenDigit]

    def some(self, count: int) -> list[Written]:
        """So many of them, by seed."""
        rows = np.random.default_rng(SEED).permutation(len(self.digits))[:count]
        chosen = [self.digits[row] for row in rows.tolist()]
        return [Written(str(digit.label), digit.strokes) for digit in chosen]

    def numbers(self, count: int, lengths: tuple[int, int] = LENGTHS) -> list[Written]:
        """Numbers of so many digits each, of one writer's digits side by side."""
        made = numbers_of_everyone(self.digits, count, SEED, lengths)
        return [Written(number.label, number.strokes) for number in made]


def load(data: Path | None) -> Inks:
    """UNIPEN's dev digits of the data folder, or the tests' own, as if by one writer."""
    samples = load_pens("unipen-digits-dev", data, purpose="measure")
    if samples:
        digits = [PenDigit(int(s.label), s.writer, s.strokes) for s in samples]
        return Inks("UNIPEN dev digits", digits)
    drawn = json.loads((ROOT / "tests/fixtures/digits.json").read_text(encoding="utf-8"))
    return Inks("the tests' own digits", [_fixture(entry) for entry in drawn])


def _fixture(entry: dict[str, Any]) -> PenDigit:
    strokes = [np.asarray(stroke, np.float64) for stroke in entry["strokes"]]
    return PenDigit(int(entry["value"]), 0, strokes)


def picture(
    strokes: Strokes, size: tuple[int, int], *, margin: int, pen: int, light: bool = False
) -> Picture:
    """Strokes as other programs see them: uint8 (height, width), dark on light, or light on dark.

    `size` is width and height, `margin` what is left free around the ink, `pen` its width, all in
    px. A drawing program's canvas, for other programs: the game's models see `recognizer.ink`'s.
    """
    x0, y0, x1, y1 = bounding_box(strokes)
    width, height = max(x1 - x0, 1e-9), max(y1 - y0, 1e-9)
    scale = min((size[0] - 2 * margin) / width, (size[1] - 2 * margin) / height)
    sheet = np.zeros((size[1], size[0]), np.uint8)
    shift = np.array([size[0] - (x0 + x1) * scale, size[1] - (y0 + y1) * scale]) / 2
    for stroke in strokes:
        points = np.rint((stroke[:, :2] * scale + shift) * 16).astype(np.int32)
        points = points if len(points) > 1 else np.repeat(points, 2, axis=0)
        cv2.polylines(sheet, [points], False, 255, pen, cv2.LINE_AA, 4)
    return sheet if light else np.asarray(255 - sheet, np.uint8)
