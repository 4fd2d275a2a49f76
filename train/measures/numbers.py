"""How whole numbers are read: three test sets through `Recognizer.read`, exact match of the number.

`pendigits numbers` and `hard numbers` are composed by seed from the strokes of pendigits' 14 test
writers; `UNIPEN dev numbers` were written as numbers by people that nobody trains on.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import Recognizer, ink
from recognizer.types import Stroke
from train.data import sets
from train.forms.numbers import WrittenNumber, hard_numbers, plain_numbers

PLAIN_NUMBERS = 1_000
HARD_NUMBERS = 200  # of each kind
LATENCY_NUMBERS = 300  # of four digits
LATENCY_DIGITS = 4
UNIPEN_NUMBERS = "UNIPEN dev numbers"
SEED = 4  # of the composed test sets; tuning used others, and other writers

_COLOURS = ((0, 0, 0), (190, 60, 0), (0, 120, 0), (0, 0, 200), (150, 0, 150), (0, 120, 150))


@dataclass(frozen=True)
class NumberOutcome:
    """What a recognizer made of one test set of whole numbers; `read` holds its texts.

    `told` holds, by their places, how the wrongly read ones are read when their length is told.
    """

    test_set: str
    numbers: tuple[WrittenNumber, ...]
    read: tuple[str, ...]
    told: Mapping[int, str] = field(default_factory=dict)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which numbers were read exactly as they are labelled."""
        pairs = zip(self.numbers, self.read, strict=True)
        return np.array([number.label == read for number, read in pairs])

    @property
    def accuracy(self) -> float:
        """The share of numbers read exactly."""
        return float(self.right.mean())

    @property
    def by_kind(self) -> dict[str, float]:
        """The share of each kind of hand."""
        kinds = np.array([number.kind for number in self.numbers])
        names = dict.fromkeys(kinds.tolist())
        return {name: float(self.right[kinds == name].mean()) for name in names}


def read_pendigits_numbers(
    reader: Recognizer, folder: Path | None, limit: int | None = None
) -> NumberOutcome:
    """Read numbers of 2 to 5 digits of a test writer, from touching to wide apart."""
    digits = sets.load_pendigits(train=False, data=folder)
    numbers = plain_numbers(digits, min(limit or PLAIN_NUMBERS, PLAIN_NUMBERS), SEED)
    return _read("pendigits numbers", reader, numbers)


def read_hard_numbers(
    reader: Recognizer, folder: Path | None, limit: int | None = None
) -> NumberOutcome:
    """Read the test writers' numbers in hard hands, see `train.forms.numbers.HARD_KINDS`."""
    digits = sets.load_pendigits(train=False, data=folder)
    numbers = hard_numbers(digits, min(limit or HARD_NUMBERS, HARD_NUMBERS), SEED)
    return _read("hard numbers", reader, numbers)


def read_unipen_numbers(
    reader: Recognizer, folder: Path | None, limit: int | None = None
) -> NumberOutcome | None:
    """Read the numbers of UNIPEN's 43 dev writers; None where the local folder has none."""
    samples = sets.load_unipen("unipen-numbers-dev", folder)
    if samples is None:
        return None
    numbers = [WrittenNumber(s.label, "UNIPEN", s.writer, s.strokes) for s in samples[:limit]]
    return _read(UNIPEN_NUMBERS, reader, numbers)


NUMBER_SETS: tuple[Callable[[Recognizer, Path | None, int | None], NumberOutcome | None], ...] = (
    read_pendigits_numbers,
    read_hard_numbers,
    read_unipen_numbers,
)


def number_latency(reader: Recognizer, folder: Path | None) -> tuple[float, float]:
    """Median and 99th percentile of `read` for a number of four digits: milliseconds on one core.

    The number of digits is not told.
    """
    cv2.setNumThreads(1)
    digits = sets.load_pendigits(train=False, data=folder)
    numbers = plain_numbers(digits, LATENCY_NUMBERS, SEED, (LATENCY_DIGITS, LATENCY_DIGITS))
    times = []
    for number in numbers:
        started = time.perf_counter()
        reader.read(number.strokes)
        times.append((time.perf_counter() - started) * 1e3)
    return float(np.median(times)), float(np.percentile(times, 99))


def _read(name: str, reader: Recognizer, numbers: Sequence[WrittenNumber]) -> NumberOutcome:
    read = tuple(reader.read(number.strokes).text for number in numbers)
    told = {
        place: reader.read(number.strokes, length=len(number.label)).text
        for place, (number, text) in enumerate(zip(numbers, read, strict=True))
        if text != number.label
    }
    return NumberOutcome(name, tuple(numbers), read, told)


def draw_ink(cell: NDArray[np.uint8], strokes: Sequence[Stroke]) -> None:
    """Draw ink into a cell uint8 (H, W, 3), each stroke in a colour, with room for a caption."""
    points = np.concatenate([stroke[:, :2] for stroke in strokes])
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-9)
    scale = min((cell.shape[1] - 14) / size[0], (cell.shape[0] - 34) / size[1])
    for number, stroke in enumerate(strokes):
        touched = np.zeros(cell.shape[:2], np.uint8)
        ink.draw(touched, [stroke], scale, (7 - low[0] * scale, 7 - low[1] * scale), 2)
        cell[touched > 0] = _COLOURS[number % len(_COLOURS)]
