"""The pen's trajectory: evenly spaced points that tell how a digit was drawn."""

import numpy as np
import pytest

from recognizer.personal.trajectory import POINTS, distances, trajectory

DOWN = np.array([[0.0, 0.0], [0.0, 100.0]])
ACROSS = np.array([[-30.0, 50.0], [30.0, 50.0]])


def points(strokes: list[np.ndarray]) -> np.ndarray:
    return trajectory(strokes).reshape(-1, 2)


def test_it_lies_evenly_along_the_stroke_about_its_middle() -> None:
    found = points([DOWN])
    assert found.shape == (POINTS, 2)
    assert found[0] == pytest.approx([0, -0.5]) and found[-1] == pytest.approx([0, 0.5])
    assert np.diff(found[:, 1]) == pytest.approx(1 / (POINTS - 1), abs=1e-6)


def test_size_place_and_the_spacing_of_the_points_do_not_matter() -> None:
    dense = np.column_stack([np.zeros(400), 100 * np.linspace(0, 1, 400) ** 2])
    assert trajectory([dense * 7 + (300, -20)]) == pytest.approx(trajectory([DOWN]), abs=1e-6)


def test_a_lifted_pen_leaps() -> None:
    found = points([DOWN, ACROSS])
    steps = np.hypot(*np.diff(found, axis=0).T)
    assert np.sort(steps)[-2] < 0.06 < 0.3 < steps.max(), "one leap, from the foot to the bar"


@pytest.mark.parametrize(
    "other", [[DOWN[::-1]], [ACROSS], [DOWN, ACROSS]], ids=["upwards", "across", "crossed"]
)
def test_other_ways_to_draw_are_far(other: list[np.ndarray]) -> None:
    near = np.stack([trajectory([DOWN + np.array([0.0, 3.0])]), trajectory([DOWN * 2])])
    found = distances(near, np.stack([trajectory([DOWN]), trajectory(other)]))
    assert found.shape == (2, 2)
    assert found[:, 0].max() < 1e-6 < 0.2 < found[:, 1].min()


@pytest.mark.parametrize("strokes", [[[(5, 5)]], [[(5, 5)], [(5, 5)]], [[(5, 5), (5, 5)]]])
def test_dots_have_a_course(strokes: list[list[tuple[int, int]]]) -> None:
    assert not trajectory([np.array(stroke, float) for stroke in strokes]).any()
