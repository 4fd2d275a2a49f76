"""What reading costs as the ink grows: one digit of ever more points, and ever more digits."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer import Recognizer
from tests.bench.contest import Strokes
from tests.bench.inks import Inks
from tests.bench.results import Curve

POINTS = (1, 10, 50, 100, 500, 1_000, 2_000, 3_000, 4_000, 5_000)
DIGITS = tuple(range(1, 11))
ROUNDS = 3  # times that every piece of ink is read
BACKEND = "cnn"


def measure(inks: Inks, each: int) -> list[Curve]:
    """Read `each` pieces of ink of every size, the sizes in turn."""
    reader = Recognizer(BACKEND)
    digits = [of.strokes for of in inks.some(each)]
    growing = {count: [with_points(ink, count) for ink in digits] for count in POINTS}
    numbers = {count: [of.strokes for of in inks.numbers(each, (count, count))] for count in DIGITS}
    return [
        curve("Points of a digit", _medians(reader, growing, 1)),
        curve("Digits of a number", _medians(reader, numbers, None)),
    ]


def with_points(ink: Strokes, count: int) -> list[NDArray[np.float64]]:
    """The same line with so many points in all, evenly along it; a stroke keeps one at least."""
    lengths = [
        float(np.hypot(*np.diff(stroke[:, :2], axis=0).T).sum()) if len(stroke) > 1 else 0.0
        for stroke in ink
    ]
    total = sum(lengths) or 1.0
    made = []
    for stroke, length in zip(ink, lengths, strict=True):
        own = max(1, round(count * length / total)) if len(ink) > 1 else count
        along = np.zeros(len(stroke))
        along[1:] = np.cumsum(np.hypot(*np.diff(stroke[:, :2], axis=0).T))
        places = np.linspace(0, along[-1], own)
        made.append(np.stack([np.interp(places, along, stroke[:, axis]) for axis in (0, 1)], 1))
    return made


def _medians(
    reader: Recognizer, inks: dict[int, list[Strokes]], length: int | None
) -> dict[int, float]:
    times: dict[int, list[float]] = {size: [] for size in inks}
    for _ in range(ROUNDS):
        for place in range(len(next(iter(inks.values())))):
            for size, of in inks.items():
                started = time.perf_counter()
                reader.read(of[place], length)
                times[size].append((time.perf_counter() - started) * 1e3)
    return {size: statistics.median(of) for size, of in times.items()}


def curve(of: str, medians: dict[int, float]) -> Curve:
    """The medians with the straight line that fits them best."""
    sizes: Sequence[int] = list(medians)
    ms = list(medians.values())
    each, start = np.polyfit(sizes, ms, 1).tolist()
    off = max(abs(start + each * size - at) for size, at in medians.items()) / max(ms)
    return Curve(of, sizes, ms, start, each, off)
