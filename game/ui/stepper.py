"""A stepper: a level in ten steps between two buttons, as for a volume."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.ink.pointer import Pointer
from game.ui import theme
from game.ui.layout import Frame
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter
from game.ui.widgets import Widget

STEPS = 10
LESS, MORE = "\N{MINUS SIGN}", "+"
BY_KEY = {pygame.K_LEFT: -1, pygame.K_MINUS: -1, pygame.K_KP_MINUS: -1,
          pygame.K_RIGHT: 1, pygame.K_PLUS: 1, pygame.K_KP_PLUS: 1}  # fmt: skip


class Stepper(Widget):
    """A share from 0 to 1 in tenths: less, a dash for each step, more.

    A tap on a dash chooses it; arrows and plus and minus go step by step.
    """

    def __init__(self, value: float, action: Callable[[float], object]) -> None:
        super().__init__()
        self.value = value
        self._action = action

    def release(self, pointer: Pointer, inside: bool) -> None:
        self.pressed = False
        if not inside:
            return
        less, steps, more = self.parts()
        if less.collidepoint(pointer.pos):
            self._go(-1)
        elif more.collidepoint(pointer.pos):
            self._go(1)
        else:
            share = (pointer.x - steps.x) / max(1, steps.w)
            self._set(min(STEPS, max(1, int(share * STEPS) + 1)))

    def activate(self) -> None:
        """By key: one step more, and from the last one to silence."""
        self._set((self._step() + 1) % (STEPS + 1))

    def key(self, key: int) -> bool:
        if key in BY_KEY:
            self._go(BY_KEY[key])
            return True
        return super().key(key)

    def parts(self) -> tuple[pygame.Rect, pygame.Rect, pygame.Rect]:
        """The places of less, the steps, and more, px."""
        side = min(self.rect.h, self.rect.w // 4)
        less = pygame.Rect(self.rect.x, self.rect.y, side, self.rect.h)
        more = pygame.Rect(self.rect.right - side, self.rect.y, side, self.rect.h)
        return less, pygame.Rect(less.right, self.rect.y, more.x - less.right, self.rect.h), more

    def _step(self) -> int:
        return round(self.value * STEPS)

    def _go(self, steps: int) -> None:
        self._set(min(STEPS, max(0, self._step() + steps)))

    def _set(self, step: int) -> None:
        self.value = step / STEPS
        self._action(self.value)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        panel(surface, self.rect, theme.NIGHT_DEEP, radius)
        less, steps, more = self.parts()
        inset = -2 * frame.px(theme.SPACE_1)
        for place, sign in ((less, LESS), (more, MORE)):
            body = place.inflate(inset, inset)
            panel(surface, body, theme.NIGHT_LINE, max(1, radius - frame.px(theme.SPACE_1)))
            piece = text.fitted(sign, theme.HEADING, theme.TEXT, body.size)
            surface.blit(piece, piece.get_rect(center=body.center))
        number = f"{round(self.value * 100)}"
        wide = text.font(theme.LABEL).size("100")[0] + frame.px(theme.SPACE_3)
        piece = text.fitted(number, theme.LABEL, theme.TEXT, (max(1, wide), steps.h))
        surface.blit(
            piece, piece.get_rect(midright=(steps.right - frame.px(theme.SPACE_2), steps.centery))
        )
        row = pygame.Rect(steps.x, steps.y, steps.w - wide, steps.h)
        each = row.w / STEPS
        for n in range(STEPS):
            on = n < self._step()
            height = max(3, round(row.h * (0.16 + 0.044 * n)))  # louder is higher, too
            cell = pygame.Rect(
                0, 0, max(2, round(each * 0.5)), height if on else max(3, height // 3)
            )
            cell.center = round(row.x + (n + 0.5) * each), row.centery
            dash(surface, cell, theme.GLOW if on else theme.NIGHT_LINE)
        self._draw_focus(surface, self.rect, frame, radius)
