"""Models compared in pairs on the same samples: which differences are more than chance.

McNemar's test, "Note on the sampling error of the difference between correlated proportions"
(1947), in its exact form: of the samples that only one of two models reads right, each one's share
is held against a fair coin. It asks for less than two separate intervals would, as hard samples are
hard for both. All pairs of a set are asked at once, so their p-values are adjusted (Holm, 1979).

Samples count as independent of each other. Those of one person are not: on a set of few people, a
difference is no more certain than the mean over people makes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from train.measures.shares import CONFIDENCE


@dataclass(frozen=True)
class Pair:
    """Two models on one set, and how many samples only the one, and only the other, read right.

    `p` is the two-sided p-value adjusted for the number of pairs: how likely as large a difference
    would be somewhere in the set if no two models differed.
    """

    first: str
    second: str
    only_first: int
    only_second: int
    p: float

    @property
    def differ(self) -> bool:
        """Whether the difference is more than chance."""
        return self.p < 1 - CONFIDENCE

    def __str__(self) -> str:
        return f"{self.only_first} : {self.only_second}{'' if self.differ else ' ≈'}"

    def as_dict(self) -> dict[str, Any]:
        """The figures in plain types, ready for JSON and CSV."""
        return {
            "first": self.first,
            "second": self.second,
            "only first right": self.only_first,
            "only second right": self.only_second,
            "p": float(f"{self.p:.3g}"),
            "differ": self.differ,
        }


def compare(right: Mapping[str, NDArray[np.bool_]]) -> list[Pair]:
    """All pairs of models, by name, of which each says what samples (N,) of one set it read right.

    Raises ValueError where they have not read the same number of samples.
    """
    counted = []
    for (first, ours), (second, theirs) in combinations(right.items(), 2):
        if ours.shape != theirs.shape:
            raise ValueError(f"{first} and {second} have not read the same samples.")
        counted.append((first, second, int((ours & ~theirs).sum()), int((theirs & ~ours).sum())))
    adjusted = holm([exact(one, other) for *_, one, other in counted])
    return [Pair(*of, p) for of, p in zip(counted, adjusted, strict=True)]


def exact(only_first: int, only_second: int) -> float:
    """McNemar's exact two-sided p-value; 1 where the two never differ."""
    discordant = only_first + only_second
    return float(binomtest(only_first, discordant).pvalue) if discordant else 1.0


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted for their number, in their order: Holm's step-down procedure."""
    adjusted = [1.0] * len(p_values)
    least = 0.0
    for rank, place in enumerate(np.argsort(p_values, kind="stable").tolist()):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = least
    return adjusted


def as_good(best: str, pairs: Sequence[Pair]) -> set[str]:
    """The models that differ from the best one by no more than chance."""
    equals = [pair for pair in pairs if best in (pair.first, pair.second) and not pair.differ]
    return {pair.second if pair.first == best else pair.first for pair in equals}
