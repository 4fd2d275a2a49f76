"""A piece of ink, written again in a square at its own speed."""

from __future__ import annotations

import pygame

from game.ink.canvas import Canvas
from game.ink.strokes import Rows
from game.rules.replay import pen_times
from game.ui import theme
from game.ui.shapes import disc

LONGEST_GAP = 0.8  # s between two strokes; who waited longer had been thinking
REST = 0.1  # of the square's side that stays free on each side


class InkPlayer:
    """Plays one piece of ink; at the end it stays."""

    def __init__(self, ink: Rows) -> None:
        self._ink = [[[*point, 0.0][:3] for point in stroke] for stroke in ink if stroke]
        writing = sum(stroke[-1][2] - stroke[0][2] for stroke in self._ink)
        lifted = max(0.0, writing) + LONGEST_GAP * max(0, len(self._ink) - 1)
        self._times = pen_times(self._ink, 0.0, lifted)
        start = self._times[0][0] if self._times else 0.0
        self._times = tuple(tuple(t - start for t in stroke) for stroke in self._times)
        self.seconds = self._times[-1][-1] if self._times else 0.0
        self.now = self.seconds
        self._canvas = Canvas(theme.INK)
        self._done = [0] * len(self._ink)
        self._scale, self._shift = 1.0, (0.0, 0.0)

    @property
    def is_playing(self) -> bool:
        """Whether the pen still moves."""
        return self.now < self.seconds

    def begin(self) -> None:
        """Write it from the start."""
        self.now = 0.0
        self._canvas.clear()
        self._done = [0] * len(self._ink)
        self._write()

    def place(self, square: pygame.Rect) -> None:
        """Take a square, px; the ink fills it."""
        points = [point for stroke in self._ink for point in stroke]
        self._canvas = Canvas(theme.INK)
        self._canvas.resize(square)
        self._done = [0] * len(self._ink)
        if not points:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        room = square.w * (1 - 2 * REST)
        self._scale = room / max(max(xs) - min(xs), max(ys) - min(ys), 1e-6)
        self._shift = (
            square.centerx - (max(xs) + min(xs)) / 2 * self._scale,
            square.centery - (max(ys) + min(ys)) / 2 * self._scale,
        )
        self._write()

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        if self.is_playing:
            self.now = min(self.seconds, self.now + dt)
            self._write()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the ink so far, and where the pen is."""
        canvas = self._canvas
        canvas.draw(surface)
        if canvas.pen_is_down:
            tip = canvas.to_pixels(*canvas.strokes[-1].path[-1])
            disc(surface, tip, canvas.pen_radius * 0.6, theme.SUN)

    def _write(self) -> None:
        for n, (stroke, times) in enumerate(zip(self._ink, self._times, strict=True)):
            while self._done[n] < len(stroke) and times[self._done[n]] <= self.now + 1e-9:
                k = self._done[n]
                x = stroke[k][0] * self._scale + self._shift[0]
                y = stroke[k][1] * self._scale + self._shift[1]
                if k == 0:
                    self._canvas.pen_down(x, y, stroke[k][2])
                if k == len(stroke) - 1:
                    self._canvas.pen_up(x, y, stroke[k][2])
                elif k > 0:
                    self._canvas.pen_move(x, y, stroke[k][2])
                self._done[n] += 1
