"""For measuring how well a hand is learned: which samples are learned, and the sums of errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from train.data.sets import InkSample

SHOTS = 3  # samples of each digit that are learned, as the game's calibration asks for
MORE_THAN = 1.0 / 200  # a writer may get worse by this share of their digits


@dataclass(frozen=True)
class Score:
    """One writer's digits without and with their hand: means over all draws.

    `digits` were read, `before` and `after` of them wrongly, `new` of them only with the hand.
    """

    writer: int
    digits: float
    before: float
    after: float
    new: float

    @property
    def change(self) -> float:
        """The share of digits that got worse, less those that got better."""
        return (self.after - self.before) / self.digits


@dataclass(frozen=True)
class Summary:
    """What learning their hands did to a set of writers."""

    writers: int
    digits: float
    before: float
    after: float
    new: float
    worst_before: float  # errors of the ten writers with the greatest share of them
    worst_after: float
    worse: tuple[Score, ...]  # writers who got worse by more than `MORE_THAN`

    @property
    def worst_fall(self) -> float:
        """The share of the ten worst writers' errors that is gone."""
        return 1 - self.worst_after / self.worst_before if self.worst_before else 0.0


def summarise(scores: Sequence[Score]) -> Summary:
    """The sums over writers; of equal shares of errors the greater number counts as worse."""
    worst = sorted(scores, key=lambda s: (s.before / s.digits, s.before), reverse=True)[:10]
    return Summary(
        len(scores),
        sum(score.digits for score in scores),
        sum(score.before for score in scores),
        sum(score.after for score in scores),
        sum(score.new for score in scores),
        sum(score.before for score in worst),
        sum(score.after for score in worst),
        tuple(score for score in scores if score.change > MORE_THAN + 1e-9),
    )


def writers_with_enough(samples: Sequence[InkSample]) -> list[int]:
    """The writers with at least one more of every digit than are learned: as after calibration."""
    counts: dict[int, NDArray[np.int64]] = {}
    for sample in samples:
        counts.setdefault(sample.writer, np.zeros(10, np.int64))[int(sample.label)] += 1
    return sorted(writer for writer, of in counts.items() if of.min() > SHOTS)


def draw(
    labels: NDArray[np.int64], rows: NDArray[np.int64], seed: int | None
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split one writer's rows into (to learn, to read): `SHOTS` of each digit to learn.

    They are the first in the file's order where the seed is None, else drawn by it.
    """
    ordered = rows if seed is None else np.random.default_rng(seed).permutation(rows)
    learned = np.concatenate([ordered[labels[ordered] == digit][:SHOTS] for digit in range(10)])
    return learned, np.setdiff1d(rows, learned)
