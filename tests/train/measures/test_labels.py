"""Labels that look wrong: who must agree, how they are ranked, and the figures without them."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer import Digit, Reading
from train.measures import labels
from train.measures.digits import DigitOutcome
from train.measures.readers import Reader
from train.measures.shares import Share
from train.measures.test_sets import TestSets


def outcome(truth: list[int], read: list[int], of_label: list[float]) -> DigitOutcome:
    """Digits read so, with these probabilities of their labels and the rest on what was read."""
    probabilities = np.zeros((len(truth), 10), np.float32)
    for row, (label, digit, own) in enumerate(zip(truth, read, of_label, strict=True)):
        probabilities[row, digit] = 1 - own
        probabilities[row, label] = own
    glyphs = np.zeros((len(truth), 28, 28), np.uint8)
    return DigitOutcome("some", np.array(truth), np.array(read), probabilities, glyphs)


TRUTH = [0, 1, 2, 3, 4, 5]
MODELS = [
    #                 right, all 7, one alone, all 8 but one, disagree, all 9 with some doubt
    outcome(TRUTH, [0, 7, 9, 8, 1, 9], [1.0, 0.02, 0.0, 0.001, 0.0, 0.4]),
    outcome(TRUTH, [0, 7, 2, 8, 2, 9], [1.0, 0.02, 1.0, 0.001, 0.0, 0.4]),
    outcome(TRUTH, [0, 7, 2, 8, 3, 9], [1.0, 0.02, 1.0, 0.001, 0.0, 0.4]),
    outcome(TRUTH, [0, 7, 2, -1, 5, 9], [1.0, 0.02, 1.0, 0.001, 0.0, 0.4]),
]


def test_a_label_is_doubted_where_models_agree_against_it() -> None:
    found = labels.suspects(MODELS)
    assert [(of.place, of.label, of.read, of.models) for of in found] == [
        (3, 3, 8, 3),
        (1, 1, 7, 4),
    ]
    assert [of.probability for of in found] == pytest.approx([0.001, 0.02])


def test_the_figures_without_them() -> None:
    found = labels.suspects(MODELS)
    assert labels.without(MODELS[0], found) == Share(1, 4)
    assert labels.without(MODELS[1], found) == Share(2, 4)
    assert labels.without(MODELS[1], []) == MODELS[1].share


def test_two_models_doubt_nothing() -> None:
    with pytest.raises(ValueError, match="2 models are too few"):
        labels.suspects(MODELS[:2])


class Always:
    """Reads one digit in everything."""

    def __init__(self, digit: int) -> None:
        self.digit = digit

    def read(self, ink: object, length: int | None = None) -> Reading:
        probabilities = np.zeros(10, np.float32)
        probabilities[self.digit] = 1
        return Reading("fake", 0.1, (Digit(self.digit, probabilities, (0.0, 0.0, 1.0, 1.0)),))

    read_image = read


@pytest.mark.usefixtures("drawn_sets")
def test_figures_and_pictures_are_written(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    readers = [reader_of(Always(7), name) for name in ("cnn", "svm", "knn")]
    sets = TestSets(None, 30)
    text = labels.measure(readers, sets, tmp_path)
    wrong = int((sets.mnist.labels != 7).sum())
    assert f"without {wrong}" in text and "100.00%" in text
    found = json.loads((tmp_path / "labels.json").read_text())
    assert len(found["MNIST test"]["suspects"]) == wrong
    assert found["MNIST test"]["with and without"]["svm"]["without"]["share"] == 1
    assert (tmp_path / "labels-pendigits-test.png").stat().st_size > 5_000
    assert len((tmp_path / "labels.csv").read_text().splitlines()) > wrong


@pytest.mark.usefixtures("drawn_sets")
def test_too_few_models_are_told(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    text = labels.measure([reader_of(Always(7))], TestSets(None, 30), tmp_path)
    assert "3 models or more must agree" in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("drawn_sets")
def test_where_nothing_is_doubted_nothing_is_left_out(
    reader_of: Callable[..., Reader], tmp_path: Path
) -> None:
    readers = [reader_of(Always(digit), f"model{digit}") for digit in (1, 4, 7, 8)]
    text = labels.measure(readers, TestSets(None, 30), tmp_path)
    assert "without" not in text.splitlines()[2]
    assert not list(tmp_path.glob("*.png"))
