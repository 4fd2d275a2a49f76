"""A notice: something the player must know, in clear sentences; the game stays usable."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.language import _
from game.scenes import places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui.widgets import Button, key_name


class Notice(Dialog):
    """Sentences with an OK; more buttons where there is something to do about it."""

    def __init__(self, stage: Stage, place: places.Notice) -> None:
        enter = key_name(pygame.K_RETURN)
        ways = [
            Button(way.label, partial(self._take, way), hint=f"{key_name(pygame.K_TAB)}, {enter}")
            for way in place.ways
        ]
        ok = Button(_("OK"), stage.back, primary=True, keys=[pygame.K_ESCAPE], hint=enter)
        super().__init__(stage, place.heading, place.sentences, [ok, *ways])

    def _take(self, way: places.Way) -> None:
        self.stage.back()
        self.stage.lay(way.to)

    def tell(self, sentences: Sequence[str]) -> bool:
        self.sentences += sentences
        self.layout()
        return True
