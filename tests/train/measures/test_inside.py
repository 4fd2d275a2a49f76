"""Look inside: which digits are looked at, and that every kind of model shows what it has."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer import Digit, Reading, available_backends
from train.measures import inside
from train.measures.digits import DigitOutcome
from train.measures.processes import Opening
from train.measures.readers import Reader, models_in
from train.measures.test_sets import TestSets

TRUTH = np.arange(40) % 10
GLYPHS = np.random.default_rng(0).integers(1, 255, (40, 28, 28)).astype(np.uint8)


def outcome(wrong: set[int]) -> DigitOutcome:
    read = np.array([(d + 1) % 10 if i in wrong else d for i, d in enumerate(TRUTH)])
    return DigitOutcome("MNIST test", TRUTH, read, np.eye(10, dtype=np.float32)[read], GLYPHS)


def test_digits_read_right_come_first_then_those_that_most_misread() -> None:
    found = inside.examples({"A": outcome({0, 13, 23, 5}), "B": outcome({13, 5, 7})})
    assert [of.truth for of in found] == [1, 2, 3, 5, 3, 0]
    hardest = found[inside.EASY]
    assert hardest.read == {"A": 6, "B": 6} and np.array_equal(hardest.glyph, GLYPHS[5])
    assert np.array_equal(found[4].glyph, GLYPHS[13]), "and not the three that only one misread"


def test_where_nothing_is_misread_there_is_nothing_hard() -> None:
    found = inside.examples({"A": outcome(set())})
    assert [of.truth for of in found] == [0, 1, 2]
    all_wrong = inside.examples({"A": outcome(set(range(40)))})
    assert [of.truth for of in all_wrong] == [0, 1, 2], "none is shown twice"


class ByRows:
    """Says a digit by where the ink begins."""

    def read_image(self, grey: NDArray[np.uint8], length: int | None = None) -> Reading:
        value = int(np.flatnonzero(grey.any(axis=1))[0]) % 10 if grey.any() else 0
        probabilities = np.eye(10, dtype=np.float32)[value]
        return Reading("fake", 0.1, (Digit(value, probabilities, (0.0, 0.0, 1.0, 1.0)),))


@pytest.mark.usefixtures("drawn_sets")
def test_a_model_without_a_file_shows_which_ink_it_goes_by(
    reader_of: Callable[..., Reader], tmp_path: Path
) -> None:
    text = inside.measure([reader_of(ByRows())], TestSets(None, 12), tmp_path)
    (picture,) = json.loads((tmp_path / "inside.json").read_text())["pictures"]
    assert picture["file"] == "inside-occlusion.png" and picture["words"] in text
    drawn = cv2.imread(str(tmp_path / picture["file"]))
    assert drawn is not None and drawn.std() > 0


@pytest.mark.usefixtures("drawn_sets")
@pytest.mark.parametrize("name", ["knn", "svm", "cnn", "fcn", "yolo"])
def test_every_kind_shows_what_it_alone_has(name: str, tmp_path: Path) -> None:
    if name not in available_backends():
        pytest.skip(f"no {name} is installed")
    (model,) = (of for of in models_in() if of.name == name)
    reader = Reader(name, Opening(name), model)
    looked_at = inside.examples({reader.title: outcome({3})})[:1]
    sets = TestSets(None, 4)
    found = inside._own(reader, looked_at, sets, tmp_path)
    assert [of.file for of in found] == [f"inside-{name}.png"]
    drawn = cv2.imread(str(tmp_path / found[0].file))
    assert drawn is not None and drawn.std() > 0
