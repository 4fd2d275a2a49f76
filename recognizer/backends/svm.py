"""The support vector machine: one against one for every pair of digits, radial basis functions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.arrays import Shape, load_arrays
from recognizer.features import LENGTH, describe
from recognizer.numbers.reader import NumberReader
from recognizer.reading import DIGITS
from recognizer.rejection_curve import FILE_KEY, Weights, with_no_digit
from recognizer.store import ModelEntry
from recognizer.types import Glyph

_BATCH = 200  # glyphs at a time: keeps the table of kernel values to 30,000 vectors near 24 MB
EVIDENCE = 3  # kinds of it, see `SvmClassifier.evidence`
SHAPES: dict[str, Shape] = {  # of the arrays in the file
    "projection": (LENGTH, "D"),
    "offset": ("D",),
    "support": ("N", "D"),
    "counts": (DIGITS,),
    "weights": ("N", DIGITS),
    "bias": (DIGITS, DIGITS),
    "gamma": (),
    "steepness": (),
    "sharpness": (),
}


@dataclass(frozen=True)
class Machines:
    """The 45 machines, sharing their support vectors.

    `projection` float32 (LENGTH, D) and `offset` (D,) bring a feature vector to the machines'
    space. `support` float16 (N, D) are ordered by digit, `counts` (10,) says how many are each's.
    `weights` float32 (N, 10): what a vector speaks for its own digit against each other one.
    `bias` float32 (10, 10) is antisymmetric, as the decisions are. `steepness` and `sharpness`
    turn decisions into probabilities. `rejection_curve` holds the weights of
    `SvmClassifier.evidence`, see the module of that name; None in older models.
    """

    projection: NDArray[np.float32]
    offset: NDArray[np.float32]
    support: NDArray[np.float16]
    counts: NDArray[np.int64]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    gamma: float
    steepness: float
    sharpness: float
    rejection_curve: Weights | None = None


def load(entry: ModelEntry) -> NumberReader:
    """The classifier as a reader of whole numbers."""
    return NumberReader(SvmClassifier(entry))


class SvmClassifier:
    """Glyphs to probabilities by 45 machines that each tell two digits apart."""

    def __init__(self, model: ModelEntry | Machines) -> None:
        if isinstance(model, ModelEntry):
            arrays = load_arrays(model, SHAPES, {FILE_KEY: (EVIDENCE + 1,)})
            counts = arrays["counts"]
            whole = counts.dtype.kind in "iu" and counts.min() >= 0
            if not whole or int(counts.sum()) != len(arrays["support"]):
                raise model.unusable("counts are not those of the support vectors")
            if not float(arrays["gamma"]) > 0:
                raise model.unusable("gamma is not above 0")
            model = Machines(
                arrays["projection"],
                arrays["offset"],
                arrays["support"],
                arrays["counts"],
                arrays["weights"],
                arrays["bias"],
                float(arrays["gamma"]),
                float(arrays["steepness"]),
                float(arrays["sharpness"]),
                arrays.get(FILE_KEY),
            )
        self._model = model
        support = model.support.astype(np.float32)
        # -gamma times a squared distance as one product: of (2 gamma p, 1, -gamma p²), a glyph's
        # row, with (s, -gamma s², 1), a vector's.
        self._support = np.column_stack(
            [support, -model.gamma * _squares(support), np.ones(len(support), np.float32)]
        )
        self._weights = model.weights.astype(np.float64)
        ends = np.cumsum(model.counts).tolist()
        self._parts = [slice(a, b) for a, b in zip([0, *ends[:-1]], ends, strict=True)]

    def probabilities(self, glyphs: Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10 or 11) of glyphs uint8 (N, 28, 28); each row sums to 1.

        The eleventh is that of "not a digit"; models without a rejection curve do not know it.
        """
        decisions, distances = self._decisions(glyphs)
        digits = couple(decisions, self._model.steepness, self._model.sharpness)
        if self._model.rejection_curve is None:
            return digits
        return with_no_digit(digits, _evidence(decisions, distances), self._model.rejection_curve)

    def decisions(self, glyphs: Glyph) -> NDArray[np.float32]:
        """The machines' decisions (N, 10, 10): above 0 where the first digit beats the second."""
        return self._decisions(glyphs)[0]

    def evidence(self, glyphs: Glyph) -> NDArray[np.float64]:
        """What tells digits from other ink, (N, 3): how clearly a digit won, how near ink is known.

        The winner's narrowest and its mean decision, and the squared distance to the nearest
        support vector.
        """
        return _evidence(*self._decisions(glyphs))

    def _decisions(self, glyphs: Glyph) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The decisions (N, 10, 10) and the least squared distances to support vectors (N,)."""
        points = describe(glyphs) @ self._model.projection - self._model.offset
        parts = [self._decide(points[at : at + _BATCH]) for at in range(0, len(points), _BATCH)]
        if not parts:
            return np.empty((0, 10, 10), np.float32), np.empty(0, np.float32)
        decisions, distances = zip(*parts, strict=True)
        return np.concatenate(decisions), np.concatenate(distances)

    def _decide(
        self, points: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        gamma = self._model.gamma
        ones = np.ones(len(points), np.float32)
        rows = np.column_stack([2 * gamma * points, ones, -gamma * _squares(points)])
        # The table of kernel values is by far the largest thing here: it is made in one place.
        kernel = rows @ self._support.T
        # Rounding may leave a tiny negative square for a point that is a support vector.
        np.minimum(kernel, 0, out=kernel)
        nearest = kernel.max(axis=1) / -gamma
        np.exp(kernel, out=kernel)
        # Thousands of terms cancel out in a decision: the sums need more digits than the terms.
        speaks = np.stack(
            [kernel[:, part].astype(np.float64) @ self._weights[part] for part in self._parts],
            axis=1,
        )
        decisions: NDArray[np.float64] = speaks - speaks.transpose(0, 2, 1) + self._model.bias
        return decisions.astype(np.float32), nearest


def _squares(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The squared lengths (N,) of vectors (N, D)."""
    squares: NDArray[np.float32] = np.einsum("nd,nd->n", vectors, vectors)
    return squares


def _evidence(
    decisions: NDArray[np.float32], distances: NDArray[np.float32]
) -> NDArray[np.float64]:
    others = ~np.eye(10, dtype=bool)
    narrowest = np.where(others, decisions, np.inf).min(axis=2)
    winner = narrowest.argmax(axis=1)
    rows = np.arange(len(decisions))
    mean = decisions[rows, winner].sum(axis=1) / 9  # its decision against itself is 0
    return np.column_stack([narrowest[rows, winner], mean, distances])


def couple(
    decisions: NDArray[np.floating], steepness: float, sharpness: float
) -> NDArray[np.float32]:
    """Probabilities (N, 10) from the decisions (N, 10, 10) of all pairs.

    Each decision becomes the probability of a duel by a logistic curve of the given steepness; a
    digit's score is the sum of its duels' log-probabilities, and the softmax of the scores, made
    sharper or softer, is the answer. Unlike a count of won duels it knows a narrow win from a wide.
    """
    log_duels = -np.logaddexp(0, -steepness * decisions.astype(np.float64))
    log_duels[:, np.arange(10), np.arange(10)] = 0
    scores = sharpness * log_duels.sum(axis=2)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return probabilities.astype(np.float32)
