"""Layout of the menus that lead into a round: the title and the setup, in px of the surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.ui import theme
from game.ui.layout import Frame, stack

TITLE_COLUMN = 400.0  # layout units, the column beside the title's tiles
AGAIN = 84.0  # layout units, the height of what plays at once
AGAIN_SHARE = 0.62  # of the width, in a window that stands; who plays has the rest
CHIP = 48.0  # layout units, the height of who plays
SMALL_BUTTON = 46.0  # layout units, its height
LEAST_PAPER = 125.0  # layout units, the height of a sheet on which something can be shown
TILE = (250.0, 128.0)  # layout units, a tile of good shape
HIGHEST_TILE = 190.0  # layout units
SETUP_WIDTH = 940.0  # layout units, of levels without options
SETUP_BUTTON = 300.0  # layout units
LEVELS_SHARE = 0.36  # of the width, where there are options beside the levels
LEVEL_HEIGHT = 120.0  # layout units, at most
LEAST_LEVEL = 90  # px, that a title and two lines need in a small window, where there is room
LEAST_LIST = 53  # px, for a name and a line
LIST_HEIGHT = 78.0  # layout units, a list's tile
PLAYER = (460.0, 92.0)  # layout units, the least of a player's place
HIGHEST_PLAYER = 132.0  # layout units
CHANGE = 108.0  # layout units, the button that changes a player
ROW_HEIGHT = 88.0  # layout units, at most: an option


@dataclass(frozen=True)
class TitleLayout:
    """The places on the title."""

    name: pygame.Rect
    chip: pygame.Rect  # who plays
    again: pygame.Rect  # what plays at once
    rest: tuple[pygame.Rect, ...]  # the five small buttons
    tiles: tuple[pygame.Rect, ...]  # the ways to play
    paper: pygame.Rect | None  # for the demonstration, where there is room for one


def title_layout(frame: Frame, name: int, tiles: int, left_handed: bool = False) -> TitleLayout:
    """Place the title: a name `name` px high, and so many tiles, all of them in sight."""
    area, gap = frame.inner, frame.px(theme.GAP)
    between = frame.px(theme.SPACE_4)
    again, button = max(34, frame.px(AGAIN)), max(22, frame.px(SMALL_BUTTON))
    who = max(26, frame.px(CHIP))
    if frame.is_tall:
        side = round(area.w * 0.51)
        head = pygame.Rect(area.x, area.y, side, name)
        paper = pygame.Rect(head.right + gap, area.y, area.w - side - gap, name)
        way = pygame.Rect(area.x, head.bottom + gap, round(area.w * AGAIN_SHARE), again)
        chip = pygame.Rect(way.right + gap, way.y, area.right - way.right - gap, again)
        foot = pygame.Rect(area.x, area.bottom - button, area.w, button)
        rest = _cells(foot, 5, 5, between)
        room = pygame.Rect(area.x, way.bottom + gap, area.w, foot.y - way.bottom - 2 * gap)
    else:
        side = min(frame.px(TITLE_COLUMN), round(area.w * 0.36))
        column = area.right - side if left_handed else area.x
        head = pygame.Rect(column, area.y, side, name)
        feet = 2 * button + between
        foot = pygame.Rect(column, area.bottom - feet, side, feet)
        way = pygame.Rect(column, foot.y - between - again, side, again)
        chip = pygame.Rect(column, way.y - between - who, side, who)
        paper = pygame.Rect(column, head.bottom + gap, side, chip.y - head.bottom - 2 * gap)
        rest = _two_rows(foot, button, between)
        room = pygame.Rect(area.x + side + gap, area.y, area.w - side - gap, area.h)
        if left_handed:
            room.x = area.x
    shown = paper if paper.h >= frame.px(LEAST_PAPER) else None
    return TitleLayout(head, chip, way, rest, title_tiles(frame, room, tiles), shown)


@dataclass(frozen=True)
class SetupLayout:
    """The places before a round."""

    head: pygame.Rect  # the mode's name, and its line of help
    levels: tuple[pygame.Rect, ...]
    rows: tuple[pygame.Rect, ...]  # the options
    back: pygame.Rect
    third: pygame.Rect  # between them, where there are three
    play: pygame.Rect


def setup_layout(
    frame: Frame, head: int, levels: int, rows: int, buttons: int = 2, left_handed: bool = False
) -> SetupLayout:
    """Place the setup: levels and options side by side, or one above the other."""
    area, gap, between = frame.inner, frame.px(theme.SPACE_6), frame.px(theme.SPACE_4)
    width = area.w if rows else min(area.w, frame.px(SETUP_WIDTH))
    body = pygame.Rect(area.centerx - width // 2, area.y, width, area.h)
    button = max(32, frame.px(64.0))
    wide = min(frame.px(SETUP_BUTTON), (width - gap * (buttons - 1)) // buttons)
    back = pygame.Rect(body.x, body.bottom - button, wide, button)
    third = pygame.Rect(body.centerx - wide // 2, back.y, wide, button)
    play = pygame.Rect(body.right - wide, back.y, wide, button)
    top = body.y + head + gap
    room = pygame.Rect(body.x, top, width, max(1, back.y - gap - top))
    left, right = room.copy(), room.copy()
    if rows and frame.is_tall:
        share = levels * 1.1 / (levels * 1.1 + rows)  # a level has two lines
        left.h = round((room.h - gap) * share)
        right.h, right.y = room.h - gap - left.h, left.bottom + gap
    elif rows:
        left.w = round(width * LEVELS_SHARE)
        right.w, right.x = width - left.w - frame.px(theme.SPACE_7), 0
        right.right = room.right
        if left_handed:
            left.right, right.x = room.right, room.x
    if left_handed:
        back.x, play.x = play.x, back.x
    return SetupLayout(
        pygame.Rect(body.x, body.y, width, head),
        tuple(stack(left, levels, between, max(LEAST_LEVEL, frame.px(LEVEL_HEIGHT)))),
        tuple(stack(right, rows, between, frame.px(ROW_HEIGHT))),
        back,
        third,
        play,
    )


@dataclass(frozen=True)
class ListsLayout:
    """The places where a list is chosen."""

    head: pygame.Rect  # the title, and what a list is
    names: tuple[pygame.Rect, ...]  # as many as there is room for
    paper: pygame.Rect  # what the list asks
    how: pygame.Rect  # in which order
    back: pygame.Rect
    new: pygame.Rect  # the way to write one
    play: pygame.Rect
    rename: pygame.Rect  # below the paper, where the list is the player's own
    drop: pygame.Rect


def lists_layout(
    frame: Frame, head: int, own: bool = False, left_handed: bool = False
) -> ListsLayout:
    """Place the lists under a head `head` px high: names beside the paper, or above it.

    `own` leaves room below the paper for what can be done to a list of the player's own.
    """
    area, gap, between = frame.inner, frame.px(theme.GAP), frame.px(theme.SPACE_3)
    button = max(30, frame.px(60.0))
    foot = pygame.Rect(area.x, area.bottom - button, area.w, button)
    top = area.y + head + gap
    room = pygame.Rect(area.x, top, area.w, max(1, foot.y - gap - top))
    row = max(LEAST_LIST, frame.px(LIST_HEIGHT))
    names, paper = room.copy(), room.copy()
    if frame.is_tall:
        names.h = min(room.h // 2, 4 * (row + between))
        paper.y, paper.h = names.bottom + gap, room.h - names.h - gap
    else:
        names.w = round(room.w * LEVELS_SHARE)
        paper.x, paper.w = names.right + gap, room.w - names.w - gap
        if left_handed:
            names.right, paper.x = room.right, room.x
    small = max(24, frame.px(SMALL_BUTTON))
    if own:
        paper.h = max(1, paper.h - small - between)
    below = pygame.Rect(paper.x, paper.bottom + between, (paper.w - between) // 2, small)
    count = max(2, (names.h + between) // (row + between))
    wide = min(frame.px(SETUP_BUTTON), (area.w - 3 * gap) // 5)
    new = pygame.Rect(area.x + wide + gap, foot.y, wide, button)
    how = pygame.Rect(new.right + gap, foot.y, area.w - 3 * (wide + gap), button)
    return ListsLayout(
        pygame.Rect(area.x, area.y, area.w, head),
        tuple(stack(names, count, between, row)),
        paper,
        how,
        pygame.Rect(area.x, foot.y, wide, button),
        new,
        pygame.Rect(area.right - wide, foot.y, wide, button),
        below,
        below.move(below.w + between, 0),
    )


@dataclass(frozen=True)
class PlayersLayout:
    """The places where it is chosen who plays."""

    cells: tuple[pygame.Rect, ...]  # as many as there is room for
    changes: tuple[pygame.Rect, ...]  # beside each, what changes a player
    buttons: tuple[pygame.Rect, ...]  # at the foot


def players_layout(frame: Frame, head: int, count: int, buttons: int) -> PlayersLayout:
    """Place `count` players, or those that have room, under a head `head` px high."""
    area, gap, between = frame.inner, frame.px(theme.SPACE_6), frame.px(theme.SPACE_4)
    button = max(30, frame.px(60.0))
    foot = pygame.Rect(area.x, area.bottom - button, area.w, button)
    top = area.y + head + gap
    room = pygame.Rect(area.x, top, area.w, max(1, foot.y - gap - top))
    columns = max(1, (room.w + between) // (max(210, frame.px(PLAYER[0])) + between))
    least = max(38, frame.px(PLAYER[1]))
    rows = max(1, (room.h + between) // (least + between))
    wanted = max(1, min(rows, -(-count // columns)))
    height = min(frame.px(HIGHEST_PLAYER), (room.h - between * (wanted - 1)) // wanted)
    used = pygame.Rect(room.x, room.y, room.w, wanted * (height + between) - between)
    wholes = _cells(used, wanted * columns, columns, between)[:count]
    change = max(52, frame.px(CHANGE))
    return PlayersLayout(
        tuple(pygame.Rect(c.x, c.y, c.w - change - between // 2, c.h) for c in wholes),
        tuple(pygame.Rect(c.right - change, c.y, change, c.h) for c in wholes),
        _cells(foot, buttons, buttons, between),
    )


def title_tiles(frame: Frame, area: pygame.Rect, count: int) -> tuple[pygame.Rect, ...]:
    """Equal places for tiles, in as many columns as leave them the best room for words."""
    if count == 0:
        return ()
    gap, (wide, high) = frame.px(theme.SPACE_4), TILE

    def size(columns: int) -> tuple[int, int]:
        rows = -(-count // columns)
        height = min((area.h - gap * (rows - 1)) // rows, frame.px(HIGHEST_TILE))
        return (area.w - gap * (columns - 1)) // columns, height

    columns = max(range(1, count + 1), key=lambda c: min(size(c)[0] / wide, size(c)[1] / high))
    rows = -(-count // columns)
    used = pygame.Rect(area.x, area.y, area.w, rows * (size(columns)[1] + gap) - gap)
    return _cells(used, count, columns, gap)


def shared_by_words(cells: Sequence[pygame.Rect], wanted: Sequence[int]) -> tuple[pygame.Rect, ...]:
    """The same places, row by row, with the room of a row shared as its words want it, px."""
    placed: dict[int, pygame.Rect] = {}
    for y in sorted({cell.y for cell in cells}):
        row = sorted((cell.x, n) for n, cell in enumerate(cells) if cell.y == y)
        numbers = [n for _x, n in row]
        left, right = cells[numbers[0]].x, cells[numbers[-1]].right
        gap = (right - left - sum(cells[n].w for n in numbers)) // max(1, len(numbers) - 1)
        room = right - left - gap * (len(numbers) - 1)
        spare = room - sum(wanted[n] for n in numbers)
        x = float(left)
        for n in numbers:
            if spare >= 0:
                width = wanted[n] + spare / len(numbers)
            else:
                width = room * wanted[n] / sum(wanted[k] for k in numbers)
            placed[n] = pygame.Rect(round(x), y, round(x + width) - round(x), cells[n].h)
            x += width + gap
    return tuple(placed[n] for n in range(len(cells)))


def _two_rows(area: pygame.Rect, height: int, gap: int) -> tuple[pygame.Rect, ...]:
    """Two buttons above three, px."""
    upper = pygame.Rect(area.x, area.y, area.w, height)
    lower = pygame.Rect(area.x, area.bottom - height, area.w, height)
    return _cells(upper, 2, 2, gap) + _cells(lower, 3, 3, gap)


def _cells(area: pygame.Rect, count: int, columns: int, gap: int) -> tuple[pygame.Rect, ...]:
    """Equal cells that fill an area row by row, px; what does not divide goes into the gaps."""
    rows = -(-count // columns)
    width = max(1, (area.w - gap * (columns - 1)) // columns)
    height = max(1, (area.h - gap * (rows - 1)) // rows)
    across, down = (area.w - width) / max(1, columns - 1), (area.h - height) / max(1, rows - 1)
    return tuple(
        pygame.Rect(
            area.x + round(n % columns * across), area.y + round(n // columns * down), width, height
        )
        for n in range(count)
    )
