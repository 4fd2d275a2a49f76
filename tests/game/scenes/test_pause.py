"""A round that stands still, is left or begun anew: the pause and what leads to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver
from playing import Game, rows

from game.scenes.countdown import Countdown
from game.scenes.pause import Pause
from game.scenes.play import Play
from game.scenes.title import Title


@pytest.fixture
def game(drive: Callable[..., Driver]) -> Game:
    return Game(drive)


def test_pause_stops_the_clock_and_hides_the_prompt(game: Game) -> None:
    driver = game.driver
    driver.seconds(2)
    left = game.play.round.clock.remaining()
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Pause)
    driver.seconds(5)
    assert game.play.round.clock.remaining() == pytest.approx(left, abs=0.05)
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Countdown)  # a breath before it goes on
    driver.until(lambda: driver.app.scene is game.play)
    assert game.play.round.clock.remaining() == pytest.approx(left, abs=0.1)
    game.give()
    assert game.play.round.score.right == 1


def test_countdown_waits_for_a_player_who_is_away(drive: Callable[..., Driver]) -> None:
    driver = drive(mode="dash")
    driver.seconds(1)
    driver.post(pygame.WINDOWFOCUSLOST)
    driver.seconds(10)
    assert isinstance(driver.app.scene, Countdown)
    driver.post(pygame.WINDOWFOCUSGAINED)
    driver.until(lambda: isinstance(driver.app.scene, Play), frame_seconds=0.05)


@pytest.mark.parametrize("kind", [pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED])
def test_losing_the_focus_pauses(game: Game, kind: int) -> None:
    game.driver.post(kind)
    game.driver.frames(1)
    assert isinstance(game.driver.app.scene, Pause)
    assert not game.play.round.clock.running


def test_ink_from_before_a_pause_still_counts(game: Game) -> None:
    game.driver.write("1", game.paper)
    game.driver.key(pygame.K_p)
    game.driver.seconds(1)
    assert game.play.kept == []
    game.driver.key(pygame.K_p)
    game.driver.until(lambda: len(game.play.kept) == 1)


def test_leaving_from_the_pause_abandons_the_round(game: Game, tmp_path: Path) -> None:
    game.give()
    game.driver.key(pygame.K_p)
    game.driver.key(pygame.K_q)
    game.driver.frames(2)
    assert isinstance(game.driver.app.scene, Title)
    assert rows(tmp_path, "SELECT state, right_answers FROM rounds") == [("abandoned", 1)]
    assert game.driver.app.storage.best_score("dash") is None


def test_starting_again_from_the_pause(game: Game, tmp_path: Path) -> None:
    game.driver.key(pygame.K_p)
    game.driver.key(pygame.K_r)
    game.driver.frames(2)
    fresh = game.driver.app.scenes[0]
    assert isinstance(fresh, Play) and fresh is not game.play
    assert rows(tmp_path, "SELECT state FROM rounds") == [("abandoned",)]


def test_closing_the_window_in_mid_round_loses_nothing(game: Game, tmp_path: Path) -> None:
    game.give()
    game.driver.write("1", game.paper)
    game.driver.post(pygame.QUIT)
    game.driver.frames(1)
    assert not game.driver.app.running
    assert len(rows(tmp_path, "SELECT * FROM answers")) == 1
    game.driver.app.scenes.pop().leave()  # what close() does first
    assert rows(tmp_path, "SELECT state, score > 0 FROM rounds") == [("abandoned", 1)]
