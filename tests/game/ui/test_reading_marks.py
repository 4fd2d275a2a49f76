"""Marks of a reading: a box around each digit, its figure beside it, all of it on the paper."""

from __future__ import annotations

import pygame
import pytest
from readings import digit

from game.ink.spline import Point
from game.ui import theme
from game.ui.layout import Frame
from game.ui.reading_marks import reading_marks
from game.ui.text import Typesetter
from recognizer.reading import Digit

ROOM = pygame.Rect(100, 100, 600, 400)
PEN = 6.0  # px


def marks(*digits: Digit) -> tuple[pygame.Surface, pygame.Rect] | None:
    def doubled(x: float, y: float) -> Point:
        return 2 * x, 2 * y

    frame, text = Frame(1280, 720), Typesetter(1.0)
    return reading_marks(digits, doubled, PEN, ROOM, frame, text, theme.GOOD)


def inked(picture: pygame.Surface, area: pygame.Rect) -> int:
    """Pixels of an area that are not transparent."""
    return int((pygame.surfarray.array_alpha(picture.subsurface(area)) > 0).sum())


def test_boxes_go_around_the_pen_and_figures_above_them(pygame_ready: None) -> None:
    made = marks(digit(4, box=(100, 120, 140, 180)), digit(2, box=(160, 110, 200, 180)))
    assert made is not None
    picture, place = made
    ink = pygame.Rect(200, 220, 200, 140)
    assert place.contains(ink.inflate(2 * PEN, 2 * PEN)) and ROOM.contains(place)
    top = pygame.Rect(0, 0, place.w, ink.y - place.y - 30)
    assert inked(picture, top) > 100, "the figures"
    between = pygame.Rect(300 - place.x, 300 - place.y, 1, 1)
    assert inked(picture, between) == 0
    inside = picture.get_at((240 - place.x, 300 - place.y))
    assert inside[:3] == theme.GOOD and 0 < inside.a < 60, "light enough to see the ink"


def test_figures_go_below_where_the_ink_reaches_the_top(pygame_ready: None) -> None:
    made = marks(digit(None, box=(100, 55, 140, 120)))
    assert made is not None
    picture, place = made
    below = pygame.Rect(0, 250 - place.y + 5, place.w, place.bottom - 255)
    assert inked(picture, below) > 50
    assert place.bottom > 270


@pytest.mark.parametrize(
    "box", [(-500, -500, -400, -400), (900, 10, 950, 20)], ids=["above", "beside"]
)
def test_ink_beside_the_paper_has_no_marks(
    pygame_ready: None, box: tuple[float, float, float, float]
) -> None:
    assert marks(digit(1, box=box)) is None
    assert marks() is None


def test_a_line_without_width_still_has_its_box(pygame_ready: None) -> None:
    made = marks(digit(1, box=(150, 120, 150, 180)))
    assert made is not None
    assert made[1].w > 2 * PEN
