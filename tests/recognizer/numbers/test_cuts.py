"""Where a stroke of two digits is cut: on the way from one to the next, wherever it lies."""

import numpy as np
import pytest

from recognizer.numbers.cuts import Cut, cuts, is_straight, resampled

TWO = np.array(
    [[5, 25], [15, 8], [30, 2], [45, 10], [48, 28], [35, 55], [15, 80], [0, 98], [30, 96], [60, 94]]
)
NEXT = np.array([90.0, 0.0])  # from one digit to the next


def twos(count: int = 2) -> np.ndarray:
    """Twos in one go, as fine as the segmenter looks at them; the line is 100 high."""
    return resampled(np.vstack([TWO + NEXT * n for n in range(count)]).astype(np.float64), 100.0)


def places(found: list[Cut]) -> list[tuple[int, int]]:
    return [(cut.first, cut.last) for cut in found]


def test_two_digits_are_cut_between_them() -> None:
    stroke = twos()
    between = [cut for cut in cuts(stroke, 100.0) if 50 <= stroke[cut.at, 0] <= 100]
    assert between
    for cut in between:
        assert cut.first <= cut.at <= cut.last


@pytest.mark.parametrize("shift", [(0.0, 0.0), (4_000.0, -900.0), (-700.0, 5_000.0)])
@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
def test_where_the_ink_lies_and_how_large_it_is_changes_no_cut(
    shift: tuple[float, float], scale: float
) -> None:
    stroke = twos(3)
    assert len(cuts(stroke, 100.0)) >= 2
    moved = cuts((stroke + shift) * scale, 100.0 * scale)
    assert places(moved) == places(cuts(stroke, 100.0))


def test_a_bar_and_a_speck_are_not_cut() -> None:
    bar = resampled(np.array([[0.0, 0.0], [4.0, 100.0]]), 100.0)
    assert cuts(bar, 100.0) == [] == cuts(bar[:2], 100.0)


@pytest.mark.parametrize("shift", [0.0, 3_000.0])
def test_a_ligature_goes_straight_to_the_right(shift: float) -> None:
    line = np.array([[0.0, 50.0], [20.0, 44.0], [40.0, 40.0]]) + shift
    assert is_straight(line)
    assert not is_straight(line[::-1]), "backwards"
    assert not is_straight(np.array([[0.0, 50.0], [20.0, 0.0], [40.0, 50.0]]) + shift), "a hook"
