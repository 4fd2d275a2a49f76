"""The countdown that opens a round, and gives a breath after a pause."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.ink.pointer import Kind, Pointer
from game.scenes.scene import AWAY, Scene
from game.ui import theme
from game.ui.motion import clamp, overshoot
from game.ui.shapes import disc

if TYPE_CHECKING:
    from game.app import App

BEAT = 0.62  # s a number
BACK = (pygame.WINDOWFOCUSGAINED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.KEYDOWN)
GO_BEAT = 0.42  # s for the last word


class Countdown(Scene):
    """3, 2, 1, Go! over the screen of the round, which starts when it is gone."""

    overlay = True

    def __init__(
        self, app: App, count: int, place: pygame.Rect, done: Callable[[], object]
    ) -> None:
        super().__init__(app)
        self._labels = [str(n) for n in range(count, 0, -1)] + ["Go!"]
        self._age = 0.0
        self._shown = -1
        self._waiting = False  # whether the player is busy with another window
        self.place = place  # px, what it is centred on; the owner keeps it up to date
        self._done = done  # called just before it takes itself off the stack

    def update(self, dt: float) -> None:
        if self._waiting:
            return
        index = min(int(self._age / BEAT), len(self._labels) - 1)
        if index != self._shown:
            self._shown = index
            self.app.audio.play("go" if index == len(self._labels) - 1 else "tick")
        self._age += dt
        if self._age >= BEAT * (len(self._labels) - 1) + GO_BEAT:
            self._done()
            self.app.pop()

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE:
            self.app.go_home()
        elif event.type in AWAY:
            self._waiting, self._age, self._shown = True, 0.0, -1
        elif event.type in BACK:
            self._waiting = False

    def pointer(self, pointer: Pointer) -> None:
        if pointer.kind is Kind.DOWN:
            self._waiting = False  # whoever touches the window is back

    def draw(self, surface: pygame.Surface) -> None:
        frame = self.app.frame
        index = max(0, self._shown)
        age = self._age - index * BEAT
        centre = self.place.center
        radius = frame.px(120) * clamp(overshoot(age / 0.28), 0.05, 1.2)
        go = index == len(self._labels) - 1
        disc(surface, (centre[0], centre[1] + frame.px(theme.SHADOW)), radius, theme.NIGHT_DEEP)
        disc(surface, centre, radius, theme.SUN if go else theme.NIGHT)
        style = theme.HUGE if go else theme.GIANT
        colour = theme.INK if go else theme.SUN
        room = (round(radius * 1.7), round(radius * 1.7))
        piece = self.app.text.fitted(self._labels[index], style, colour, room)
        surface.blit(piece, piece.get_rect(center=centre))
