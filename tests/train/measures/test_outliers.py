"""The sets that rejection is measured on: which letters count, and what is taken of each set."""

import string

import numpy as np
import pytest

from train.data import not_digits
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.measures import outliers
from train.measures.test_sets import TestSets

BAR = np.array([[0.0, 0.0], [4.0, 50.0], [6.0, 100.0]])
ELL = np.array([[0.0, 0.0], [0.0, 100.0], [60.0, 100.0]])
DOT = np.array([[50.0, 3.0], [51.0, 3.0]])
ZERO = PenDigit(0, 1, [np.column_stack([np.cos(a := np.linspace(0, 6.3, 30)), np.sin(a)])])


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
    assert not_digits.is_bare_line(strokes) is bare


def test_what_shares_a_shape_are_letters_and_hold_the_twins() -> None:
    assert set(not_digits.SHAPES_SHARED_WITH_DIGITS) < set(string.ascii_letters)
    assert set(not_digits.SHAPES_SHARED_WITH_DIGITS) > not_digits.TWINS_OF_DIGITS
    assert all(not_digits.SHAPES_SHARED_WITH_DIGITS.values())


def test_signs_that_look_like_digits_are_no_letters_and_dashes_count() -> None:
    signs = [InkSample(label, 1, [BAR]) for label in "-/#"] + [InkSample("#", 1, [ELL])]
    *_, found = outliers.collect([], [ZERO], None, signs).outliers[:1]
    assert (found.name, found.kinds) == (outliers.SIGNS, ("-", "#"))
    assert not set(not_digits.SIGNS_SHARED_WITH_DIGITS) & set(string.ascii_letters)


def test_letters_that_look_like_digits_and_pieces_of_letters_do_not_count() -> None:
    letters = [InkSample(label, 1, [ELL]) for label in "AAobKy"] + [InkSample("K", 1, [BAR])]
    digits = [(name, [InkSample("1", 1, [BAR])] * 9) for name in ("one set", "another")]
    found = outliers.collect(digits, [ZERO], letters, None, 4)
    assert [ink.name for ink in found.digits] == ["one set", "another"]
    assert [len(ink) for ink in found.digits] == [4, 4]
    own, more, *_ = found.outliers
    assert own.kinds == ("A", "A", "K")
    assert found.bare == 1
    assert more.name == outliers.ALL_LETTERS
    assert set(outliers.collect(digits, [ZERO], letters, None).outliers[1].kinds) == set("AKy")


@pytest.mark.usefixtures("drawn_sets")
def test_without_unipen_there_are_scribbles_and_pendigits() -> None:
    found = TestSets(None, 18).outliers
    assert [ink.name for ink in found.digits] == ["pendigits test"]
    assert [ink.name for ink in found.outliers] == [outliers.SCRIBBLES, outliers.DOTS]
    assert len(found.outliers[0]) == 18


def test_digits_whose_mirror_image_is_none_are_shown_in_a_mirror() -> None:
    written = [InkSample(label, 1, [ELL]) for label in "0123456789"]
    *_, mirrored = outliers.collect([], [ZERO], None, None, mirrored=written).outliers
    assert (mirrored.name, mirrored.kinds) == (outliers.MIRRORED_DIGITS, tuple("3479"))
    assert np.allclose(mirrored.samples[0][0], ELL * (-1, 1))
