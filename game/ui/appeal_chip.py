"""The chip in the paper's margin that says "it was 7": one tap, and an answer is put right."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from game.language import _
from game.ui import theme
from game.ui.icons import icon
from game.ui.keys import Action, key_name
from game.ui.layout import Frame
from game.ui.motion import blend, clamp, overshoot
from game.ui.shapes import panel
from game.ui.text import Typesetter
from game.ui.widgets import Widget

OFFER_SECONDS = 6.0  # s that an appeal is offered, unless the pen comes down before
POP_SECONDS = 0.2  # s in which it appears
NOWHERE = pygame.Rect(-1, -1, 0, 0)


class AppealChip(Widget):
    """Offers one claim at a time. While it offers none, it is nowhere."""

    focusable = False
    _keys = (Action.MISREAD,)

    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__()
        self.claim: str | None = None  # the digits that it offers
        self.counts = False  # whether the claim would change the score
        self._action = action
        self._home = NOWHERE
        self._age = 0.0
        self.rect = NOWHERE

    def place(self, rect: pygame.Rect) -> None:
        """Where it stands when it offers something, px."""
        self._home = rect
        self.rect = NOWHERE if self.claim is None else rect

    def offer(self, claim: str, *, counts: bool) -> None:
        """Offer to say that it was `claim`."""
        self.claim, self.counts, self._age = claim, counts, 0.0
        self.rect = self._home

    def withdraw(self) -> None:
        """Offer nothing any more."""
        self.claim, self.rect = None, NOWHERE
        self.hovered = self.pressed = False

    def activate(self) -> None:
        self._action()

    def update(self, dt: float) -> None:
        super().update(dt)
        self._age += dt
        if self._age > OFFER_SECONDS:
            self.withdraw()

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        if self.claim is None:
            return
        share = overshoot(clamp(self._age / POP_SECONDS))
        rect = self.rect.move(0, round((1.0 - share) * self.rect.h * 0.3))
        depth = frame.px(theme.SPACE_1)
        radius = min(rect.w // 4, frame.px(theme.RADIUS * 0.7))
        # What counts wears the accent; what is only kept to learn from stays quiet.
        ground, side = (
            (theme.SUN, theme.SUN_DEEP) if self.counts else (theme.PAPER_RULE, theme.MIST)
        )
        panel(surface, rect.move(0, depth), side, radius)
        sunk = depth if self.pressed else 0
        body = rect.move(0, sunk)
        panel(surface, body, blend(ground, theme.PAPER, self.glow.value * 0.4), radius)
        room = (body.w - frame.px(theme.SPACE_3), body.h // 3)
        quiet = blend(theme.INK, ground, 0.25)
        # Translators: above a digit, on a small chip: the player says what the answer was.
        caption = text.fitted(_("IT WAS"), theme.SMALL, quiet, room)
        key = text.fitted(key_name(self.keys[0]), theme.SMALL, quiet, room)
        digits = text.fitted(
            self.claim, theme.LARGE, theme.INK, (room[0], max(8, body.h - 2 * caption.get_height()))
        )
        surface.blit(
            caption, caption.get_rect(midtop=(body.centerx, body.y + frame.px(theme.SPACE_1)))
        )
        surface.blit(digits, digits.get_rect(center=body.center))
        foot = key.get_rect(midbottom=(body.centerx, body.bottom - frame.px(theme.SPACE_1)))
        if self.counts:  # said by a tick, too, not only by the colour
            tick = icon("check", key.get_height(), theme.INK)
            foot.x += tick.get_width() // 2
            surface.blit(tick, tick.get_rect(midright=foot.midleft))
        surface.blit(key, foot)
