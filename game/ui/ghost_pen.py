"""The ghost pen: writes the house's own digits on a sheet, stroke by stroke, as a hand would."""

from __future__ import annotations

import math
from collections import deque
from itertools import accumulate, pairwise

import pygame

from game.ink.canvas import PAPER_UNITS, Canvas
from game.ink.pointer import Kind
from game.ui import theme
from game.ui.icons import Drawing
from game.ui.motion import ease_in_out
from game.ui.shapes import disc

DIGIT_SIDE = 640.0  # paper units, the square that a digit is written in
BETWEEN_STROKES = 0.12  # s
PEN_SPEED = 2.6  # sides of the digit's square a second


class GhostPen:
    """Writes one drawing at a time on a canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._plan: deque[tuple[float, Kind, float, float]] = deque()
        self._age = 0.0
        self._shift = 0.0
        self.seconds = 0.0  # s that the whole drawing takes

    def begin(self, strokes: Drawing, shift: float = 0.0, speed: float = PEN_SPEED) -> None:
        """Begin to write it, `shift` paper units away from the middle."""
        self._plan, self._age, self._shift = _plan(strokes, speed), 0.0, shift
        self.seconds = self._plan[-1][0]

    @property
    def is_done(self) -> bool:
        """Whether all is written."""
        return not self._plan

    def stop(self) -> None:
        """Write no further."""
        self._plan.clear()
        self._canvas.lift_pen()

    def update(self, dt: float) -> None:
        """Let the pen go on to where it is `dt` seconds later."""
        self._age += dt
        while self._plan and self._plan[0][0] <= self._age:
            t, kind, x, y = self._plan.popleft()
            place = self._canvas.to_pixels(x + self._shift, y)
            if kind is Kind.DOWN:
                self._canvas.pen_down(*place, t)
            elif kind is Kind.MOVE:
                self._canvas.pen_move(*place, t)
            else:
                self._canvas.pen_up(*place, t)

    def draw_tip(self, surface: pygame.Surface) -> None:
        """Draw where the pen is, while it writes."""
        if self._canvas.pen_is_down:
            tip = self._canvas.strokes[-1].path[-1]
            disc(surface, self._canvas.to_pixels(*tip), self._canvas.pen_radius * 0.6, theme.SUN)


def _plan(strokes: Drawing, speed: float) -> deque[tuple[float, Kind, float, float]]:
    """When the pen is where: (s, what it does, x, y in paper units); slower at strokes' ends."""
    plan: deque[tuple[float, Kind, float, float]] = deque()
    corner = (PAPER_UNITS - DIGIT_SIDE) / 2
    clock = 0.0
    for stroke in strokes:
        points = [(corner + x * DIGIT_SIDE, corner + y * DIGIT_SIDE) for x, y in stroke]
        travelled = list(accumulate((math.dist(p, q) for p, q in pairwise(points)), initial=0.0))
        seconds = travelled[-1] / DIGIT_SIDE / speed
        plan.append((clock, Kind.DOWN, *points[0]))
        for point, way in zip(points[1:], travelled[1:], strict=True):
            plan.append((clock + seconds * ease_in_out(way / travelled[-1]), Kind.MOVE, *point))
        clock += seconds
        plan.append((clock, Kind.UP, *points[-1]))
        clock += BETWEEN_STROKES
    return plan
