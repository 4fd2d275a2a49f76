"""Shares of samples with their 95 % intervals: differences smaller than those decide nothing."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap

CONFIDENCE = 0.95
_RESAMPLES = 2_000
_SEED = 0


@dataclass(frozen=True)
class Share:
    """So many of so many, with the Wilson score interval of the share.

    The interval takes the samples for independent of each other. Those of one person are not: where
    people are named, the mean over people stands beside it (`PeopleMean`).
    """

    count: int
    total: int

    @property
    def value(self) -> float:
        """The share itself, 0 to 1."""
        return self.count / self.total

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95 %, Wilson, J. Am. Stat. Assoc. 22 (1927)."""
        found = binomtest(self.count, self.total).proportion_ci(CONFIDENCE, method="wilson")
        return float(found.low), float(found.high)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.2%} ({100 * low:.1f}–{100 * high:.1f})"

    def as_dict(self) -> dict[str, float | int | list[float]]:
        """The figures in plain types, ready for JSON."""
        low, high = self.interval
        return {
            "share": self.value,
            "count": self.count,
            "of": self.total,
            "95 % interval": [round(low, 5), round(high, 5)],
        }


def share(hits: NDArray[np.bool_]) -> Share:
    """The share of a bool array (N,) that is true."""
    return Share(int(hits.sum()), len(hits))


@dataclass(frozen=True)
class PeopleMean:
    """The mean over people of their own shares: every person counts the same.

    The interval is the 95 % one of the bootstrap over people, by seed; of one person there is none.
    """

    value: float
    people: int
    interval: tuple[float, float] | None

    def __str__(self) -> str:
        if self.interval is None:
            return f"{self.value:.2%}"
        low, high = self.interval
        return f"{self.value:.2%} ({100 * low:.1f}–{100 * high:.1f})"

    def as_dict(self) -> dict[str, float | int | list[float] | None]:
        """The figures in plain types, ready for JSON."""
        return {
            "mean": self.value,
            "people": self.people,
            "95 % interval": None
            if self.interval is None
            else [round(x, 5) for x in self.interval],
        }


def people_mean(hits: NDArray[np.bool_], people: NDArray[np.int64]) -> PeopleMean:
    """The mean over people of the shares of `hits` bool (N,); `people` (N,) are their numbers."""
    own = np.array([hits[people == person].mean() for person in np.unique(people)])
    if len(own) < 2:
        return PeopleMean(float(own.mean()), len(own), None)
    found = bootstrap(
        (own,), np.mean, confidence_level=CONFIDENCE, n_resamples=_RESAMPLES,
        method="percentile", rng=np.random.default_rng(_SEED),
    ).confidence_interval  # fmt: skip
    return PeopleMean(float(own.mean()), len(own), (float(found.low), float(found.high)))
