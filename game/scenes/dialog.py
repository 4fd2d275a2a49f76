"""A dialog: a heading, some sentences and a few buttons on a panel over a darkened screen."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.motion import overshoot
from game.ui.shapes import panel
from game.ui.widgets import Button

APPEAR_SECONDS = 0.22
BUTTON_HEIGHT = 60.0  # layout units
WIDTH = 560.0  # layout units
SCRIM_ALPHA = 175


class Dialog(Menu):
    """The common part of the pause and of notices."""

    overlay = True

    def __init__(
        self, stage: Stage, heading: str, sentences: Sequence[str], buttons: Sequence[Button]
    ) -> None:
        super().__init__(stage, buttons)
        self._heading = heading
        self.sentences = list(sentences)
        self._age = 0.0
        self._panel = pygame.Rect(0, 0, 1, 1)
        self._content = pygame.Rect(0, 0, 1, 1)

        self._is_drawn = False  # whether it was drawn since it was laid out

    @property
    def animating(self) -> bool:
        coming = self._age < APPEAR_SECONDS or not self._is_drawn
        return coming or super().animating

    @property
    def veil(self) -> int:
        return round(SCRIM_ALPHA * self._share)

    @property
    def _share(self) -> float:
        """How far it has come, from 0 to 1."""
        return min(1.0, self._age / APPEAR_SECONDS)

    def layout(self) -> None:
        self._is_drawn = False
        frame, text = self.stage.frame, self.stage.text
        pad, gap = frame.px(theme.SPACE_7), frame.px(theme.SPACE_4)
        width = min(frame.width - 2 * frame.px(theme.MARGIN), max(frame.px(WIDTH), 300))
        line = round(text.font(theme.BODY).get_linesize() * 1.08)
        lines = sum(len(text.wrap(s, theme.BODY, width - 2 * pad)) for s in self.sentences)
        heading = text.font(theme.HEADING).get_linesize()
        paragraphs = lines * line + gap * len(self.sentences)
        button = max(34, frame.px(BUTTON_HEIGHT))
        buttons = len(self._group.widgets) * (button + gap)
        height = 2 * pad + heading + gap + paragraphs + buttons - gap
        self._panel = pygame.Rect(0, 0, width, min(height, frame.height))
        self._panel.center = frame.rect.center
        self._content = self._panel.inflate(-2 * pad, -2 * pad)
        y = self._content.bottom - buttons + gap
        for widget in self._group.widgets:
            widget.rect = pygame.Rect(self._content.x, y, self._content.w, button)
            y += button + gap

    def resume(self) -> None:
        """What waits to be told waits for the screen beneath."""

    def update(self, dt: float) -> None:
        self._age += dt
        super().update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        drop = round((1.0 - overshoot(self._share)) * frame.px(60))
        self._is_drawn = self._share == 1.0
        radius = frame.px(theme.RADIUS)
        moved = self._panel.move(0, -drop)
        panel(surface, moved.move(0, frame.px(theme.SHADOW)), theme.NIGHT_DEEP, radius)
        panel(surface, moved, theme.NIGHT, radius)
        y = self._content.y - drop
        heading = text.fitted(self._heading, theme.HEADING, theme.GLOW, self._content.size)
        surface.blit(heading, (self._content.x, y))
        y += text.font(theme.HEADING).get_linesize() + frame.px(theme.SPACE_4)
        for sentence in self.sentences:
            area = pygame.Rect(self._content.x, y, self._content.w, frame.height)
            y += text.paragraph(surface, sentence, theme.BODY, theme.TEXT, area) + frame.px(
                theme.SPACE_4
            )
        if drop == 0:
            self._group.draw(surface, frame, text)
        else:
            for widget in self._group.widgets:
                place = widget.rect
                widget.rect = place.move(0, -drop)
                widget.draw(surface, frame, text)
                widget.rect = place
