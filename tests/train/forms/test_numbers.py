"""Composed numbers: the same by the same seed, one writer's, and as their kind says."""

import itertools

import numpy as np
import pytest

from train.data.unipen import PenDigit
from train.forms.digits import draw_digit
from train.forms.numbers import (
    HARD_KINDS,
    SMALL_ROW,
    WrittenNumber,
    hard_numbers,
    plain_numbers,
    rows_of_ones,
)


@pytest.fixture(scope="module")
def digits() -> list[PenDigit]:
    random = np.random.default_rng(0)
    return [
        PenDigit(k % 10, 40 + k % 3, [s * 150 for s in draw_digit(k % 10, random)])
        for k in range(240)
    ]


def of_kind(numbers: list[WrittenNumber], kind: str) -> list[WrittenNumber]:
    return [number for number in numbers if number.kind == kind]


def test_the_same_seed_gives_the_same_numbers(digits: list[PenDigit]) -> None:
    one, same, other = (plain_numbers(digits, 30, seed) for seed in (1, 1, 2))
    assert [number.label for number in one] == [number.label for number in same]
    assert [number.label for number in one] != [number.label for number in other]
    for first, second in zip(one, same, strict=True):
        for a, b in zip(first.strokes, second.strokes, strict=True):
            assert np.array_equal(a, b)


def test_plain_numbers_have_two_to_five_digits_from_left_to_right(digits: list[PenDigit]) -> None:
    numbers = plain_numbers(digits, 80, 3)
    assert {len(number.label) for number in numbers} == {2, 3, 4, 5}
    assert {number.writer for number in numbers} == {40, 41, 42}
    for number in numbers:
        starts = [float(stroke[:, 0].min()) for stroke in number.strokes]
        assert max(starts) > min(starts)
        assert all(np.isfinite(stroke).all() for stroke in number.strokes)


def test_every_kind_is_made(digits: list[PenDigit]) -> None:
    numbers = hard_numbers(digits, 6, 5)
    assert tuple(dict.fromkeys(number.kind for number in numbers)) == HARD_KINDS
    assert len(numbers) == 6 * len(HARD_KINDS)
    assert all(len(number.strokes) == 1 for number in of_kind(numbers, "running"))
    assert all(len(number.label) == SMALL_ROW for number in of_kind(numbers, "ten small"))
    for number in of_kind(numbers, "ten small"):
        assert all(np.array_equal(stroke, np.round(stroke)) for stroke in number.strokes)
    for number in of_kind(numbers, "late strokes"):
        assert len(number.strokes) > len(number.label)


def test_writers_without_a_second_stroke_have_no_late_ones() -> None:
    bars = [PenDigit(1, 7, [np.array([[0.0, 0.0], [2.0, 90.0]])]) for _ in range(4)]
    assert all(set(number.label) == {"1"} for number in hard_numbers(bars, 3, 0))


def test_rows_of_ones_are_ones_of_one_writer_that_do_not_touch() -> None:
    bar = np.array([[0.0, 0.0], [8.0, 100.0]])
    flag = np.array([[0.0, 30.0], [30.0, 0.0], [30.0, 100.0]])
    digits = [PenDigit(1, 1, [bar]), PenDigit(1, 2, [flag]), PenDigit(7, 2, [flag])]
    rows = rows_of_ones(digits, 2, seed=3)
    assert [row.label for row in rows] == ["1" * length for length in range(2, 12) for _ in "ab"]
    for row in rows:
        edges = [(stroke[:, 0].min(), stroke[:, 0].max()) for stroke in row.strokes]
        assert all(left[1] < right[0] for left, right in itertools.pairwise(edges))
        assert len({len(stroke) for stroke in row.strokes}) == 1
