"""The nearest-neighbour classifier: a glyph is what the training pictures most like it are."""

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

_BATCH = 200  # glyphs at a time: keeps the table of distances to 100,000 prototypes near 80 MB
_ROWS = 64  # of the table in which the nearest are looked for, see `_largest`
LEAST_DISTANCE = 1e-6  # of a prototype that is the very glyph; in steps of the prototypes' grid
EVIDENCE = 2  # kinds of it, see `KnnClassifier.evidence`
SHAPES: dict[str, Shape] = {  # of the arrays in the file
    "projection": (LENGTH, "D"),
    "offset": ("D",),
    "prototypes": ("N", "D"),
    "labels": ("N",),
    "k": (),
}


@dataclass(frozen=True)
class Neighbours:
    """Prototypes and the rule that weighs them: the `k` nearest vote with 1 / distance.

    `projection` float32 (LENGTH, D) and `offset` (D,) bring a feature vector to the prototypes'
    space; `prototypes` int8 (N, D) stand on whole numbers there; `labels` uint8 (N,).
    `rejection_curve` holds the weights of `KnnClassifier.evidence`, see the module of that name;
    None in older models.
    """

    projection: NDArray[np.float32]
    offset: NDArray[np.float32]
    prototypes: NDArray[np.int8]
    labels: NDArray[np.uint8]
    k: int
    rejection_curve: Weights | None = None


def load(entry: ModelEntry) -> NumberReader:
    """The classifier as a reader of whole numbers."""
    return NumberReader(KnnClassifier(entry))


class KnnClassifier:
    """Glyphs to probabilities by their nearest prototypes; weights as scikit-learn's "distance"."""

    def __init__(self, model: ModelEntry | Neighbours) -> None:
        if isinstance(model, ModelEntry):
            arrays = load_arrays(model, SHAPES, {FILE_KEY: (EVIDENCE + 1,)})
            labels, k = arrays["labels"], int(arrays["k"])
            if labels.dtype.kind not in "iu" or not 0 <= labels.min() <= labels.max() < DIGITS:
                raise model.unusable("labels are none of the digits 0 to 9")
            if not 1 <= k <= len(labels):
                raise model.unusable(f"k is {k}")
            model = Neighbours(
                arrays["projection"],
                arrays["offset"],
                arrays["prototypes"],
                labels,
                k,
                arrays.get(FILE_KEY),
            )
        self._model = model
        # Filled up with prototypes that are infinitely far from everything.
        missing = -len(model.prototypes) % _ROWS
        self._prototypes = np.pad(model.prototypes, ((0, missing), (0, 0))).astype(np.float32)
        half_squares = 0.5 * np.einsum("nd,nd->n", self._prototypes, self._prototypes)
        half_squares[len(model.prototypes) :] = np.inf
        self._half_squares = half_squares

    def probabilities(self, glyphs: Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10 or 11) of glyphs uint8 (N, 28, 28); each row sums to 1.

        The eleventh is that of "not a digit"; models without a rejection curve do not know it.
        """
        votes, distances = self._neighbours(glyphs)
        if self._model.rejection_curve is None:
            return votes
        return with_no_digit(votes, _evidence(votes, distances), self._model.rejection_curve)

    def evidence(self, glyphs: Glyph) -> NDArray[np.float64]:
        """What tells digits from other ink, (N, 2): how far the neighbours are, how they agree.

        The logarithm of their mean distance, and the share of the votes that the winner has.
        """
        return _evidence(*self._neighbours(glyphs))

    def _neighbours(self, glyphs: Glyph) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """The shares of the votes (N, 10) and the neighbours' mean distances (N,)."""
        points = describe(glyphs) @ self._model.projection - self._model.offset
        parts = [self._vote(points[at : at + _BATCH]) for at in range(0, len(points), _BATCH)]
        if not parts:
            return np.empty((0, 10), np.float32), np.empty(0)
        votes, distances = zip(*parts, strict=True)
        return np.concatenate(votes), np.concatenate(distances)

    def _vote(self, points: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        # The nearest have the largest products less half their square: one matrix product for all.
        nearness = points @ self._prototypes.T - self._half_squares
        k = self._model.k
        nearest = _largest(nearness, k)
        # The product loses the last digits of a short distance; those of the few are taken anew.
        distance = np.linalg.norm(self._prototypes[nearest] - points[:, None], axis=2)
        votes = np.zeros((len(points), 10))
        rows = np.arange(len(points))[:, None]
        np.add.at(
            votes,
            (rows, self._model.labels[nearest]),
            1 / np.maximum(distance, LEAST_DISTANCE),
        )
        shares: NDArray[np.float32] = (votes / votes.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares, distance.mean(axis=1, dtype=np.float64)


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The places (N, count) of each row's largest values (N, M); M is a multiple of `_ROWS`.

    The row is seen as a table. Its largest values stand in those columns that have the largest
    maxima, no more than `count` of them: only these few are looked at.
    """
    table = values.reshape(len(values), _ROWS, -1)
    best = table.max(axis=1)
    width = best.shape[1]
    columns = min(count, width)
    chosen = np.argpartition(best, -columns, axis=1)[:, -columns:]
    few = np.take_along_axis(table, chosen[:, None, :], axis=2).reshape(len(values), -1)
    places = np.argpartition(few, -count, axis=1)[:, -count:]
    nearest: NDArray[np.intp] = places // columns * width
    nearest += np.take_along_axis(chosen, places % columns, axis=1)
    return nearest


def _evidence(votes: NDArray[np.float32], distances: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.log1p(distances), votes.max(axis=1, initial=0)])
