"""A tile: something to choose, with a title, a line that says what it is, and a figure of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.icons import icon
from game.ui.keys import Action
from game.ui.layout import Frame
from game.ui.motion import Glide, blend
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter
from game.ui.widgets import PRESS_DEPTH, Pressable

MARK = 38.0  # layout units, the digit in the corner
TITLE_ROOM = 0.42  # of a tile's inner height, at most
LEAST_TITLE = 0.6  # of that, where its line needs the room
LEAST_BESIDE = 0.75  # of a title's size that is left to it beside the figure, above a line
WIDE = 10_000  # px, more than any title
USUAL_LINES = 2  # that a line takes on a tile
FLAT = 3.2  # a tile that many times as wide as high has its figure at the right
DASH = (30.0, 6.0)  # layout units, the dash before the title of what is chosen


@dataclass(frozen=True)
class Words:
    """What stands on a tile."""

    title: str
    line: str = ""  # left out where it does not fit
    foot: str = ""  # a figure, such as the best
    mark: str = ""  # a digit for the corner: the key that does the same
    proud: bool = False  # whether the figure is one to be proud of


class Tile(Pressable):
    """A panel to press. The primary one wears the accent; one that is `chosen` has a dash."""

    def __init__(
        self,
        words: Words,
        action: Callable[[], object],
        *,
        primary: bool = False,
        keys: Sequence[int | Action] = (),
        hint: str = "",
    ) -> None:
        super().__init__(action, primary=primary, keys=keys, hint=hint)
        self.words = words
        self.chosen = False
        self.tells_all = True  # whether its line had room when it was drawn last

    @property
    def is_at_rest(self) -> bool:
        """Whether it looks as it does while nobody points at it."""
        return self.glow.value == 0.0 and not (self.focused or self.pressed)

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
        inner = body.inflate(
            -2 * min(frame.px(theme.SPACE_5), body.w // 10),
            -2 * min(frame.px(theme.SPACE_4), body.h // 7),
        )
        quiet = blend(theme.SUN_DEEP, theme.INK, 0.6) if self.primary else theme.MIST
        figure = self._figure(text, quiet, inner)
        if inner.w > FLAT * inner.h:
            self._draw_flat(surface, inner, frame, text, quiet, figure)
        else:
            self._draw_upright(surface, inner, frame, text, quiet, figure)

    def _figure(
        self, text: Typesetter, quiet: theme.Colour, inner: pygame.Rect
    ) -> pygame.Surface | None:
        """The figure, or else the key, set in its colour."""
        tells_key = inner.w > FLAT * inner.h and not self.words.mark
        words = self.words.foot or self.hint * tells_key
        if not words:
            return None
        proud = self.words.proud and not self.primary
        return text.fitted(words, theme.SMALL, theme.GLOW if proud else quiet, inner.size)

    def _draw_flat(
        self, surface: pygame.Surface, inner: pygame.Rect, frame: Frame, text: Typesetter,
        quiet: theme.Colour, figure: pygame.Surface | None,
    ) -> None:  # fmt: skip
        """Title and line in the middle of the height, the figure at their right.

        A line longer than one of text stands below both, over the whole width, if it has room; the
        figure then goes where the title would become too small beside it, or the line does where
        that figure is one to be proud of.
        """
        title = max(round(inner.h * TITLE_ROOM), min(inner.h, frame.px(36)))
        mark = self._mark_width(inner, frame, inner.h)
        room = pygame.Rect(inner.topleft, (inner.w - mark, inner.h))
        taken = 0 if figure is None else figure.get_width() + frame.px(theme.SPACE_4)
        beside, below = self._arranged(text, inner, room.w, taken, title)
        self._draw_mark(surface, inner, frame, title if below else inner.h)
        shown = figure if beside else None
        if shown is not None:
            room.w -= taken
        lines = text.wrap(self.words.line, theme.NOTE, inner.w if below else room.w)
        height = _line_height(text) * len(lines)
        self.tells_all = below or self._has_room(text, room.w, inner.h - title)
        if not lines:
            title = inner.h
        total = title + (height if self.tells_all else 0)
        room.y += max(0, (inner.h - total) // 2)
        used = self._draw_title(surface, pygame.Rect(room.topleft, (room.w, title)), frame, text)
        if shown is not None:  # beside the title, whatever is below: so it is all down a column
            place = shown.get_rect(midright=(room.right + taken, room.y + used // 2))
            surface.blit(shown, place)
        room.y += used
        if self.tells_all:
            if below:
                room.w = inner.w
            text.paragraph(surface, self.words.line, theme.NOTE, quiet, room)

    def _arranged(
        self, text: Typesetter, inner: pygame.Rect, room: int, taken: int, title: int
    ) -> tuple[bool, bool]:
        """Whether the figure, that wide with its gap, is shown, and whether the line is below it.

        Of `room` px at the left of the mark; the title is that many px high.
        """
        beside = 0 < taken < room // 2
        line = _line_height(text)
        if not self._has_room(text, inner.w, inner.h - title) or self._has_room(
            text, room - taken * beside, line
        ):
            return beside, False
        natural = text.fitted(self.words.title, theme.HEADING, theme.TEXT, (WIDE, title))
        if not taken or natural.get_width() * LEAST_BESIDE <= room - taken:
            return taken > 0, True
        return (True, False) if beside and self.words.proud else (False, True)

    def _has_room(self, text: Typesetter, width: int, height: int) -> bool:
        """Whether the line fits into a width and a height, px."""
        lines = text.wrap(self.words.line, theme.NOTE, width)
        return _line_height(text) * len(lines) <= height + _line_height(text) // 5

    def _draw_upright(
        self, surface: pygame.Surface, inner: pygame.Rect, frame: Frame, text: Typesetter,
        quiet: theme.Colour, figure: pygame.Surface | None,
    ) -> None:  # fmt: skip
        """Title, line and figure one below the other."""
        title = max(round(inner.h * TITLE_ROOM), min(inner.h, frame.px(36)))
        if self.words.line:  # for which a title makes room, the same on all tiles beside it
            foot = 0 if figure is None else figure.get_height()
            left = inner.h - foot - USUAL_LINES * _line_height(text)
            title = max(min(title, left), round(title * LEAST_TITLE))
        mark = self._draw_mark(surface, inner, frame, title)
        place = pygame.Rect(inner.x, inner.y, inner.w - mark, title)
        used = self._draw_title(surface, place, frame, text)
        rest = pygame.Rect(inner.x, inner.y + used, inner.w, inner.h - used)
        if figure is not None and figure.get_height() <= rest.h:
            surface.blit(figure, figure.get_rect(bottomleft=rest.bottomleft))
            rest.h -= figure.get_height()
        self.tells_all = self._has_room(text, rest.w, rest.h)
        if self.tells_all:
            text.paragraph(surface, self.words.line, theme.NOTE, quiet, rest)

    def _draw_title(
        self, surface: pygame.Surface, place: pygame.Rect, frame: Frame, text: Typesetter
    ) -> int:
        """The title, behind a dash where it is chosen; return the height that it takes, px."""
        left, before = place.x, frame.px(DASH[0]) + frame.px(theme.SPACE_3)
        if self.chosen:
            left += before
        colour = theme.INK if self.primary else theme.TEXT
        room = (max(1, place.right - left), place.h)
        title = text.fitted(self.words.title, theme.HEADING, colour, room)
        surface.blit(title, (left, place.y))
        if self.chosen:
            mark = pygame.Rect(place.x, 0, frame.px(DASH[0]), frame.px(DASH[1]))
            mark.centery = place.y + title.get_height() // 2
            dash(surface, mark, theme.INK if self.primary else theme.GLOW)
        return title.get_height()

    def _draw_mark(
        self, surface: pygame.Surface, inner: pygame.Rect, frame: Frame, highest: int
    ) -> int:
        """The digit in the corner, at most so many px high; return the width that it takes, px."""
        width = self._mark_width(inner, frame, highest)
        if width:
            side = min(frame.px(MARK), highest)
            ink = blend(theme.NIGHT_LINE, theme.GLOW, self.glow.value)
            picture = icon(self.words.mark, side, ink)
            surface.blit(picture, picture.get_rect(topright=(inner.right + side // 6, inner.y)))
        return width

    def _mark_width(self, inner: pygame.Rect, frame: Frame, highest: int) -> int:
        """The width that the digit in the corner takes, px; 0 where it has no room."""
        side = min(frame.px(MARK), highest)
        if not self.words.mark or inner.w < 4 * side:
            return 0
        return side + frame.px(theme.SPACE_2)


def _line_height(text: Typesetter) -> int:
    return round(text.font(theme.NOTE).get_linesize() * 1.08)
