"""The title: one press plays, and every way to play is in sight, by pointer and by key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from toys import TOYS

from game.persistence.storage import RoundSummary
from game.rules.modes import MODES
from game.rules.modes.dash import MODE as DASH
from game.rules.modes.sums import MODE as SUMS
from game.scenes import doors, places
from game.scenes.lab import Lab
from game.scenes.lists import Lists
from game.scenes.play import Play
from game.scenes.settings import SettingsScene
from game.scenes.setup import Setup
from game.scenes.title import Title
from game.ui.tile import Tile

SIZES = [(960, 600), (1280, 720), (1920, 1080), (3840, 2160), (900, 1200)]
HOVER = pygame.MOUSEMOTION


def tile(title: Title, words: str) -> Tile:
    """The tile with that title; there must be one."""
    (found,) = [tile for tile in title.tiles if tile.words.title == words]
    return found


def test_it_is_first_and_enter_plays_what_comes_first(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.shown(Title)
    assert title.again.words.title == f"Play {next(iter(MODES.values())).title}"
    driver.frames(5)
    driver.key(pygame.K_RETURN)
    play = driver.app.scenes[0]
    assert isinstance(play, Play) and play.mode is next(iter(MODES.values()))


def test_what_was_played_last_is_played_by_one_press_also_tomorrow(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive()
    driver.click(tile(driver.shown(Title), "Sums").rect.center)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scenes[0], Play)
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["last_mode"] == "sums"
    again = drive()
    assert again.shown(Title).again.words.title == "Play Sums"
    again.click(again.shown(Title).again.rect.center)
    play = again.app.scenes[0]
    assert isinstance(play, Play) and play.mode is SUMS


@pytest.mark.parametrize("last", ["marathon", "", "lab"])
def test_a_mode_that_is_not_there_any_more_is_forgotten(
    drive: Callable[..., Driver], tmp_path: Path, last: str
) -> None:
    (tmp_path / "settings.toml").write_text(f'last_mode = "{last}"\n')
    assert drive().shown(Title).again.words.title == f"Play {DASH.title}"


def test_a_tile_for_every_mode_with_its_line_and_its_best(drive: Callable[..., Driver]) -> None:
    driver = drive()
    storage = driver.app.storage
    summary = RoundSummary(90.0, 4250, 7, 20, 1)
    storage.end_round(storage.begin_round("sums", "fake", None), "finished", summary)
    title = driver.go(places.Title(), Title)
    on_title = [mode for mode in MODES.values() if mode.on_title]
    assert [tile.words.title for tile in title.tiles] == [mode.title for mode in on_title]
    for mode, shown in zip(on_title, title.tiles, strict=True):
        assert shown.words.line == mode.tagline
    assert "4,250" in tile(title, "Sums").words.foot and tile(title, "Sums").words.proud
    assert "ew" in tile(title, "Dash").words.foot and not tile(title, "Dash").words.proud


def test_a_tile_opens_its_mode_by_pointer_by_digit_and_by_arrows(
    drive: Callable[..., Driver],
) -> None:
    driver = drive()
    title = driver.shown(Title)
    for n, mode in enumerate([mode for mode in MODES.values() if mode.on_title][:10]):
        driver.click(title.tiles[n].rect.center)
        opened = driver.app.scene
        assert opened.mode is mode if isinstance(opened, Setup) else isinstance(opened, Lists)
        driver.key(pygame.K_ESCAPE)
        assert driver.app.scene is title
        driver.key(getattr(pygame, f"K_{(n + 1) % 10}"))
        assert type(driver.app.scene) is type(opened)
        driver.key(pygame.K_ESCAPE)
    reached = set()
    for _ in range(2 * len(title.widgets)):
        driver.key(pygame.K_TAB)
        reached |= {n for n, tile in enumerate(title.tiles) if tile.focused}
    assert reached == set(range(len(title.tiles)))


def test_arrows_go_where_they_point(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.shown(Title)
    driver.key(pygame.K_RIGHT)
    (first,) = [widget for widget in title.widgets if widget.focused]
    assert first in title.tiles and first.rect.x > title.again.rect.right
    driver.key(pygame.K_LEFT)
    (back,) = [widget for widget in title.widgets if widget.focused]
    assert back.rect.right < first.rect.x


def test_the_other_buttons(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.shown(Title)
    driver.click(button(title, "Settings").rect.center)
    assert isinstance(driver.app.scene, SettingsScene)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is title
    driver.click(button(title, "Quit").rect.center)
    assert not driver.app.running


def test_a_door_is_a_tile_too_and_may_stand_for_a_mode(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    others = (
        doors.Door("sums", "Sums elsewhere", "Another way in.", SUMS.order, places.Lab()),
        doors.Door("shed", "The shed", "Behind the house.", 9999, places.Settings()),
    )
    monkeypatch.setattr(doors, "OTHERS", others)
    driver = drive()
    title = driver.shown(Title)
    titles = [tile.words.title for tile in title.tiles]
    assert titles[1] == "Sums elsewhere" and titles[-1] == "The shed" and "Sums" not in titles
    driver.click(title.tiles[-1].rect.center)
    assert isinstance(driver.app.scene, SettingsScene)
    driver.key(pygame.K_ESCAPE)
    driver.click(title.tiles[1].rect.center)
    assert isinstance(driver.app.scene, Lab)


@pytest.mark.parametrize("size", SIZES)
def test_twelve_and_more_modes_are_in_sight_at_once_with_all_their_words(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    for toy in TOYS[: max(0, 12 - len(MODES))]:
        title = "Learn to write" if toy is TOYS[0] else toy.title
        line = "Write every digit, one after the other."
        monkeypatch.setitem(MODES, toy.key, replace(toy, title=title, tagline=line))
    driver = drive(size=size)
    driver.frames(2)
    title = driver.shown(Title)
    rects = [widget.rect for widget in title.widgets]
    assert len(title.tiles) >= 10
    assert all(driver.app.frame.rect.contains(rect) for rect in rects)
    for n, one in enumerate(rects):
        assert one.collidelist(rects[n + 1 :]) == -1
    assert [tile.words.title for tile in title.tiles if not tile.tells_all] == []


def test_it_writes_digits_by_itself(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.shown(Title)
    seen = set()
    for _ in range(300):
        driver.frames(1)
        seen.add((title.demonstration.digit, title.demonstration.is_blank))
    assert len({digit for digit, _ in seen}) >= 2
    assert {empty for _, empty in seen} == {True, False}


def test_what_is_pointed_at_lights_up_and_goes_out_again(drive: Callable[..., Driver]) -> None:
    driver = drive()
    title = driver.shown(Title)
    place = title.tiles[1].rect

    def picture() -> bytes:
        shot = driver.app.window.surface.subsurface(place)
        return pygame.image.tobytes(shot, "RGB")

    driver.seconds(0.5)
    still = picture()
    driver.post(HOVER, pos=place.center, rel=(0, 0), buttons=(0, 0, 0))
    driver.seconds(0.5)
    assert picture() != still
    driver.post(HOVER, pos=(2, 2), rel=(0, 0), buttons=(0, 0, 0))
    driver.seconds(1.5)
    assert picture() == still
