"""Which ink is whose: strokes by their boxes, and strokes that run through several digits."""

from __future__ import annotations

import numpy as np
from driving import FakeDigit

from game.ink.strokes import ink_by_digit, ink_of_digit, least_certain


def line(*points: tuple[float, float]) -> np.ndarray:
    return np.array([(x, y, n / 100) for n, (x, y) in enumerate(points)])


def test_the_digit_in_doubt() -> None:
    assert least_certain([FakeDigit(1, 0.9), FakeDigit(2, 0.7), FakeDigit(3, 0.8)]) == 1
    assert least_certain([FakeDigit(1, 0.2), FakeDigit(None, 0.9)]) == 1
    assert least_certain([FakeDigit(7)]) == 0


def test_whole_strokes_go_to_their_box_even_where_boxes_overlap() -> None:
    roof, leg = line((0, 0), (40, 0)), line((40, 0), (10, 100))
    one = line((35, 10), (35, 90))  # stands under the roof of the seven
    boxes = [(0.0, 0.0, 40.0, 100.0), (30.0, 5.0, 60.0, 95.0)]
    one_moved = one + np.array([20.0, 0.0, 0.0])
    assert [len(ink_of_digit([roof, leg, one_moved], boxes, n)) for n in (0, 1)] == [2, 1]
    assert ink_of_digit([roof, leg, one_moved], boxes, 1)[0] is one_moved


def test_a_joined_stroke_is_shared_out() -> None:
    both = line((0, 0), (10, 50), (20, 100), (50, 90), (80, 0), (90, 50), (100, 100))
    boxes = [(0.0, 0.0, 20.0, 100.0), (80.0, 0.0, 100.0, 100.0)]
    (first,), (second,) = (ink_of_digit([both], boxes, n) for n in (0, 1))
    assert (first == both[:3]).all() and (second == both[4:]).all()


def test_each_digit_gets_its_ink_only_where_there_is_no_doubt() -> None:
    one, bar, leg = line((0, 0), (5, 100)), line((60, 40), (100, 40)), line((90, 0), (80, 100))
    boxes = [(0.0, 0.0, 5.0, 100.0), (60.0, 0.0, 100.0, 100.0)]
    (first, its), (second, other) = ink_by_digit("14", [bar, one, leg], boxes)
    assert (first, second) == ("1", "4")
    assert its[0] is one and [id(stroke) for stroke in other] == [id(bar), id(leg)]
    assert ink_by_digit("4", [bar, leg], ()) == [("4", [bar, leg])], "one digit has all the ink"
    assert ink_by_digit("142", [bar, one, leg], boxes) == [], "read as two digits"
    assert ink_by_digit("14", [bar, leg], boxes) == [], "a box without ink"
    joined = line((0, 0), (100, 100))
    assert ink_by_digit("14", [bar, one, leg, joined], boxes) == [], "a stroke through both"
    wide = [(0.0, 0.0, 100.0, 100.0), boxes[1]]
    assert ink_by_digit("14", [bar, one, leg], wide) == [], "strokes in both boxes"
    assert ink_by_digit("4", [], ()) == ink_by_digit("?", [bar], ()) == []
