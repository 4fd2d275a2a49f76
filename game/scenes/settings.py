"""The settings: pages of rows under a row of their names; what is changed applies at once."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.pointer import Kind, Pointer
from game.language import _
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.scenes.setting_pages import PAGES, Page
from game.ui import setting_row, theme
from game.ui.group import Group
from game.ui.key_field import KeyField
from game.ui.paper import desk
from game.ui.setting_row import Row
from game.ui.text import Typesetter
from game.ui.widgets import Button, Choice

WIDTH = 980.0  # layout units
TABS, BUTTON = 60.0, (260.0, 64.0)  # layout units
TURNS = {pygame.K_PAGEUP: -1, pygame.K_PAGEDOWN: 1}  # to the page before, and to the next


class SettingsScene(Menu):
    """One page at a time; every change applies and is kept at once."""

    made_anew = True

    def __init__(self, stage: Stage, place: places.Settings) -> None:
        self.page: Page = next((page for page in PAGES if page.key == place.page), PAGES[0])
        self.rows: Sequence[Row] = ()
        self.tabs = Choice(
            [(page.key, _(page.title)) for page in PAGES], self.page.key, self.turn_to
        )
        self._done = Button(_("Done"), stage.back, primary=True, keys=[pygame.K_ESCAPE])
        super().__init__(stage, [self.tabs, self._done])
        self._places: list[pygame.Rect] = []
        self.told = ""  # a sentence about what was chosen last
        self._told_room = pygame.Rect(0, 0, 1, 1)
        self._show(self.page)

    def turn_to(self, key: str) -> None:
        """Show the page of that key."""
        self._show(next(page for page in PAGES if page.key == key))
        self.layout()

    def _show(self, page: Page) -> None:
        self.page, self.rows, self.told = page, page.rows(self.stage, self._tell), ""
        self.tabs.chosen, self.now_at = page.key, places.Settings(page.key)
        self._group = Group([self.tabs, *(row.widget for row in self.rows), self._done], focus=0)

    def _tell(self, sentence: str) -> None:
        self.told = sentence

    @property
    def _waiting(self) -> KeyField | None:
        """The field that the next key is for."""
        fields = (row.widget for row in self.rows if isinstance(row.widget, KeyField))
        return next((field for field in fields if field.waiting), None)

    @property
    def catches_keys(self) -> bool:
        return self._waiting is not None

    def pointer(self, pointer: Pointer) -> None:
        waiting = self._waiting
        if pointer.kind is Kind.DOWN and waiting and not waiting.rect.collidepoint(pointer.pos):
            waiting.waiting = False
        super().pointer(pointer)

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and self._waiting is not None:
            self._waiting.catch(event.key)
        elif event.type == pygame.KEYDOWN and event.key in TURNS:
            place = PAGES.index(self.page) + TURNS[event.key]
            self.turn_to(PAGES[place % len(PAGES)].key)
        else:
            super().handle(event)

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_4)
        body = pygame.Rect(0, area.y, min(area.w, frame.px(WIDTH)), area.h)
        body.centerx = area.centerx
        self._backdrop = desk(frame)
        title = text.render(_("Settings"), theme.HUGE, theme.TEXT, 0.62)
        self._backdrop.blit(title, body.topleft)
        left = body.x + title.get_width() + frame.px(theme.SPACE_6)
        self._told_room = pygame.Rect(left, body.y, body.right - left, title.get_height())
        top = body.y + title.get_height() + gap // 2
        self.tabs.rect = pygame.Rect(body.x, top, body.w, max(30, frame.px(TABS)))
        button = max(34, frame.px(BUTTON[1]))
        wide = min(frame.px(BUTTON[0]), body.w)
        self._done.rect = pygame.Rect(body.right - wide, body.bottom - button, wide, button)
        left_handed = self.is_left_handed
        if left_handed:
            self._done.rect.x = body.x
        top = self.tabs.rect.bottom + gap
        room = pygame.Rect(body.x, top, body.w, max(1, self._done.rect.y - gap - top))
        self._places = setting_row.places(frame, text, room, len(self.rows))
        for row, place in zip(self.rows, self._places, strict=True):
            setting_row.lay(row, place, frame, left_handed)

    def update(self, dt: float) -> None:
        for row in self.rows:
            if row.follow is not None:
                row.follow()
        super().update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        frame, text = self.stage.frame, self.stage.text
        for row, place in zip(self.rows, self._places, strict=True):
            setting_row.draw(surface, row, place, frame, text)
        if self.told:
            _draw_told(surface, self.told, self._told_room, text)
        self._group.draw(surface, frame, text)


def _draw_told(surface: pygame.Surface, sentence: str, room: pygame.Rect, text: Typesetter) -> None:
    """A sentence at the right of the heading, in as many lines as there is room for."""
    line = text.font(theme.NOTE).get_linesize()
    lines = text.wrap(sentence, theme.NOTE, room.w)
    if len(lines) * line > room.h:
        lines = [sentence]
    y = room.centery - len(lines) * line // 2
    for words in lines:
        piece = text.fitted(words, theme.NOTE, theme.GLOW, (room.w, line))
        surface.blit(piece, piece.get_rect(topright=(room.right, y)))
        y += line
