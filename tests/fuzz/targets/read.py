"""`Recognizer.read`: a sound reading of any ink, or a ValueError with a sentence; the ink is left.

The bytes are read as strokes in one of four ways, from small steps of a pen to doubles of any kind.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np

from recognizer.facade import MOST_LENGTH
from tests.fuzz.contracts import are_equal, is_sentence, is_sound
from tests.fuzz.digits import written
from tests.fuzz.source import Source
from tests.fuzz.targets.reader import backends, reader

WORDS = (
    struct.pack("<d", float("nan")), struct.pack("<d", float("inf")), struct.pack("<d", 1e7),
    struct.pack("<d", 1e-300), struct.pack("<d", -0.0), struct.pack("<h", 32767), b"\0\0",
    b"\x7f\x7f", b"\x80\x80", b"\2\0\0\0\0",
)  # fmt: skip
MOST_POINTS = 4_000  # of one input: what is longer is only slower
STEPS, PLACES, DOUBLES, TIMED = range(4)  # how the points are written

Stroke = list[tuple[float, ...]]


def seeds() -> list[bytes]:
    """Digits in small steps for every backend, a number, and a few points of each other kind."""
    digits = [strokes for _, strokes in written()]
    found = [_steps(which, 0, digits[which % len(digits)]) for which in range(len(backends()))]
    number = [[(x + 150 * n, y) for x, y, *_ in s] for n in range(3) for s in digits[n]]
    found += [_steps(0, 0, number), _steps(0, 3, number), _steps(0, 1, digits[3])]
    found.append(bytes([0, 0, PLACES, 3]) + struct.pack("<6h", 0, 0, 40, 90, 40, 200))
    found.append(bytes([0, 2, DOUBLES, 2]) + struct.pack("<4d", 0.0, 0.0, 1.5, 99.0))
    found.append(bytes([0, 0, TIMED, 2]) + struct.pack("<6d", 0.0, 0.0, 0.0, 1.5, 99.0, 0.5))
    return [*found, b""]


def _steps(backend: int, length: int, strokes: list[Stroke]) -> bytes:
    """The bytes of ink, about, in whole units and small steps."""
    raw = bytearray([backend, length, STEPS])
    at = (0, 0)
    for stroke in strokes:
        some = [
            (round(point[0]), round(point[1])) for point in stroke[:: max(1, len(stroke) // 40)]
        ]
        moves: list[tuple[int, int]] = []
        for n, point in enumerate(some):
            while True:
                step = tuple(max(-127, min(127, b - a)) for a, b in zip(at, point, strict=True))
                at = (at[0] + step[0], at[1] + step[1])
                if n or at == point:
                    moves.append((step[0], step[1]))
                else:  # on the way to the first point the pen is up
                    raw += struct.pack("<Bbb", 1 | 128, *step)
                if at == point:
                    break
        raw += struct.pack("<B", len(moves)) + b"".join(struct.pack("<bb", *move) for move in moves)
    return bytes(raw)


def strokes_of(source: Source) -> list[Stroke]:
    """The ink that bytes stand for."""
    point = _POINTS[source.below(len(_POINTS))]
    strokes: list[Stroke] = []
    total = 0
    place = [0.0, 0.0]
    while source.more and total < MOST_POINTS:
        count = source.below(256)
        stroke = [point(source, place) for _ in range(count & 127)]
        total += max(1, len(stroke))
        if not count & 128:
            strokes.append(stroke)
    return strokes


def _step(source: Source, place: list[float]) -> tuple[float, ...]:
    place[0] += source.signed()
    place[1] += source.signed()
    return (place[0], place[1])


_POINTS: tuple[Callable[[Source, list[float]], tuple[float, ...]], ...] = (
    _step,
    lambda source, place: (float(source.signed(2)), float(source.signed(2))),
    lambda source, place: (source.double(), source.double()),
    lambda source, place: (source.double(), source.double(), source.double()),
)


def one(data: bytes) -> None:
    """It is read soundly, the same way twice, in its own coordinates."""
    source = Source(data)
    backend, length = source.one_of(backends()), source.below(256)
    strokes = [np.array(stroke, np.float64) for stroke in strokes_of(source)]
    kept = [stroke.copy() for stroke in strokes]
    wanted = length or None
    try:
        reading = reader(backend).read(strokes, wanted)
    except ValueError as error:
        is_sentence(error)
        assert _is_refused(strokes, wanted), error
        return
    assert not _is_refused(strokes, wanted)
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(strokes, kept, strict=True))
    is_sound(reading, backend)
    are_equal(reading, reader(backend).read(strokes, wanted))
    filled = [stroke for stroke in strokes if stroke.size]
    if not filled:
        assert not reading.digits
        return
    assert reading.digits, "there was ink"
    points = np.concatenate(filled)[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    hair = 0.6 * max(float((high - low).max()), 1e-6)  # a detector's box may stand out
    for digit in reading.digits:
        x0, y0, x1, y1 = digit.box
        assert low[0] - hair <= x0 and x1 <= high[0] + hair, (digit.box, low, high)
        assert low[1] - hair <= y0 and y1 <= high[1] + hair, (digit.box, low, high)
        for stroke in digit.ink:
            assert (stroke >= low - 1e-6).all() and (stroke <= high + 1e-6).all()


def _is_refused(strokes: list[np.ndarray], length: int | None) -> bool:
    """Whether the contract says that such ink is refused."""
    filled = [stroke[:, :2] for stroke in strokes if stroke.size]
    odd = any(not np.isfinite(s).all() or (np.abs(s) > 1e7).any() for s in filled)
    return odd or (length is not None and length > MOST_LENGTH)
