"""The desk and the sheet of squared paper on it."""

from __future__ import annotations

import pygame

from game.ui import theme
from game.ui.layout import PAPER_MARGIN, Frame
from game.ui.shapes import dash, panel

SQUARE = 38.0  # layout units, the paper's squares
ANSWER_LINE = 0.76  # of the paper's height: the line to write a number on, or the rule next to it
LINE_WIDTH = 5.0  # layout units
EQUALS = 40.0  # layout units, the width of the sign in front of that line


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
    margin: bool = True,
    ruled: bool = True,
    answer_line: bool = False,
) -> None:
    """A sheet of school paper with its shadow; the margin is on the side of the resting hand.

    `answer_line` adds "=" and a line across the paper: here several digits go side by side.
    """
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
    inwards = frame.px(PAPER_MARGIN)
    if margin:
        line = rect.right - inwards if margin_right else rect.x + inwards
        surface.fill(theme.PAPER_MARGIN, (line, rect.y + 1, 2 * width, rect.h - 2))
    _round_corners(surface, rect, radius)
    if answer_line:
        rule = round(top + round((rect.y + rect.h * ANSWER_LINE - top) / step) * step)
        _draw_answer_line(surface, rect, frame, rule, inwards, margin_right)


def _draw_answer_line(
    surface: pygame.Surface, rect: pygame.Rect, frame: Frame, y: int, margin: int, right: bool
) -> None:
    """A dash on the rule at `y`, as wide as there is room to write, and "=" before it."""
    height, inset, sign = frame.px(LINE_WIDTH), frame.px(28), frame.px(EQUALS)
    start = rect.x + inset + sign + inset // 2 if right else rect.x + margin + inset
    end = rect.right - inset - (margin if right else 0)
    dash(surface, pygame.Rect(start, y - height // 2, end - start, height), theme.PAPER_LINE)
    x = rect.x + inset if right else rect.x + (margin - sign) // 2
    middle = y - frame.px(SQUARE * 2)
    for shift in (-1, 1):
        bar = pygame.Rect(x, middle + shift * frame.px(9) - height // 2, sign, height)
        dash(surface, bar, theme.PAPER_LINE)


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
