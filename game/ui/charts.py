"""Charts on a sheet of paper: axes with labels that fit, lines by pen, dots and bars."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import pygame

from game.ink.pen import blank, paint
from game.ink.spline import Point
from game.ui import theme
from game.ui.layout import Frame
from game.ui.scales import Scale, thinned
from game.ui.shapes import disc, panel
from game.ui.text import Typesetter

LINE = 3.5  # layout units, the width of a line
DASH, PAUSE = 10.0, 7.0  # layout units, of a broken line
HATCH = 9.0  # layout units, from stripe to stripe
HATCH_WIDTH = 2.0  # layout units
DOT = 6.0  # layout units, the radius


class Chart:
    """A plot with its axes in an area of a paper, px; x is a share of the width, y by its scale."""

    def __init__(
        self,
        surface: pygame.Surface,
        area: pygame.Rect,
        y: Scale,
        words: Callable[[float], str],
        labels: Sequence[tuple[float, str]],
        frame: Frame,
        text: Typesetter,
        *,
        caption: str = "",
    ) -> None:
        """Draw the axes: `words` for the values of y, `labels` with their shares along x."""
        self._surface, self._frame, self._text, self.y = surface, frame, text, y
        font = text.font(theme.SMALL)
        line, gap = font.get_linesize(), frame.px(theme.SPACE_2)
        left = max(font.size(words(tick))[0] for tick in y.ticks) + gap
        top = line // 2
        if caption:
            piece = text.fitted(caption, theme.SMALL, theme.INK, (area.w, line))
            surface.blit(piece, area.topleft)
            top += line + frame.px(theme.SPACE_1)
        foot = line + gap if labels else line // 2
        self.plot = pygame.Rect(
            area.x + left, area.y + top, max(1, area.w - left), max(1, area.h - top - foot)
        )
        for tick in y.ticks:
            self._draw_tick(words(tick), self.at(0.0, tick)[1], gap)
        self._draw_labels(labels, gap)

    def at(self, x: float, y: float) -> Point:
        """The place of a share of the width and a value, px."""
        return self.plot.x + x * self.plot.w, self.plot.bottom - self.y.share(y) * self.plot.h

    def line(self, points: Sequence[Point], colour: theme.Colour, *, broken: bool = False) -> None:
        """A line through (share, value)."""
        placed = [self.at(*point) for point in points]
        width = max(1.5, LINE * self._frame.unit)
        layer = blank(
            (self.plot.w + 2 * round(width) + 2, self.plot.h + 2 * round(width) + 2), colour
        )
        shift = round(width) + 1
        moved = [(x - self.plot.x + shift, y - self.plot.y + shift) for x, y in placed]
        pieces = _broken(moved, self._frame.unit) if broken else [moved]
        for piece in pieces:
            if piece:
                paint(layer, piece, width / 2)
        self._surface.blit(layer, (self.plot.x - shift, self.plot.y - shift))

    def dot(
        self, x: float, y: float, colour: theme.Colour, *, hollow: bool = False, size: float = 1.0
    ) -> None:
        """A dot at a share of the width and a value."""
        radius = max(2.5, DOT * size * self._frame.unit)
        disc(self._surface, self.at(x, y), radius, colour)
        if hollow:
            inner = radius - max(1.0, 2.0 * self._frame.unit)
            disc(self._surface, self.at(x, y), inner, theme.PAPER)

    def bar(self, x: float, width: float, low: float, high: float) -> pygame.Rect:
        """The place of a bar, px: its middle and width as shares, from value to value."""
        left, top = self.at(x - width / 2, high)
        right, bottom = self.at(x + width / 2, low)
        return pygame.Rect(
            round(left), round(top), max(2, round(right) - round(left)),
            max(0, round(bottom) - round(top)),
        )  # fmt: skip

    def note(self, x: float, y: float, words: str, *, below: bool = False) -> None:
        """A few words above a point, or below it where that is wanted or there is no room above."""
        piece = self._text.render(words, theme.SMALL, theme.INK)
        place = piece.get_rect(midbottom=self.at(x, y))
        place.y -= self._frame.px(DOT + theme.SPACE_1)
        if below or place.y < self.plot.y - piece.get_height() // 2:
            place.y = round(self.at(x, y)[1]) + self._frame.px(DOT + theme.SPACE_1)
        pad = self._frame.px(theme.SPACE_1)
        place.clamp_ip(self.plot.inflate(0, 2 * piece.get_height()))
        panel(self._surface, place.inflate(2 * pad, 0), theme.PAPER, pad)
        self._surface.blit(piece, place)

    def _draw_tick(self, words: str, y: float, gap: int) -> None:
        width = max(1, round(1.5 * self._frame.unit))
        rule = pygame.Rect(self.plot.x, round(y) - width // 2, self.plot.w, width)
        self._surface.fill(theme.PAPER_RULE, rule)
        piece = self._text.render(words, theme.SMALL, theme.INK_QUIET)
        self._surface.blit(piece, piece.get_rect(midright=(self.plot.x - gap, round(y))))

    def _draw_labels(self, labels: Sequence[tuple[float, str]], gap: int) -> None:
        pieces = [self._text.render(words, theme.SMALL, theme.INK_QUIET) for _, words in labels]
        placed = []
        for (x, _), piece in zip(labels, pieces, strict=True):
            half = piece.get_width() / 2
            middle = min(self.at(x, self.y.low)[0], self.plot.right - half)
            placed.append((max(middle, self.plot.x + half), 2 * half))
        for n in thinned(placed, self._frame.px(theme.SPACE_4)):
            place = pieces[n].get_rect(midtop=(round(placed[n][0]), self.plot.bottom + gap))
            self._surface.blit(pieces[n], place)


def solid(surface: pygame.Surface, rect: pygame.Rect, frame: Frame) -> None:
    """A full bar."""
    if rect.h > 0:
        panel(surface, rect, theme.SUN_DEEP, frame.px(theme.SPACE_1))


def hatched(surface: pygame.Surface, rect: pygame.Rect, frame: Frame) -> None:
    """A bar of slanted stripes within its outline."""
    if rect.h <= 0:
        return
    width = max(1.0, HATCH_WIDTH * frame.unit)
    layer = blank(rect.size, theme.INK)
    step = max(4.0, HATCH * frame.unit)
    for n in range(math.ceil((rect.w + rect.h) / step) + 1):
        paint(layer, [(n * step, 0.0), (n * step - rect.h, float(rect.h))], width / 2)
    half = width / 2
    w, h = rect.w - half, rect.h - half
    paint(layer, [(half, half), (w, half), (w, h), (half, h), (half, half)], half)
    panel(surface, rect, theme.PAPER, 0)
    surface.blit(layer, rect)


def _broken(points: Sequence[Point], unit: float) -> list[list[Point]]:
    """A line in dashes."""
    dash, pause = DASH * unit, PAUSE * unit
    pieces: list[list[Point]] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        for n in range(math.ceil(length / (dash + pause))):
            start = n * (dash + pause) / length
            end = min(1.0, start + dash / length)
            pieces.append([
                (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (start, end)
            ])  # fmt: skip
    return pieces
