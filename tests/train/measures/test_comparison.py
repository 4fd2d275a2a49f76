"""The comparison's table: the best of a set, who is no different from it, and every pair."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Digit, Reading
from train.measures import comparison
from train.measures.comparison import Measured
from train.measures.digits import DigitOutcome
from train.measures.latency import Latency
from train.measures.numbers import NumberOutcome
from train.measures.readers import Reader
from train.measures.test_sets import TestSets

TRUTH = np.arange(60) % 10


class Nothing:
    """Reads a zero in everything."""

    def read(self, ink: object, length: int | None = None) -> Reading:
        probabilities = np.eye(10, dtype=np.float32)[0]
        return Reading("fake", 0.1, (Digit(0, probabilities, (0.0, 0.0, 1.0, 1.0)),))

    read_image = read


@pytest.fixture
def measured_of(
    reader_of: Callable[..., Reader], drawn_sets: None
) -> Callable[[str, int], Measured]:
    """A model by name that misreads the first so many of 60 digits; it reads no number."""
    numbers = TestSets(None, 3).numbers

    def make(name: str, wrong: int) -> Measured:
        read = np.where(np.arange(60) < wrong, (TRUTH + 1) % 10, TRUTH)
        glyphs = np.zeros((60, 28, 28), np.uint8)
        outcome = DigitOutcome("some", TRUTH, read, np.eye(10, dtype=np.float32)[read], glyphs)
        found = tuple(NumberOutcome(of.name, of.numbers, ("",) * len(of.numbers)) for of in numbers)
        latency = Latency(1.0, 2.0)
        return Measured(reader_of(Nothing(), name), (outcome,), found, latency, latency)

    return make


def test_the_table_says_which_differences_are_none(
    measured_of: Callable[[str, int], Measured], tmp_path: Path
) -> None:
    models = [measured_of("near", 3), measured_of("best", 1), measured_of("far", 30)]
    text = comparison.write_table(models, tmp_path, None)
    lines: dict[str, str] = {}  # the first of each name: what was read comes first
    for line in text.splitlines():
        lines.setdefault(line.split(" |")[0], line)
    assert lines["| BEST"].split(" | ")[1].startswith("**98.33% (")
    assert lines["| NEAR"].split(" | ")[1].endswith(" ≈")
    assert lines["| FAR"].split(" | ")[1].startswith("50.00% (")
    assert "≈" not in lines["| FAR"].split(" | ")[1]
    cells = {name: lines[f"| {name}"].split(" | ")[1] for name in ("NEAR : BEST", "BEST : FAR")}
    assert cells == {"NEAR : BEST": "0 : 2 ≈", "BEST : FAR": "29 : 0"}
    found = json.loads((tmp_path / "comparison.json").read_text())["pairs"]["some"]
    assert [of["differ"] for of in found] == [False, True, True]
    with (tmp_path / "pairs.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["test set"] == "some"]
    assert [(row["only first right"], row["only second right"]) for row in rows] == [
        ("0", "2"), ("27", "0"), ("29", "0"),
    ]  # fmt: skip


def test_one_model_alone_has_no_pairs(
    measured_of: Callable[[str, int], Measured], tmp_path: Path
) -> None:
    text = comparison.write_table([measured_of("only", 2)], tmp_path, None)
    assert "| Only one right" not in text and "**96.67% (" in text


@pytest.mark.usefixtures("drawn_sets")
def test_everything_is_written(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    readers = [reader_of(Nothing(), name) for name in ("cnn", "knn")]
    text = comparison.measure(readers, TestSets(None, 12), tmp_path)
    assert "0 : 0 ≈" in text and "Hard numbers" in text
    picture = cv2.imread(str(tmp_path / "accuracy-latency.png"))
    assert picture is not None and picture.std() > 0
