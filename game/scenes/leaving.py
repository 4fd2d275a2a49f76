"""Leaving: the last answers stand in no file yet; may the game end all the same?"""

from __future__ import annotations

from functools import partial

import pygame

from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui.widgets import Button, key_name

TRY_SECONDS = 1.0  # s from one attempt to the next


class Leaving(Dialog):
    """Tries again by itself, and ends the game as soon as everything is kept."""

    def __init__(self, stage: Stage) -> None:
        self._since = 0.0  # s since the last attempt
        buttons = [
            Button("Try again", self.try_again, primary=True),
            Button("Back to the game", stage.back, keys=[pygame.K_ESCAPE]),
            Button(
                "Leave without them",
                partial(stage.quit, anyway=True),
                hint=f"{key_name(pygame.K_TAB)}, {key_name(pygame.K_RETURN)}",
            ),
        ]
        storage = stage.storage
        count = storage.only_in_memory
        sentences = [
            f"There is no room in {storage.path.parent} for your last answer yet."
            if count == 1
            else f"There is no room in {storage.path.parent} for your last {count} answers yet.",
            "Make room on the disk. The game tries again every second, and ends when all is kept.",
        ]
        super().__init__(stage, "Not kept yet", sentences, buttons)

    def try_again(self) -> None:
        """Write what is waiting; the game ends if there was room for it."""
        self._since = 0.0
        self.stage.storage.try_again()
        if not self.stage.storage.only_in_memory:
            self.stage.quit()

    def update(self, dt: float) -> None:
        super().update(dt)
        self._since += dt
        if self._since >= TRY_SECONDS:
            self.try_again()
