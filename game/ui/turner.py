"""A turner: one out of many, with an arrow to the one before and one to the next."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ink.pointer import Pointer
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import panel, ring
from game.ui.text import Typesetter
from game.ui.widgets import Widget


class Turner(Widget):
    """Lies on paper. By pointer its halves step, by key the arrows and Enter; the ends stop it."""

    def __init__(self, count: int, chosen: int, action: Callable[[int], object]) -> None:
        super().__init__()
        self.count, self.chosen = count, chosen
        self.words = ""  # what is chosen now
        self._action = action

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether there is one before and one after it."""
        return self.chosen > 0, self.chosen < self.count - 1

    def step(self, by: int) -> None:
        """On to another one, if it is there."""
        if 0 <= self.chosen + by < self.count:
            self.chosen += by
            self._action(self.chosen)

    def release(self, pointer: Pointer, inside: bool) -> None:
        self.pressed = False
        if inside:
            self.step(-1 if pointer.x < self.rect.centerx else 1)

    def activate(self) -> None:
        """By key: on to the next one, and from the last to the first."""
        self.step(1 if self.steps[1] else -self.chosen)

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            self.step(1 if key == pygame.K_RIGHT else -1)
            return True
        return super().key(key)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        ground = blend(theme.PAPER, theme.PAPER_RULE, 0.6 + 0.4 * self.glow.value)
        panel(surface, self.rect, ground, radius)
        side = round(self.rect.h * 0.6)
        for name, there, middle in (
            ("left", self.steps[0], self.rect.x + self.rect.h // 2),
            ("right", self.steps[1], self.rect.right - self.rect.h // 2),
        ):
            if there:
                picture = icon(name, side, theme.INK)
                surface.blit(picture, picture.get_rect(center=(middle, self.rect.centery)))
        room = (max(1, self.rect.w - 2 * self.rect.h), self.rect.h)
        piece = text.fitted(self.words, theme.LABEL, theme.INK, room)
        surface.blit(piece, piece.get_rect(center=self.rect.center))
        if self.focused:
            self._draw_focus_on_paper(surface, frame, radius)

    def _draw_focus_on_paper(self, surface: pygame.Surface, frame: Frame, radius: int) -> None:
        width = max(2, frame.px(3))
        ring(surface, self.rect, theme.INK, radius, width)
