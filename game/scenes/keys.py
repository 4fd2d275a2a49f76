"""The keys: what each one does, on one screen that opens anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.language import _
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import mirror
from game.ui.keys import Action, key_name, key_of
from game.ui.layout import Frame
from game.ui.paper import desk
from game.ui.shapes import panel
from game.ui.text import Typesetter
from game.ui.widgets import Button

BUTTON = (260.0, 64.0)  # layout units
LINE = 46.0  # layout units, at most
CAP_SHARE = 0.36  # of a column's width, for the keys

Group = tuple[str, Sequence[tuple[str, str]]]  # a heading, and keys with what they do


class Keys(Menu):
    """All keys in groups; the player's own are named as they are now."""

    made_anew = True
    is_help = True

    def __init__(self, stage: Stage) -> None:
        self._change = Button(
            _("Change keys"), partial(stage.lay, places.Settings("keys")), keys=[pygame.K_s]
        )
        self._done = Button(
            _("Done"), stage.back, primary=True, keys=[pygame.K_ESCAPE, Action.HELP]
        )
        super().__init__(stage, [self._done, self._change])

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and getattr(event, "unicode", "") == "?":
            self.stage.back()  # as it came
        else:
            super().handle(event)

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_4)
        self._backdrop = desk(frame)
        title = text.render(_("Keys"), theme.HUGE, theme.TEXT, 0.62)
        self._backdrop.blit(title, area.topleft)
        button = max(34, frame.px(BUTTON[1]))
        wide = min(frame.px(BUTTON[0]), (area.w - gap) // 2)
        foot = area.bottom - button
        self._change.rect = pygame.Rect(area.x, foot, wide, button)
        self._done.rect = pygame.Rect(area.right - wide, foot, wide, button)
        if self.is_left_handed:
            mirror(self.widgets, area)
        top = area.y + title.get_height() + gap // 2
        room = pygame.Rect(area.x, top, area.w, max(1, foot - gap - top))
        _draw_columns(self._backdrop, room, _groups(), frame, text)


def _groups() -> list[Group]:
    def now(action: Action, *also: str) -> str:
        return ", ".join([key_name(key_of(action)), *also])

    return [
        (_("In a round"), [
            (now(Action.UNDO, key_name(pygame.K_BACKSPACE)), _("take back the last stroke")),
            (now(Action.CLEAR, key_name(pygame.K_DELETE)), _("clear the sheet")),
            (now(Action.PAUSE, key_name(pygame.K_ESCAPE)), _("pause")),
            (now(Action.AGAIN), _("start again")),
            (now(Action.MISREAD), _("the last answer was misread")),
            (_("0 to 9"), _("it was this digit")),
            (key_name(pygame.K_RETURN), _("end a round without a clock")),
        ]),
        (_("Everywhere"), [
            (_("Tab, arrows"), _("go from one to the next")),
            (_("Enter, Space"), _("press it")),
            (_("The letter on it"), _("press that button")),
            (key_name(pygame.K_ESCAPE), _("back")),
            (now(Action.SCREEN), _("full screen")),
            (now(Action.HELP, "?"), _("these keys")),
        ]),
        (_("On the title"), [
            (key_name(pygame.K_RETURN), _("play what was played last")),
            (_("1 to 0"), _("the ways to play")),
        ]),
        (_("In a review"), [
            (_("Arrows"), _("choose an answer")),
            ("A", _("it was what was asked")),
            ("R", _("it was the second guess")),
            (_("Page Up, Down"), _("another round")),
        ]),
        (_("In a replay"), [
            (key_name(pygame.K_SPACE), _("play, or stand still")),
            (_("Left, Right"), _("a second back, or on")),
            (_("Up, Down"), _("an answer back, or on")),
            ("1, 2, 4", _("so many times faster")),
        ]),
    ]  # fmt: skip


def _draw_columns(
    surface: pygame.Surface, area: pygame.Rect, groups: Sequence[Group], frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    """The groups below each other: in one column where the window stands, else in two."""
    columns: list[list[Group]] = [[]] if frame.is_tall else [[], []]
    for group in groups:  # each goes where there is the most room
        min(columns, key=lambda column: sum(len(keys) + 1 for _name, keys in column)).append(group)
    gap = frame.px(theme.GAP)
    lines = max(sum(len(keys) + 1 for _name, keys in column) for column in columns)
    line = max(1, min(frame.px(LINE), area.h // lines))
    width = (area.w - gap * (len(columns) - 1)) // len(columns)
    for n, column in enumerate(columns):
        y = area.y
        for heading, keys in column:
            place = pygame.Rect(area.x + n * (width + gap), y, width, line)
            piece = text.fitted(heading, theme.LABEL, theme.GLOW, (place.w, round(line * 0.9)))
            surface.blit(piece, piece.get_rect(bottomleft=place.bottomleft))
            y += line
            for key, meaning in keys:
                _draw_line(surface, pygame.Rect(place.x, y, width, line), key, meaning, frame, text)
                y += line


def _draw_line(
    surface: pygame.Surface, place: pygame.Rect, key: str, meaning: str, frame: Frame,
    text: Typesetter,
) -> None:  # fmt: skip
    """A key as a cap, and what it does."""
    inset = max(1, place.h // 12)
    cap = pygame.Rect(place.x, place.y + inset, round(place.w * CAP_SHARE), place.h - 2 * inset)
    radius = min(cap.h // 3, frame.px(theme.RADIUS * 0.6))
    panel(surface, cap, theme.NIGHT_RAISED, radius)
    room = (max(1, cap.w - frame.px(theme.SPACE_3)), cap.h)
    piece = text.fitted(key, theme.NOTE, theme.TEXT, room)
    surface.blit(piece, piece.get_rect(center=cap.center))
    left = cap.right + frame.px(theme.SPACE_4)
    words = text.fitted(meaning, theme.NOTE, theme.MIST, (max(1, place.right - left), place.h))
    surface.blit(words, words.get_rect(midleft=(left, place.centery)))
