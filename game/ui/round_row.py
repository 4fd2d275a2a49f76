"""A row of the list of rounds: what was played, when, and what it came to."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import panel
from game.ui.text import Typesetter
from game.ui.widgets import Pressable


class RoundRow(Pressable):
    """Three columns on a panel; where it is narrow, the time stands under the name."""

    def __init__(
        self, name: str, moment: str, result: str, note: str, action: Callable[[], object]
    ) -> None:
        super().__init__(action)
        self.name, self.moment, self.result, self.note = name, moment, result, note

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS * 0.7))
        ground = blend(theme.NIGHT_RAISED, theme.NIGHT_LINE, self.glow.value * 0.8)
        panel(surface, self.rect.move(0, frame.px(3)), theme.NIGHT_DEEP, radius)
        panel(surface, self.rect, ground, radius)
        inner = self.rect.inflate(-2 * frame.px(theme.SPACE_5), -2 * frame.px(theme.SPACE_1))
        half, gap = inner.h // 2, frame.px(theme.SPACE_4)
        right = (inner.w * 2 // 5, half)
        result = text.fitted(self.result, theme.LABEL, theme.GLOW, right)
        note = text.fitted(self.note, theme.NOTE, theme.MIST, right)
        taken = max(result.get_width(), note.get_width())
        left = (max(8, inner.w - taken - gap), half)
        name = text.fitted(self.name, theme.LABEL, theme.TEXT, left)
        moment = text.fitted(self.moment, theme.NOTE, theme.MIST, left)
        surface.blit(name, name.get_rect(bottomleft=(inner.x, inner.centery)))
        surface.blit(moment, moment.get_rect(topleft=(inner.x, inner.centery)))
        surface.blit(result, result.get_rect(bottomright=(inner.right, inner.centery)))
        surface.blit(note, note.get_rect(topright=(inner.right, inner.centery)))
        self._draw_focus(surface, self.rect, frame, radius)
