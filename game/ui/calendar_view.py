"""A month on a sheet of paper: a stamp for a day played, a heart for one that is forgiven."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pygame

from game.ink.spline import Point
from game.language import figures
from game.rules.streak import Day, Stamp
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import disc, heart, panel, ring
from game.ui.text import Typesetter

MOST_WEEKS = 6  # of a month: so days keep their size from one to the next
STAMP_SHARE = 0.66  # of a cell's shorter side
WIDEST = "30"  # number of a day
TILTS = 5  # by how much stamps lean in turn: no hand sets them all alike


def draw_month(
    surface: pygame.Surface,
    area: pygame.Rect,
    weeks: Sequence[Sequence[Day]],
    today: datetime.date,
    frame: Frame,
    text: Typesetter,
) -> None:
    """Draw the weeks of a month under the names of their days, into an area of a paper, px."""
    gap = frame.px(theme.SPACE_1)
    names = text.font(theme.SMALL).get_linesize() + gap
    wide = (area.w + gap) / 7
    high = (area.h - names + gap) / MOST_WEEKS
    for column, name in enumerate(figures.weekdays()):
        place = pygame.Rect(area.x + round(column * wide), area.y, round(wide) - gap, names - gap)
        piece = text.fitted(name, theme.SMALL, theme.INK_QUIET, place.size)
        surface.blit(piece, piece.get_rect(center=place.center))
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            if not day.in_month:
                continue
            left, top = area.x + column * wide, area.y + names + row * high
            cell = pygame.Rect(round(left), round(top), round(wide) - gap, round(high) - gap)
            _draw_day(surface, cell, day, day.date == today, frame, text)


def draw_stamp(surface: pygame.Surface, centre: Point, side: int, lean: int = 0) -> None:
    """The stamp of a day played: a disc in a ring with a tick, `side` px, leaning by degrees."""
    radius = side / 2
    disc(surface, centre, radius, theme.SUN_DEEP)
    disc(surface, centre, radius * 0.9, theme.PAPER)
    disc(surface, centre, radius * 0.8, theme.SUN)
    tick = icon("check", max(6, round(side * 0.62)), theme.INK)
    if lean:
        tick = pygame.transform.rotozoom(tick, lean, 1.0)
    surface.blit(tick, tick.get_rect(center=(round(centre[0]), round(centre[1]))))


def draw_forgiven(surface: pygame.Surface, centre: Point, side: int) -> None:
    """The mark of a missed day that is forgiven, `side` px."""
    heart(surface, centre, side * 0.62, theme.BAD_BRIGHT)


def draw_today(surface: pygame.Surface, cell: pygame.Rect, radius: int, width: int) -> None:
    """The ring around today, `width` px, within its cell."""
    ring(surface, cell.inflate(-2 * width, -2 * width), theme.INK, max(1, radius - width), width)


def _draw_day(
    surface: pygame.Surface, cell: pygame.Rect, day: Day, is_today: bool, frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    radius, pad = frame.px(theme.RADIUS * 0.45), frame.px(theme.SPACE_1)
    ahead = day.stamp is Stamp.AHEAD
    if not ahead:
        panel(surface, cell, blend(theme.PAPER, theme.PAPER_RULE, 0.5), radius)
    if is_today:
        draw_today(surface, cell, radius, max(2, frame.px(3)))
    marked = day.stamp in (Stamp.PLAYED, Stamp.FORGIVEN)
    colour = theme.INK if marked or is_today else theme.INK_QUIET
    number = text.fitted(str(day.date.day), theme.SMALL, colour, (cell.w // 3, cell.h // 2))
    surface.blit(number, (cell.x + 2 * pad, cell.y + pad))
    # The number keeps its corner, and the stamp has the rest.
    left = cell.x + pad + min(cell.w // 3, text.font(theme.SMALL).size(WIDEST)[0])
    centre = ((left + cell.right) / 2, cell.centery)
    side = round(min(cell.right - left, cell.h) * STAMP_SHARE * 1.15)
    if day.stamp is Stamp.PLAYED:
        draw_stamp(surface, centre, side, (day.date.day * 7 % TILTS - TILTS // 2) * 5)
    elif day.stamp is Stamp.FORGIVEN:
        draw_forgiven(surface, centre, side)
