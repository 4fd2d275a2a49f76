"""Rows: told by the paper between them, and never inside one digit."""

import numpy as np
import pytest

from recognizer import Recognizer
from recognizer.numbers.rows import rows_of

BAR = np.array([[0.0, 0.0], [2.0, 50.0], [0.0, 100.0]])
RING = 50 * np.array([[np.sin(a), np.cos(a)] for a in np.linspace(0, 2 * np.pi, 30)]) + 50


def row(y: float, count: int = 3, size: float = 1.0) -> list[np.ndarray]:
    return [BAR * size + (60.0 * number, y) for number in range(count)]


def test_two_and_three_rows_in_order() -> None:
    for count in (2, 3):
        strokes = [stroke for number in range(count) for stroke in row(140.0 * number)]
        rows = rows_of(strokes)
        assert [len(part) for part in rows] == [3] * count
        assert all(part[0][0, 1] == 140.0 * number for number, part in enumerate(rows))


def test_the_order_of_writing_does_not_decide_which_row_comes_first() -> None:
    rows = rows_of([*row(140), *row(0)])
    assert [part[0][0, 1] for part in rows] == [0.0, 140.0]


def test_one_row_stays_as_it_is() -> None:
    strokes = row(0, 5)
    (same,) = rows_of(strokes)
    assert all(one is other for one, other in zip(strokes, same, strict=True))
    assert len(rows_of([*row(0), *row(95, 2)])) == 1, "rows that overlap are one"


def test_a_bar_over_digits_and_the_rings_of_an_eight_are_no_rows() -> None:
    roof = np.array([[0.0, -20.0], [150.0, -22.0]])
    assert len(rows_of([roof, *row(0)])) == 1
    for flat in (1.0, 0.75):
        ring = RING * (1.0, flat)
        assert len(rows_of([ring, ring + np.array([0.0, 115.0 * flat])])) == 1
    assert len(rows_of([BAR])) == len(rows_of([BAR[:1]])) == 1


@pytest.mark.parametrize("shift", [(3_000.0, -800.0), (-900.0, 6_000.0)])
@pytest.mark.parametrize("scale", [0.02, 40.0])
def test_where_the_ink_lies_and_how_large_it_is_makes_no_row(
    shift: tuple[float, float], scale: float
) -> None:
    eight = [RING, RING + np.array([0.0, 115.0])]
    for strokes in ([*row(0), *row(140)], row(0, 5), [*row(0, 1), *row(140, 2)], eight):
        moved = rows_of([(stroke + shift) * scale for stroke in strokes])
        assert [len(part) for part in moved] == [len(part) for part in rows_of(strokes)]


def test_digits_of_two_rows_have_their_boxes_and_their_ink() -> None:
    strokes = [*row(0, 2), *row(150, 3)]
    for name in ("cnn", "yolo"):
        reading = Recognizer(name).read(strokes)
        assert reading.text == "11111"
        for digit, stroke in zip(reading.digits, strokes, strict=True):
            assert digit.box[1] < stroke[:, 1].mean() < digit.box[3]
            assert len(digit.ink) == 1
        if reading.page is not None:
            assert reading.page.shape[0] == 128
