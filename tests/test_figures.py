"""The shipped CNN and YOLO on the full test sets, where the local data folder is there."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recognizer import Recognizer, available_backends

pytest.importorskip("rich", reason="the figures need the extra [train]")
from train.measures import digits, judging
from train.measures import numbers as number_scores

pytestmark = pytest.mark.data

FLOORS = {
    digits.read_mnist_test: 0.997,  # 0.9972 here; other processors round a digit otherwise
    digits.read_pendigits_test: 0.996,
    digits.read_unipen_dev: 0.988,
}


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


@pytest.mark.parametrize("read", FLOORS, ids=lambda read: read.__name__)
def test_the_cnn_reaches_its_floor(read, reader: Recognizer, data_folder: Path) -> None:
    outcome = read(reader, data_folder)
    if outcome is None:
        pytest.skip("UNIPEN is not in the data folder")
    assert outcome.accuracy >= FLOORS[read], outcome.test_set
    assert np.allclose(outcome.probabilities.sum(axis=1), 1, atol=1e-4)


# What the shipped weights reach, less a number or two.
NUMBER_FLOORS = {
    ("cnn", number_scores.read_pendigits_numbers): 0.98,
    ("cnn", number_scores.read_hard_numbers): 0.91,
    ("cnn", number_scores.read_unipen_numbers): 0.97,
    ("yolo", number_scores.read_pendigits_numbers): 0.97,
    ("yolo", number_scores.read_hard_numbers): 0.92,
    ("yolo", number_scores.read_unipen_numbers): 0.94,
}


@pytest.mark.parametrize(
    ("backend", "read"), NUMBER_FLOORS, ids=lambda of: of if isinstance(of, str) else of.__name__
)
def test_whole_numbers_are_read(backend: str, read, data_folder: Path) -> None:
    if backend not in available_backends():
        pytest.skip(f"no {backend} is installed")
    outcome = read(Recognizer(backend), data_folder)
    if outcome is None:
        pytest.skip("UNIPEN is not in the data folder")
    assert outcome.accuracy >= NUMBER_FLOORS[backend, read], outcome.test_set


class Steady:
    """Reads as the CNN does, and says that it took two milliseconds: a busy machine is no fault."""

    def __init__(self, reader: Recognizer) -> None:
        self._reader, self.backend = reader, reader.backend

    def read(self, strokes, length=None):
        return replace(self._reader.read(strokes, length), elapsed_ms=2.0)


def test_ink_is_judged_at_the_right_moment(reader: Recognizer, data_folder: Path) -> None:
    for usual, slow in judging.measure(Steady(reader), data_folder):
        numbers = usual.test_set.endswith("numbers")
        one = 1 / len(usual.answers)  # of UNIPEN's few numbers, a single one is half a percent
        assert usual.early <= 0.005 + one, usual.test_set
        assert np.median(usual.delays) <= (0.400 if numbers else 0.250), usual.test_set
        assert usual.finished_accuracy - usual.accuracy <= 0.003 + one, usual.test_set
        assert slow.early <= 0.03, slow.test_set
