"""Facts on paper: a table that says how firmly each is known, and the slowest ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pygame

from game.language import _, figures, ngettext
from game.rules.mastery import GRID, Mastery, Slow
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter

FILLED = {Mastery.NEW: 0.0, Mastery.SHAKY: 0.38, Mastery.COMING: 0.68, Mastery.FIRM: 1.0}
HEADS = {PLUS: "a + b", MINUS: "(a + b) \N{MINUS SIGN} b", TIMES: "a × b", DIVIDED: "(a × b) ÷ b"}
ORDER = (Mastery.SHAKY, Mastery.COMING, Mastery.FIRM)


def draw_fact_table(
    surface: pygame.Surface, area: pygame.Rect, table: Sequence[Sequence[tuple[str, Mastery]]],
    frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """Ten rows of ten in an area of a paper, px: the fuller a square, the firmer the fact."""
    side = min(area.w, area.h) // (len(GRID) + 1)
    for n, number in enumerate(GRID):
        for place in (
            pygame.Rect(area.x + (n + 1) * side, area.y, side, side),
            pygame.Rect(area.x, area.y + (n + 1) * side, side, side),
        ):
            piece = text.fitted(f"{number}", theme.SMALL, theme.INK, place.size)
            surface.blit(piece, piece.get_rect(center=place.center))
    gap = max(1, frame.px(3))
    for m, row in enumerate(table):
        for n, (_key, mastery) in enumerate(row):
            cell = pygame.Rect(area.x + (n + 1) * side, area.y + (m + 1) * side, side, side)
            draw_mastery(surface, cell.inflate(-gap, -gap), mastery, frame)


def draw_mastery(
    surface: pygame.Surface, cell: pygame.Rect, mastery: Mastery, frame: Frame
) -> None:
    """A square that is as full as the fact is firm."""
    radius = max(1, cell.w // 6)
    panel(surface, cell, blend(theme.PAPER, theme.PAPER_RULE, 0.7), radius)
    side = round(cell.w * FILLED[mastery])
    if side:
        inner = pygame.Rect(0, 0, side, side)
        inner.center = cell.center
        colour = theme.GOOD if mastery is Mastery.FIRM else theme.SUN_DEEP
        panel(surface, inner, colour, max(1, side // 6))


def draw_facts_legend(
    surface: pygame.Surface, area: pygame.Rect, counted: Mapping[Mastery, int], frame: Frame,
    text: Typesetter,
) -> int:  # fmt: skip
    """What the squares mean, and how many facts are so; return the height that it takes, px."""
    line = round(text.font(theme.NOTE).get_linesize() * 1.25)
    for n, mastery in enumerate(ORDER):
        place = pygame.Rect(area.x, area.y + n * line, area.w, line)
        side = round(line * 0.8)
        mark = pygame.Rect(place.x, place.y + (line - side) // 2, side, side)
        draw_mastery(surface, mark, mastery, frame)
        words = _counted(mastery, counted.get(mastery, 0))
        room = (place.right - mark.right - frame.px(theme.SPACE_3), line)
        piece = text.fitted(words, theme.NOTE, theme.INK, room)
        left = mark.right + frame.px(theme.SPACE_3)
        surface.blit(piece, piece.get_rect(midleft=(left, place.centery)))
    return len(ORDER) * line


def draw_slowest(
    surface: pygame.Surface, area: pygame.Rect, found: Sequence[Slow], frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    """The facts that take the longest thinking, each with a bar and its seconds."""
    line = text.font(theme.NOTE).get_linesize()
    caption = text.fitted(_("The longest to think of"), theme.SMALL, theme.INK, (area.w, line))
    surface.blit(caption, area.topleft)
    top, row = area.y + round(1.3 * line), round(1.45 * line)
    shown = found[: max(0, (area.bottom - top) // row)]
    if not shown:
        if not found and area.bottom - top >= line:
            words = _("Sums that were right twice are timed.")
            text.paragraph(surface, words, theme.NOTE, theme.INK_QUIET, area.move(0, top - area.y))
        return
    font, gap = text.font(theme.NOTE), frame.px(theme.SPACE_3)
    names = max(font.size(slow.key.replace(" ", "  "))[0] for slow in shown)
    times = [text.render(figures.seconds(slow.seconds), theme.NOTE, theme.INK) for slow in shown]
    widest = max(time.get_width() for time in times)
    for n, (slow, figure) in enumerate(zip(shown, times, strict=True)):
        place = pygame.Rect(area.x, top + n * row, area.w, row)
        name = text.fitted(slow.key, theme.NOTE, theme.INK, (names, row))
        surface.blit(name, name.get_rect(midleft=place.midleft))
        surface.blit(figure, figure.get_rect(midright=place.midright))
        left = place.x + names + gap
        bar = pygame.Rect(left, 0, place.right - widest - gap - left, max(4, row // 3))
        bar.centery = place.centery
        if bar.w > bar.h:
            bar.w = max(bar.h, round(bar.w * slow.seconds / shown[0].seconds))
            dash(surface, bar, theme.SUN_DEEP)


def _counted(mastery: Mastery, count: int) -> str:
    """So many facts that are remembered so firmly."""
    if mastery is Mastery.FIRM:
        words = ngettext("{count} fact firm", "{count} facts firm", count)
    elif mastery is Mastery.COMING:
        # Translators: it is being learned, and not firm yet.
        words = ngettext("{count} fact coming", "{count} facts coming", count)
    else:
        words = ngettext("{count} fact shaky", "{count} facts shaky", count)
    return words.format(count=figures.number(count))
