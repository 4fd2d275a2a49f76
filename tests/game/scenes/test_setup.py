"""The setup before a round: levels, remembered for each mode, and one key that plays."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from stored import answer
from toys import MEMORY, SPRINT

from game.persistence.storage import RoundSummary
from game.rules.modes import MODES
from game.scenes import places
from game.scenes.play import Play
from game.scenes.setup import Setup
from game.scenes.title import Title

SIZES = [(360, 320), (960, 600), (1280, 720), (2560, 1440), (900, 1200)]


@pytest.fixture(autouse=True)
def sprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODES, SPRINT.key, SPRINT)
    monkeypatch.setitem(MODES, MEMORY.key, MEMORY)


def setup(driver: Driver, mode: str = SPRINT.key) -> Setup:
    """The setup of a mode, over a fresh title."""
    driver.app.go(places.Title())
    return driver.lay(places.Setup(mode), Setup)


def level_played(driver: Driver) -> str:
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    return play.level.key


def test_one_key_plays_the_first_level(drive: Callable[..., Driver]) -> None:
    driver = drive()
    setup(driver)
    driver.key(pygame.K_RETURN)
    assert level_played(driver) == SPRINT.levels[0].key


@pytest.mark.parametrize("by", ["pointer", "arrows"])
def test_a_level_is_chosen_played_and_remembered(
    drive: Callable[..., Driver], tmp_path: Path, by: str
) -> None:
    driver = drive()
    scene = setup(driver)
    if by == "pointer":
        driver.click(scene.levels[1].rect.center)
        driver.click(button(scene, "Play").rect.center)
    else:
        for _ in range(20):
            if not scene.levels[1].focused:
                driver.key(pygame.K_UP)
        driver.key(pygame.K_RETURN)
        driver.key(pygame.K_p)
    assert level_played(driver) == SPRINT.levels[1].key
    table = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert table["choices"] == {SPRINT.key: {"level": SPRINT.levels[1].key}}
    later = drive()
    scene = setup(later)
    assert [level.chosen for level in scene.levels] == [False, True]
    assert setup(later, MEMORY.key).levels[0].chosen, "each mode has its own"
    later.app.go(places.Title())
    later.key(pygame.K_RETURN)
    assert level_played(later) == SPRINT.levels[1].key


def test_pressing_what_is_chosen_plays(drive: Callable[..., Driver]) -> None:
    driver = drive()
    scene = setup(driver)
    driver.click(scene.levels[1].rect.center)
    assert driver.app.scene is scene
    driver.click(scene.levels[1].rect.center)
    assert level_played(driver) == SPRINT.levels[1].key


def test_a_choice_without_a_round_is_kept_too(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    scene = setup(driver)
    driver.click(scene.levels[1].rect.center)
    driver.key(pygame.K_ESCAPE)
    title = driver.shown(Title)
    assert "choices" in tomllib.loads((tmp_path / "settings.toml").read_text())
    shown = {tile.words.title: tile.words.foot for tile in title.tiles}
    assert shown[SPRINT.title].startswith(SPRINT.levels[1].title)


@pytest.mark.parametrize(
    "kept",
    ['choices = 3', '[choices]\n"toy-sprint" = 3', '[choices.toy-sprint]\nlevel = "gone"',
     "[choices.toy-sprint]\nlevel = 7", "[choices.toy-sprint]\nlevel = ['level1']"],
)  # fmt: skip
def test_a_choice_that_is_none_falls_back(
    drive: Callable[..., Driver], tmp_path: Path, kept: str
) -> None:
    (tmp_path / "settings.toml").write_text(kept + "\n")
    driver = drive()
    scene = setup(driver)
    assert scene.level is SPRINT.levels[0]


def test_every_level_shows_its_meaning_and_its_own_best(drive: Callable[..., Driver]) -> None:
    driver = drive()
    storage = driver.app.storage
    number = storage.begin_round(SPRINT.stored_as(SPRINT.levels[1]), "fake", None)
    storage.add_answer(number, answer())
    storage.end_round(number, "finished", RoundSummary(62.4, 0, 7, 20, 0))
    first, second = setup(driver).levels
    assert (first.words.line, first.words.foot) == (SPRINT.levels[0].meaning, "New")
    assert second.words.foot == "Best 1:02.4" and second.words.proud


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    driver = drive(size=size)
    for mode in MODES:
        scene = setup(driver, mode)
        driver.frames(2)
        rects = [widget.rect for widget in scene.widgets]
        assert all(driver.app.frame.rect.contains(rect) for rect in rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
