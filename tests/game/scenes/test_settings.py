"""Settings: every page and row by pointer and by keyboard, applied and kept at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
from driving import Driver, FakeRecognizer

from game.reading.reader import Loaded
from game.scenes import places
from game.scenes.notice import Notice
from game.scenes.setting_pages import PAGES
from game.scenes.settings import SettingsScene
from game.scenes.title import Title
from game.ui import motion, theme
from game.ui.key_field import KeyField
from game.ui.palettes import PALETTES
from game.ui.stepper import Stepper
from game.ui.widgets import Button, Choice, Widget


def kept(tmp_path: Path) -> dict[str, object]:
    return tomllib.loads((tmp_path / "settings.toml").read_text())


def page(driver: Driver, key: str) -> dict[str, Widget]:
    """What changes the settings of a page, by their names."""
    scene = driver.shown(SettingsScene)
    place = [each.key for each in PAGES].index(key)
    driver.click((scene.tabs.rect.x + scene.tabs.rect.w * (place + 0.5) / len(PAGES),
                  scene.tabs.rect.centery))  # fmt: skip
    assert scene.page.key == key
    return {row.label: row.widget for row in scene.rows}


def pick(driver: Driver, widget: Widget, place: int) -> None:
    """Tap one of the options of a choice."""
    assert isinstance(widget, Choice)
    wide = widget.rect.w / len(widget.options)
    driver.click((widget.rect.x + wide * (place + 0.5), widget.rect.centery))


def test_settings_apply_and_are_kept_at_once(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_s)
    settings = driver.app.settings
    pick(driver, page(driver, "play")["Writing hand"], 0)
    assert settings.hand == kept(tmp_path)["hand"] == "left"
    reading = page(driver, "reading")
    backend = reading["Recognizer"]
    assert isinstance(backend, Choice)
    assert [value for value, _ in backend.options] == ["fake", "other"]
    pick(driver, reading["Patience"], 2)
    assert settings.patience == kept(tmp_path)["patience"] == "calm"
    pick(driver, backend, 1)
    assert kept(tmp_path)["backend"] == "other"
    screen = page(driver, "look")["Screen"]
    pick(driver, screen, 1)
    assert kept(tmp_path)["full_screen"] is True
    driver.key(pygame.K_F11)
    driver.frames(1)
    assert kept(tmp_path)["full_screen"] is False
    assert isinstance(screen, Choice) and screen.chosen == "window"


def test_the_look_changes_at_once(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    driver.key(pygame.K_s)
    look = page(driver, "look")
    letters = driver.app.text.font(theme.BODY).get_height()
    corner = driver.app.window.surface.get_at((2, 2))[:3]
    pick(driver, look["Theme"], 1)
    driver.frames(1)
    assert theme.NIGHT == PALETTES["paper", False].night != corner
    assert driver.app.window.surface.get_at((2, 2))[:3] == theme.NIGHT
    pick(driver, look["Colours"], 1)
    assert PALETTES["paper", True].good == theme.GOOD
    pick(driver, look["Text size"], 2)
    assert driver.app.text.font(theme.BODY).get_height() > 1.2 * letters
    pick(driver, look["Motion"], 1)
    assert motion.is_reduced()
    driver.key(pygame.K_ESCAPE)
    driver.frames(2)
    title = driver.shown(Title)
    assert driver.app.window.surface.get_at((2, 2))[:3] == theme.NIGHT, "the one beneath follows"
    assert not title.animating, "with reduced motion the title stands still"
    saved = kept(tmp_path)
    assert (saved["theme"], saved["safe_colours"]) == ("paper", True)
    assert (saved["text_size"], saved["reduced_motion"]) == ("largest", True)
    drive()
    assert PALETTES["paper", True].night == theme.NIGHT and motion.is_reduced()


def test_volumes_by_steps(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    driver.key(pygame.K_s)
    sound = page(driver, "sound")
    effects, ticks = sound["Effects"], sound["Ticks"]
    assert isinstance(effects, Stepper) and isinstance(ticks, Stepper)
    driver.click(effects.parts()[2].center)
    driver.click(ticks.parts()[0].center)
    assert (driver.app.settings.volume, driver.app.settings.ticks) == (0.8, 0.6)
    assert (kept(tmp_path)["volume"], kept(tmp_path)["ticks"]) == (0.8, 0.6)


def test_settings_by_keyboard(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.key(pygame.K_s)
    scene = driver.shown(SettingsScene)
    driver.key(pygame.K_TAB)  # the language
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.hand == "left"
    driver.key(pygame.K_PAGEDOWN)
    assert scene.page.key == "reading"
    driver.key(pygame.K_RIGHT)  # the names of the pages have the focus
    driver.key(pygame.K_RIGHT)
    assert scene.page.key == "sound"
    driver.key(pygame.K_DOWN)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.volume == 0.6
    driver.key(pygame.K_PAGEUP)
    driver.key(pygame.K_PAGEUP)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.patience == "quick"
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Title)


def test_every_setting_is_explained_and_every_page_can_be_opened_first(
    drive: Callable[..., Driver],
) -> None:
    driver = drive()
    for each in PAGES:
        scene = driver.lay(places.Settings(each.key), SettingsScene)
        assert scene.page is each and scene.rows
        assert all(row.label and row.about() for row in scene.rows)
        assert all(
            isinstance(row.widget, Choice | Stepper | Button | KeyField) for row in scene.rows
        )
        driver.app.back()


def test_backend_switches_live(drive: Callable[..., Driver]) -> None:
    loaded: list[str] = []
    fake = FakeRecognizer()

    def load(backend: str) -> Loaded:
        loaded.append(backend)
        return Loaded(fake, backend, ("cnn", "knn"))

    driver = drive(fake, load=load)
    driver.until(lambda: driver.app.desk.ready)
    driver.key(pygame.K_s)
    driver.key(pygame.K_PAGEDOWN)
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RIGHT)
    driver.until(lambda: driver.app.desk.ready)
    assert loaded == ["cnn", "knn"]
    assert driver.app.desk.backend == driver.app.settings.backend == "knn"


def test_settings_that_cannot_be_kept_say_so(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    (tmp_path / "settings.toml").unlink(missing_ok=True)
    (tmp_path / "settings.toml").mkdir()
    driver.key(pygame.K_s)
    driver.key(pygame.K_TAB)  # the language
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_LEFT)
    notice = driver.app.scene
    assert isinstance(notice, Notice) and "cannot be kept" in notice.sentences[0]
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, SettingsScene)
