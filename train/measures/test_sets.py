"""The test sets, each loaded or composed once a run: digits, numbers, ink that is no digit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.strokes import clean_strokes
from train.data import pens, sets
from train.data.samples import InkSample
from train.data.sets import Images
from train.data.unipen import PenDigit
from train.forms.numbers import (
    HARD_KINDS,
    WrittenNumber,
    hard_numbers,
    numbers_of_everyone,
    plain_numbers,
    rows_of_ones,
)
from train.forms.numbers import ONES as ONES_LENGTHS
from train.measures import outliers

PLAIN_NUMBERS = 1_000
HARD_NUMBERS = 200  # of each kind
SIDE_BY_SIDE = 1_000  # of each set of people
ROWS_OF_ONES = 50  # of each length
NUMBERS_SEED = 4  # of the composed numbers; tuning used others, and other writers

PENDIGITS = "pendigits test"
UJI = "UJI test digits"
UNIPEN = "UNIPEN dev digits"
DIGILETS = "DigiLeTs dev digits"
UNIPEN_NUMBERS = "UNIPEN dev numbers"
HARD = "hard numbers"
ONES = "nothing but ones"

# The sets of other people's pens, by their files; numbers are composed of the digits of two.
_PENS = {UJI: "uji-digits-test", UNIPEN: "unipen-digits-dev", DIGILETS: "digilets-digits-dev"}
_SIDE_BY_SIDE = (UNIPEN, DIGILETS)  # and mirrored, and rows of ones


Made = TypeVar("Made")


@dataclass(frozen=True)
class DigitSet:
    """Single digits of several people, pen strokes."""

    name: str
    samples: tuple[InkSample, ...]

    @cached_property
    def glyphs(self) -> NDArray[np.uint8]:
        """What a classifier sees of each, uint8 (N, 28, 28)."""
        return np.stack([ink.glyph(clean_strokes(sample.strokes)) for sample in self.samples])


@dataclass(frozen=True)
class NumberSet:
    """Whole numbers, pen strokes."""

    name: str
    numbers: tuple[WrittenNumber, ...]


class TestSets:
    """Everything that is measured on, from one data folder; what is asked for again is there.

    `limit` takes so many samples of each set. Sets that the folder lacks are left out.
    """

    __test__ = False  # pytest: it is no class of tests

    def __init__(self, folder: Path | None, limit: int | None = None) -> None:
        self.folder, self.limit = folder, limit
        self._pens: dict[str, list[InkSample] | None] = {}
        self._made: dict[str, Any] = {}

    @cached_property
    def mnist(self) -> Images:
        """MNIST's test part, or its first `limit` pictures."""
        test = sets.load_mnist(train=False, data=self.folder)
        return Images(test.pixels[: self.limit], test.labels[: self.limit])

    @cached_property
    def mnist_training(self) -> Images:
        """MNIST's training part: shown, never measured on."""
        return sets.load_mnist(train=True, data=self.folder)

    @cached_property
    def mnist_pictures(self) -> list[NDArray[np.uint8]]:
        """The pictures of `mnist` one by one."""
        return list(self.mnist.pixels)

    @cached_property
    def pendigits(self) -> list[PenDigit]:
        """All digits of pendigits' 14 test writers, whatever the limit."""
        return sets.load_pendigits(train=False, data=self.folder)

    def pens(self, name: str) -> list[InkSample] | None:
        """A set of the folder `pens`, whatever the limit; None where it is not there."""
        if name not in self._pens:
            self._pens[name] = pens.load_pens(name, self.folder, purpose="measure")
        return self._pens[name]

    @cached_property
    def all_digits(self) -> tuple[DigitSet, ...]:
        """The sets of single digits that are there, whatever the limit."""
        pendigits = [InkSample(str(d.label), d.writer, d.strokes) for d in self.pendigits]
        found = [DigitSet(PENDIGITS, tuple(pendigits))]
        for name, file in _PENS.items():
            if (samples := self.pens(file)) is not None:
                found.append(DigitSet(name, tuple(samples)))
        return tuple(found)

    @cached_property
    def digits(self) -> tuple[DigitSet, ...]:
        """The same, of each no more than the first `limit` samples."""
        if self.limit is None:
            return self.all_digits
        return tuple(DigitSet(of.name, of.samples[: self.limit]) for of in self.all_digits)

    @cached_property
    def numbers(self) -> tuple[NumberSet, ...]:
        """The sets of whole numbers that are there."""
        count, each = self._most(PLAIN_NUMBERS), self._most(HARD_NUMBERS, len(HARD_KINDS))
        found = [
            NumberSet(
                "pendigits numbers", tuple(plain_numbers(self.pendigits, count, NUMBERS_SEED))
            ),
            NumberSet(HARD, tuple(hard_numbers(self.pendigits, each, NUMBERS_SEED))),
        ]
        if (unipen := self.unipen_numbers) is not None:
            found.append(NumberSet(UNIPEN_NUMBERS, unipen.numbers[: self.limit]))
        ones: list[WrittenNumber] = []
        lengths = 1 + ONES_LENGTHS[1] - ONES_LENGTHS[0]
        for digits in self._of_people:
            written = [PenDigit(int(s.label), s.writer, s.strokes) for s in digits.samples]
            numbers = numbers_of_everyone(written, self._most(SIDE_BY_SIDE), NUMBERS_SEED)
            found.append(NumberSet(f"{digits.name} side by side", tuple(numbers)))
            each = -(-self._most(ROWS_OF_ONES, lengths) // len(self._of_people))
            ones += rows_of_ones(written, each, NUMBERS_SEED)
        if ones:
            found.append(NumberSet(ONES, tuple(ones)))
        return tuple(found)

    @property
    def _of_people(self) -> tuple[DigitSet, ...]:
        """The sets of many people, of which numbers are composed that everyone wrote."""
        return tuple(of for of in self.all_digits if of.name in _SIDE_BY_SIDE)

    @cached_property
    def unipen_numbers(self) -> NumberSet | None:
        """The numbers of UNIPEN's dev writers, as they wrote them, whatever the limit."""
        samples = self.pens("unipen-numbers-dev")
        if samples is None:
            return None
        numbers = [WrittenNumber(s.label, "UNIPEN", s.writer, s.strokes) for s in samples]
        return NumberSet(UNIPEN_NUMBERS, tuple(numbers))

    @cached_property
    def outliers(self) -> outliers.Collection:
        """Real digits, and ink that a recognizer should refuse."""
        return outliers.collect(
            [(of.name, of.samples) for of in self.all_digits],
            self.pendigits,
            self.pens("unipen-letters-dev"),
            self.pens("unipen-signs-dev"),
            self.limit,
            [sample for of in self._of_people for sample in of.samples],
        )

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What a measure composes of these sets: made when first asked for, then the same."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def _most(self, count: int, kinds: int = 1) -> int:
        """So many of each kind, or no more than make the limit together."""
        return count if self.limit is None else min(-(-self.limit // kinds), count)


def by_writer(samples: Sequence[InkSample]) -> dict[int, list[InkSample]]:
    """The samples of each writer, in their order."""
    found: dict[int, list[InkSample]] = {}
    for sample in samples:
        found.setdefault(sample.writer, []).append(sample)
    return found
