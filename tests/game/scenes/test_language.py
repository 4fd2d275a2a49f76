"""The language: chosen in the settings, spoken at once, kept; a round that is on goes on."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from cyrillic import Cyrillic
from driving import Driver, button

from game import language
from game.language import _, catalogues
from game.language.catalogues import ENGLISH, Language
from game.scenes import places
from game.scenes.play import Play
from game.scenes.settings import SettingsScene
from game.scenes.title import Title
from game.ui import look
from game.ui.widgets import Choice


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is English, and one more language."""
    known = (Language(ENGLISH, "English"), Language("xx", "Кириллица"))
    for module in (catalogues, look):
        monkeypatch.setattr(
            module, "catalogue", lambda code: Cyrillic() if code == "xx" else language.ENGLISH
        )
    monkeypatch.setattr(catalogues, "languages", lambda: known)
    monkeypatch.setattr("game.scenes.setting_pages.languages", lambda: known)


def choice(scene: SettingsScene) -> Choice:
    widget = scene.rows[0].widget
    assert isinstance(widget, Choice)
    return widget


def test_a_language_is_chosen_by_key_and_spoken_at_once(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.app.go(places.Title())
    scene = driver.lay(places.Settings(), SettingsScene)
    scene._group.focus(choice(scene))
    driver.key(pygame.K_RIGHT)
    assert driver.app.settings.language == "xx"
    anew = driver.app.scene
    assert isinstance(anew, SettingsScene) and anew is not scene
    assert choice(anew).focused, "whoever changes it by key goes on there"
    assert _("Done") != "Done" and button(anew, _("Done"))
    beneath = driver.app.scenes[0]
    assert isinstance(beneath, Title) and button(beneath, _("Quit"))
    driver.key(pygame.K_LEFT)
    assert driver.app.settings.language == ENGLISH and button(driver.app.scene, "Done")


def test_a_round_that_is_on_goes_on(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.app.go(places.Round("zen"))
    play = driver.app.scenes[0]
    assert isinstance(play, Play)
    driver.until(lambda: play.round.clock.running)
    asked = play.round.prompt
    play.pause()
    scene = driver.lay(places.Settings(), SettingsScene)
    choice(scene)._pick(1)
    assert driver.app.scenes[0] is play and play.round.prompt is asked
    assert button(play, _("End")), "the buttons beside the paper speak it, too"


def test_a_language_that_is_gone_costs_nothing(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.app.settings.language = "yy"
    driver.app.restyle()
    assert look.spoken() == ENGLISH and _("Done") == "Done"


def test_the_machine_decides_for_who_did_not_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "_preferred", lambda: ["yy", "xx", "en"])
    look.speak()
    assert look.spoken() == "xx"
