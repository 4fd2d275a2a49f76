"""The calendar: a month of the days on which a mode was played, and the days in a row in words."""

from __future__ import annotations

import datetime

import pygame

from game.language import N_, _, figures
from game.persistence.rounds import days_played
from game.rules.modes import MODES
from game.rules.streak import DAY, month, said, streak
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.calendar_view import draw_forgiven, draw_month, draw_stamp, draw_today
from game.ui.facts import draw_facts
from game.ui.layout import side_panel
from game.ui.paper import desk, sheet
from game.ui.shapes import panel
from game.ui.widgets import Button, ToolButton, key_name

BUTTON_HEIGHT = 64.0  # layout units
TOOL = 52.0  # layout units, what turns to another month
FIGURES = 96.0  # layout units, the figures' height
# Translators: what the marks of a calendar mean: each stands beside its mark.
LEGEND = (("stamp", N_("played")), ("heart", N_("missed and forgiven")), ("ring", N_("today")))


class Days(menu.Menu):
    """Shows a month; earlier ones back to the first that was played."""

    def __init__(self, stage: Stage, place: places.Days) -> None:
        self.mode = MODES[place.mode]
        self.today = datetime.date.today()
        self.played = {d for d in days_played(stage.storage, self.mode) if d <= self.today}
        self.streak = streak(self.played, self.today)
        self.shown = self.today.replace(day=1)  # the first day of the month in sight
        self._first = min(self.played, default=self.today).replace(day=1)
        self._earlier = ToolButton("left", self.earlier, keys=[pygame.K_LEFT, pygame.K_PAGEUP])
        self._later = ToolButton("right", self.later, keys=[pygame.K_RIGHT, pygame.K_PAGEDOWN])
        self._back = Button(
            _("Back"), stage.back, primary=True, keys=[pygame.K_ESCAPE],
            hint=key_name(pygame.K_RETURN),
        )  # fmt: skip
        super().__init__(stage, [self._back])

    def earlier(self) -> None:
        """Turn to the month before, where that may have a stamp."""
        if self.shown > self._first:
            self._turn(self.shown - DAY)

    def later(self) -> None:
        """Turn to the month after, up to the present one."""
        if (self.shown.year, self.shown.month) < (self.today.year, self.today.month):
            self._turn((self.shown + 31 * DAY).replace(day=1))

    def _turn(self, day: datetime.date) -> None:
        self.shown = day.replace(day=1)
        self.stage.audio.play("click")
        self.layout()

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame = self.stage.frame
        area, gap = frame.inner, frame.px(theme.GAP)
        button = max(34, frame.px(BUTTON_HEIGHT))
        self._backdrop = desk(frame)
        if frame.is_tall:
            column = pygame.Rect(area.x, area.y, area.w, round(area.h * 0.36))
            self._back.rect = pygame.Rect(area.x, area.bottom - button, area.w, button)
            top = column.bottom + gap
            paper = pygame.Rect(area.x, top, area.w, self._back.rect.y - gap - top)
        else:
            side = side_panel(frame, area)
            column = pygame.Rect(area.x, area.y, side, area.h - button - gap)
            self._back.rect = pygame.Rect(area.x, area.bottom - button, side, button)
            left = column.right + gap
            paper = pygame.Rect(left, area.y, area.right - left, area.h - frame.px(theme.SHADOW))
            if self.is_left_handed:
                column.right = self._back.rect.right = area.right
                paper.x = area.x
        self._draw_streak(column)
        self._draw_paper(paper)

    def _draw_streak(self, column: pygame.Rect) -> None:
        """How the streak stands: in figures and in words, and what the marks mean."""
        frame, text, surface = self.stage.frame, self.stage.text, self._backdrop
        gap = frame.px(theme.SPACE_4)
        title = text.render(_(self.mode.title), theme.HUGE, theme.TEXT, 0.62)
        surface.blit(title, column.topleft)
        y = column.y + title.get_height() + frame.px(theme.SPACE_2)
        facts = [
            (_("DAYS IN A ROW"), figures.number(self.streak.days)),
            (_("DAYS PLAYED"), figures.number(len(self.played))),
        ]
        room = pygame.Rect(column.x, y, column.w, max(44, frame.px(FIGURES)))
        y += draw_facts(surface, room, facts, 2, frame, text) + gap
        for sentence in (said(self.streak), _("One missed day a week is forgiven.")):
            words = pygame.Rect(column.x, y, column.w, max(1, column.bottom - y))
            y += text.paragraph(surface, sentence, theme.BODY, theme.MIST, words)
            y += frame.px(theme.SPACE_2)
        self._draw_legend(pygame.Rect(column.x, y, column.w, max(0, column.bottom - y)))

    def _draw_legend(self, area: pygame.Rect) -> None:
        """The marks with their meanings, at the foot; nothing where there is no room for all."""
        frame, text, surface = self.stage.frame, self.stage.text, self._backdrop
        row = round(text.font(theme.NOTE).get_linesize() * 1.6)
        y = area.bottom - len(LEGEND) * row
        if y < area.y:
            return
        for mark, meaning in LEGEND:
            centre = (area.x + row / 2, y + row / 2)
            if mark == "stamp":
                draw_stamp(surface, centre, round(row * 0.8))
            elif mark == "heart":
                draw_forgiven(surface, centre, row)
            else:
                box = pygame.Rect(0, 0, round(row * 0.8), round(row * 0.8))
                box.center = round(centre[0]), round(centre[1])
                panel(surface, box, theme.PAPER, row // 5)
                draw_today(surface, box.inflate(-4, -4), row // 6, 2)
            piece = text.render(_(meaning), theme.NOTE, theme.MIST)
            left = area.x + row + frame.px(theme.SPACE_3)
            surface.blit(piece, piece.get_rect(midleft=(left, centre[1])))
            y += row

    def _draw_paper(self, paper: pygame.Rect) -> None:
        """The sheet with the month, and what turns it where there is another one."""
        frame, text, surface = self.stage.frame, self.stage.text, self._backdrop
        sheet(surface, paper, frame, ruled=False)
        pad, side = frame.px(theme.SPACE_5), max(28, frame.px(TOOL))
        area = paper.inflate(-2 * pad, -2 * pad)
        self._earlier.rect = pygame.Rect(area.x, area.y, side, side)
        self._later.rect = pygame.Rect(area.right - side, area.y, side, side)
        this = (self.shown.year, self.shown.month) == (self.today.year, self.today.month)
        turns = [] if self.shown <= self._first else [self._earlier]
        self._group.widgets[:] = [self._back, *turns, *([] if this else [self._later])]
        name = figures.month(self.shown)
        heading = text.fitted(name, theme.HEADING, theme.INK, (area.w - 2 * side - 2 * pad, side))
        surface.blit(heading, heading.get_rect(center=(area.centerx, area.y + side // 2)))
        top = area.y + side + frame.px(theme.SPACE_2)
        weeks = month(self.shown.year, self.shown.month, self.played, self.today)
        days = pygame.Rect(area.x, top, area.w, area.bottom - top)
        draw_month(surface, days, weeks, self.today, frame, text)
