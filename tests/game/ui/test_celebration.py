"""The celebration of a best: written once, ended by a touch, and still with reduced motion."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame
import pytest
from driving import Driver
from readings import reading_of

from game.rules.modes.dash import MODE as DASH
from game.rules.round import Round
from game.scenes import places
from game.scenes.result import Result
from game.scenes.title import Title
from game.ui import motion, theme
from game.ui.celebration import Celebration, leading_signs
from game.ui.layout import Frame
from game.ui.text import Typesetter


@pytest.mark.parametrize("size", [(360, 320), (800, 600), (700, 1180), (3840, 2160)])
@pytest.mark.parametrize("mark", ["7", "2,340", "1:05.3 min", "1,234,567"])
def test_the_mark_is_written_within_the_window(
    pygame_ready: None, size: tuple[int, int], mark: str
) -> None:
    frame = Frame(*size)
    celebration = Celebration(mark, "New best!")
    celebration.layout(frame)
    assert frame.rect.contains(celebration._place.clip(frame.rect)) and not celebration.is_over
    assert frame.rect.contains(celebration._place), "nothing is cut"
    celebration.skip()
    celebration.update(0.0, frame)
    assert celebration._ink is not None
    ink = pygame.surfarray.array_alpha(celebration._ink)
    assert (ink > 128).sum() > 30
    assert np.concatenate([ink[0], ink[-1], ink[:, 0], ink[:, -1]]).max() == 0


def test_ink_grows_and_is_gone_in_the_end(pygame_ready: None) -> None:
    frame, text = Frame(800, 600), Typesetter(1.0)
    celebration = Celebration("42", "New best!")
    celebration.layout(frame)
    inked = []
    while not celebration.is_over:
        surface = pygame.Surface((800, 600))
        surface.fill(theme.NIGHT)
        celebration.update(0.05, frame)
        celebration.draw(surface, frame, text)
        inked.append(int((pygame.surfarray.array3d(surface) == theme.SUN).all(axis=2).sum()))
        assert len(inked) < 200
    assert inked[5] < inked[20] < max(inked) and inked[-1] < max(inked) / 20


def test_what_a_pen_can_write() -> None:
    assert leading_signs("2,340") == "2,340"
    assert leading_signs("12.3 s") == "12.3"
    assert leading_signs("12,3\N{NO-BREAK SPACE}s") == "12,3"
    assert leading_signs("12\N{NARROW NO-BREAK SPACE}345") == "12\N{NARROW NO-BREAK SPACE}345"
    assert leading_signs("in a row: 12") == "12", "a language may have its words first"
    assert Celebration("none", "New best!").is_over


def show(driver: Driver, best: float | None) -> Result:
    game = Round(DASH, driver.app.new_rng(), driver.clock)
    for _ in range(3):
        game.submit(reading_of(game.prompt.answer), 1.0)
        game.next_prompt()
    return driver.lay(places.Result(game, [], best), Result)


def test_a_new_best_is_celebrated_once_and_a_touch_ends_it(drive: Callable[..., Driver]) -> None:
    driver = drive()
    assert not show(driver, None).is_celebrating, "a first score has beaten nobody"
    assert not show(driver, 10**6).is_celebrating
    result = show(driver, 1.0)
    assert result.is_celebrating
    driver.seconds(2.0)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is result, "the key only ends the celebration"
    driver.seconds(0.6)
    assert not result.is_celebrating
    driver.seconds(2.0)
    assert not result.animating
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


def test_reduced_motion_leaves_a_still_picture(drive: Callable[..., Driver]) -> None:
    driver = drive()
    motion.reduce(True)
    result = show(driver, 1.0)
    assert not result.is_celebrating
    driver.seconds(3.2)
    still = pygame.image.tobytes(driver.app.window.surface, "RGB")
    driver.seconds(0.5)
    assert pygame.image.tobytes(driver.app.window.surface, "RGB") == still
