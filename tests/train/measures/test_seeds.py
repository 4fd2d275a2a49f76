"""Several seeds: mean and spread beside the figure, and a difference within the spread is none."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer import Digit, Reading
from train.measures import seeds
from train.measures.readers import Reader
from train.measures.seeds import Spread
from train.measures.test_sets import TestSets

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=5).map(lambda of: Spread(tuple(of)))


class Always:
    """Reads the same digit in everything."""

    def __init__(self, digit: int) -> None:
        self._digit = digit

    def read(self, ink: object, length: int | None = None) -> Reading:
        probabilities = np.eye(10, dtype=np.float32)[self._digit]
        return Reading("fake", 0.1, (Digit(self._digit, probabilities, (0.0, 0.0, 1.0, 1.0)),))

    read_image = read


@given(SHARES, SHARES)
def test_a_difference_is_none_within_either_spread(one: Spread, other: Spread) -> None:
    (pair,) = seeds.differences({"a": one, "b": other})
    (turned,) = seeds.differences({"b": other, "a": one})
    assert pair.none == turned.none
    assert pair.none == (abs(one.mean - other.mean) <= max(one.width, other.width))
    assert str(pair).endswith("≈") == pair.none
    assert one.width >= 0 and min(one.shares) - 1e-12 <= one.mean <= max(one.shares) + 1e-12


def test_what_is_the_same_does_not_differ() -> None:
    (pair,) = seeds.differences({"a": Spread((0.5,)), "b": Spread((0.5,))})
    assert pair.none


@pytest.mark.usefixtures("drawn_sets")
def test_mean_and_spread_are_of_all_seeds(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    sets = TestSets(None, 40)
    cnn, tiny, knn = (reader_of(Always(digit), n) for digit, n in enumerate(("cnn", "tiny", "knn")))
    cnn.others = (reader_of(Always(3), "cnn"), reader_of(Always(4), "cnn"))
    tiny.others = (reader_of(Always(5), "tiny"),)
    text = seeds.measure([cnn, tiny, knn], sets, tmp_path)
    found = json.loads((tmp_path / "seeds.json").read_text())
    assert list(found["models"]) == ["CNN", "TINY"], "KNN was trained but once"
    counts = np.bincount(sets.mnist.labels, minlength=10) / 40
    shares = found["models"]["CNN"]["MNIST test"]["shares"]
    assert shares == pytest.approx(counts[[0, 3, 4]].tolist())
    assert found["models"]["CNN"]["MNIST test"]["spread"] == pytest.approx(np.ptp(shares))
    (pair,) = found["differences"]["MNIST test"]
    assert (pair["first"], pair["second"]) == ("CNN", "TINY")
    assert found["models"]["CNN"]["refused: scribbles"]["shares"] == [0.0, 0.0, 0.0]
    assert "| Refused in play | scribbles |" in text
    assert "CNN 3, TINY 2" in text and text == (tmp_path / "seeds.md").read_text()


@pytest.mark.usefixtures("drawn_sets")
def test_of_one_seed_nothing_is_said(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    assert seeds.measure([reader_of(Always(1))], TestSets(None, 10), tmp_path) == ""
    assert list(tmp_path.iterdir()) == []
