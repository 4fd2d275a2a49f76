"""The film of a replay: its pictures one by one, so that a window can go on while it is made."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pygame

from game.persistence.films import FilmFile
from game.persistence.gif import Palette, Picture
from game.persistence.replays import Recording
from game.ui import theme
from game.ui.layout import Frame
from game.ui.paper import desk
from game.ui.replay_view import ReplayView, heading
from game.ui.shapes import dash
from game.ui.text import Typesetter

SIZE = (800, 450)  # px, whatever the window
STEP = 8  # hundredths of a second that a picture stays
LONGEST = 60.0  # s; what would take longer is shown faster
END = 300  # hundredths of a second that the card at the end stays
SAMPLES = 6  # pictures from which the colours are chosen


class Film:
    """Makes a film step by step; each step is one picture."""

    def __init__(
        self, own: Recording, ghost: Recording | None, title: str, speed: float,
        card: pygame.Surface,
    ) -> None:  # fmt: skip
        """`title` says what was played; `card` closes the film, in the same proportions."""
        self._view = ReplayView(own, ghost)
        self._speed = max(speed, self._view.seconds / LONGEST)
        self._card = pygame.transform.smoothscale(card, SIZE)
        self._frame = Frame(*SIZE)
        self._text = Typesetter(self._frame.unit)
        self._backdrop = desk(self._frame)
        self._surface = self._backdrop.copy()
        self._bar = self._lay_out(heading(own, title))
        self.pictures = 1 + math.ceil(self._view.seconds / self._speed * 100 / STEP)  # but the card
        self.made = 0
        self._steps: Iterator[None] | None = None

    @property
    def progress(self) -> float:
        """The share that is done."""
        return self.made / (self.pictures + 1)

    @property
    def is_whole(self) -> bool:
        """Whether all pictures are in the file."""
        return self.made > self.pictures

    def palette(self) -> Palette:
        """The colours of some of its pictures."""
        samples = [self._picture(self._surface_at(t)) for t in self._sample_times()]
        return Palette([*samples, self._picture(self._card)])

    def step(self, file: FilmFile) -> None:
        """Add the next picture to a file."""
        if self._steps is None:
            self._steps = self._make(file)
        next(self._steps, None)

    def _make(self, file: FilmFile) -> Iterator[None]:
        for n in range(self.pictures):
            file.add(self._picture(self._surface_at(n * STEP / 100 * self._speed)), STEP)
            self.made += 1
            yield
        file.add(self._picture(self._card), END)
        self.made += 1

    def _sample_times(self) -> list[float]:
        return [self._view.seconds * (n + 0.5) / SAMPLES for n in range(SAMPLES)]

    def _surface_at(self, seconds: float) -> pygame.Surface:
        surface = self._surface
        surface.blit(self._backdrop, (0, 0))
        self._view.show(seconds)
        self._view.draw(surface)
        share = min(1.0, seconds / max(self._view.seconds, 1e-6))
        dash(surface, self._bar, theme.NIGHT_DEEP)
        done = self._bar.copy()
        done.w = max(done.h, round(done.w * share))
        dash(surface, done, theme.SUN)
        return surface

    def _lay_out(self, words: str) -> pygame.Rect:
        """Draw what stands still; return the place of the time bar."""
        frame, text, area = self._frame, self._text, self._frame.inner
        name = text.render("Digit Dash", theme.HEADING, theme.GLOW)
        self._backdrop.blit(name, name.get_rect(topright=area.topright))
        room = (area.w - name.get_width() - frame.px(theme.GAP), name.get_height())
        self._backdrop.blit(text.fitted(words, theme.HEADING, theme.TEXT, room), area.topleft)
        bar = pygame.Rect(area.x, 0, area.w, max(4, frame.px(10)))
        bar.bottom = area.bottom
        top = area.y + name.get_height() + frame.px(theme.SPACE_3)
        lanes = pygame.Rect(area.x, top, area.w, bar.y - frame.px(theme.SPACE_4) - top)
        self._view.layout(lanes, frame, text, self._backdrop)
        return bar

    def _picture(self, surface: pygame.Surface) -> Picture:
        pixels = np.frombuffer(pygame.image.tobytes(surface, "RGB"), np.uint8)
        return pixels.reshape(SIZE[1], SIZE[0], 3)
