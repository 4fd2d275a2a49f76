"""The stack draws what changed: a still screen beneath an overlay once, of the title what moves."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from driving import Driver

from game.scenes import places
from game.scenes.notice import Notice
from game.scenes.scene import Scene, Stage
from game.scenes.title import Title
from game.ui import theme
from game.ui.shapes import scrim
from game.ui.wordmark import ARRIVED

SIZES = [(800, 600), (1280, 720), (900, 1200)]
NOTICE = places.Notice("A heading", ["A sentence for the player."])


def picture(driver: Driver) -> bytes:
    """What the window shows."""
    return pygame.image.tobytes(driver.app.window.surface, "RGB")


class Counted(Scene):
    """Counts how often it is drawn."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.drawn = 0

    def draw(self, surface: pygame.Surface) -> None:
        self.drawn += 1
        surface.fill((0, 0, 0))


class Over(Counted):
    """Moves all the time, over a screen that does not."""

    overlay = True

    def draw(self, surface: pygame.Surface) -> None:
        self.drawn += 1


def test_a_screen_beneath_an_overlay_is_drawn_once(drive: Callable[..., Driver]) -> None:
    driver = drive(
        build=lambda place, stage: (Over if isinstance(place, places.Notice) else Counted)(stage)
    )
    driver.until(lambda: driver.app.desk.ready)
    screen, over = driver.shown(Counted), driver.lay(NOTICE, Over)
    screen.drawn = 0
    driver.frames(10)
    assert (screen.drawn, over.drawn) == (1, 10)
    driver.app.restyle()
    driver.frames(10)
    assert (screen.drawn, over.drawn) == (2, 20)
    driver.app.back()
    driver.frames(1)
    assert screen.drawn == 3


@pytest.mark.parametrize("size", SIZES)
def test_a_notice_on_the_title_comes_to_rest_and_looks_as_if_drawn_whole(
    drive: Callable[..., Driver], size: tuple[int, int]
) -> None:
    driver = drive(size=size)
    driver.until(lambda: driver.app.desk.ready)
    driver.seconds(1.0)
    notice = driver.lay(NOTICE, Notice)
    assert notice.animating
    driver.seconds(0.1)
    coming = picture(driver)
    driver.seconds(0.5)
    assert not notice.animating
    there = picture(driver)
    assert there != coming
    surface = driver.app.window.surface
    driver.app.scenes[0].draw_covered(surface)
    scrim(surface, theme.SHADE, notice.veil)
    notice.draw(surface)
    assert picture(driver) == there


@pytest.mark.parametrize("left_handed", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_the_title_looks_the_same_drawn_whole_or_only_where_it_moves(
    drive: Callable[..., Driver], size: tuple[int, int], left_handed: bool
) -> None:
    driver = drive(size=size)
    driver.app.settings.hand = "left" if left_handed else "right"
    driver.app.restyle()
    title = driver.shown(Title)
    driver.until(lambda: driver.app.desk.ready)
    driver.seconds(1.0)
    moved = set()
    for _ in range(40):
        driver.seconds(0.13)
        by_parts = picture(driver)
        title.draw(driver.app.window.surface)
        assert picture(driver) == by_parts
        moved.add(by_parts)
    assert len(moved) > 30


def test_a_notice_of_the_start_lies_over_the_whole_name(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.lay(NOTICE, Notice)
    driver.frames(1)
    title = driver.app.scenes[0]
    assert isinstance(title, Title) and title.age >= ARRIVED
