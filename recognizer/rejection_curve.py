"""How the classifiers that learned only digits tell ink that is none: by their own evidence.

KNN knows how far the nearest prototypes are and whether they agree, the SVM by how much the winner
won and how far the nearest support vector is. A logistic curve over such evidence, fitted by
`train.fitting.rejection_curve` and kept with the model, gives the probability of "not a digit".
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

FILE_KEY = "doubt"  # what the weights are called in a model file

Weights = NDArray[np.float32]  # (E + 1,): one for each kind of evidence, and the constant


def no_digit(evidence: NDArray[np.floating], weights: Weights) -> NDArray[np.float64]:
    """The probabilities (N,) of "not a digit" by evidence (N, E)."""
    odds = evidence.astype(np.float64) @ weights[:-1] + weights[-1]
    probabilities: NDArray[np.float64] = 0.5 + 0.5 * np.tanh(odds / 2)
    return probabilities


def as_in_file(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A model's fields by the names that its file has for them."""
    return {FILE_KEY if name == "rejection_curve" else name: of for name, of in fields.items()}


def with_no_digit(
    digits: NDArray[np.floating], evidence: NDArray[np.floating], weights: Weights
) -> NDArray[np.float32]:
    """Probabilities (N, 11) of the ten digits and of none, from those of the digits (N, 10)."""
    none = no_digit(evidence, weights)[:, None]
    return np.hstack([digits * (1 - none), none]).astype(np.float32)
