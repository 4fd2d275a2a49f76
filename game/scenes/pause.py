"""The pause: time stands still, the prompt is covered."""

from __future__ import annotations

from functools import partial

import pygame

from game.language import _
from game.scenes import menu, places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui.keys import Action, unless_chosen
from game.ui.widgets import Button


class Pause(Dialog):
    """Go on, start again, settings, or leave."""

    made_anew = True

    def __init__(self, stage: Stage, place: places.Pause) -> None:
        restart = partial(menu.play, stage, place.mode, place.level, place.chosen, place.own)
        settings = partial(stage.lay, places.Settings())
        leave = partial(stage.go, places.Title())
        super().__init__(
            stage,
            _("Paused"),
            [_("The clock stands still.")],
            [
                Button(_("Go on"), stage.back, primary=True, keys=[pygame.K_ESCAPE, Action.PAUSE]),
                Button(_("Start again"), restart, keys=[Action.AGAIN]),
                Button(_("Settings"), settings, keys=unless_chosen(pygame.K_s)),
                Button(_("Leave the round"), leave, keys=unless_chosen(pygame.K_q)),
            ],
        )
