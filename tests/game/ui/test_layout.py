"""Layout: a place for everything at every size, and no prompt under the writing hand."""

from __future__ import annotations

import itertools

import pygame
import pytest

from game.ui.layout import MIN_WINDOW, Frame, grid, play_layout

SIZES = [
    MIN_WINDOW,
    (640, 480),
    (1280, 720),
    (900, 1200),
    (1920, 1080),
    (3840, 2160),
    (500, 1000),
    (2560, 600),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("left_handed", [False, True])
def test_places_are_inside_and_apart(size: tuple[int, int], left_handed: bool) -> None:
    frame = Frame(*size)
    places = play_layout(frame, left_handed)
    parts = [places.time_bar, places.score, places.card, places.streak, places.paper]
    for part in parts:
        assert frame.rect.contains(part), part
        assert part.w > 0 and part.h > 0
    for one, other in itertools.combinations(parts, 2):
        assert not one.colliderect(other), (one, other)
    for tool in places.tools:
        assert places.paper.contains(tool)
    for one, other in itertools.combinations(places.tools, 2):
        assert not one.colliderect(other)


@pytest.mark.parametrize("size", SIZES)
def test_paper_is_the_largest_thing(size: tuple[int, int]) -> None:
    places = play_layout(Frame(*size), False)
    assert places.paper.w * places.paper.h > 0.3 * size[0] * size[1]


def test_prompt_changes_sides_with_the_hand() -> None:
    right, left = (play_layout(Frame(1280, 720), hand) for hand in (False, True))
    assert right.card.right < right.paper.left
    assert left.card.left > left.paper.right
    assert right.tools[0].centerx < right.paper.centerx
    assert left.tools[0].centerx > left.paper.centerx


def test_standing_window_puts_the_prompt_above() -> None:
    places = play_layout(Frame(700, 1200), False)
    assert places.card.bottom < places.paper.top


@pytest.mark.parametrize("count", [1, 2, 7, 24, 60, 200])
@pytest.mark.parametrize("area", [(600, 400), (300, 900), (80, 60)])
def test_grid_holds_all_cells(count: int, area: tuple[int, int]) -> None:
    rect = pygame.Rect(10, 20, *area)
    cells = grid(rect, count, 4, 120)
    assert len(cells) == count
    assert all(cell.w == cell.h <= 120 for cell in cells)
    if cells[0].w > 1:
        assert all(rect.contains(cell) for cell in cells)
        assert len({cell.topleft for cell in cells}) == count


def test_grid_of_nothing() -> None:
    assert grid(pygame.Rect(0, 0, 100, 100), 0, 4, 50) == []
