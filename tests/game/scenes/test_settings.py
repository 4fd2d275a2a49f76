"""Settings: every row by pointer and by keyboard, kept at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
from driving import Driver, FakeRecognizer

from game.reading.reader import Loaded
from game.scenes.notice import Notice
from game.scenes.settings import SettingsScene
from game.scenes.title import Title
from game.ui.widgets import Choice, Slider


def kept(tmp_path: Path) -> dict[str, object]:
    return tomllib.loads((tmp_path / "settings.toml").read_text())


def test_settings_apply_and_are_kept_at_once(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_s)
    scene = driver.app.scene
    assert isinstance(scene, SettingsScene)
    driver.frames(1)
    backend, hand, patience, volume, screen, _ = (row.widget for row in scene.rows)
    assert isinstance(backend, Choice) and [value for value, _ in backend.options] == [
        "fake",
        "other",
    ]
    driver.click((hand.rect.x + 10, hand.rect.centery))
    assert driver.app.settings.hand == "left" and kept(tmp_path)["hand"] == "left"
    driver.click((patience.rect.right - 10, patience.rect.centery))
    assert driver.app.settings.patience == kept(tmp_path)["patience"] == "calm"
    assert isinstance(volume, Slider)
    driver.click((volume.rect.right - 2, volume.rect.centery))
    assert driver.app.settings.volume == kept(tmp_path)["volume"] == 1.0
    driver.click((backend.rect.right - 10, backend.rect.centery))
    assert kept(tmp_path)["backend"] == "other"
    driver.click((screen.rect.right - 10, screen.rect.centery))
    assert kept(tmp_path)["full_screen"] is True
    driver.key(pygame.K_F11)
    driver.frames(1)
    assert kept(tmp_path)["full_screen"] is False
    assert isinstance(screen, Choice) and screen.chosen == "window"


def test_settings_by_keyboard(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.key(pygame.K_s)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.hand == "left"
    driver.key(pygame.K_DOWN)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.patience == "quick"
    driver.key(pygame.K_DOWN)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.volume == 0.6
    for _ in range(3):  # past the screen and the switch of the hand
        driver.key(pygame.K_DOWN)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Title)


def test_backend_switches_live(drive: Callable[..., Driver]) -> None:
    loaded: list[str] = []
    fake = FakeRecognizer()

    def load(backend: str) -> Loaded:
        loaded.append(backend)
        return Loaded(fake, backend, ("cnn", "knn"))

    driver = drive(fake, load=load)
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_s)
    driver.frames(1)
    driver.key(pygame.K_RIGHT)
    driver.until(lambda: driver.app.desk.ready)
    assert loaded == ["cnn", "knn"]
    assert driver.app.desk.backend == driver.app.settings.backend == "knn"


def test_settings_that_cannot_be_kept_say_so(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "settings.toml").unlink(missing_ok=True)
    (tmp_path / "settings.toml").mkdir()
    driver.key(pygame.K_s)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_LEFT)
    notice = driver.app.scene
    assert isinstance(notice, Notice) and "cannot be kept" in notice.sentences[0]
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, SettingsScene)
