"""The pen: round ends, smooth edges, no gaps, and nothing but coverage changes."""

from __future__ import annotations

import math

import numpy as np
import pygame
import pytest

from game.ink.pen import blank, drawing, paint, paint_stroke, without_repeats

RED = (200, 10, 20)


def alpha(surface: pygame.Surface) -> np.ndarray:
    return pygame.surfarray.array_alpha(surface).astype(int)


def test_dot_is_a_smooth_disc() -> None:
    surface = blank((41, 41), RED)
    paint(surface, [(20.5, 20.5)], 10.0)
    covered = alpha(surface)
    assert covered.sum() / 255 == pytest.approx(math.pi * 100, rel=0.01)
    assert ((covered > 0) & (covered < 255)).sum() > 40  # an edge of in-between tones
    assert np.array_equal(covered, covered.T)
    assert np.array_equal(covered, covered[::-1])


def test_line_has_round_caps_and_its_width() -> None:
    surface = blank((120, 41), RED)
    paint(surface, [(20.5, 20.5), (100.5, 20.5)], 8.0)
    covered = alpha(surface)
    assert covered.sum() / 255 == pytest.approx(80 * 16 + math.pi * 64, rel=0.01)
    assert covered[60].sum() / 255 == pytest.approx(16, abs=0.1)
    assert covered[13, 20] == 255 and covered[13, 13] == 0  # the cap reaches out, a corner does not


def test_slanted_line_is_as_wide_as_a_level_one() -> None:
    surface = blank((300, 300), RED)
    paint(surface, [(50, 50), (250, 170)], 6.0)
    length = math.dist((50, 50), (250, 170))
    assert alpha(surface).sum() / 255 == pytest.approx(length * 12 + math.pi * 36, rel=0.01)


def test_painting_twice_changes_nothing() -> None:
    surface = blank((100, 100), RED)
    line = [(10.0, 10.0), (80.0, 40.0), (20.0, 90.0)]
    paint(surface, line, 5)
    once = alpha(surface)
    paint(surface, line[::-1], 5)
    assert np.abs(alpha(surface) - once).max() <= 1


def test_colour_is_untouched() -> None:
    surface = drawing([[(10, 10), (30, 30)]], (40, 40), 4, RED)
    assert (pygame.surfarray.array3d(surface) == RED).all()
    assert surface.get_at((0, 39)).a == 0


def test_beyond_the_edge_is_cut_off() -> None:
    surface = blank((50, 50), RED)
    touched = paint(surface, [(-30, 25), (80, 25)], 5)
    assert surface.get_rect().contains(touched)
    assert (alpha(surface)[:, 25] == 255).all()
    assert paint(surface, [(500, 500), (600, 600)], 5).w == 0


def test_touched_rectangle_holds_all_ink() -> None:
    surface = blank((200, 200), RED)
    touched = paint_stroke(surface, [(40, 40), (90, 60), (120, 150)], 7)
    covered = alpha(surface)
    covered[touched.left : touched.right, touched.top : touched.bottom] = 0
    assert covered.max() == 0


def test_repeats_are_dropped() -> None:
    assert without_repeats([(1, 1), (1, 1), (2, 1), (2, 1), (1, 1)]) == [(1, 1), (2, 1), (1, 1)]
