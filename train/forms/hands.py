"""What some people wrote, picked so that the digits of one person do not outweigh all others.

A person weighs as the square root of the number of digits they gave: more digits show more of a
hand, but twice as many do not make two people. Letters and signs are picked alike by their kind.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from train.data.people import People
from train.data.samples import InkSample
from train.data.unipen import PenDigit


class Hands:
    """The digits, letters and signs of some people."""

    def __init__(self, people: People) -> None:
        self.digits = people.digits
        written = Counter(digit.writer for digit in self.digits)
        self._rows: list[NDArray[np.int64]] = []  # of the digits of each label
        self._sums: list[NDArray[np.float64]] = []  # of their weights
        labels = np.array([digit.label for digit in self.digits], np.int64)
        weights = np.array([written[digit.writer] ** -0.5 for digit in self.digits])
        for label in range(10):
            rows = np.flatnonzero(labels == label)
            self._rows.append(rows)
            self._sums.append(np.cumsum(weights[rows]))
        self._other: dict[str, list[InkSample]] = {}
        for sample in people.other_ink:
            self._other.setdefault(sample.label, []).append(sample)
        self._kinds = list(self._other)
        self._kind_sums = np.cumsum([len(of_kind) ** 0.5 for of_kind in self._other.values()])

    def digit(self, label: int, random: Generator) -> PenDigit | None:
        """Somebody's digit of that label; None where nobody wrote one."""
        if not len(self._rows[label]):
            return None
        return self.digits[int(self._rows[label][_pick(self._sums[label], random)])]

    def any_digit(self, random: Generator) -> PenDigit | None:
        """Somebody's digit, each label as often as any other; None where nobody wrote that one."""
        return self.digit(int(random.integers(10)), random)

    def other_ink(self, random: Generator) -> InkSample | None:
        """Somebody's letter or sign that shares no shape with a digit; None where there is none."""
        if not self._kinds:
            return None
        of_kind = self._other[self._kinds[_pick(self._kind_sums, random)]]
        return of_kind[int(random.integers(len(of_kind)))]


def _pick(sums: Sequence[float] | NDArray[np.float64], random: Generator) -> int:
    """A place, as likely as its share of the weights; `sums` are those up to each place."""
    return int(np.searchsorted(sums, random.random() * sums[-1], side="right"))
