"""A setting's row: its name and a line about it on a panel, beside or above what changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.layout import Frame
from game.ui.shapes import panel
from game.ui.text import Typesetter
from game.ui.widgets import Widget

HEIGHT = 96.0  # layout units, at most
WIDGET_SHARE = 0.56  # of the width, where it is beside the words
MOST_ROWS = 6  # one below the other; of more, two columns are made


@dataclass(frozen=True)
class Row:
    """One setting."""

    label: str
    widget: Widget
    about: Callable[[], str]  # asked anew for each frame
    follow: Callable[[], object] | None = None  # shows what was changed elsewhere, each frame
    narrow: bool = False  # whether what changes it needs little room


def places(frame: Frame, text: Typesetter, area: pygame.Rect, count: int) -> list[pygame.Rect]:
    """Where so many rows are in an area, px: high enough for two lines, where there is room."""
    gap = frame.px(theme.SPACE_3)
    columns = 2 if count > MOST_ROWS and not frame.is_tall else 1
    lines = -(-count // columns)
    lines_high = sum(
        text.font(style).get_linesize() for style in (theme.LABEL, theme.NOTE, theme.NOTE)
    )
    highest = max(frame.px(HEIGHT), lines_high + frame.px(theme.SPACE_4))
    highest += frame.px(HEIGHT) // 2 if frame.is_tall else 0
    height = max(1, min(highest, (area.h - gap * (lines - 1)) // max(1, lines)))
    width = (area.w - gap * (columns - 1)) // columns
    return [
        pygame.Rect(
            area.x + n // lines * (width + gap), area.y + n % lines * (height + gap), width, height
        )
        for n in range(count)
    ]


def lay(row: Row, place: pygame.Rect, frame: Frame, left_handed: bool) -> None:
    """Put what changes the setting into the row's place, px, on the side of the hand."""
    pad = _pad(place, frame)
    if _is_stacked(row, frame):
        top = place.y + place.h // 2
        row.widget.rect = pygame.Rect(
            place.x + pad, top, place.w - 2 * pad, max(1, place.bottom - pad // 2 - top)
        )
        return
    share = 0.3 if row.narrow else WIDGET_SHARE
    inner = place.inflate(-2 * pad, -2 * min(pad, place.h // 6))
    wide = round(inner.w * share)
    left = inner.x if left_handed else inner.right - wide
    row.widget.rect = pygame.Rect(left, inner.y, wide, inner.h)


def draw(
    surface: pygame.Surface, row: Row, place: pygame.Rect, frame: Frame, text: Typesetter
) -> None:
    """Draw the panel and the words; the widget draws itself."""
    panel(surface, place, theme.NIGHT_RAISED, min(place.h // 3, frame.px(theme.RADIUS)))
    room = words_place(row, place, frame)
    name = text.fitted(row.label, theme.LABEL, theme.TEXT, (room.w, room.h * 11 // 20))
    lines = _wrapped(row.about(), room.w, room.h - name.get_height(), text)
    line = text.font(theme.NOTE).get_linesize()
    total = name.get_height() + line * len(lines)
    y = room.y + max(0, (room.h - total) // 2)
    surface.blit(name, (room.x, y))
    y += name.get_height()
    for words in lines:
        piece = text.fitted(words, theme.NOTE, theme.MIST, (room.w, max(1, room.bottom - y)))
        surface.blit(piece, (room.x, y))
        y += line


def words_place(row: Row, place: pygame.Rect, frame: Frame) -> pygame.Rect:
    """Where the words have room, px: nothing else is there."""
    pad = _pad(place, frame)
    room = place.inflate(-2 * pad, -2 * max(1, pad // 4))
    if _is_stacked(row, frame):
        room.h = max(1, row.widget.rect.y - room.y)
    elif row.widget.rect.x - place.x < place.right - row.widget.rect.right:
        left = row.widget.rect.right + pad
        room.w, room.x = max(1, room.right - left), left
    else:
        room.w = max(1, row.widget.rect.x - pad - room.x)
    return room


def _wrapped(about: str, width: int, height: int, text: Typesetter) -> Sequence[str]:
    """The line about the setting: in two where one is too long and there is room, else in one."""
    if not about:
        return ()
    lines = text.wrap(about, theme.NOTE, width)
    room = height // max(1, text.font(theme.NOTE).get_linesize())
    return lines if len(lines) <= room else (about,)


def _is_stacked(row: Row, frame: Frame) -> bool:
    return frame.is_tall and not row.narrow


def _pad(place: pygame.Rect, frame: Frame) -> int:
    return min(frame.px(theme.SPACE_5), place.w // 20)
