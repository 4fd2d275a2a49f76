"""The nearest-neighbour classifier: a glyph is what the training pictures most like it are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.arrays import load_arrays
from recognizer.features import describe
from recognizer.ink import Glyph
from recognizer.store import ModelEntry

_BATCH = 200  # glyphs at a time: keeps the table of distances to 100,000 prototypes near 80 MB
_LEAST_DISTANCE = 1e-6  # of a prototype that is the very glyph; in steps of the prototypes' grid


@dataclass(frozen=True)
class Neighbours:
    """Prototypes and the rule that weighs them: the `k` nearest vote with 1 / distance.

    `projection` float32 (LENGTH, D) and `offset` (D,) bring a feature vector to the prototypes'
    space; `prototypes` int8 (N, D) stand on whole numbers there; `labels` uint8 (N,).
    """

    projection: NDArray[np.float32]
    offset: NDArray[np.float32]
    prototypes: NDArray[np.int8]
    labels: NDArray[np.uint8]
    k: int


class KnnClassifier:
    """Glyphs to probabilities by their nearest prototypes; weights as scikit-learn's "distance"."""

    def __init__(self, model: ModelEntry | Neighbours) -> None:
        if isinstance(model, ModelEntry):
            shapes = {"projection": 2, "offset": 1, "prototypes": 2, "labels": 1, "k": 0}
            arrays = load_arrays(model, shapes)
            model = Neighbours(
                arrays["projection"],
                arrays["offset"],
                arrays["prototypes"],
                arrays["labels"],
                int(arrays["k"]),
            )
        self._model = model
        self._prototypes = model.prototypes.astype(np.float32)
        self._half_squares = 0.5 * np.einsum("nd,nd->n", self._prototypes, self._prototypes)

    def probabilities(self, glyphs: Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10) of glyphs uint8 (N, 28, 28); each row sums to 1."""
        points = describe(glyphs) @ self._model.projection - self._model.offset
        parts = [self._vote(points[at : at + _BATCH]) for at in range(0, len(points), _BATCH)]
        return np.concatenate(parts) if parts else np.empty((0, 10), np.float32)

    def _vote(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        # The nearest have the largest products less half their square: one matrix product for all.
        nearness = points @ self._prototypes.T - self._half_squares
        k = self._model.k
        nearest = np.argpartition(nearness, -k, axis=1)[:, -k:]
        # The product loses the last digits of a short distance; those of the few are taken anew.
        distance = np.linalg.norm(self._prototypes[nearest] - points[:, None], axis=2)
        votes = np.zeros((len(points), 10))
        rows = np.arange(len(points))[:, None]
        np.add.at(
            votes,
            (rows, self._model.labels[nearest]),
            1 / np.maximum(distance, _LEAST_DISTANCE),
        )
        shares: NDArray[np.float32] = (votes / votes.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares
