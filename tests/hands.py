"""Numbers as several hands write them, and a classifier that keeps what it was shown."""

from collections.abc import Callable, Iterator

import numpy as np

from recognizer.backends.onnx import OnnxClassifier
from recognizer.strokes import clean_strokes


class Recording:
    """The shipped CNN; keeps every glyph that it was asked about, with what it said."""

    def __init__(self, entry: object) -> None:
        self._classifier = OnnxClassifier(entry)  # type: ignore[arg-type]
        self.asked: list[tuple[np.ndarray, np.ndarray]] = []

    def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
        scores = self._classifier.probabilities(glyphs)
        self.asked += zip(glyphs.copy(), scores.copy(), strict=True)
        return scores

    def said_of(self, picture: np.ndarray) -> list[np.ndarray]:
        """What it said each time that it got this very picture."""
        return [scores for glyph, scores in self.asked if np.array_equal(glyph, picture)]


def strokes_of(digit, x: float) -> list[np.ndarray]:
    strokes = [np.array(stroke)[:, :2] for stroke in digit.strokes]
    left = min(stroke[:, 0].min() for stroke in strokes)
    return [stroke + np.array([x - left, 0.0]) for stroke in strokes]


def in_a_row(digits, gap: float) -> list[np.ndarray]:
    row: list[np.ndarray] = []
    right = -gap
    for digit in digits:
        row += strokes_of(digit, right + gap)
        right = max(stroke[:, 0].max() for stroke in row)
    return row


def slanted(digits, random: np.random.Generator) -> list[np.ndarray]:
    lean = random.choice([-0.9, -0.5, 0.5, 0.9])
    return [stroke @ np.array([[1.0, 0.0], [-lean, 1.0]]) for stroke in in_a_row(digits, 30.0)]


def running(digits, random: np.random.Generator) -> list[np.ndarray]:
    """All digits in one stroke: the pen never lifts."""
    return [np.concatenate(in_a_row(digits, float(random.uniform(10, 40))))]


def as_people_write(digits, random: np.random.Generator) -> list[np.ndarray]:
    """As in UNIPEN: sizes and lines differ, neighbours overhang, points are whole and doubled."""
    row: list[np.ndarray] = []
    right = 0.0
    for digit in digits:
        size = random.uniform(0.6, 1.3)
        own = [s * size + np.array([0.0, random.uniform(-25, 25)]) for s in strokes_of(digit, 0.0)]
        left = right + random.uniform(-6, 25)
        row += [stroke + np.array([left, 0.0]) for stroke in own]
        right = max(stroke[:, 0].max() for stroke in row)
    return [np.repeat(np.rint(stroke * 7.0), 2, axis=0) for stroke in row]


HANDS = [slanted, running, as_people_write]


def numbers(
    written_digits, hand: Callable[..., list[np.ndarray]], count: int
) -> Iterator[list[np.ndarray]]:
    random = np.random.default_rng(11)
    single = [digit for digit in written_digits if len(digit.strokes) == 1]
    for _ in range(count):
        among = single if hand is running else written_digits
        chosen = random.integers(len(among), size=int(random.integers(2, 5)))
        yield clean_strokes(hand([among[int(i)] for i in chosen], random))
