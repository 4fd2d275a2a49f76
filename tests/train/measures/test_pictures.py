"""The measure of pictures: its kinds, what counts as right, and what as wrong in silence."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recognizer import Digit, Reading
from train.measures import pictures
from train.measures.pictures import Outcome
from train.measures.readers import Reader
from train.measures.test_sets import TestSets

GREY = np.zeros((40, 60), np.uint8)


class AlwaysSeven:
    """Reads 7 in every picture, and keeps what it was told of the length."""

    def __init__(self) -> None:
        self.told: list[int | None] = []

    def read_image(self, grey: np.ndarray, length: int | None = None) -> Reading:
        self.told.append(length)
        return Reading("fake", 0.1, (Digit(7, np.full(10, 0.1, np.float32), (0.0, 0.0, 1.0, 1.0)),))


def outcome(*pairs: tuple[str, str]) -> Outcome:
    made = tuple(pictures.Picture(GREY, asked) for asked, _ in pairs)
    return Outcome(made, tuple(read for _, read in pairs))


def test_what_is_refused_is_not_wrong_in_silence() -> None:
    found = outcome(("12", "12"), ("12", "1?"), ("12", ""), ("12", "2"), ("12", "21"))
    assert found.right.count == 1
    assert found.silently_wrong.count == 2
    assert [cell.caption for cell in found.cells()] == [
        "12 > 1?", "12 > nothing", "12 > 2", "12 > 21",
    ]  # fmt: skip


@pytest.mark.usefixtures("drawn_sets")
def test_every_kind_is_read_and_written_down(
    tmp_path: Path, reader_of: Callable[..., Reader]
) -> None:
    stand_in = AlwaysSeven()
    text = pictures.measure([reader_of(stand_in)], TestSets(None, 20), tmp_path)
    assert stand_in.told == [None] * 5 * len(pictures.kinds()), "the length is not told"
    document = json.loads((tmp_path / "pictures.json").read_text())
    assert list(document["CNN"]) == list(pictures.kinds())
    for name, figures in document["CNN"].items():
        assert figures["right"]["of"] == 5
        assert f"| {name} |" in text
        low, high = figures["right"]["95 % interval"]
        assert 0 <= low <= figures["right"]["share"] <= high <= 1
    assert (tmp_path / "mistakes-pen-1-100-cnn.png").is_file()


@pytest.mark.usefixtures("drawn_sets")
def test_a_kind_is_the_same_whatever_else_is_made() -> None:
    written = pictures.written_by_others(TestSets(None, 20))
    three, five = pictures.compose(written, 3), pictures.compose(written, 5)
    for name in pictures.kinds():
        for one, same in zip(three[name], five[name], strict=False):
            assert one.label == same.label
            assert np.array_equal(one.pixels, same.pixels)
