"""The setup before a round: levels, remembered for each mode, and one key that plays."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from stored import answer
from toys import MEMORY, SPRINT

from game.persistence.storage import RoundSummary
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.rules.options import Choice, Option
from game.scenes import places
from game.scenes.play import Play
from game.scenes.setup import Setup
from game.scenes.title import Title

SIZES = [(360, 320), (960, 600), (1280, 720), (2560, 1440), (900, 1200)]


@pytest.fixture(autouse=True)
def sprint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODES, SPRINT.key, SPRINT)
    monkeypatch.setitem(MODES, MEMORY.key, MEMORY)


SIGNS = Option(
    "signs", "Signs", "Which sums come.",
    (Choice("plus", "+"), Choice("minus", "-"), Choice("times", "x")), ("plus", "minus"),
    several=True,
)  # fmt: skip
LENGTH = Option(
    "length", "Length", "A short one, or the long one.",
    (Choice("short", "Short"), Choice("long", "Long")), ("short",),
)  # fmt: skip


@pytest.fixture
def chosen_sprint(monkeypatch: pytest.MonkeyPatch) -> Mode:
    """The toy with two options, one of them of several choices."""
    mode = replace(SPRINT, options=(SIGNS, LENGTH), help="Quick, all of them.")
    monkeypatch.setitem(MODES, SPRINT.key, mode)
    return mode


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


def test_options_are_chosen_by_pointer_played_and_remembered(
    drive: Callable[..., Driver], tmp_path: Path, chosen_sprint: Mode
) -> None:
    driver = drive()
    scene = setup(driver)
    signs, length = (row.widget for row in scene.rows)
    assert (signs.chosen, length.chosen) == (("plus", "minus"), "short")
    third = signs.rect.w // 3
    driver.click((signs.rect.x + third // 2, signs.rect.centery))
    driver.click((signs.rect.right - third // 2, signs.rect.centery))
    driver.click((length.rect.right - 9, length.rect.centery))
    driver.key(pygame.K_p)
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    wanted = {"signs": ("minus", "times"), "length": ("long",)}
    assert dict(play.level.chosen) == wanted
    kept = tomllib.loads((tmp_path / "settings.toml").read_text())["choices"][SPRINT.key]
    assert kept["options"] == {key: list(values) for key, values in wanted.items()}
    later = drive()
    signs, length = (row.widget for row in setup(later).rows)
    assert (signs.chosen, length.chosen) == (("minus", "times"), "long")
    later.app.go(places.Title())
    later.key(pygame.K_RETURN)
    play = later.app.scenes[0]
    assert isinstance(play, Play) and dict(play.level.chosen) == wanted


def test_options_by_keyboard_alone(drive: Callable[..., Driver], chosen_sprint: Mode) -> None:
    driver = drive()
    scene = setup(driver)
    signs, length = (row.widget for row in scene.rows)
    for widget, keys in ((signs, (pygame.K_RIGHT, pygame.K_RETURN)), (length, (pygame.K_RIGHT,))):
        for _ in range(20):
            if not widget.focused:
                driver.key(pygame.K_TAB)
        for key in keys:
            driver.key(key)
    assert (signs.chosen, length.chosen) == (("plus",), "long")


def test_the_usual_is_not_written_down_and_bests_are_those_of_the_options(
    drive: Callable[..., Driver], tmp_path: Path, chosen_sprint: Mode
) -> None:
    driver = drive()
    storage = driver.app.storage
    long = chosen_sprint.level(None, {"length": ("long",)})
    number = storage.begin_round(chosen_sprint.stored_as(long), "fake", None)
    storage.add_answer(number, answer())
    storage.end_round(number, "finished", RoundSummary(30.0, 0, 7, 20, 0))
    scene = setup(driver)
    length = scene.rows[1].widget
    assert scene.levels[0].words.foot == "New"
    driver.click((length.rect.right - 9, length.rect.centery))
    assert scene.levels[0].words.foot == "Best 30.0 s"
    driver.click((length.rect.x + 9, length.rect.centery))
    assert scene.levels[0].words.foot == "New"
    driver.key(pygame.K_ESCAPE)
    kept = tomllib.loads((tmp_path / "settings.toml").read_text())["choices"][SPRINT.key]
    assert kept == {"level": SPRINT.levels[0].key}


@pytest.mark.parametrize("kept", ['signs = "all"', "signs = []", 'gone = ["plus"]', "signs = 7"])
def test_options_that_are_none_fall_back(
    drive: Callable[..., Driver], tmp_path: Path, chosen_sprint: Mode, kept: str
) -> None:
    (tmp_path / "settings.toml").write_text(f"[choices.toy-sprint.options]\n{kept}\n")
    assert setup(drive()).rows[0].widget.chosen == SIGNS.default


@pytest.mark.parametrize("size", SIZES)
def test_it_fits_every_size(
    drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    many = tuple(replace(LENGTH, key=f"length{n}") for n in range(4))
    monkeypatch.setitem(MODES, SPRINT.key, replace(SPRINT, options=(SIGNS, *many)))
    driver = drive(size=size)
    for mode in MODES:
        scene = setup(driver, mode)
        driver.frames(2)
        rects = [widget.rect for widget in scene.widgets]
        assert all(driver.app.frame.rect.contains(rect) for rect in rects)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1
        if min(size) >= 600:
            assert [tile.words.title for tile in scene.levels if not tile.tells_all] == []
