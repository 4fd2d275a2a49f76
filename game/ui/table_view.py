"""A table on paper: rows of words under their headings, in columns as wide as they need."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui import theme
from game.ui.layout import Frame
from game.ui.text import Typesetter

LEADING = 1.7  # from row to row, of the type's line
FIRST_SHARE = 0.4  # of the width, at least, that the first column may have where there is none left


def rows_that_fit(height: int, text: Typesetter) -> int:
    """How many rows of a table have room under its headings in so many px."""
    return max(1, height // round(text.font(theme.BODY).get_linesize() * LEADING) - 1)


def draw_table(
    surface: pygame.Surface, area: pygame.Rect, headings: Sequence[str],
    rows: Sequence[Sequence[str]], frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """Draw the rows that have room; the first column is at the left, the others at the right."""
    height = round(text.font(theme.BODY).get_linesize() * LEADING)
    shown = rows[: rows_that_fit(area.h, text)]
    widths = _widths(area.w, headings, shown, frame, text)
    _draw_row(surface, area, headings, widths, theme.SMALL, theme.INK_QUIET, height, text)
    rule = max(1, frame.px(1.5))
    for n, row in enumerate(shown):
        place = pygame.Rect(area.x, area.y + (n + 1) * height, area.w, height)
        surface.fill(theme.PAPER_RULE, (place.x, place.y, place.w, rule))
        _draw_row(surface, place, row, widths, theme.BODY, theme.INK, height, text)


def _widths(
    room: int, headings: Sequence[str], rows: Sequence[Sequence[str]], frame: Frame,
    text: Typesetter,
) -> list[int]:  # fmt: skip
    """The width of each column, px, with its gap; all of the room is used."""
    gap = frame.px(theme.SPACE_5)
    body, small = text.font(theme.BODY), text.font(theme.SMALL)
    needs = [
        max([small.size(head)[0], *(round(1.1 * body.size(row[n])[0]) for row in rows)]) + gap
        for n, head in enumerate(headings)
    ]
    total = sum(needs)
    if total <= room:
        needs[0] += room - total
        return needs
    others = room - max(round(FIRST_SHARE * room), min(needs[0], room - sum(needs[1:])))
    share = min(1.0, others / max(1, sum(needs[1:])))
    shrunk = [int(need * share) for need in needs[1:]]
    return [room - sum(shrunk), *shrunk]


def _draw_row(
    surface: pygame.Surface, area: pygame.Rect, words: Sequence[str], widths: Sequence[int],
    style: theme.Type, colour: theme.Colour, height: int, text: Typesetter,
) -> None:  # fmt: skip
    x, middle = area.x, area.y + height // 2
    for n, (each, width) in enumerate(zip(words, widths, strict=True)):
        room = (max(1, round(width * (0.97 if n == 0 else 0.9))), height)
        piece = text.fitted(each, style, colour, room)
        if n == 0:
            surface.blit(piece, piece.get_rect(midleft=(x, middle)))
        else:
            surface.blit(piece, piece.get_rect(midright=(x + width, middle)))
        x += width
