"""The pause: time stands still, the prompt is covered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.scenes import menu, places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui.widgets import Button


class Pause(Dialog):
    """Go on, start again, settings, or leave."""

    def __init__(self, stage: Stage, place: places.Pause) -> None:
        restart = partial(menu.play, stage, place.mode, place.level)
        settings = partial(stage.lay, places.Settings())
        leave = partial(stage.go, places.Title())
        super().__init__(
            stage,
            "Paused",
            ["The clock stands still."],
            [
                Button("Go on", stage.back, primary=True, hint="Esc"),
                Button("Start again", restart, hint="R"),
                Button("Settings", settings, hint="S"),
                Button("Leave the round", leave, hint="Q"),
            ],
        )
        self._keys: dict[int, Callable[[], object]] = {
            pygame.K_ESCAPE: stage.back,
            pygame.K_p: stage.back,
            pygame.K_r: restart,
            pygame.K_s: settings,
            pygame.K_q: leave,
        }

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key in self._keys:
            self._keys[event.key]()
        else:
            super().handle(event)
