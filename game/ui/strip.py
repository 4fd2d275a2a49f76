"""The strip at the foot of the paper that says what was read."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.motion import blend, clamp, overshoot
from game.ui.shapes import panel
from game.ui.text import Typesetter

RISE_SECONDS = 0.16  # s in which it pops up
FOOT = 24.0  # layout units from its foot to the paper's
HEIGHT = 66.0  # layout units that it takes, about
ASIDE_GAP = 18.0  # layout units between what is said and what is said aside
ASIDE_QUIET = 0.12  # how far the latter fades into the strip


@dataclass
class Strip:
    """A few words behind a mark."""

    text: str
    picture: str  # an icon of `game.ui.icons`
    colour: theme.Colour
    age: float = 0.0  # s
    aside: str = ""  # said more quietly, and left out where there is no room

    def draw(
        self, surface: pygame.Surface, area: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """Draw it in the middle of an area's foot, px."""
        room = (area.w - frame.px(120), frame.px(60))
        piece = text.fitted(self.text, theme.HEADING, theme.PAPER, room)
        side = piece.get_height()
        aside = self._aside(text, room[0] - piece.get_width())
        width = piece.get_width() + side + frame.px(60)
        if aside is not None:
            width += aside.get_width() + frame.px(ASIDE_GAP)
        strip = pygame.Rect(0, 0, width, side + frame.px(theme.SPACE_6))
        drop = round((1.0 - overshoot(clamp(self.age / RISE_SECONDS))) * frame.px(50))
        strip.midbottom = (area.centerx, area.bottom - frame.px(FOOT) + drop)
        panel(surface, strip, self.colour, strip.h // 2)
        mark = icon(self.picture, side, theme.PAPER)
        surface.blit(
            mark, mark.get_rect(midleft=(strip.x + frame.px(theme.SPACE_5), strip.centery))
        )
        place = piece.get_rect(midleft=(strip.x + frame.px(theme.SPACE_7) + side, strip.centery))
        surface.blit(piece, place)
        if aside is not None:
            left = place.right + frame.px(ASIDE_GAP)
            surface.blit(aside, aside.get_rect(midleft=(left, strip.centery)))

    def _aside(self, text: Typesetter, room: int) -> pygame.Surface | None:
        if not self.aside:
            return None
        piece = text.render(self.aside, theme.LABEL, blend(theme.PAPER, self.colour, ASIDE_QUIET))
        return piece if piece.get_width() <= room else None
