"""What a confidence is worth: calibration beside chance, and accuracy where a model is silent."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer import Digit, Reading
from train.measures import confidence
from train.measures.confidence import Trust
from train.measures.readers import Reader
from train.measures.shares import Share
from train.measures.test_sets import TestSets


def drawn(count: int, power: float = 1.0, seed: int = 0) -> Trust:
    """A model that is right as often as its confidence, to that power, says."""
    random = np.random.default_rng(seed)
    sure = random.uniform(0.5, 1.0, count)
    return Trust(sure, random.random(count) < sure**power)


def test_true_confidences_are_within_chance_and_boasts_are_not() -> None:
    true, boasting, modest = drawn(4_000), drawn(4_000, 2.0), drawn(4_000, 0.5)
    assert true.keeps_its_word and true.calibration_error < 0.03
    for of, sign in ((boasting, 1), (modest, -1)):
        assert not of.keeps_its_word and of.calibration_error > 0.08
        assert sign * of.boast > 0.08


def test_the_chance_alone_shrinks_with_more_digits_and_is_by_seed() -> None:
    few, many = drawn(200), drawn(20_000)
    assert few.by_chance[0] > 5 * many.by_chance[0] > 0
    assert few.by_chance == drawn(200).by_chance
    assert few.by_chance[0] < few.by_chance[1]


def test_bins_hold_equally_many_and_add_up() -> None:
    of = drawn(1_003)
    sizes = [one.right.total for one in of.bins]
    assert sum(sizes) == 1_003 and max(sizes) - min(sizes) <= 1
    assert sum(one.right.count for one in of.bins) == of.right.sum()
    by_hand = sum(abs(one.confidence - one.right.value) * one.right.total for one in of.bins)
    assert of.calibration_error == pytest.approx(by_hand / 1_003)


def test_silence_falls_on_what_it_is_least_sure_of() -> None:
    of = Trust(np.array([0.9, 0.2, 0.8, 0.5]), np.array([True, False, True, False]))
    assert of.answered(0.0) == Share(2, 4)
    assert of.answered(0.25) == Share(2, 3)
    assert of.answered(0.5) == Share(2, 2)
    assert of.least_confidence(0.25) == 0.5


@given(st.lists(st.tuples(st.sampled_from([0.3, 0.6, 1.0]), st.booleans()), min_size=1))
def test_equally_sure_digits_count_as_their_mean(rows: list[tuple[float, bool]]) -> None:
    of, turned = (
        Trust(np.array([sure for sure, _ in some]), np.array([right for _, right in some]))
        for some in (rows, rows[::-1])
    )
    assert of.curve == pytest.approx(turned.curve)
    assert of.curve[-1] == pytest.approx(sum(right for _, right in rows))
    assert (np.diff(of.curve, prepend=0) >= -1e-9).all()


class Doubtful:
    """Reads a seven in everything, the surer the more often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, ink: object, length: int | None = None) -> Reading:
        self.asked += 1
        probabilities = np.zeros(10, np.float32)
        probabilities[7] = self.asked / (self.asked + 1)
        return Reading("fake", 0.1, (Digit(7, probabilities, (0.0, 0.0, 1.0, 1.0)),))

    read_image = read


@pytest.mark.usefixtures("drawn_sets")
def test_figures_and_pictures_are_written(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    readers = [reader_of(Doubtful(), name) for name in ("cnn", "knn")]
    text = confidence.measure(readers, TestSets(None, 30), tmp_path)
    assert "| CNN |" in text and "Read right, silent on 1%" in text
    found = json.loads((tmp_path / "confidence.json").read_text())
    of = found["knn"]["pendigits test"]
    assert of["silent on"]["0"]["of"] == 30 and len(of["bins"]) == confidence.BINS
    assert of["expected calibration error"] > of["by chance alone"] > 0
    with (tmp_path / "confidence.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 2 * 2 * len(confidence.SILENT)
    for name in ("reliability.png", "coverage.png"):
        assert (tmp_path / name).stat().st_size > 5_000
