"""Single digits: outcomes, shares with their intervals, tables, and readings that are made once."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Digit, Reading
from train.data.samples import InkSample
from train.measures import digits, shares
from train.measures.digits import DigitOutcome
from train.measures.readers import Reader
from train.measures.shares import PeopleMean, Share, people_mean
from train.measures.tables import table
from train.measures.test_sets import DigitSet, TestSets

BAR = np.array([[0.0, 0.0], [4.0, 50.0], [6.0, 100.0]])


class OnlySevens:
    """Reads a seven in everything, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, strokes: object, length: int | None = None) -> Reading:
        assert length == 1, "that a digit is one is told"
        self.asked += 1
        probabilities = np.full(10, 0.02, np.float32)
        probabilities[7] = 0.82
        picture = np.zeros((28, 28), np.uint8)
        digit = Digit(7, probabilities, (0.0, 0.0, 1.0, 1.0), ink=(BAR,), picture=picture)
        return Reading("fake", 0.1, (digit,))

    read_image = read


def test_ink_is_read_once_and_its_pictures_are_not_kept(reader_of: Callable[..., Reader]) -> None:
    stand_in = OnlySevens()
    reader = reader_of(stand_in)
    picture = np.zeros((28, 28), np.uint8)
    reader.ahead([([BAR], 1), ([BAR], 1), (picture, 1)])
    assert stand_in.asked == 2
    (digit,) = reader.read([BAR], 1).digits
    assert reader.read_image(picture, 1).text == "7"
    assert stand_in.asked == 2
    assert digit.picture is None and digit.ink == ()
    reader.read([BAR.copy()], 1)
    assert stand_in.asked == 3, "other ink, though it looks the same"


def test_an_outcome_counts_digits_and_people(reader_of: Callable[..., Reader]) -> None:
    samples = [InkSample(label, writer, [BAR]) for label, writer in (("7", 1), ("7", 1), ("1", 2))]
    found = digits.read_set(reader_of(OnlySevens()), DigitSet("some", tuple(samples)))
    assert found.right.tolist() == [True, True, False]
    assert found.share == Share(2, 3)
    assert found.people is not None and found.people.value == 0.5
    assert found.confusions()[1, 7] == 1
    assert found.surest_mistakes.tolist() == [2]
    assert [cell.caption for cell in found.cells()] == ["1>7 0.82"]


def test_an_interval_is_wilsons() -> None:
    low, high = Share(97, 100).interval
    assert (low, high) == (pytest.approx(0.91548, abs=1e-5), pytest.approx(0.98974, abs=1e-5))
    assert Share(0, 10).interval[0] == 0
    assert Share(10, 10).interval[1] == 1
    assert str(Share(97, 100)) == "97.00% (91.5–99.0)"


def test_every_person_counts_the_same() -> None:
    hits = np.array([True] * 90 + [False] * 10)
    people = np.array([1] * 90 + [2] * 10)
    mean = people_mean(hits, people)
    assert (mean.value, mean.people) == (0.5, 2)
    assert mean.interval is not None and mean.interval[0] <= 0.5 <= mean.interval[1]
    assert people_mean(hits, np.zeros(100, np.int64)) == PeopleMean(0.9, 1, None)
    assert shares.people_mean(hits, people) == mean, "by seed"


def test_a_table_says_which_way_its_columns_lean() -> None:
    text = table(["a", "b", "c"], [["1", "2", "3"]], left=(0, 2))
    assert text == "| a | b | c |\n|---|---:|---|\n| 1 | 2 | 3 |"


@pytest.mark.usefixtures("drawn_sets")
def test_figures_and_pictures_are_written(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    text = digits.measure([reader_of(OnlySevens())], TestSets(None, 30), tmp_path)
    assert "| CNN |" in text and "(6 people)" in text
    found = json.loads((tmp_path / "digits.json").read_text())["cnn"]
    assert list(found) == ["MNIST test", "pendigits test"]
    of = found["pendigits test"]
    assert of["share"] == of["count"] / of["of"] and of["of"] == 30
    assert of["95 % interval"][0] <= of["share"] <= of["95 % interval"][1]
    assert found["MNIST test"]["mean over people"] is None
    sheet = cv2.imread(str(tmp_path / "misread-pendigits-test-cnn.png"))
    assert (sheet < 100).any()
    assert "precision" in (tmp_path / "classes-cnn.txt").read_text()
    for name in ("confusion", "predictions", "mistakes"):
        assert (tmp_path / f"{name}-cnn.png").stat().st_size > 5_000


def test_a_picture_of_a_perfect_reader_is_no_fault(tmp_path: Path) -> None:
    labels = np.arange(10)
    glyphs = np.zeros((10, 28, 28), np.uint8)
    outcome = DigitOutcome("all", labels, labels, np.eye(10, dtype=np.float32), glyphs)
    digits.draw_mistakes("CNN", outcome, tmp_path / "none.png")
    assert (tmp_path / "none.png").is_file()
