"""The page of the settings for the keys: one field each, and all back to where they usually are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.language import N_, _
from game.scenes import places
from game.scenes.scene import Stage
from game.ui import keys
from game.ui.key_field import KeyField
from game.ui.keys import Action
from game.ui.setting_row import Row
from game.ui.widgets import Button

RESET = N_("All keys are where they usually are.")


def key_rows(stage: Stage, tell: Callable[[str], object]) -> list[Row]:
    """A row for each action; `tell` is given a sentence about each choice."""

    def keep(chosen: dict[str, str], sentence: str) -> None:
        stage.settings.keys = chosen
        keys.adopt(chosen)
        stage.save_settings()
        tell(sentence)

    def choose(action: Action, key: int) -> None:
        chosen, sentence = keys.choose(stage.settings.keys, action, key)
        if chosen == stage.settings.keys:
            tell(sentence)
        else:
            keep(chosen, sentence)

    def meaning(action: Action) -> Callable[[], str]:
        return lambda: _(action.meaning)

    reset = Button(_("Reset"), partial(keep, {}, _(RESET)))
    show = partial(stage.lay, places.Keys())
    return [
        *(
            Row(_(action.title), KeyField(action, choose), meaning(action), narrow=True)
            for action in Action
        ),
        Row(_("The usual keys"), reset, lambda: _("All back to where they were."), narrow=True),
        Row(_("Everything"), Button(_("Show"), show, keys=[pygame.K_k]),
            lambda: _("What every other key does."), narrow=True),
    ]  # fmt: skip
