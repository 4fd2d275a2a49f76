"""The player's hand in figures: as what each digit was read, and how surely."""

from __future__ import annotations

import pygame

from game.language import N_, _
from game.rules.confusion import DIGITS, LEAST, NOT_READ, RECENT, Confusion
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import dash, panel, ring
from game.ui.text import Typesetter

MATRIX_LEGEND = N_("Rows: what you wrote. Columns: as what it was read; ? is no digit.")
SURE = 0.95  # share of a digit's last readings, from which it is read surely


def draw_matrix(
    surface: pygame.Surface, area: pygame.Rect, found: Confusion, frame: Frame, text: Typesetter
) -> None:
    """A square of ten rows by eleven columns in an area of a paper, px.

    On the diagonal stands what was read as it was meant; what was not has an outline.
    """
    columns = (*DIGITS, NOT_READ)
    side = min(area.w // (len(columns) + 1), area.h // (len(DIGITS) + 1))
    gap = max(1, frame.px(2))
    for n, name in enumerate(columns):
        _draw_name(surface, pygame.Rect(area.x + (n + 1) * side, area.y, side, side), name, text)
    for m, written in enumerate(DIGITS):
        top = area.y + (m + 1) * side
        _draw_name(surface, pygame.Rect(area.x, top, side, side), written, text)
        for n, read in enumerate(columns):
            cell = pygame.Rect(area.x + (n + 1) * side, top, side - gap, side - gap)
            _draw_count(surface, cell, found, written, read, frame, text)


def _draw_name(surface: pygame.Surface, place: pygame.Rect, name: str, text: Typesetter) -> None:
    piece = text.fitted(name, theme.LABEL, theme.INK, place.size)
    surface.blit(piece, piece.get_rect(center=place.center))


def _draw_count(
    surface: pygame.Surface, cell: pygame.Rect, found: Confusion, written: str, read: str,
    frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    count, radius = found.count(written, read), frame.px(theme.SPACE_1)
    meant = written == read
    share = count / max(1, found.total(written))
    if not count:
        panel(surface, cell, blend(theme.PAPER, theme.PAPER_RULE, 0.6 if meant else 0.3), radius)
        return
    ground = blend(theme.PAPER, theme.GOOD, 0.2 + 0.4 * share) if meant else theme.PAPER
    panel(surface, cell, ground, radius)
    if not meant:
        width = max(1, frame.px(3 if count > 1 else 2))
        ring(surface, cell.inflate(-2 * width, -2 * width), theme.BAD, radius, width)
    piece = text.fitted(f"{count}", theme.SMALL, theme.INK, (cell.w - 2, cell.h - 2))
    surface.blit(piece, piece.get_rect(center=cell.center))


def draw_digits(
    surface: pygame.Surface, area: pygame.Rect, found: Confusion, frame: Frame, text: Typesetter
) -> None:
    """Each digit with a bar: how many of its last readings were right."""
    line = text.font(theme.SMALL).get_linesize()
    words = _("Read right, of the last {count}").format(count=RECENT)
    caption = text.fitted(words, theme.SMALL, theme.INK, (area.w, line))
    surface.blit(caption, area.topleft)
    top = area.y + line + frame.px(theme.SPACE_2)
    row = min((area.bottom - top) // len(DIGITS), round(2.2 * line))
    # Translators: of so many readings of a digit, so many were right.
    share, unknown = _("{right} of {count}"), _("not yet")
    longest = share.format(right=RECENT, count=RECENT)
    widest = max(text.font(theme.SMALL).size(words)[0] for words in (longest, unknown))
    gap = frame.px(theme.SPACE_3)
    for n, digit in enumerate(DIGITS):
        right, count = found.recent(digit)
        place = pygame.Rect(area.x, top + n * row, area.w, row)
        name = text.fitted(digit, theme.LABEL, theme.INK, (row, row))
        surface.blit(name, name.get_rect(midleft=place.midleft))
        words = share.format(right=right, count=count) if count else unknown
        figure = text.fitted(words, theme.SMALL, theme.INK_QUIET, (widest, row))
        surface.blit(figure, figure.get_rect(midright=place.midright))
        left = place.x + name.get_width() + gap
        groove = pygame.Rect(left, 0, place.right - widest - gap - left, max(5, row // 3))
        groove.centery = place.centery
        if groove.w < groove.h:
            continue
        dash(surface, groove, theme.PAPER_RULE)
        if count:
            full = groove.copy()
            full.w = max(groove.h, round(groove.w * right / count))
            sure = count >= LEAST and right / count >= SURE
            dash(surface, full, theme.GOOD if sure else theme.SUN_DEEP)
