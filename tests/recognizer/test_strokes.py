"""The way along a stroke, and the points on it."""

import numpy as np
import pytest

from recognizer import strokes

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
