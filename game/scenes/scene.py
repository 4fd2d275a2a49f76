"""What a scene is: one screen, or something laid over one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.ink.pointer import Pointer

if TYPE_CHECKING:
    from game.app import App

# The player has gone to another window.
AWAY = (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN)


class Scene:
    """A screen on the app's stack. Only the topmost scene gets events."""

    overlay = False  # whether the scene beneath shines through
    lives_covered = False  # whether its time goes on while an overlay lies on it

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def animating(self) -> bool:
        """Whether it wants to be drawn even when nothing happened."""
        return True

    def enter(self) -> None:
        """It was put on top of the stack; `layout` has been called."""

    def resume(self) -> None:
        """The scene above it is gone."""

    def interrupt(self) -> None:
        """Something must be told to the player now: what runs should stand still."""

    def leave(self) -> None:
        """It is being taken off the stack, at the latest when the game ends."""

    def layout(self) -> None:
        """The window has a (new) size: `app.frame` and `app.text` are fresh."""

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event that is no pointer event."""

    def pointer(self, pointer: Pointer) -> None:
        """Take a pointer event."""

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the whole screen, or for an overlay what lies on it."""
        raise NotImplementedError
