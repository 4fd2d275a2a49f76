"""Inside KNN: the prototypes nearest to a digit, how far they are and what their votes weigh."""

import numpy as np

from recognizer.arrays import load_arrays
from recognizer.backends.knn import LEAST_DISTANCE, SHAPES
from recognizer.inside.edges import Space
from recognizer.inside.sights import Prototype
from recognizer.store import ModelEntry
from recognizer.types import Glyph


class Prototypes:
    """The prototypes of a KNN; raises RecognizerError where the file holds none."""

    def __init__(self, entry: ModelEntry) -> None:
        arrays = load_arrays(entry, SHAPES)
        self._space = Space(arrays["projection"], arrays["offset"])
        self._points = arrays["prototypes"]
        self._labels = arrays["labels"]
        self.k = int(arrays["k"])

    def nearest(self, glyph: Glyph, count: int | None = None) -> list[Prototype]:
        """The nearest to a glyph uint8 (28, 28), nearest first; `count` of them (default: k)."""
        point = self._space.points(glyph[None])[0]
        distances = np.linalg.norm(self._points - point, axis=1)
        rows = np.argsort(distances, kind="stable")
        shares = 1 / np.maximum(distances[rows[: self.k]], LEAST_DISTANCE)
        shares /= shares.sum()
        rows = rows[: self.k if count is None else count]
        shares = np.append(shares, np.zeros(len(rows)))[: len(rows)]  # those beyond have no vote
        pictures = self._space.drawn(self._points[rows].astype(np.float32))
        return [
            Prototype(int(self._labels[row]), float(distances[row]), float(share), picture)
            for row, share, picture in zip(rows, shares, pictures, strict=True)
        ]

    def picture(self, glyph: Glyph) -> Glyph:
        """A glyph uint8 (28, 28) as the model compares it: its own edges, uint8 (H, W)."""
        return self._space.drawn(self._space.points(glyph[None]))[0]


def look_into(entry: ModelEntry) -> Prototypes:
    """Open a model of this kind; raises RecognizerError where its file is missing or unfit."""
    return Prototypes(entry)
