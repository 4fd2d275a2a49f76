"""The spline: through its points, round where the hand was round, sharp at corners, final early."""

from __future__ import annotations

import itertools
import math

import pytest

from game.ink.spline import STEP, piece

CIRCLE = [(100 * math.cos(a * math.tau / 12), 100 * math.sin(a * math.tau / 12)) for a in range(13)]


def test_ends_are_the_points_themselves() -> None:
    for index in range(12):
        points = piece(CIRCLE, index)
        assert points[0] == CIRCLE[index]
        assert points[-1] == CIRCLE[index + 1]


def test_coarse_circle_becomes_round() -> None:
    chord_dip = 100 * (1 - math.cos(math.pi / 12))  # how far the straight line leaves the circle
    for index in range(1, 11):
        error = max(abs(math.hypot(x, y) - 100) for x, y in piece(CIRCLE, index))
        assert error < chord_dip / 4


def test_pieces_are_short() -> None:
    points = piece(CIRCLE, 5)
    assert max(math.dist(a, b) for a, b in itertools.pairwise(points)) < 1.5 * STEP


def test_corner_stays_a_corner() -> None:
    seven = [(0.0, 0.0), (50.0, 0.0), (100.0, 0.0), (80.0, 50.0), (60.0, 100.0)]
    roof = piece(seven, 1)
    assert all(y == pytest.approx(0.0, abs=1e-9) for _, y in roof)


def test_piece_depends_on_its_neighbours_only() -> None:
    assert piece(CIRCLE[:8], 5) == piece(CIRCLE, 5)
    assert piece(CIRCLE[3:9], 2) == piece(CIRCLE, 5)


def test_two_points_make_a_line() -> None:
    points = piece([(0.0, 0.0), (10.0, 0.0)], 0)
    assert all(y == 0 for _, y in points)
