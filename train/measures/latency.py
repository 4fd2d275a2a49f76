"""How long reading takes on one core: `Recognizer.read`, preprocessing included."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from recognizer.types import Stroke
from train.forms.numbers import plain_numbers
from train.measures.readers import Reads
from train.measures.test_sets import NUMBERS_SEED, TestSets

DIGITS = 1_000  # of pendigits' test writers, one after the other
NUMBERS = 300  # of four digits
DIGITS_OF_A_NUMBER = 4


@dataclass(frozen=True)
class Latency:
    """Milliseconds: the median and the 99th percentile."""

    p50: float
    p99: float


def of_a_digit(reader: Reads, sets: TestSets) -> Latency:
    """The latency of one digit's strokes."""
    digits = sets.pendigits[: _most(DIGITS, sets)]
    return _timed(reader, [digit.strokes for digit in digits], 1)


def of_a_number(reader: Reads, sets: TestSets) -> Latency:
    """The latency of a number of four digits, of which it is not told how many there are."""
    lengths = (DIGITS_OF_A_NUMBER, DIGITS_OF_A_NUMBER)
    numbers = plain_numbers(sets.pendigits, _most(NUMBERS, sets), NUMBERS_SEED, lengths)
    return _timed(reader, [number.strokes for number in numbers], None)


def _most(count: int, sets: TestSets) -> int:
    return count if sets.limit is None else min(count, sets.limit)


def _timed(reader: Reads, inks: Iterable[Sequence[Stroke]], length: int | None) -> Latency:
    cv2.setNumThreads(1)
    times = []
    with threadpool_limits(1):
        for ink in inks:
            started = time.perf_counter()
            reader.read(ink, length=length)
            times.append((time.perf_counter() - started) * 1e3)
    return Latency(float(np.median(times)), float(np.percentile(times, 99)))
