"""The sheet of a result: every answer's ink with what was read, and the times on the way."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.language import _
from game.persistence.rounds import KeptAnswer
from game.ui import theme
from game.ui.answer_tile import draw_tile
from game.ui.layout import Frame, grid
from game.ui.paper import sheet
from game.ui.text import Typesetter

LARGEST_TILE = 118.0  # layout units


def draw_answer_sheet(
    surface: pygame.Surface, paper: pygame.Rect, kept: Sequence[KeptAnswer], splits: str,
    frame: Frame, text: Typesetter,
) -> None:  # fmt: skip
    """Fill the sheet; `splits`, which may be empty, stand beside the heading where there is room.

    Where what was read is not what was asked, a tile shows both.
    """
    sheet(surface, paper, frame, ruled=False)
    area = paper.inflate(-2 * frame.px(theme.SPACE_6), -2 * frame.px(theme.SPACE_6))
    heading = text.fitted(_("What you wrote"), theme.HEADING, theme.INK, area.size)
    place = surface.blit(heading, area.topleft)
    room = (area.right - place.right - frame.px(theme.SPACE_8), place.h)
    if splits and room[0] > place.w:
        piece = text.fitted(splits, theme.SMALL, theme.INK_QUIET, room)
        surface.blit(piece, piece.get_rect(midright=(area.right, place.centery)))
    area.y += heading.get_height() + frame.px(theme.SPACE_3)
    area.h -= heading.get_height() + frame.px(theme.SPACE_3)
    if not kept:
        words = _("Nothing was written this time. The paper is patient.")
        text.paragraph(surface, words, theme.BODY, theme.INK_QUIET, area)
        return
    cells = grid(area, len(kept), frame.px(theme.SPACE_3), frame.px(LARGEST_TILE))
    shift = area.x - cells[0].x
    for cell, answer in zip(cells, kept, strict=True):
        draw_tile(surface, cell.move(shift, 0), answer, text)
