"""The pause: time stands still, the prompt is covered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.scenes.dialog import Dialog
from game.scenes.settings import SettingsScene
from game.ui.widgets import Button

if TYPE_CHECKING:
    from game.app import App


class Pause(Dialog):
    """Go on, start again, settings, or leave."""

    def __init__(self, app: App, restart: Callable[[], None]) -> None:
        super().__init__(
            app,
            "Paused",
            ["The clock stands still."],
            [
                Button("Go on", app.pop, primary=True, hint="Esc"),
                Button("Start again", restart, hint="R"),
                Button("Settings", lambda: app.push(SettingsScene(app)), hint="S"),
                Button("Leave the round", app.go_home, hint="Q"),
            ],
        )
        self._keys: dict[int, Callable[[], object]] = {
            pygame.K_ESCAPE: app.pop,
            pygame.K_p: app.pop,
            pygame.K_r: restart,
            pygame.K_s: lambda: app.push(SettingsScene(app)),
            pygame.K_q: app.go_home,
        }

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key in self._keys:
            self._keys[event.key]()
        else:
            super().handle(event)
