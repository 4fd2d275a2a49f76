"""Inside the SVM: which support vectors decided between the digit read and the next likeliest."""

import numpy as np
from numpy.typing import NDArray

from recognizer.arrays import load_arrays
from recognizer.backends.svm import SHAPES, couple
from recognizer.inside.edges import Space
from recognizer.inside.sights import Duel, Voter
from recognizer.reading import DIGITS
from recognizer.store import ModelEntry
from recognizer.types import Glyph


class SupportVectors:
    """The support vectors of an SVM; raises RecognizerError where the file holds none."""

    def __init__(self, entry: ModelEntry) -> None:
        arrays = load_arrays(entry, SHAPES)
        if int(arrays["counts"].sum()) != len(arrays["support"]):
            raise entry.unusable("counts are not those of the support vectors")
        self._space = Space(arrays["projection"], arrays["offset"])
        self._support = arrays["support"].astype(np.float32)
        self._weights = arrays["weights"].astype(np.float64)
        self._digits = np.repeat(np.arange(DIGITS), arrays["counts"])
        self._bias = arrays["bias"].astype(np.float64)
        self._gamma = float(arrays["gamma"])
        self._steepness, self._sharpness = float(arrays["steepness"]), float(arrays["sharpness"])

    def duel(self, glyph: Glyph, count: int = 6) -> Duel:
        """How a glyph uint8 (28, 28) was decided, with the `count` votes that weighed most."""
        votes = self._votes(self._space.points(glyph[None])[0])
        speaks = np.stack([votes[self._digits == digit].sum(axis=0) for digit in range(DIGITS)])
        decisions = speaks - speaks.T + self._bias
        likely = couple(decisions[None], self._steepness, self._sharpness)[0]
        second, first = np.argsort(likely, kind="stable")[-2:].tolist()
        own, other = self._digits == first, self._digits == second
        # A vector speaks for its own digit: that of the other digit against the winner.
        signed = np.where(own, votes[:, second], np.where(other, -votes[:, first], 0.0))
        rows = np.argsort(-np.abs(signed), kind="stable")[:count]
        pictures = self._space.drawn(self._support[rows])
        voters = tuple(
            Voter(int(self._digits[row]), float(signed[row]), picture)
            for row, picture in zip(rows.tolist(), pictures, strict=True)
        )
        return Duel(
            first,
            second,
            float(decisions[first, second]),
            float(self._bias[first, second]),
            int((own | other).sum()),
            voters,
        )

    def picture(self, glyph: Glyph) -> Glyph:
        """A glyph uint8 (28, 28) as the model compares it: its own edges, uint8 (H, W)."""
        return self._space.drawn(self._space.points(glyph[None]))[0]

    def _votes(self, point: NDArray[np.float32]) -> NDArray[np.float64]:
        """What each vector says for its own digit against each other one, (N, 10)."""
        squares = ((self._support - point) ** 2).sum(axis=1, dtype=np.float64)
        votes: NDArray[np.float64] = np.exp(-self._gamma * squares)[:, None] * self._weights
        return votes


def look_into(entry: ModelEntry) -> SupportVectors:
    """Open a model of this kind; raises RecognizerError where its file is missing or unfit."""
    return SupportVectors(entry)
