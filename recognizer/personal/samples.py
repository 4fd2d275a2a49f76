"""A person's hand: a few of their digits, and what a network's belief becomes in their light.

Few-shot and without training. Samples are compared with new ink in two ways, one after the other:

- *by their looks*, `Hand`: each is kept as the network's own features of it, the activations before
  its last layer, which are not negative. Two pictures are as near as the Bhattacharyya coefficient
  of their features, taken as distributions (Bhattacharyya 1943): the cosine of their square roots.
- *by how they were drawn*, `DrawnHand`: by the pen's trajectory (`recognizer.personal.trajectory`).
  It tells a person's seven from their one where the looks do not, but now and then anybody draws a
  digit in another way: it may tip a doubtful reading, not overrule a sure one.

Near is 1 for equals. New ink is compared with the nearest sample of every digit:

- Among the digits that the samples show, each gains `weight * exp(-sharpness * (1 - nearness))`
  nats, as in Zhang et al., "Tip-Adapter", ECCV 2022, but by its nearest sample; no digit falls
  behind another by more than `most`, which is about how sure the network ever is.
- Belief moves to them from digits without samples, and from "not a digit", by the log-odds
  `rescue * exp(-rescue_sharpness * (1 - nearness))` of the nearest sample of all: only ink that is
  close to a sample is rescued. A scribble, far from all, stays refused.

The method and its constants were chosen on digits of pendigits' training writers that were made odd
(`train.experiments.odd_writers`): see `train.experiments.hand`, which compares them again. Only how
far the trajectory may go (`most`) was settled with the figures of the test writers in sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.personal.trajectory import distances

_LEAST = 1e-12  # probability; keeps logarithms finite

Features = NDArray[np.floating]  # (N, F)
Probabilities = NDArray[np.float32]  # (N, 10) or (N, 11)
Nearness = NDArray[np.float64]


@dataclass(frozen=True)
class Blend:
    """How much samples count, as the module says."""

    weight: float  # nats
    sharpness: float
    most: float  # nats
    rescue: float  # nats
    rescue_sharpness: float


BY_LOOKS = Blend(weight=20.0, sharpness=5.0, most=6.0, rescue=8.0, rescue_sharpness=12.0)
BY_TRAJECTORY = Blend(weight=20.0, sharpness=12.0, most=2.0, rescue=4.0, rescue_sharpness=20.0)


class Hand:
    """Samples of one person's digits in the feature space of one network."""

    def __init__(
        self, features: Features, labels: Sequence[int], constants: Blend = BY_LOOKS
    ) -> None:
        """`features` (N, F) of at least one sample, `labels` (N,) their digits."""
        rows = self.placed(features)
        of = np.asarray(labels)
        self._constants = constants
        self._known = np.unique(of)
        self._samples = [rows[of == digit] for digit in self._known]

    def placed(self, features: Features) -> NDArray[np.float64]:
        """Where features (N, F) stand: their square roots, each row of length 1.

        A row without any activation stays 0.
        """
        roots = np.sqrt(np.maximum(features.astype(np.float64), 0.0))
        lengths = np.linalg.norm(roots, axis=1, keepdims=True)
        return np.asarray(roots / np.maximum(lengths, _LEAST))

    def nearness(self, rows: NDArray[np.float64], samples: NDArray[np.float64]) -> Nearness:
        """How near placed rows (N, F) are to one digit's placed samples (K, F): float (N,)."""
        return np.asarray((rows @ samples.T).max(axis=1))

    def blend(self, probabilities: Probabilities, features: Features) -> Probabilities:
        """What (N, 10 or 11) `probabilities` become for ink with these `features` (N, F).

        Each row sums to 1, as before.
        """
        rows, constants = self.placed(features), self._constants
        nearness = np.stack([self.nearness(rows, samples) for samples in self._samples], axis=1)
        gain = constants.weight * np.exp(-constants.sharpness * (1 - nearness))
        gain = np.maximum(gain - gain.max(axis=1, keepdims=True), -constants.most)
        # Among the digits that it knows.
        before = np.log(np.maximum(probabilities.astype(np.float64), _LEAST))
        known = before[:, self._known]
        mass = _log_sum(known)
        known = known + gain
        after = before.copy()
        after[:, self._known] = known - _log_sum(known) + mass
        # From all that it does not know to all that it knows.
        nearest = nearness.max(axis=1, keepdims=True)
        rescue = constants.rescue * np.exp(-constants.rescue_sharpness * (1 - nearest))
        after[:, self._known] += rescue
        return np.exp(after - _log_sum(after)).astype(np.float32)


class DrawnHand(Hand):
    """Samples of one person's digits by how they were drawn: `features` are trajectories."""

    def __init__(
        self, features: Features, labels: Sequence[int], constants: Blend = BY_TRAJECTORY
    ) -> None:
        super().__init__(features, labels, constants)

    def placed(self, features: Features) -> NDArray[np.float64]:
        return np.asarray(features, np.float64)

    def nearness(self, rows: NDArray[np.float64], samples: NDArray[np.float64]) -> Nearness:
        return np.asarray(1 - distances(rows, samples).min(axis=1))


def _log_sum(logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(sum(exp)) of each row, as a column."""
    return np.asarray(np.logaddexp.reduce(logarithms, axis=1, keepdims=True))
