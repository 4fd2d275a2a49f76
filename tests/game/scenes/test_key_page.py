"""The keys: chosen on their page of the settings, shown on their screen, and used everywhere."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
from driving import Driver

from game.scenes import places
from game.scenes.countdown import Countdown
from game.scenes.keys import Keys
from game.scenes.list_editor import ListEditor
from game.scenes.pause import Pause
from game.scenes.play import Play
from game.scenes.settings import SettingsScene
from game.scenes.title import Title
from game.ui.key_field import KeyField
from game.ui.keys import Action, key_of


def field(scene: SettingsScene, action: Action) -> KeyField:
    fields = [row.widget for row in scene.rows if isinstance(row.widget, KeyField)]
    return next(field for field in fields if field.action is action)


def test_a_key_is_chosen_kept_and_used(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    scene = driver.lay(places.Settings("keys"), SettingsScene)
    pause = field(scene, Action.PAUSE)
    driver.click(pause.rect.center)
    assert pause.waiting
    driver.key(pygame.K_F1)  # belongs to another action, and is not shown now
    assert driver.app.scene is scene and key_of(Action.PAUSE) == pygame.K_F1
    assert "“All keys”" in scene.told and key_of(Action.HELP) == pygame.K_p
    driver.click(pause.rect.center)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is scene and not pause.waiting, "Esc leaves it as it is"
    driver.click(pause.rect.center)
    driver.key(pygame.K_RETURN)
    assert "use of its own" in scene.told
    driver.click(pause.rect.center)
    driver.key(pygame.K_w)
    table = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert table["keys"] == {"pause": "w", "help": "p"}
    driver.click(pause.rect.center)
    driver.click(scene.tabs.rect.center)
    assert not pause.waiting
    driver.app.go(places.Round("dash"))
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.1)
    driver.key(pygame.K_w)
    assert isinstance(driver.app.scene, Pause)
    driver.key(pygame.K_w)
    assert isinstance(driver.app.scene, Countdown), "the same key goes on"


def test_all_go_back_to_where_they_were(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\nundo = "w"\n')
    driver = drive()
    assert key_of(Action.UNDO) == pygame.K_w
    scene = driver.lay(places.Settings("keys"), SettingsScene)
    reset = next(row.widget for row in scene.rows if row.label == "The usual keys")
    driver.click(reset.rect.center)
    assert key_of(Action.UNDO) == pygame.K_z and scene.told
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["keys"] == {}


def test_the_keys_are_shown_anywhere_and_a_round_stands_still(
    drive: Callable[..., Driver],
) -> None:
    driver = drive()
    driver.post(pygame.KEYDOWN, key=pygame.K_SLASH, mod=1, unicode="?", scancode=0)
    driver.frames(1)
    assert isinstance(driver.app.scene, Keys)
    driver.key(pygame.K_F1)
    assert isinstance(driver.app.scene, Title), "the same key takes them away"
    driver.app.go(places.Round("dash"))
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running, frame_seconds=0.1)
    driver.key(pygame.K_F1)
    assert isinstance(driver.app.scene, Keys) and not play.round.clock.running
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Countdown)
    driver.app.go(places.Title())
    editor = driver.lay(places.ListEditor(), ListEditor)
    driver.post(pygame.KEYDOWN, key=pygame.K_SLASH, mod=1, unicode="?", scancode=0)
    driver.frames(1)
    assert driver.app.scene is editor, "there it is a sign of a sum"
