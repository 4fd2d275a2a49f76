"""What must hold of errors, ink and readings, whatever went in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from recognizer.ink import GLYPH_SIZE, glyph
from recognizer.reading import DIGITS, UNREADABLE, Digit, Reading

LONGEST_SENTENCE = 1_000  # characters; a path may be in it
_HAIR = 1e-4  # by which float32 may be off


def is_sentence(error: object, about: Path | None = None) -> None:
    """An error has something to say, in a line that can be shown, and names the file."""
    text = str(error)
    assert text.strip() and len(text) < LONGEST_SENTENCE + len(str(about or "")), text[:200]
    assert "Traceback" not in text and "\0" not in text and "\n" not in text, repr(text)
    assert about is None or str(about) in text, text


def is_ink(strokes: Iterable[np.ndarray], columns: tuple[int, ...] = (2,)) -> None:
    """Strokes are finite float64 arrays (N, 2), none of them empty."""
    for stroke in strokes:
        assert stroke.ndim == 2 and stroke.shape[1] in columns and len(stroke), stroke.shape
        assert stroke.dtype == np.float64 and np.isfinite(stroke).all()


def is_sound(reading: Reading, backend: str) -> None:
    """A reading is as `recognizer.reading` documents it, and can be written as JSON."""
    assert reading.backend == backend and reading.elapsed_ms >= 0
    assert set(reading.text) <= set("0123456789" + UNREADABLE)
    assert len(reading.text) == len(reading.digits)
    for digit in reading.digits:
        _is_sound_digit(digit)
    if reading.page is not None:
        assert reading.page.dtype == np.uint8 and reading.page.ndim == 2
    again = json.loads(json.dumps(reading.as_dict(), allow_nan=False))
    assert again["text"] == reading.text and len(again["digits"]) == len(reading.digits)


def _is_sound_digit(digit: Digit) -> None:
    likely = digit.probabilities
    assert likely.shape == (DIGITS,) and likely.dtype == np.float32
    assert np.isfinite(likely).all() and (likely >= 0).all()
    assert abs(float(likely.sum()) - 1) < _HAIR, likely
    assert 0 <= digit.no_digit <= 1 + _HAIR and 0 <= digit.confidence <= 1 + _HAIR
    assert digit.value is None or digit.value == int(likely.argmax())
    x0, y0, x1, y1 = digit.box
    assert all(map(math.isfinite, digit.box)) and x0 <= x1 and y0 <= y1, digit.box
    is_ink(digit.ink)
    is_ink(digit.drawn)
    if digit.picture is not None:
        assert digit.picture.shape == (GLYPH_SIZE, GLYPH_SIZE) and digit.picture.dtype == np.uint8
        if digit.drawn:
            assert np.array_equal(glyph(digit.drawn), digit.picture)


def are_equal(one: Reading, other: Reading) -> None:
    """The same ink read again is read the same."""
    assert one.text == other.text
    for a, b in zip(one.digits, other.digits, strict=True):
        assert a.box == b.box and np.array_equal(a.probabilities, b.probabilities)
