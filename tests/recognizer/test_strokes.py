"""The way along a stroke, and the points on it."""

import numpy as np
import pytest

from recognizer import strokes
from recognizer.strokes import SPECK, without_specks

CORNER = np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 4.0], [3.0, 14.0]])


def test_the_way_grows_by_each_step_and_stands_still_with_the_pen() -> None:
    assert strokes.arc_lengths(CORNER).tolist() == [0, 5, 5, 15]
    assert strokes.arc_lengths(CORNER[:1]).tolist() == [0]


def test_points_lie_on_the_path_where_the_marks_say() -> None:
    found = strokes.interpolated(
        np.array([0.0, 2.5, 10.0, 15.0]), strokes.arc_lengths(CORNER), CORNER
    )
    assert found == pytest.approx(np.array([[0, 0], [1.5, 2], [3, 9], [3, 14]]))


def test_a_sheared_path_moves_sideways_by_its_height() -> None:
    assert strokes.sheared(CORNER, 0.5).tolist() == [[0, 0], [5, 4], [5, 4], [10, 14]]
    assert CORNER[1].tolist() == [3, 4], "what was given stays as it is"


def test_taps_beside_writing_are_dropped_and_alone_stay() -> None:
    seven = np.array([[0.0, 0.0], [50.0, 0.0], [20.0, 100.0]])
    tap, dot = np.array([[90.0, 5.0], [92.0, 6.0]]), np.array([[-30.0, 50.0]])
    (kept,) = without_specks([tap, seven, dot])
    assert kept is seven
    assert list(without_specks([tap, dot])) == [tap], "the larger of two taps is what was written"
    assert list(without_specks([dot])) == [dot]
    bar = np.array([[20.0, 40.0], [20.0 + 1.2 * 100 * SPECK, 40.0]])
    assert len(without_specks([seven, bar])) == 2
    assert len(without_specks([seven * 0.01, bar * 0.01])) == 2, "only the shape is looked at"
