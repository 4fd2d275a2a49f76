"""The desk and the sheet of squared paper on it."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.layout import PAPER_MARGIN, Frame
from game.ui.shapes import panel

SQUARE = 38.0  # layout units, the paper's squares


def desk(frame: Frame) -> pygame.Surface:
    """The empty desk, as large as the window."""
    surface = pygame.Surface((frame.width, frame.height))
    surface.fill(theme.NIGHT)
    return surface


def sheet(
    surface: pygame.Surface,
    rect: pygame.Rect,
    frame: Frame,
    *,
    margin_right: bool = False,
    ruled: bool = True,
) -> None:
    """A sheet of school paper with its shadow; the margin is on the side of the resting hand."""
    radius = frame.px(theme.RADIUS)
    panel(surface, rect.move(0, frame.px(theme.SHADOW)), theme.NIGHT_DEEP, radius)
    panel(surface, rect, theme.PAPER, radius)
    if not ruled:
        return
    step = SQUARE * frame.unit
    width = max(1, round(1.5 * frame.unit))
    inset = radius  # a rule beside the edge would only look like a mistake
    columns, rows = int(rect.w / step), int(rect.h / step)
    left, top = rect.x + (rect.w - columns * step) / 2, rect.y + (rect.h - rows * step) / 2
    for n in range(columns + 1):
        x = round(left + n * step)
        if rect.x + inset < x < rect.right - inset:
            surface.fill(theme.PAPER_RULE, (x, rect.y + 1, width, rect.h - 2))
    for n in range(rows + 1):
        y = round(top + n * step)
        if rect.y + inset < y < rect.bottom - inset:
            surface.fill(theme.PAPER_RULE, (rect.x + 1, y, rect.w - 2, width))
    margin = frame.px(PAPER_MARGIN)
    line = rect.right - margin if margin_right else rect.x + margin
    surface.fill(theme.PAPER_MARGIN, (line, rect.y + 1, 2 * width, rect.h - 2))
    _round_corners(surface, rect, radius)


def _round_corners(surface: pygame.Surface, rect: pygame.Rect, radius: int) -> None:
    """Put back the outermost pixels of the corners that rules may have crossed."""
    corner = pygame.Surface((radius, radius), pygame.SRCALPHA)
    for x, y, dx, dy in (
        (rect.x, rect.y, 0, 0),
        (rect.right - radius, rect.y, radius, 0),
        (rect.x, rect.bottom - radius, 0, radius),
        (rect.right - radius, rect.bottom - radius, radius, radius),
    ):
        under = pygame.Surface((2 * radius, 2 * radius))
        under.fill(theme.NIGHT_DEEP if dy else theme.NIGHT)
        panel(under, under.get_rect(), theme.PAPER, radius)
        corner.blit(under, (0, 0), (dx, dy, radius, radius))
        surface.blit(corner, (x, y))
