"""Where things are when one looks inside a recognizer: px of the window's surface."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.layout import Frame, side_panel

CHOICE_HEIGHT = 52.0  # layout units
BUTTON_HEIGHT = 56.0  # layout units
WORDS_SHARE = 0.3  # of a standing window's height
LEAST = 8  # px, of whatever else has no room


@dataclass(frozen=True)
class InsideLayout:
    """The places; those of choices that are not offered are of no use."""

    models: pygame.Rect  # whom to look into
    words: pygame.Rect
    sheet: pygame.Rect  # for the pictures
    label: pygame.Rect  # of the next one
    digits: pygame.Rect  # which digit to look at
    back: pygame.Rect


def inside_layout(
    frame: Frame, left_handed: bool, *, models: bool, digits: bool, line: int
) -> InsideLayout:
    """Place the screen: pictures beside the words, or below them where the window stands.

    `models` and `digits` say which choices are offered; `line` is the height of a label, px.
    """
    area, gap = frame.inner, frame.px(theme.SPACE_4)
    choice, button = max(32, frame.px(CHOICE_HEIGHT)), max(34, frame.px(BUTTON_HEIGHT))
    tabs = pygame.Rect(area.x, area.y, area.w, choice)
    top = tabs.bottom + gap if models else area.y
    room = pygame.Rect(area.x, top, area.w, area.bottom - top)
    foot = room.bottom - button
    if frame.is_tall:
        half = (area.w - gap) // 2
        pick = pygame.Rect(area.x, foot, half, button)
        back = pygame.Rect(area.right - half, foot, half, button)
        end = foot - gap - (line if digits else 0)
        words = pygame.Rect(room.x, room.y, room.w, max(LEAST, round(room.h * WORDS_SHARE)))
        sheet = pygame.Rect(room.x, words.bottom + gap, room.w, 0)
        sheet.h = max(LEAST, end - sheet.y)
        if left_handed:
            pick.x, back.x = back.x, pick.x
    else:
        side = side_panel(frame, area)
        column = pygame.Rect(room.right - side, room.y, side, room.h)
        sheet = pygame.Rect(room.x, room.y, room.w - side - frame.px(theme.GAP), room.h)
        if left_handed:
            column.x, sheet.right = room.x, room.right
        back = pygame.Rect(column.x, foot, column.w, button)
        pick = pygame.Rect(column.x, foot - gap - choice, column.w, choice)
        end = (pick.y - line if digits else foot) - gap
        words = pygame.Rect(column.x, room.y, column.w, max(LEAST, end - room.y))
    sheet.h = max(LEAST, sheet.h - frame.px(theme.SHADOW))
    label = pygame.Rect(pick.x, pick.y - line, pick.w, line)
    return InsideLayout(tabs, words, sheet, label, pick, back)
