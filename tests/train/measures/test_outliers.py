"""The sets that rejection is measured on: which letters count, and what is taken of each set."""

import string

import numpy as np
import pytest

from train.data import sets as data
from train.data.sets import InkSample
from train.measures import outliers

BAR = np.array([[0.0, 0.0], [4.0, 50.0], [6.0, 100.0]])
ELL = np.array([[0.0, 0.0], [0.0, 100.0], [60.0, 100.0]])
DOT = np.array([[50.0, 3.0], [51.0, 3.0]])


@pytest.mark.parametrize(
    ("strokes", "bare"),
    [
        ([BAR], True),
        ([BAR[:, ::-1]], True),
        ([BAR, DOT], True),
        ([np.array([[1.0, 1.0]])], True),
        ([ELL], False),
        ([BAR, BAR[:, ::-1]], False),
        ([np.concatenate([BAR, BAR[::-1]])], False),
    ],
    ids=["bar", "dash", "bar and a speck", "dot", "L", "cross", "there and back"],
)
def test_a_bare_line_is_no_letter(strokes: list[np.ndarray], bare: bool) -> None:
    assert outliers.is_bare_line(strokes) is bare


def test_what_shares_a_shape_are_letters_and_hold_the_twins() -> None:
    assert set(outliers.SHAPES_SHARED_WITH_DIGITS) < set(string.ascii_letters)
    assert set(outliers.SHAPES_SHARED_WITH_DIGITS) > outliers.TWINS_OF_DIGITS
    assert all(outliers.SHAPES_SHARED_WITH_DIGITS.values())


@pytest.mark.usefixtures("drawn_sets")
def test_letters_that_look_like_digits_and_pieces_of_letters_do_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters = [InkSample(label, 1, [ELL]) for label in "AAobKy"] + [InkSample("K", 1, [BAR])]
    sets = {"unipen-letters-dev": letters, "unipen-digits-dev": [InkSample("1", 1, [BAR])] * 9}
    monkeypatch.setattr(data, "load_unipen", lambda name, data=None: sets[name])
    found = outliers.collect(None, 4)
    assert [ink.name for ink in found.digits] == ["pendigits test", "UNIPEN dev digits"]
    assert [len(ink) for ink in found.digits] == [4, 4]
    own, more, *_ = found.outliers
    assert own.kinds == ("A", "A", "K")
    assert found.bare == 1
    assert more.name == outliers.ALL_LETTERS
    assert set(outliers.collect(None).outliers[1].kinds) == set("AKy")


@pytest.mark.usefixtures("drawn_sets")
def test_without_unipen_there_are_scribbles_and_pendigits() -> None:
    found = outliers.collect(None, 18)
    assert [ink.name for ink in found.digits] == ["pendigits test"]
    assert [ink.name for ink in found.outliers] == [outliers.SCRIBBLES, outliers.DOTS]
    assert len(found.outliers[0]) == 18
