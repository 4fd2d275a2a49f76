"""`Recognizer.read_image`: a sound reading of any grey picture; it is left as it was."""

from __future__ import annotations

import numpy as np

from recognizer.ink import glyph
from recognizer.strokes import clean_strokes
from tests.fuzz.contracts import are_equal, is_sound
from tests.fuzz.digits import kept, written
from tests.fuzz.source import Source
from tests.fuzz.targets.reader import backends, reader

WORDS = (b"\0" * 28, b"\xff" * 28, b"\x80" * 9, b"\0\xff" * 8)
MOST = 96  # px a side


def seeds() -> list[bytes]:
    """Glyphs for every backend, a number side by side, a photo, and blank paper."""
    import cv2

    glyphs = [glyph(clean_strokes(strokes)) for _, strokes in written()[:4]]
    found = [_bytes(n, 0, glyphs[n % len(glyphs)]) for n in range(len(backends()))]
    found += [_bytes(0, 0, np.hstack(glyphs[:3])), _bytes(0, 3, 255 - np.hstack(glyphs[:3]))]
    for raw in kept("photo-*.png", "number-*.png"):
        picture = cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_GRAYSCALE)
        found.append(_bytes(0, 0, np.asarray(cv2.resize(picture, (64, 40)), np.uint8)))
    return [*found, _bytes(0, 0, np.full((9, 12), 255, np.uint8)), b""]


def _bytes(backend: int, length: int, picture: np.ndarray) -> bytes:
    height, width = picture.shape
    return bytes([backend, length, height, width]) + picture.tobytes()


def one(data: bytes) -> None:
    """The digits lie in the picture, and it is read the same way twice."""
    source = Source(data)
    backend, length = source.one_of(backends()), source.below(65) or None
    height, width = source.below(MOST + 1), source.below(MOST + 1)
    levels = np.frombuffer(source.taken(height * width), np.uint8)
    picture = levels.reshape(height, width).copy()
    reading = reader(backend).read_image(picture, length)
    assert np.array_equal(picture.ravel(), levels)
    is_sound(reading, backend)
    are_equal(reading, reader(backend).read_image(picture, length))
    for digit in reading.digits:
        x0, y0, x1, y1 = digit.box
        assert 0 <= x0 <= x1 <= width, (digit.box, picture.shape)
        assert 0 <= y0 <= y1 <= height, (digit.box, picture.shape)
