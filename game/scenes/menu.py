"""A menu screen: buttons and other widgets on the desk, used by pointer and by key."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.pointer import Pointer
from game.persistence.choices import chosen_level, last_played, remember
from game.rules.modes import MODES
from game.rules.options import Chosen
from game.rules.prompt_list import PromptList
from game.scenes import doors, places
from game.scenes.scene import Scene, Stage
from game.ui.group import Group
from game.ui.widgets import Widget


class Menu(Scene):
    """A screen that is all widgets; the first one has the focus, and while one moves it is drawn.

    What stands still lies in `_backdrop`, which `layout` draws afresh.
    """

    takes_ink = False

    def __init__(self, stage: Stage, widgets: Sequence[Widget]) -> None:
        super().__init__(stage)
        self._group = Group(widgets, focus=0 if widgets else None)
        self._backdrop = pygame.Surface((1, 1))

    @property
    def widgets(self) -> Sequence[Widget]:
        return self._group.widgets

    @property
    def animating(self) -> bool:
        return any(not widget.glow.resting for widget in self.widgets)

    def resume(self) -> None:
        self.stage.show_notices()

    def take_over(self, before: Scene) -> None:
        focused = [n for n, widget in enumerate(before.widgets) if widget.focused]
        if focused and focused[0] < len(self.widgets):
            self._group.focus(self.widgets[focused[0]])

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN:
            self._group.key(event)

    def pointer(self, pointer: Pointer) -> None:
        self._group.pointer(pointer)

    def update(self, dt: float) -> None:
        self._group.update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        self._group.draw(surface, self.stage.frame, self.stage.text)


def play_again(stage: Stage) -> None:
    """Play what was played last, as it was; the first time, what comes first.

    Where there is more to choose than a level, such as a list, it is chosen first.
    """
    mode = last_played(stage.settings)
    door = doors.door_of(mode.key)
    if door.to != places.Setup(mode.key):
        stage.lay(door.to)
        return
    level = chosen_level(stage.settings, mode)
    play(stage, mode.key, level.key, dict(level.chosen))


def play(
    stage: Stage,
    mode: str,
    level: str | None = None,
    chosen: Chosen | None = None,
    own: PromptList | None = None,
) -> None:
    """Start a round of a mode, as a rule at its first level; while nobody can read, say so.

    What is played is remembered; `own` is the player's list, for a mode that plays such.
    """
    if stage.desk.error is not None:
        stage.lay(places.reader_failed(stage.desk.error))
        return
    if remember(stage.settings, MODES[mode], MODES[mode].level(level, chosen, own)):
        stage.save_settings(later=True)
    stage.go(doors.begin(mode, level, chosen, own))
