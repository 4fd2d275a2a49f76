"""The setup: a mode's levels and options on one screen before the round, remembered for each."""

from __future__ import annotations

from functools import partial

import pygame

from game.persistence.choices import choose, chosen_level
from game.persistence.rounds import Bests
from game.rules.modes import MODES
from game.rules.modes.mode import Level
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.layout import stack
from game.ui.paper import desk
from game.ui.tile import Tile, Words
from game.ui.widgets import Button

WIDTH = 940.0  # layout units
LEVEL_HEIGHT = 96.0  # layout units
BUTTON = (300.0, 64.0)  # layout units
TITLE_SCALE = 0.62  # of the largest letters, as on the settings


class Setup(menu.Menu):
    """What can be chosen for a mode, and the way into its round."""

    def __init__(self, stage: Stage, place: places.Setup) -> None:
        self.mode = MODES[place.mode]
        self.level = chosen_level(stage.settings, self.mode)
        bests = Bests(stage.storage)
        self.levels = [
            Tile(_words(bests.words(self.mode, level), level), partial(self._take, level))
            for level in self.mode.levels
        ]
        self._back = Button("Back", stage.back, keys=[pygame.K_ESCAPE])
        self._play = Button("Play", self.play, primary=True, keys=[pygame.K_p], hint="Enter")
        super().__init__(stage, [*self.levels, self._back, self._play])
        self._group.focus(self._play)
        self._changed = False
        self._mark()

    def leave(self) -> None:
        if self._changed:
            self.stage.save_settings(later=True)

    def play(self) -> None:
        """Begin a round of what is chosen."""
        menu.play(self.stage, self.mode.key, self.level.key, dict(self.level.chosen))

    def _take(self, level: Level) -> None:
        """Choose a level; the one that is chosen already is played."""
        if level.key == self.level.key:
            self.play()
            return
        self.level = level
        self._changed |= choose(self.stage.settings, self.mode, level)
        self.stage.audio.play("click")
        self._mark()

    def _mark(self) -> None:
        for tile, level in zip(self.levels, self.mode.levels, strict=True):
            tile.chosen = level.key == self.level.key

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.GAP)
        width = min(area.w, frame.px(WIDTH))
        body = pygame.Rect(area.centerx - width // 2, area.y, width, area.h)
        self._backdrop = desk(frame)
        title = text.fitted(self.mode.title, theme.HUGE, theme.PAPER, (width, frame.px(92)))
        self._backdrop.blit(title, body.topleft)
        line = pygame.Rect(body.x, body.y + title.get_height(), width, area.h)
        used = text.paragraph(self._backdrop, self.mode.tagline, theme.BODY, theme.MIST, line)
        wide, button = min(frame.px(BUTTON[0]), (width - gap) // 2), max(36, frame.px(BUTTON[1]))
        self._back.rect = pygame.Rect(body.x, body.bottom - button, wide, button)
        self._play.rect = pygame.Rect(body.right - wide, body.bottom - button, wide, button)
        top = line.y + used + gap
        room = pygame.Rect(body.x, top, width, self._play.rect.y - gap - top)
        for tile, place in zip(
            self.levels,
            stack(room, len(self.levels), frame.px(theme.SPACE_4), frame.px(LEVEL_HEIGHT)),
            strict=True,
        ):
            tile.rect = place


def _words(best: str, level: Level) -> Words:
    return Words(level.title, level.meaning, best, proud=best.startswith("Best"))
