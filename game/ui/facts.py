"""A few figures side by side, each under its caption on a small panel."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ui import theme
from game.ui.layout import Frame
from game.ui.shapes import panel
from game.ui.text import Typesetter

HIGHEST = 110.0  # layout units, a panel


def draw_facts(
    surface: pygame.Surface,
    area: pygame.Rect,
    facts: Sequence[tuple[str, str]],
    columns: int,
    frame: Frame,
    text: Typesetter,
) -> int:
    """Draw captions with their figures from the top of an area; return the height used in px."""
    gap = frame.px(theme.SPACE_4)
    rows = -(-len(facts) // columns)
    width = (area.w - gap * (columns - 1)) // columns
    height = min((area.h - gap * (rows - 1)) // rows, frame.px(HIGHEST))
    for n, (name, value) in enumerate(facts):
        cell = pygame.Rect(
            area.x + n % columns * (width + gap),
            area.y + n // columns * (height + gap),
            width,
            height,
        )
        panel(surface, cell, theme.NIGHT_RAISED, frame.px(theme.RADIUS * 0.7))
        room = (cell.w - frame.px(theme.SPACE_6), cell.h // 2)
        caption = text.fitted(name, theme.SMALL, theme.MIST, room)
        number = text.fitted(value, theme.HEADING, theme.TEXT, room)
        total = caption.get_height() + number.get_height()
        top = cell.centery - total // 2
        surface.blit(caption, (cell.x + frame.px(theme.SPACE_4), top))
        surface.blit(number, (cell.x + frame.px(theme.SPACE_4), top + caption.get_height()))
    return rows * height + (rows - 1) * gap
