"""A player as they are shown: a disc of their colour with their initials; and what has such discs.

Nobody is told apart by colour alone: initials and the name stand with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pygame

from game.ink.spline import Point
from game.language import pgettext
from game.persistence.player_card import initials
from game.ui import theme
from game.ui.keys import Action
from game.ui.layout import Frame
from game.ui.motion import blend
from game.ui.shapes import dash, disc, panel, ring
from game.ui.text import Typesetter
from game.ui.widgets import PRESS_DEPTH, Choice, Pressable

LETTERS = 0.6  # of the disc's width
NAME_SHARE = 0.45  # of a chip's width, where a note stands behind the name


def colour_name(colour: str) -> str:
    """What the player reads for a colour of `theme.PLAYER_COLOURS`."""
    return {
        "marigold": pgettext("a player's colour", "Marigold"),
        "sky": pgettext("a player's colour", "Sky"),
        "coral": pgettext("a player's colour", "Coral"),
        "leaf": pgettext("a player's colour", "Leaf"),
        "violet": pgettext("a player's colour", "Violet"),
        "rose": pgettext("a player's colour", "Rose"),
        "teal": pgettext("a player's colour", "Teal"),
        "sand": pgettext("a player's colour", "Sand"),
    }[colour]


def draw_badge(
    surface: pygame.Surface, centre: Point, side: int, name: str, colour: str | None,
    text: Typesetter,
) -> None:  # fmt: skip
    """Draw a player's disc, `side` px wide; without a colour it is the guest's."""
    ground = theme.NIGHT_LINE if colour is None else theme.PLAYER_COLOURS[colour]
    disc(surface, centre, side / 2, ground)
    ink = theme.TEXT if colour is None else theme.INK
    room = max(1, round(side * LETTERS))
    letters = fitted_name(initials(name) or " ", theme.HUGE, ink, (room, room), text)
    surface.blit(letters, letters.get_rect(center=(round(centre[0]), round(centre[1]))))


def fitted_name(
    name: str, style: theme.Type, colour: theme.Colour, size: tuple[int, int], text: Typesetter
) -> pygame.Surface:
    """A name, set to fit into `size` px: in the clear typeface where the round one lacks a letter.

    Of what it lacks it would draw nothing at all.
    """
    drawn = zip(name, text.font(style).metrics(name), strict=False)
    if any(letter != " " and (of is None or not any(of[:4])) for letter, of in drawn):
        style = replace(style, face=theme.Face.STRONG)
    return text.fitted(name, style, colour, size)


class PlayerTile(Pressable):
    """A panel with badge, name and a line; who plays now has a dash."""

    def __init__(
        self, name: str, colour: str | None, line: str, action: Callable[[], object],
        *, keys: Sequence[int | Action] = (),
    ) -> None:  # fmt: skip
        super().__init__(action, keys=keys)
        self.name, self.colour, self.line = name, colour, line
        self.chosen = False
        self.tells_all = True  # whether name and line had room when it was drawn last

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        depth = frame.px(PRESS_DEPTH)
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        body = self.rect.move(0, depth if self.pressed and self.hovered else 0)
        ground = blend(theme.NIGHT_RAISED, theme.NIGHT_LINE, self.glow.value * 0.8)
        panel(surface, self.rect.move(0, depth), theme.NIGHT_DEEP, radius)
        panel(surface, body, ground, radius)
        pad = min(frame.px(theme.SPACE_4), body.h // 6)
        side = min(body.h - 2 * pad, frame.px(72.0))
        draw_badge(surface, (body.x + pad + side // 2, body.centery), side, self.name, self.colour,
                   text)  # fmt: skip
        left = body.x + 2 * pad + side
        self._draw_words(surface, pygame.Rect(left, body.y, body.right - pad - left, body.h), frame,
                         text)  # fmt: skip
        self._draw_focus(surface, body, frame, radius)

    def _draw_words(
        self, surface: pygame.Surface, room: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """The name, and under it the line; where there is room for one alone, the name."""
        line = text.fitted(self.line, theme.NOTE, theme.MIST, room.size) if self.line else None
        size = (room.w, round(room.h * 0.6))
        name = fitted_name(self.name, theme.HEADING, theme.TEXT, size, text)
        high = name.get_height() + (line.get_height() if line is not None else 0)
        self.tells_all = high <= room.h
        if line is None or not self.tells_all:
            surface.blit(name, name.get_rect(midleft=(room.x, room.centery)))
            return
        top = room.centery - high // 2
        surface.blit(name, (room.x, top))
        left = room.x
        if self.chosen:
            mark = pygame.Rect(left, 0, frame.px(22.0), max(3, frame.px(5.0)))
            mark.centery = top + name.get_height() + line.get_height() // 2
            dash(surface, mark, theme.GLOW)
            left = mark.right + frame.px(theme.SPACE_2)
        surface.blit(line, (left, top + name.get_height()))


class PlayerChip(PlayerTile):
    """Who plays, on the title; it leads to the others."""

    def __init__(
        self, name: str, colour: str, action: Callable[[], object], *, note: str = "",
        keys: Sequence[int | Action] = (),
    ) -> None:  # fmt: skip
        super().__init__(name, colour, note, action, keys=keys)

    def show(self, name: str, colour: str) -> None:
        """Show another name and colour."""
        self.name, self.colour = name, colour

    def _draw_words(
        self, surface: pygame.Surface, room: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """The key at the right, and in front of it the name; in a low chip the note behind that."""
        hint = text.fitted(self.hint, theme.SMALL, theme.MIST, room.size)
        right = room.right - frame.px(theme.SPACE_1)
        surface.blit(hint, hint.get_rect(midright=(right, room.centery)))
        between = frame.px(theme.SPACE_3)
        if room.h > room.w // 4:
            room = room.copy()
            room.w = max(1, right - hint.get_width() - between - room.x)
            super()._draw_words(surface, room, frame, text)
            return
        wide = right - hint.get_width() - between - room.x
        name = wide if not self.line else round(wide * NAME_SHARE)
        size = (max(1, name), round(room.h * 0.8))
        piece = fitted_name(self.name, theme.HEADING, theme.TEXT, size, text)
        surface.blit(piece, piece.get_rect(midleft=(room.x, room.centery)))
        if self.line:
            left = room.x + piece.get_width() + between
            rest = (max(1, wide - piece.get_width() - between), room.h)
            note = text.fitted(self.line, theme.NOTE, theme.MIST, rest)
            surface.blit(note, note.get_rect(midleft=(left, room.centery)))


class Swatches(Choice):
    """The colours side by side; the chosen one wears a ring and a dash."""

    def __init__(
        self, colours: Sequence[str], chosen: str, action: Callable[[str], object]
    ) -> None:
        super().__init__([(colour, colour_name(colour)) for colour in colours], chosen, action)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        panel(surface, self.rect, theme.NIGHT_DEEP, radius)
        count = len(self.options)
        name = text.font(theme.SMALL).get_linesize()
        for n, (colour, label) in enumerate(self.options):
            left = self.rect.x + self.rect.w * n // count
            cell = pygame.Rect(left, self.rect.y, self.rect.w // count, self.rect.h)
            room = cell.inflate(-frame.px(theme.SPACE_2), -frame.px(theme.SPACE_3))
            side = min(room.w, room.h - name)
            named = side >= name  # else there is room for the discs alone
            side = side if named else min(room.w, room.h)
            spot = pygame.Rect(0, 0, side * 3 // 4, side * 3 // 4)
            spot.center = (cell.centerx, room.y + side // 2 if named else cell.centery)
            disc(surface, spot.center, spot.w / 2, theme.PLAYER_COLOURS[colour])
            if colour == self.chosen:
                gap = max(1, frame.px(2.0))
                around = spot.inflate(2 * gap, 2 * gap)
                ring(surface, around, theme.TEXT, around.w // 2, max(2, frame.px(3.0)))
            if named:
                ink = theme.TEXT if colour == self.chosen else theme.MIST
                piece = text.fitted(label, theme.SMALL, ink, (room.w, name))
                surface.blit(piece, piece.get_rect(midbottom=(cell.centerx, room.bottom)))
        self._draw_focus(surface, self.rect, frame, radius)
