"""The title: the name, the way in, and a sheet on which the game shows itself being played."""

from __future__ import annotations

import math
from functools import partial

import pygame

from game.persistence.rounds import best_mark
from game.reading.news import News, ReaderReady
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.demonstration import Demonstration
from game.ui.motion import ease_out
from game.ui.paper import desk, sheet
from game.ui.shapes import dash
from game.ui.widgets import Button, Widget

BUTTON_HEIGHT = 64.0  # layout units
LOWEST_BUTTON = 22  # px


class Title(menu.Menu):
    """Where every visit starts."""

    lives_covered = True

    def __init__(self, stage: Stage) -> None:
        self._ways_in = [(mode, _way_in(stage, mode)) for mode in MODES.values()]
        buttons = [
            *(button for _, button in self._ways_in),
            Button("Lab", partial(stage.go, places.Lab()), keys=[pygame.K_l]),
            Button("Past rounds", partial(stage.go, places.Review()), keys=[pygame.K_r]),
            Button("Settings", partial(stage.lay, places.Settings()), keys=[pygame.K_s]),
            Button("Quit", stage.quit, keys=[pygame.K_q]),
        ]
        super().__init__(stage, buttons)
        self.shown = self._ways_in[0][0]  # the mode whose tagline stands under the name
        self.age = 0.0  # s since it was opened
        self.demonstration = Demonstration()
        self._name_at = (0, 0)
        self._paper = pygame.Rect(0, 0, 1, 1)
        self._words = pygame.Rect(0, 0, 1, 1)

    @property
    def animating(self) -> bool:
        return True

    def enter(self) -> None:
        self._offer_calibration()

    def hear(self, news: News) -> None:
        if isinstance(news, ReaderReady):
            self._offer_calibration()

    def _offer_calibration(self) -> None:
        """Ask a new player once whether the game may learn their hand."""
        settings = self.stage.settings
        new = not settings.calibration_offered and not self.stage.hand.samples
        if new and self.stage.desk.learns_hands:
            settings.calibration_offered = True
            self.stage.lay(places.CalibrationOffer())
            self.stage.save_settings()

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.GAP)
        side = area.w if frame.is_tall else round(area.w * 0.42)
        rows = self._rows()
        count = len(rows)
        button = max(34, frame.px(BUTTON_HEIGHT))
        between = frame.px(theme.SPACE_4)
        name = pygame.Rect(area.x, area.y, side, round(text.font(theme.NAME).get_height() * 1.72))
        lines = max(len(text.wrap(mode.tagline, theme.BODY, side)) for mode in MODES.values())
        sentences = round(lines * text.font(theme.BODY).get_linesize() * 1.08)
        words = pygame.Rect(area.x, 0, side, sentences)
        if not frame.is_tall:
            room = area.h - name.h - words.h - 2 * gap - (count - 1) * between
            button = max(LOWEST_BUTTON, min(button, room // count))
        left = pygame.Rect(area.x, 0, side, count * button + (count - 1) * between)
        if frame.is_tall:
            left.bottom = area.bottom
            words.top = name.bottom + gap // 2
            top = words.bottom + gap
            self._paper = pygame.Rect(area.x, top, area.w, max(1, left.y - top - gap))
        else:
            block = name.h + words.h + left.h + 2 * gap
            name.y = max(area.y, area.centery - block // 2)
            words.top = name.bottom + gap
            left.top = words.bottom + gap
            paper_left = area.x + side + 2 * gap
            self._paper = pygame.Rect(paper_left, area.y, area.right - paper_left, area.h)
        self._name_at, self._words = name.topleft, words
        for n, row in enumerate(rows):
            y = left.y + n * (button + between)
            width = (left.w - between * (len(row) - 1)) // len(row)
            for m, widget in enumerate(row):
                widget.rect = pygame.Rect(left.x + m * (width + between), y, width, button)
        self._backdrop = desk(frame)
        sheet(self._backdrop, self._paper, frame)
        self.demonstration.layout(self._paper)

    def _rows(self) -> list[list[Widget]]:
        """The buttons from top to bottom: those that play alone, the others two and two."""
        play, rest = len(self._ways_in), list(self.widgets[len(self._ways_in) :])
        alone = [[widget] for widget in self.widgets[:play]]
        return [*alone, *(rest[n : n + 2] for n in range(0, len(rest), 2))]

    def update(self, dt: float) -> None:
        self.age += dt
        super().update(dt)
        self.demonstration.update(dt, self.stage.frame.unit)
        pointed_at = [mode for mode, button in self._ways_in if button.hovered]
        focused = [mode for mode, button in self._ways_in if button.focused]
        self.shown = next(iter(pointed_at + focused), self.shown)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        super().draw(surface)
        self._draw_name(surface)
        text.paragraph(surface, self.shown.tagline, theme.BODY, theme.MIST, self._words)
        self.demonstration.draw(surface, frame, text)

    def _draw_name(self, surface: pygame.Surface) -> None:
        """The wordmark: "Dash" comes in at speed and leaves its dashes behind."""
        frame, text = self.stage.frame, self.stage.text
        x, y = self._name_at
        digit = text.render("Digit", theme.NAME, theme.PAPER)
        word = text.render("Dash", theme.NAME, theme.SUN)
        line = round(digit.get_height() * 0.8)
        surface.blit(digit, (x, y))
        indent = round(digit.get_width() * 0.36)
        arrival = ease_out(self.age / 0.7)
        left = x + indent - round((1.0 - arrival) * frame.px(420))
        surface.blit(word, (left, y + line))
        height = max(4, frame.px(11))
        for n, share in enumerate((0.62, 1.0, 0.45)):
            swing = 0.9 + 0.1 * math.sin(self.age * 2.2 + n * 1.9)
            width = max(height, round((indent - frame.px(theme.SPACE_4)) * share * swing * arrival))
            bar = pygame.Rect(0, 0, width, height)
            bar.right = left - frame.px(theme.SPACE_3)
            bar.centery = y + line + round(word.get_height() * (0.36 + 0.16 * n))
            bar.left = max(bar.left, x)
            bar.width = max(height, left - frame.px(theme.SPACE_3) - bar.left)
            dash(surface, bar, theme.SUN)


def _way_in(stage: Stage, mode: Mode) -> Button:
    """The button that plays a mode, with its best score; the first one is the primary."""
    best = best_mark(stage.storage, mode, mode.level())
    first = mode is next(iter(MODES.values()))
    hint = f"Best {mode.goal.words(best)}" if best is not None else "" if first else "New"
    play = partial(menu.play, stage, mode.key)
    return Button(f"Play {mode.title}", play, primary=first, hint=hint)
