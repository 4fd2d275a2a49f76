"""A field that shows which key does something; pressed, it waits for another one."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.language import _
from game.ui import theme
from game.ui.keys import Action, key_name, key_of
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import panel
from game.ui.text import Typesetter
from game.ui.widgets import PRESS_DEPTH, Widget


class KeyField(Widget):
    """The key of one action, as a cap."""

    def __init__(self, action: Action, choose: Callable[[Action, int], object]) -> None:
        super().__init__()
        self.action = action
        self.waiting = False  # whether the next key is the one
        self._choose = choose

    def activate(self) -> None:
        self.waiting = not self.waiting

    def catch(self, key: int) -> None:
        """Take the key that was waited for; Esc leaves all as it is."""
        self.waiting = False
        if key != pygame.K_ESCAPE:
            self._choose(self.action, key)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 3, frame.px(theme.RADIUS * 0.6))
        depth = min(frame.px(PRESS_DEPTH), self.rect.h // 8)
        body = pygame.Rect(self.rect.x, self.rect.y, self.rect.w, self.rect.h - depth)
        panel(surface, self.rect, theme.NIGHT_DEEP, radius)
        ground = (
            theme.SUN
            if self.waiting
            else blend(theme.NIGHT_LINE, theme.NIGHT_RAISED, self.glow.value * 0.5)
        )
        panel(surface, body, ground, radius)
        words = _("Press a key") if self.waiting else key_name(key_of(self.action))
        ink = theme.INK if self.waiting else theme.TEXT
        room = (max(1, body.w - frame.px(theme.SPACE_3)), body.h)
        piece = text.fitted(words, theme.LABEL, ink, room)
        surface.blit(piece, piece.get_rect(center=body.center))
        self._draw_focus(surface, self.rect, frame, radius)
