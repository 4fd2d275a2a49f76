"""The shipped CNN and YOLO on the test sets, where the local data folder is there.

The floors are what the shipped weights reach, less a hair: processors round digits differently.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recognizer import Reading, available_backends
from recognizer.types import Stroke

pytest.importorskip("rich", reason="the figures need the extra [train]")
from train.measures import digits, judging, numbers
from train.measures.processes import Opening
from train.measures.readers import Reader
from train.measures.test_sets import TestSets

pytestmark = pytest.mark.data

# Less one to five samples than the weights of November 28 reach: 99.48, 99.06, 98.75, 99.01 and
# 99.76 % of the digits.
DIGIT_FLOORS = {
    "MNIST test": 0.9945,
    "pendigits test": 0.9895,
    "UJI test digits": 0.985,
    "UNIPEN dev digits": 0.989,
    "DigiLeTs dev digits": 0.996,
}
# Of every third number; less one or two of them than the same weights reach: 95.2, 90.4, 95.8, 93.7
# and 98.8 % by the CNN, 94.6, 87.1, 93.7, 89.8, 97.9 and 98.2 % by YOLO. The report reads all.
EACH_READ = 3
NUMBER_FLOORS = {
    ("cnn", "pendigits numbers"): 0.948,
    ("cnn", "hard numbers"): 0.9,
    ("cnn", "UNIPEN dev numbers"): 0.945,
    ("cnn", "UNIPEN dev digits side by side"): 0.933,
    ("cnn", "DigiLeTs dev digits side by side"): 0.984,
    ("yolo", "pendigits numbers"): 0.942,
    ("yolo", "hard numbers"): 0.867,
    ("yolo", "UNIPEN dev numbers"): 0.925,
    ("yolo", "UNIPEN dev digits side by side"): 0.894,
    ("yolo", "DigiLeTs dev digits side by side"): 0.975,
    ("yolo", "nothing but ones"): 0.975,
}


@pytest.fixture(scope="module")
def sets(data_folder: Path) -> TestSets:
    return TestSets(data_folder)


@pytest.fixture(scope="module")
def cnn() -> Reader:
    return Reader("cnn", Opening("cnn"))


@pytest.mark.parametrize("name", DIGIT_FLOORS)
def test_the_cnn_reaches_its_floor(name: str, cnn: Reader, sets: TestSets) -> None:
    if name == digits.MNIST:
        outcome = digits.read_mnist(cnn, sets)
    else:
        found = [of for of in sets.digits if of.name == name]
        if not found:
            pytest.skip(f"{name} are not in the data folder")
        outcome = digits.read_set(cnn, found[0])
    assert outcome.accuracy >= DIGIT_FLOORS[name], outcome.share
    assert np.allclose(outcome.probabilities.sum(axis=1), 1, atol=1e-4)


@pytest.mark.parametrize(("backend", "name"), NUMBER_FLOORS)
def test_whole_numbers_are_read(backend: str, name: str, sets: TestSets) -> None:
    if backend not in available_backends():
        pytest.skip(f"no {backend} is installed")
    found = [of for of in sets.numbers if of.name == name]
    if not found:
        pytest.skip(f"{name} are not in the data folder")
    some = replace(found[0], numbers=found[0].numbers[::EACH_READ])
    outcome = numbers.read_set(Reader(backend, Opening(backend)), some)
    assert outcome.accuracy >= NUMBER_FLOORS[backend, name], outcome.share


class Steady:
    """Reads as the CNN does, and says that it took two milliseconds: a busy machine is no fault."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, strokes: Sequence[Stroke], length: int | None = None) -> Reading:
        return replace(self._reader.read(strokes, length), elapsed_ms=2.0)


# s, of the medians, where the modelled hands pause as long as DigiLeTs' people do.
MOST_DELAY = {"digits": 0.250, "pendigits test numbers": 0.500, "UNIPEN dev numbers": 0.650}
# Shares: judged too early, and of the right answers lost by that. Single digits, whole numbers.
MOST_EARLY = {False: 0.010, True: 0.020}
MOST_LOST = {False: 0.006, True: 0.015}
REPLAYED = 120  # of each set


def test_ink_is_judged_at_the_right_moment(cnn: Reader, data_folder: Path) -> None:
    chosen = judging.judging_sets(TestSets(data_folder, limit=REPLAYED))
    assert len(chosen) >= 2
    for of, (usual, slow) in zip(chosen, judging.replayed(Steady(cnn), chosen), strict=True):
        most = MOST_DELAY.get(usual.test_set, MOST_DELAY["digits"])
        one = 1 / len(usual.answers)  # of UNIPEN's few numbers, a single one is half a percent
        assert usual.early <= MOST_EARLY[of.numbers] + one, usual.test_set
        assert np.median(usual.delays) <= most, usual.test_set
        assert usual.finished_accuracy - usual.accuracy <= MOST_LOST[of.numbers] + one
        assert slow.early <= 0.045, slow.test_set
