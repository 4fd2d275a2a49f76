"""The calendar and the picture of Daily: found from its screens, and true to what was played."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pygame
import pytest
from driving import Driver, button, tools
from playing import Game
from stored import answer

from game.persistence.storage import RoundSummary
from game.rules.streak import DAY
from game.scenes import places
from game.scenes.days import Days
from game.scenes.notice import Notice
from game.scenes.result import Result
from game.scenes.setup import Setup
from game.ui import theme
from game.ui.result_card import SIZE

SIZES = [(360, 320), (960, 600), (1280, 720), (900, 1200)]


def play_ago(driver: Driver, data: Path, *days: int) -> None:
    """Rounds of Daily that began so many days ago."""
    for ago in days:
        number = driver.app.storage.begin_round("daily", "cnn", None)
        driver.app.storage.add_answer(number, answer())
        driver.app.storage.end_round(number, "finished", RoundSummary(60.0, 0, 9, 14, 1))
        began = (datetime.datetime.now(datetime.UTC) - ago * DAY).isoformat()
        with closing(sqlite3.connect(data / "digit-dash.db")) as db, db:
            db.execute("UPDATE rounds SET started_at = ? WHERE id = ?", (began, number))


def calendar(driver: Driver) -> Days:
    driver.app.go(places.Title())
    driver.lay(places.Setup("daily"), Setup)
    driver.key(pygame.K_c)
    return driver.shown(Days)


def sun(driver: Driver, scene: Days) -> int:
    """How many px beside the column are in the colour of stamps."""
    driver.frames(2)
    surface = driver.app.window.surface
    left = button(scene, "Back").rect.right + 20
    paper = surface.subsurface((left, 0, surface.get_width() - left, surface.get_height()))
    return pygame.mask.from_threshold(paper, theme.SUN, (1, 1, 1, 255)).count()


def test_only_what_is_played_once_a_day_has_a_calendar(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.lay(places.Setup("dash"), Setup)
    driver.key(pygame.K_c)
    driver.shown(Setup)
    scene = calendar(driver)
    assert scene.streak.days == 0 and not tools(scene), "there is no other month to see"
    assert sun(driver, scene) == 0
    driver.key(pygame.K_ESCAPE)
    driver.shown(Setup)


def test_each_day_played_has_a_stamp_in_its_month(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive()
    today = datetime.date.today()
    play_ago(driver, tmp_path, 0)
    one = sun(driver, calendar(driver))
    assert one > 0
    last = today.replace(day=1) - DAY  # of the month before
    before = (today - last).days
    play_ago(driver, tmp_path, before, before + 2, before + 3)
    scene = calendar(driver)
    assert sun(driver, scene) == pytest.approx(one, rel=0.1)
    assert len(tools(scene)) == 1
    driver.click(tools(scene)[0].rect.center)
    assert (scene.shown.year, scene.shown.month) == (last.year, last.month)
    assert sun(driver, scene) == pytest.approx(3 * one, rel=0.1)
    driver.key(pygame.K_LEFT)
    assert scene.shown.month == last.month, "nothing was played earlier"
    driver.key(pygame.K_RIGHT)
    assert scene.shown == today.replace(day=1)
    driver.key(pygame.K_RIGHT)
    assert scene.shown == today.replace(day=1), "nothing can have been played later"


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int]
) -> None:
    driver = drive(size=size)
    play_ago(driver, tmp_path, 0, 40, 80)
    scene = calendar(driver)
    driver.key(pygame.K_LEFT)
    rects = [widget.rect for widget in scene.widgets]
    assert len(rects) == 3
    assert all(driver.app.frame.rect.contains(rect) for rect in rects)
    assert all(one.collidelist(rects[n + 1 :]) == -1 for n, one in enumerate(rects))


def finished(drive: Callable[..., Driver], size: tuple[int, int] = (960, 600)) -> Game:
    game = Game(drive, "daily", size=size)
    while not game.play.round.is_complete:
        game.give()
        game.driver.until(
            lambda: game.play.phase.value != "showing" or game.play.round.is_complete,
            frame_seconds=0.1,
        )
    game.driver.until(lambda: isinstance(game.driver.app.scene, Result), frame_seconds=0.1)
    return game


def test_the_picture_is_saved_and_the_player_is_told_where(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = finished(drive).driver
    result = driver.shown(Result)
    for size in SIZES:
        driver.app.window.size = size
        driver.frames(1)
        rects = [widget.rect for widget in result.widgets]
        assert all(one.collidelist(rects[n + 1 :]) == -1 for n, one in enumerate(rects)), size
    driver.click(button(result, "Save picture").rect.center)
    path = tmp_path / "pictures" / f"daily-{datetime.date.today().isoformat()}.png"
    assert pygame.image.load(path).get_size() == SIZE
    assert str(path) in driver.shown(Notice).sentences[0]
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is result and button(result, "Saved")


def test_a_picture_that_cannot_be_kept_is_told(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "pictures").write_text("in the way")
    driver = finished(drive).driver
    driver.key(pygame.K_s)
    assert driver.shown(Notice).sentences[0].startswith("The picture cannot be kept as ")
    driver.key(pygame.K_ESCAPE)
    assert button(driver.shown(Result), "Save picture")
