"""A notice: something the player must know, in clear sentences; the game stays usable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.scenes.dialog import Dialog
from game.ui.widgets import Button

if TYPE_CHECKING:
    from game.app import App


class Notice(Dialog):
    """Sentences with an OK; more buttons where there is something to do about it."""

    def __init__(
        self, app: App, heading: str, sentences: Sequence[str], more: Sequence[Button] = ()
    ) -> None:
        super().__init__(
            app, heading, sentences, [Button("OK", app.pop, primary=True, hint="Enter"), *more]
        )

    def add(self, sentences: Sequence[str]) -> None:
        """Say more."""
        self.sentences += sentences
        self.layout()

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.app.pop()
        else:
            super().handle(event)


def reader_failed(app: App, sentence: str) -> Notice:
    """The notice that the recognizer cannot be used, with the way to choose another."""
    from game.scenes.settings import SettingsScene

    def to_settings() -> None:
        app.pop()
        app.push(SettingsScene(app))

    return Notice(
        app,
        "The recognizer cannot start",
        [sentence],
        [Button("Settings", to_settings, hint="Tab, Enter")],
    )
