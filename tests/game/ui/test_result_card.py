"""The card of a day's result: a mark for each answer in its colour, and a PNG of one size."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

import pygame
import pytest

from game.rules.streak import Streak
from game.ui import theme
from game.ui.result_card import SIZE, Card, card_png, draw_card

DAY = datetime.date(2026, 3, 20)

pytestmark = pytest.mark.usefixtures("pygame_ready")


def card(marks: Sequence[bool], days: int = 1) -> Card:
    streak = Streak(days, frozenset(), True)
    return Card("Daily", "Normal", DAY, "48.3 s", f"{sum(marks)} of {len(marks)}", marks, streak)


def area(picture: pygame.Surface, colour: theme.Colour) -> int:
    """How many px of the picture have that colour."""
    return pygame.mask.from_threshold(picture, colour, (1, 1, 1, 255)).count()


@pytest.mark.parametrize("right", [0, 4, 15])
def test_as_much_green_as_answers_are_right(right: int) -> None:
    picture = draw_card(card([True] * right + [False] * (15 - right)))
    all_green = area(draw_card(card([True] * 15)), theme.GOOD)
    assert all_green > 0
    assert area(picture, theme.GOOD) == pytest.approx(all_green * right / 15, rel=0.01)
    assert (area(picture, theme.BAD) > 0) == (right < 15)


def test_a_streak_has_its_stamp() -> None:
    one, many = (area(draw_card(card([True], days)), theme.SUN_DEEP) for days in (1, 12))
    assert one == 0 and many > 0


@pytest.mark.parametrize("count", [0, 1, 100])
def test_marks_stay_on_the_paper_however_many(count: int) -> None:
    picture = draw_card(card([False] * count, 5))
    marks = pygame.mask.from_threshold(picture, theme.BAD, (1, 1, 1, 255)).get_bounding_rects()
    assert bool(marks) == bool(count)
    if marks:
        around = marks[0].unionall(marks)
        assert around.bottom < SIZE[1] - 60 and around.right < SIZE[0] - 30
        stamp = pygame.mask.from_threshold(picture, theme.SUN_DEEP, (1, 1, 1, 255))
        assert not any(around.colliderect(rect) for rect in stamp.get_bounding_rects())


def test_it_is_a_png_that_opens_again() -> None:
    made = card_png(card([True, False], 3))
    assert made.startswith(b"\x89PNG")
    assert pygame.image.load(io.BytesIO(made), "card.png").get_size() == SIZE
