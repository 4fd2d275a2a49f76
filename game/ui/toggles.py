"""Toggles: several out of a few, side by side; at least one of them is always on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ink.pointer import Pointer
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.shapes import dash, panel, ring
from game.ui.text import Typesetter
from game.ui.widgets import ACTIVATE_KEYS, Widget


class Toggles(Widget):
    """Cells that are switched one by one, by pointer, or by arrows and Enter or the space bar."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        action: Callable[[tuple[str, ...]], object],
    ) -> None:
        super().__init__()
        self.options = list(options)  # (value, label)
        self._on = set(chosen)
        self._cursor = 0
        self._action = action

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is on, in the order in which it stands there."""
        return tuple(value for value, _ in self.options if value in self._on)

    def release(self, pointer: Pointer, inside: bool) -> None:
        self.pressed = False
        if inside:
            share = (pointer.x - self.rect.x) / max(1, self.rect.w)
            self._cursor = min(len(self.options) - 1, max(0, int(share * len(self.options))))
            self._switch()

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT):
            step = 1 if key == pygame.K_RIGHT else -1
            self._cursor = min(len(self.options) - 1, max(0, self._cursor + step))
            return True
        if key in ACTIVATE_KEYS:
            self._switch()
            return True
        return False

    def _switch(self) -> None:
        on = self._on ^ {self.options[self._cursor][0]}
        if on:  # the last one stays
            self._on = on
            self._action(self.chosen)

    def cell(self, n: int, frame: Frame) -> pygame.Rect:
        """The place of the n-th, px."""
        left = self.rect.x + self.rect.w * n // len(self.options)
        right = self.rect.x + self.rect.w * (n + 1) // len(self.options)
        inset = frame.px(theme.SPACE_1)
        cell = pygame.Rect(left, self.rect.y, right - left, self.rect.h)
        return cell.inflate(-2 * inset, -2 * inset)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        panel(surface, self.rect, theme.NIGHT_DEEP, radius)
        widest = max(text.font(theme.LABEL).size(label)[0] for _, label in self.options)
        ticked = widest + 2 * frame.px(theme.SPACE_6) <= self.cell(0, frame).w
        for n, (value, label) in enumerate(self.options):
            cell, on = self.cell(n, frame), value in self._on
            corner = max(1, radius - frame.px(theme.SPACE_1))
            if on:
                panel(surface, cell, theme.NIGHT_RAISED, corner)
            piece = text.fitted(label, theme.LABEL, theme.TEXT if on else theme.MIST, cell.size)
            place = piece.get_rect(center=cell.center)
            if on and ticked:
                tick = icon("check", frame.px(theme.SPACE_5), theme.GLOW)
                place.x += tick.get_width() // 2
                surface.blit(tick, tick.get_rect(midright=place.midleft))
            elif on:  # no room for a tick: a dash under it, not only another ground
                mark = pygame.Rect(0, 0, max(4, cell.w // 2), max(2, frame.px(3)))
                mark.midbottom = (cell.centerx, cell.bottom - max(1, frame.px(2)))
                dash(surface, mark, theme.GLOW)
            surface.blit(piece, place)
            if self.focused and n == self._cursor:
                ring(surface, cell, theme.TEXT, corner, max(1, frame.px(2)))
        self._draw_focus(surface, self.rect, frame, radius)
