"""Plain bars: which strokes are some, and which of them stand apart."""

import numpy as np

from recognizer.numbers.bars import are_a_fence, are_apart, bar_ends

BAR = np.array([[0.0, 0.0], [1.0, 50.0], [0.0, 100.0]])


def moved(points: np.ndarray, x: float, y: float = 0.0) -> np.ndarray:
    return points + np.array([x, y])


def ends(stroke: np.ndarray) -> np.ndarray:
    found = bar_ends(stroke, 100.0)
    assert found is not None
    return found


def test_bars_are_tall_upright_and_straight() -> None:
    assert ends(BAR).tolist() == [[0.0, 0.0], [0.0, 100.0]]
    assert ends(BAR[::-1]).tolist() == ends(BAR).tolist(), "drawn upwards as well"
    assert bar_ends(BAR * 0.5, 100.0) is None
    assert bar_ends(BAR[:, ::-1], 100.0) is None
    assert bar_ends(np.array([[0.0, 0.0], [40.0, 50.0], [0.0, 100.0]]), 100.0) is None
    assert bar_ends(BAR[:1], 100.0) is None


def test_bars_side_by_side_stand_apart_and_crossed_or_doubled_ones_do_not() -> None:
    bar = ends(BAR)
    assert are_apart(bar, moved(bar, 8.0), 100.0)
    assert are_apart(moved(bar, 8.0), bar, 100.0)
    assert not are_apart(bar, moved(bar, 3.0), 100.0), "drawn twice"
    crossing = np.array([[-20.0, 0.0], [20.0, 100.0]])
    assert not are_apart(bar, crossing, 100.0)
    assert not are_apart(bar, moved(bar, 20.0, 80.0), 100.0), "one is below the other"


def test_a_fence_is_nothing_but_bars_apart() -> None:
    fence = [moved(BAR, 15.0 * number) for number in range(5)]
    assert are_a_fence(fence, 100.0)
    assert are_a_fence(fence[:1], 100.0)
    assert not are_a_fence([*fence, BAR[:, ::-1]], 100.0)
    assert not are_a_fence([*fence, fence[0]], 100.0)
