"""Leaving: the last answers stand in no file yet; may the game end all the same?"""

from __future__ import annotations

from functools import partial

import pygame

from game.language import _, figures, ngettext
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui.widgets import Button, key_name

TRY_SECONDS = 1.0  # s from one attempt to the next


class Leaving(Dialog):
    """Tries again by itself, and ends the game as soon as everything is kept."""

    def __init__(self, stage: Stage) -> None:
        self._since = 0.0  # s since the last attempt
        buttons = [
            Button(_("Try again"), self.try_again, primary=True),
            Button(_("Back to the game"), stage.back, keys=[pygame.K_ESCAPE]),
            Button(
                _("Leave without them"),
                partial(stage.quit, anyway=True),
                hint=f"{key_name(pygame.K_TAB)}, {key_name(pygame.K_RETURN)}",
            ),
        ]
        storage = stage.storage
        count = storage.only_in_memory
        sentences = [
            ngettext(
                "There is no room in {folder} for your last answer yet.",
                "There is no room in {folder} for your last {count} answers yet.",
                count,
            ).format(folder=storage.path.parent, count=figures.number(count)),
            _(
                "Make room on the disk. The game tries again every second, and ends when all is"
                " kept."
            ),
        ]
        super().__init__(stage, _("Not kept yet"), sentences, buttons)

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
