"""Which ink is whose: strokes by their boxes, and strokes that run through several digits."""

from __future__ import annotations

import numpy as np
from driving import FakeDigit

from game.digit_ink import ink_of_digit, least_certain


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
