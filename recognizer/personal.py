"""A person's hand: a few of their digits, and what a network's belief becomes in their light.

Few-shot and without training. Each sample is kept as the network's own features of it, the
activations before its last layer, which are not negative. Two pictures are compared by the
Bhattacharyya coefficient of their features, taken as distributions (Bhattacharyya 1943): the cosine
of their square roots, 1 for equals. New ink is compared with the nearest sample of every digit:

- Among the digits that the samples show, each gains `_WEIGHT * exp(-_SHARPNESS * (1 - nearness))`
  nats, as in Zhang et al., "Tip-Adapter", ECCV 2022, but by its nearest sample; no digit falls
  behind another by more than `_MOST`, which is about how sure the network ever is.
- Belief moves to them from digits without samples, and from "not a digit", by the log-odds
  `_RESCUE * exp(-_RESCUE_SHARPNESS * (1 - nearness))` of the nearest sample of all: only ink that
  is close to a sample is rescued. A scribble, far from all, stays refused.

The method and its constants were chosen on digits of pendigits' training writers that were made odd
(`train.odd_writers`), and on no others; `python -m train.personal_scores --choose` does it again.
What it was compared with there stands in `train.personal_scores`.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIGITS = 10

_WEIGHT = 30.0  # nats
_SHARPNESS = 4.0
_MOST = 6.0  # nats
_RESCUE = 8.0  # nats
_RESCUE_SHARPNESS = 12.0
_LEAST = 1e-12  # probability; keeps logarithms finite

Features = NDArray[np.float32]  # (N, F)
Probabilities = NDArray[np.float32]  # (N, 10) or (N, 11)


class Hand:
    """Samples of one person's digits in the feature space of one network."""

    def __init__(self, features: Features, labels: Sequence[int]) -> None:
        """`features` (N, F) of at least one sample, `labels` (N,) their digits."""
        rows = _unit(features)
        of = np.asarray(labels)
        self._known = np.unique(of)
        self._samples = [rows[of == digit].T for digit in self._known]

    def blend(self, probabilities: Probabilities, features: Features) -> Probabilities:
        """What (N, 10 or 11) `probabilities` become for ink with these `features` (N, F).

        Each row sums to 1, as before.
        """
        rows = _unit(features)
        nearness = np.stack([(rows @ samples).max(axis=1) for samples in self._samples], axis=1)
        gain = _WEIGHT * np.exp(-_SHARPNESS * (1 - nearness))
        gain = np.maximum(gain - gain.max(axis=1, keepdims=True), -_MOST)
        # Among the digits that it knows.
        before = np.log(np.maximum(probabilities.astype(np.float64), _LEAST))
        known = before[:, self._known]
        mass = _log_sum(known)
        known = known + gain
        after = before.copy()
        after[:, self._known] = known - _log_sum(known) + mass
        # From all that it does not know to all that it knows.
        nearest = nearness.max(axis=1, keepdims=True)
        after[:, self._known] += _RESCUE * np.exp(-_RESCUE_SHARPNESS * (1 - nearest))
        return np.exp(after - _log_sum(after)).astype(np.float32)


def _unit(features: Features) -> NDArray[np.float64]:
    """Square roots of the features, each row of length 1 (0 where there is no activation)."""
    roots = np.sqrt(np.maximum(features.astype(np.float64), 0.0))
    lengths = np.linalg.norm(roots, axis=1, keepdims=True)
    return np.asarray(roots / np.maximum(lengths, _LEAST))


def _log_sum(logarithms: NDArray[np.float64]) -> NDArray[np.float64]:
    """log(sum(exp)) of each row, as a column."""
    return np.asarray(np.logaddexp.reduce(logarithms, axis=1, keepdims=True))
