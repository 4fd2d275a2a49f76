"""The canvas: no gaps at any speed, one picture however it came about, ink that survives."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pygame
import pytest

from game.ink.canvas import SPECK_UNITS, Canvas
from game.ink.strokes import as_rows

PAPER = pygame.Rect(100, 50, 600, 400)
INK = (20, 20, 60)


def coverage(canvas: Canvas) -> np.ndarray:
    return pygame.surfarray.array_alpha(canvas.layer)


def write(canvas: Canvas, points: list[tuple[float, float]], start: float = 0.0) -> None:
    canvas.pen_down(*points[0], start)
    for n, point in enumerate(points[1:-1], 1):
        canvas.pen_move(*point, start + n / 100)
    canvas.pen_up(*points[-1], start + len(points) / 100)


@pytest.fixture
def canvas() -> Canvas:
    canvas = Canvas(INK)
    canvas.resize(PAPER)
    return canvas


def scribble(seed: int, count: int = 60, step: float = 40) -> list[tuple[float, float]]:
    rng = random.Random(seed)
    x, y, points = 400.0, 250.0, []
    for _ in range(count):
        x = min(690.0, max(110.0, x + rng.uniform(-step, step)))
        y = min(440.0, max(60.0, y + rng.uniform(-step, step)))
        points.append((x, y))
    return points


def test_fast_stroke_has_no_gaps(canvas: Canvas) -> None:
    """Four points across the whole paper, as a flick of the mouse gives them."""
    points = [(120.0, 70.0), (660.0, 120.0), (150.0, 380.0), (680.0, 430.0)]
    write(canvas, points)
    covered = coverage(canvas)
    solid = canvas.pen_radius - 1
    # The corners are sharp, so the path is straight between the points: every part of it is inked.
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        steps = int(math.dist((x0, y0), (x1, y1)))
        for n in range(steps + 1):
            x = x0 + (x1 - x0) * n / steps - PAPER.x
            y = y0 + (y1 - y0) * n / steps - PAPER.y
            assert covered[int(x), int(y)] == 255, "the ink has a gap"
    assert solid > 2


def test_fast_curve_is_one_piece(canvas: Canvas) -> None:
    """A quick round zero of nine points: flood from one point, and all ink is reached."""
    points = [
        (400 + 120 * math.cos(a * math.tau / 8), 250 + 150 * math.sin(a * math.tau / 8))
        for a in range(9)
    ]
    write(canvas, points)
    inked = coverage(canvas) > 127
    reached = np.zeros_like(inked)
    x, y = points[0][0] - PAPER.x, points[0][1] - PAPER.y
    todo = [(int(x), int(y))]
    while todo:
        x, y = todo.pop()
        if (
            0 <= x < inked.shape[0]
            and 0 <= y < inked.shape[1]
            and inked[x, y]
            and not reached[x, y]
        ):
            reached[x, y] = True
            todo += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    assert inked.sum() > 3000
    assert (reached == inked).all()


@pytest.mark.parametrize("seed", range(5))
def test_drawn_as_it_comes_equals_drawn_at_once(canvas: Canvas, seed: int) -> None:
    write(canvas, scribble(seed))
    write(canvas, scribble(seed + 100, step=4))
    write(canvas, [(200.0, 200.0)] * 3)
    live = coverage(canvas)
    canvas.redraw()
    assert live.any()
    assert np.array_equal(live, coverage(canvas))


def test_every_event_is_kept_with_its_time(canvas: Canvas) -> None:
    points = scribble(1, 500, 2)
    write(canvas, points)
    (ink,) = canvas.ink()
    assert ink.shape == (500, 3)
    assert (np.diff(ink[:, 2]) >= 0).all()
    for (x, y), row in zip(points, ink, strict=True):
        assert canvas.to_pixels(row[0], row[1]) == pytest.approx((x, y))


def test_resize_in_mid_stroke_keeps_the_ink(canvas: Canvas) -> None:
    canvas.pen_down(400, 250, 0.0)  # the middle
    canvas.pen_move(460, 250, 0.1)
    before = list(canvas.strokes[0].points)
    canvas.resize(pygame.Rect(20, 30, 1200, 800))  # twice the size
    assert canvas.pen_is_down
    assert canvas.strokes[0].points == before
    assert canvas.to_pixels(*before[0][:2]) == pytest.approx((620, 430))
    assert canvas.to_pixels(*before[1][:2]) == pytest.approx((740, 430))
    canvas.pen_move(740, 550, 0.2)
    canvas.pen_up(740, 600, 0.3)
    live = coverage(canvas)
    canvas.redraw()
    assert np.array_equal(live, coverage(canvas))
    assert live[700 - 20, 430 - 30] == 255  # the first line, at its new place


def test_resizing_there_and_back_is_lossless(canvas: Canvas) -> None:
    write(canvas, scribble(2))
    before = coverage(canvas)
    canvas.resize(pygame.Rect(0, 0, 300, 900))
    canvas.resize(PAPER)
    assert np.array_equal(before, coverage(canvas))


def test_undo_and_clear(canvas: Canvas) -> None:
    write(canvas, scribble(1))
    one = coverage(canvas)
    write(canvas, scribble(2))
    assert not np.array_equal(one, coverage(canvas))
    assert canvas.undo()
    assert np.array_equal(one, coverage(canvas))
    canvas.clear()
    assert canvas.is_empty
    assert not coverage(canvas).any()
    assert not canvas.undo()


def test_undo_of_the_stroke_being_written(canvas: Canvas) -> None:
    canvas.pen_down(300, 200, 0)
    canvas.pen_move(400, 200, 0.1)
    canvas.undo()
    canvas.pen_move(500, 200, 0.2)
    canvas.pen_up(500, 200, 0.3)
    assert canvas.is_empty
    assert not canvas.pen_is_down


def test_specks_are_not_given_to_the_reader(canvas: Canvas) -> None:
    write(canvas, [(300.0, 300.0), (302.0, 301.0)])
    assert not canvas.is_empty
    assert canvas.ink() == []
    write(canvas, [(300.0, 100.0), (300.0, 300.0)])
    assert len(canvas.ink()) == 1
    short = canvas.scale * SPECK_UNITS * 1.5
    write(canvas, [(500.0, 100.0), (500.0 + short, 100.0)])
    assert len(canvas.ink()) == 2


def test_the_tail_of_a_live_stroke_is_on_the_screen(canvas: Canvas) -> None:
    screen = pygame.Surface((800, 500))
    screen.fill((255, 255, 255))
    canvas.pen_down(300, 200, 0)
    canvas.pen_move(500, 200, 0.1)
    canvas.draw(screen)
    assert screen.get_at((300, 200))[:3] == screen.get_at((499, 200))[:3] == INK
    assert screen.get_at((400, 230))[:3] == (255, 255, 255)


def test_lift_gives_the_picture_and_leaves_the_paper_clean(canvas: Canvas) -> None:
    write(canvas, [(300.0, 200.0), (500.0, 200.0)])
    lifted = canvas.lift()
    assert lifted is not None
    picture, rect = lifted
    assert picture.get_size() == rect.size
    assert rect.collidepoint(400, 200)
    assert picture.get_at((400 - rect.x, 200 - rect.y)).a == 255
    assert canvas.is_empty and not coverage(canvas).any()
    assert canvas.lift() is None


def test_a_lost_pointer_ends_the_stroke(canvas: Canvas) -> None:
    canvas.pen_down(300, 200, 0)
    canvas.pen_move(500, 200, 0.1)
    canvas.lift_pen()
    assert not canvas.pen_is_down
    assert len(canvas.ink()) == 1


def test_rows_count_time_from_the_first_touch(canvas: Canvas) -> None:
    write(canvas, [(300.0, 200.0), (400.0, 200.0), (500.0, 200.0)], start=1000.0)
    write(canvas, [(300.0, 250.0), (500.0, 250.0)], start=1002.0)
    rows = as_rows(canvas.ink())
    assert rows[0][0][2] == 0.0
    assert rows[1][0][2] == 2.0
    assert len(rows[0]) == 3
    assert as_rows([]) == []


def test_ink_is_a_copy_that_later_points_do_not_change(canvas: Canvas) -> None:
    canvas.pen_down(200.0, 200.0, 0.0)
    canvas.pen_move(400.0, 260.0, 0.1)
    (first,) = canvas.ink()
    canvas.pen_up(420.0, 300.0, 0.2)
    (second,) = canvas.ink()
    assert len(first) == 2 and len(second) == 3
    assert np.array_equal(second, np.array(canvas.strokes[0].points))
    assert np.array_equal(first, second[:2])
