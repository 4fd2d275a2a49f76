"""How a recognizer tells digits from other ink: what it refuses, and how many digits that costs."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer import Digit, Recognizer
from recognizer.reading import NO_DIGIT_THRESHOLD
from train.measures.outliers import Collection, Ink, Strokes

ACCEPTED = 0.99  # of the real digits, at the threshold that is compared


@dataclass(frozen=True)
class Scored:
    """One set and what a recognizer made of it.

    `doubt` float64 (N,) grows with how little the ink is a digit to it, and is infinite where it is
    refused whatever the threshold; `refused` bool (N,) is what play does; `read` int64 (N,) is the
    likeliest digit.
    """

    ink: Ink
    doubt: NDArray[np.float64]
    refused: NDArray[np.bool_]
    read: NDArray[np.int64]

    def refused_share(self, threshold: float | None = None) -> float:
        """The share that is refused beyond a threshold of doubt; by play's own without one."""
        refused = self.refused if threshold is None else self.doubt > threshold
        return float(refused.mean())

    def by_kind(self, threshold: float | None = None) -> dict[str, float]:
        """The refused share of each kind."""
        refused = self.refused if threshold is None else self.doubt > threshold
        kinds = np.array(self.ink.kinds)
        return {kind: float(refused[kinds == kind].mean()) for kind in sorted(set(self.ink.kinds))}


@dataclass(frozen=True)
class Rejection:
    """What a model made of a collection; `bare` letters were left out of it as pieces.

    `by_confidence`: it knows no "not a digit", so doubt is its lack of confidence in any digit.
    """

    name: str
    title: str
    digits: tuple[Scored, ...]
    outliers: tuple[Scored, ...]
    by_confidence: bool
    bare: int = 0

    @property
    def threshold(self) -> float:
        """The least doubt beyond which ink may be refused so that `ACCEPTED` of each set stays."""
        return max(threshold_for(scored.doubt) for scored in self.digits)

    @property
    def pooled_threshold(self) -> float:
        """The same for the digits of all sets taken together."""
        return threshold_for(np.concatenate([scored.doubt for scored in self.digits]))


def measure_rejection(
    reader: Recognizer, collection: Collection, name: str, title: str
) -> Rejection:
    """Read all ink of a collection, each sample as one digit, by the model of that name."""
    known: dict[int, Digit] = {}  # one set of letters holds the other: each is read once
    read = {
        ink.name: [_read(reader, strokes, known) for strokes in ink.samples]
        for ink in (*collection.digits, *collection.outliers)
    }
    # A backend that cannot tell says 0 of everything that it reads.
    by_confidence = not any(
        digit.no_digit > 0 and digit.value is not None for of in read.values() for digit in of
    )
    doubt_of = _lack_of_confidence if by_confidence else _no_digit

    def scored(ink: Ink) -> Scored:
        digits = read[ink.name]
        return Scored(
            ink,
            np.array([doubt_of(digit) for digit in digits]),
            np.array([digit.value is None for digit in digits]),
            np.array([int(digit.probabilities.argmax()) for digit in digits]),
        )

    return Rejection(
        name,
        title,
        tuple(scored(ink) for ink in collection.digits),
        tuple(scored(ink) for ink in collection.outliers),
        by_confidence,
        collection.bare,
    )


_NOTHING = Digit(None, np.full(10, 0.1, np.float32), (0.0, 0.0, 0.0, 0.0), 1.0)


def _read(reader: Recognizer, strokes: Strokes, known: dict[int, Digit]) -> Digit:
    if id(strokes) not in known:
        digits = reader.read(strokes, length=1).digits
        known[id(strokes)] = digits[0] if len(digits) == 1 else _NOTHING
    return known[id(strokes)]


def _no_digit(digit: Digit) -> float:
    # What is refused below the threshold is refused for its form, as a dot is: at any threshold.
    always = digit.value is None and digit.no_digit <= NO_DIGIT_THRESHOLD
    return math.inf if always else digit.no_digit


def _lack_of_confidence(digit: Digit) -> float:
    return math.inf if digit.value is None else 1 - digit.confidence


def threshold_for(doubt: NDArray[np.float64], accepted: float = ACCEPTED) -> float:
    """The least of the doubts that, as a threshold, leaves so large a share accepted."""
    order = np.sort(doubt)
    return float(order[max(0, math.ceil(accepted * len(order)) - 1)])


def roc(
    digits: NDArray[np.float64], outliers: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The shares of digits and of outliers that are refused, at every threshold, from 0 to 1."""
    marks = np.concatenate([[np.inf], np.unique(np.concatenate([digits, outliers]))[::-1], [-1.0]])
    beyond = [
        1 - np.searchsorted(np.sort(doubt), marks, side="right") / len(doubt)
        for doubt in (digits, outliers)
    ]
    # Infinite doubt is refused at the highest threshold too.
    start = [np.isinf(doubt).mean() for doubt in (digits, outliers)]
    x, y = (np.maximum(share, low) for share, low in zip(beyond, start, strict=True))
    return x, y


def area(digits: NDArray[np.float64], outliers: NDArray[np.float64]) -> float:
    """The area under the ROC curve: how often an outlier raises more doubt than a digit does."""
    order = np.sort(digits)
    below = np.searchsorted(order, outliers, side="left")
    up_to = np.searchsorted(order, outliers, side="right")
    return float(((below + up_to) / 2).mean() / len(order))
