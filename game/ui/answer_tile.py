"""A tile with one answer: its ink as it was written, and beneath it what was read."""

from __future__ import annotations

import pygame

from game.language import _
from game.persistence.rounds import KeptAnswer
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.ui import theme
from game.ui.pictures import thumbnail
from game.ui.shapes import panel
from game.ui.text import Typesetter


def tile_colour(outcome: Outcome) -> theme.Colour:
    """The colour of what an answer counts as."""
    if outcome.is_right:
        return theme.GOOD
    return theme.BAD if outcome.is_wrong else theme.INK_QUIET


def tile_words(outcome: Outcome) -> str:
    """What was read; where that is not what was asked, both."""
    if outcome.is_right:
        return outcome.prompt.answer
    if outcome.verdict is Verdict.UNREADABLE:
        # Translators: on a small tile: nothing could be read where {asked} was asked.
        return _("? for {asked}").format(asked=outcome.prompt.answer)
    if outcome.verdict is Verdict.LATE:
        # Translators: on a small tile: {asked} was not written in time.
        return _("late for {asked}").format(asked=outcome.prompt.answer)
    # Translators: on a small tile: {read} was read where {asked} was asked.
    return _("{read} for {asked}").format(read=outcome.read, asked=outcome.prompt.answer)


def draw_tile(
    surface: pygame.Surface, cell: pygame.Rect, answer: KeptAnswer, text: Typesetter
) -> None:
    """Draw an answer's tile into a square cell, px."""
    radius, strip = tile_radius(cell), max(12, cell.h // 4)
    panel(surface, cell, tile_colour(answer.outcome), radius)
    inner = cell.inflate(-4, -4)
    paper = pygame.Rect(inner.x, inner.y, inner.w, inner.h - strip + 4)
    panel(surface, paper, theme.PAPER, radius - 2)
    side = cell.h - strip - max(4, cell.h // 12)
    ink = thumbnail(answer.ink, max(8, side), theme.INK)
    surface.blit(ink, ink.get_rect(midtop=(cell.centerx, cell.y + max(3, cell.h // 24))))
    words = tile_words(answer.outcome)
    piece = text.fitted(words, theme.SMALL, theme.PAPER, (cell.w - 6, strip - 2))
    surface.blit(piece, piece.get_rect(center=(cell.centerx, cell.bottom - strip // 2)))


def tile_radius(cell: pygame.Rect) -> int:
    """How round a tile's corners are, px."""
    return max(3, cell.w // 8)
