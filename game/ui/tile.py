"""A tile: something to choose, with a title, a line that says what it is, and a figure of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.motion import Glide, blend
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter
from game.ui.widgets import PRESS_DEPTH, Widget, key_name

MARK = 38.0  # layout units, the digit in the corner
TITLE_ROOM = 0.42  # of a tile's inner height, at most
FLAT = 0.2  # a tile whose room below the title is that flat has its figure at the right
DASH = (30.0, 6.0)  # layout units, the dash before the title of what is chosen


@dataclass(frozen=True)
class Words:
    """What stands on a tile."""

    title: str
    line: str = ""  # left out where it does not fit
    foot: str = ""  # a figure, such as the best
    mark: str = ""  # a digit for the corner: the key that does the same
    proud: bool = False  # whether the figure is one to be proud of


class Tile(Widget):
    """A panel to press. The primary one wears the accent; one that is `chosen` has a dash."""

    def __init__(
        self,
        words: Words,
        action: Callable[[], object],
        *,
        primary: bool = False,
        keys: Sequence[int] = (),
        hint: str = "",
    ) -> None:
        super().__init__()
        self.words = words
        self.primary = primary
        self.chosen = False
        self.tells_all = True  # whether its line had room when it was drawn last
        self.keys = tuple(keys)
        self.hint = hint or "".join(map(key_name, self.keys[:1]))  # at the right of the title
        self._action = action

    @property
    def is_at_rest(self) -> bool:
        """Whether it looks as it does while nobody points at it."""
        return self.glow.value == 0.0 and not (self.focused or self.pressed)

    def activate(self) -> None:
        self._action()

    def draw_still(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw it as it looks at rest, into a picture of what stands still."""
        focused, self.focused = self.focused, False
        glow, self.glow = self.glow, Glide(0.0)
        try:
            self.draw(surface, frame, text)
        finally:
            self.focused, self.glow = focused, glow

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        depth = frame.px(PRESS_DEPTH)
        radius = min(self.rect.h // 3, frame.px(theme.RADIUS))
        body = self.rect.move(0, depth if self.pressed and self.hovered else 0)
        glow = self.glow.value
        if self.primary:
            ground, side = blend(theme.SUN, theme.PAPER, glow * 0.35), theme.SUN_DEEP
        else:
            ground, side = blend(theme.NIGHT_RAISED, theme.NIGHT_LINE, glow * 0.8), theme.NIGHT_DEEP
        panel(surface, self.rect.move(0, depth), side, radius)
        panel(surface, body, ground, radius)
        self._draw_words(surface, body, frame, text)
        self._draw_focus(surface, body, frame, radius)

    def _draw_words(
        self, surface: pygame.Surface, body: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        loud = theme.INK if self.primary else theme.PAPER
        quiet = blend(theme.SUN_DEEP, theme.INK, 0.6) if self.primary else theme.MIST
        inner = body.inflate(
            -2 * min(frame.px(theme.SPACE_5), body.w // 10),
            -2 * min(frame.px(theme.SPACE_4), body.h // 7),
        )
        left = inner.x
        title_room = inner.w - self._draw_corner(surface, inner, frame, text, quiet)
        if self.chosen:
            mark = pygame.Rect(left, 0, frame.px(DASH[0]), frame.px(DASH[1]))
            left = mark.right + frame.px(theme.SPACE_3)
            title_room -= left - inner.x
        few = not (self.words.line or self.words.foot)
        height = inner.h if few else max(round(inner.h * TITLE_ROOM), min(inner.h, frame.px(36)))
        title = text.fitted(self.words.title, theme.HEADING, loud, (max(1, title_room), height))
        place = title.get_rect(topleft=(left, inner.y))
        if few:
            place.centery = inner.centery
        surface.blit(title, place)
        if self.chosen:
            mark.centery = place.centery
            dash(surface, mark, theme.INK if self.primary else theme.SUN)
        rest = pygame.Rect(inner.x, place.bottom, inner.w, inner.bottom - place.bottom)
        self._draw_foot(surface, rest, frame, text, quiet)
        line = round(text.font(theme.NOTE).get_linesize() * 1.08)
        lines = text.wrap(self.words.line, theme.NOTE, rest.w)
        self.tells_all = len(lines) * line <= rest.h + line // 5
        if self.tells_all:
            text.paragraph(surface, self.words.line, theme.NOTE, quiet, rest)

    def _draw_corner(
        self,
        surface: pygame.Surface,
        inner: pygame.Rect,
        frame: Frame,
        text: Typesetter,
        quiet: theme.Colour,
    ) -> int:
        """The key that does the same; return the room that it takes of the title's, px."""
        gap = frame.px(theme.SPACE_3)
        if self.words.mark:
            side = frame.px(MARK)
            if inner.w < 4 * side:
                return 0
            ink = blend(theme.NIGHT_LINE, theme.SUN, self.glow.value)
            picture = icon(self.words.mark, side, ink)
            surface.blit(picture, picture.get_rect(topright=(inner.right + side // 6, inner.y)))
            return side + gap // 2
        if self.hint and inner.w > frame.px(200):
            piece = text.render(self.hint, theme.SMALL, quiet)
            height = text.font(theme.HEADING).get_height()
            at = (inner.right, inner.y + height // 2)
            surface.blit(piece, piece.get_rect(midright=at))
            return piece.get_width() + gap
        return 0

    def _draw_foot(
        self,
        surface: pygame.Surface,
        rest: pygame.Rect,
        frame: Frame,
        text: Typesetter,
        quiet: theme.Colour,
    ) -> None:
        """The figure at the foot, or on a flat tile at the right; its room is taken off `rest`."""
        colour = theme.SUN if self.words.proud and not self.primary else quiet
        foot = text.fitted(self.words.foot, theme.SMALL, colour, (rest.w, max(1, rest.h)))
        if not self.words.foot or foot.get_height() > rest.h:
            return
        if rest.h < FLAT * rest.w:
            middle = rest.centery if self.hint or self.words.mark else self.rect.centery
            surface.blit(foot, foot.get_rect(midright=(rest.right, middle)))
            rest.w -= foot.get_width() + frame.px(theme.SPACE_4)
        else:
            surface.blit(foot, foot.get_rect(bottomleft=rest.bottomleft))
            rest.h -= foot.get_height()
