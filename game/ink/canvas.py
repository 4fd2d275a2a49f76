"""The canvas: ink in from the pointer, ink on screen, kept as points with times.

Points live in paper units: the paper's short side is 1000, so ink means the same at every window
size and survives a resize in the middle of a stroke. The picture is only a cache of the points.
"""

from __future__ import annotations

import math
from array import array

import numpy as np
import pygame

from game.ink.pen import blank, paint
from game.ink.spline import Point, piece
from game.ink.strokes import InkArray
from recognizer.strokes import SPECK

PAPER_UNITS = 1000.0  # paper units on the paper's short side
PEN_RADIUS = 12.0  # paper units
MIN_PEN_RADIUS = 1.5  # px
SMALL_DIGIT = 275.0  # paper units: few people write lower ones
# A stroke that stays within this is a slip of the hand, as `Recognizer.read` has it.
SPECK_UNITS = SPECK * SMALL_DIGIT
FAR_UNITS = 150.0  # paper units that a pen does not go between two events that both were seen


class Stroke:
    """One line of the pen, from its touching the paper to its lifting."""

    def __init__(self) -> None:
        self.points: list[tuple[float, float, float]] = []  # x, y in paper units, t in seconds
        self.path: list[Point] = []  # the points without repeats, for drawing
        self._numbers = array("d")  # the points once more, as plain numbers: copied in no time
        self._low = [math.inf, math.inf]  # the least x and y
        self._high = [-math.inf, -math.inf]

    def add(self, x: float, y: float, t: float) -> bool:
        """Add a point; return whether the pen has moved."""
        self.points.append((x, y, t))
        self._numbers.extend((x, y, t))
        self._low = [min(self._low[0], x), min(self._low[1], y)]
        self._high = [max(self._high[0], x), max(self._high[1], y)]
        if self.path and math.dist(self.path[-1], (x, y)) < 1e-3:
            return False
        self.path.append((x, y))
        return True

    @property
    def is_speck(self) -> bool:
        """Whether the stroke is too small to be writing."""
        return max(self._high[0] - self._low[0], self._high[1] - self._low[1]) < SPECK_UNITS

    def as_array(self) -> InkArray:
        """The points as an array (N, 3) of its own."""
        return np.frombuffer(self._numbers, dtype=np.float64).reshape(-1, 3).copy()


class Canvas:
    """Strokes on a sheet of paper, drawn as they come."""

    def __init__(self, colour: pygame.typing.ColorLike) -> None:
        self.strokes: list[Stroke] = []
        self.rect = pygame.Rect(0, 0, 1, 1)  # the paper, in px of the window's surface
        self._colour = colour
        self._live: Stroke | None = None
        self._layer = blank((1, 1), colour)
        self._inked = pygame.Rect(0, 0, 0, 0)  # px of the layer that carry ink

    # --- paper units and pixels -------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Pixels a paper unit."""
        return min(self.rect.w, self.rect.h) / PAPER_UNITS

    @property
    def pen_radius(self) -> float:
        """The pen's radius in px."""
        return max(MIN_PEN_RADIUS, PEN_RADIUS * self.scale)

    def to_paper(self, x: float, y: float) -> Point:
        """From px of the window's surface to paper units; the paper's middle is at (500, 500)."""
        middle = PAPER_UNITS / 2
        return (
            (x - self.rect.x - self.rect.w / 2) / self.scale + middle,
            (y - self.rect.y - self.rect.h / 2) / self.scale + middle,
        )

    def to_pixels(self, x: float, y: float) -> Point:
        """From paper units to px of the window's surface."""
        local = self._to_layer((x, y))
        return (local[0] + self.rect.x, local[1] + self.rect.y)

    def _to_layer(self, point: Point) -> Point:
        middle = PAPER_UNITS / 2
        return (
            (point[0] - middle) * self.scale + self.rect.w / 2,
            (point[1] - middle) * self.scale + self.rect.h / 2,
        )

    def resize(self, rect: pygame.Rect) -> None:
        """Move the paper to another place or size, px; the ink is drawn again from its points."""
        self.rect = pygame.Rect(rect)
        self.redraw()

    # --- ink in -----------------------------------------------------------------------------------

    @property
    def pen_is_down(self) -> bool:
        """Whether a stroke is being written."""
        return self._live is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is no stroke at all, specks included."""
        return not self.strokes

    def pen_down(self, x: float, y: float, t: float) -> None:
        """Begin a stroke at a place in px, at a time in seconds."""
        self._live = Stroke()
        self.strokes.append(self._live)
        self._live.add(*self.to_paper(x, y), t)

    def pen_move(self, x: float, y: float, t: float) -> None:
        """Go on with the stroke."""
        if self._live is not None and self._live.add(*self.to_paper(x, y), t):
            # The last piece may still bend towards the next point; the one before it is final.
            self._paint_piece(self._live, len(self._live.path) - 3)

    def pen_up(self, x: float, y: float, t: float) -> None:
        """End the stroke where the pen leaves the paper."""
        if self._live is None:
            return
        self.pen_move(x, y, t)
        stroke, self._live = self._live, None
        if len(stroke.path) == 1:
            self._grow(paint(self._layer, [self._to_layer(stroke.path[0])], self.pen_radius))
        else:
            self._paint_piece(stroke, len(stroke.path) - 2)

    def is_far(self, x: float, y: float) -> bool:
        """Whether a place in px is too far from the pen for one step of it."""
        if self._live is None:
            return False
        return math.dist(self._live.points[-1][:2], self.to_paper(x, y)) > FAR_UNITS

    def lift_pen(self) -> None:
        """End the stroke at its last point: the pointer was lost."""
        if self._live is not None:
            x, y, t = self._live.points[-1]
            self.pen_up(*self.to_pixels(x, y), t)

    def undo(self) -> bool:
        """Take back the last stroke; return whether there was one."""
        self._live = None
        if not self.strokes:
            return False
        self.strokes.pop()
        self.redraw()
        return True

    def clear(self) -> None:
        """Take all ink away."""
        self._live = None
        self.strokes.clear()
        self._layer.fill((*pygame.Color(self._colour)[:3], 0), self._inked)
        self._inked = pygame.Rect(0, 0, 0, 0)

    def ink(self) -> list[InkArray]:
        """The writing as the recognizer wants it: arrays (N, 3) of x, y, t; specks are left out."""
        return [stroke.as_array() for stroke in self.strokes if not stroke.is_speck]

    # --- ink on screen ----------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw everything again from the points."""
        self._layer = blank((max(1, self.rect.w), max(1, self.rect.h)), self._colour)
        self._inked = pygame.Rect(0, 0, 0, 0)
        for stroke in self.strokes:
            final = len(stroke.path) - (2 if stroke is self._live else 1)
            if len(stroke.path) == 1 and stroke is not self._live:
                self._grow(paint(self._layer, [self._to_layer(stroke.path[0])], self.pen_radius))
            for index in range(final):
                self._paint_piece(stroke, index)

    def draw(self, surface: pygame.Surface) -> None:
        """Show the ink, the unfinished end of a stroke included."""
        if self._inked.w:
            surface.blit(self._layer, self._inked.move(self.rect.topleft), self._inked)
        if self._live is not None:
            self._draw_tail(surface, self._live)

    def lift(self) -> tuple[pygame.Surface, pygame.Rect] | None:
        """Take the ink off the paper; return its picture and place in px, or None without ink."""
        self.lift_pen()
        picture = None
        if self._inked.w:
            picture = (
                self._layer.subsurface(self._inked).copy(),
                self._inked.move(self.rect.topleft),
            )
        self.clear()
        return picture

    @property
    def layer(self) -> pygame.Surface:
        """The picture of the finished ink, as large as the paper (read only)."""
        return self._layer

    def _paint_piece(self, stroke: Stroke, index: int) -> None:
        if 0 <= index < len(stroke.path) - 1:
            path = [self._to_layer(p) for p in stroke.path[max(0, index - 1) : index + 3]]
            self._grow(paint(self._layer, piece(path, min(index, 1)), self.pen_radius))

    def _draw_tail(self, surface: pygame.Surface, stroke: Stroke) -> None:
        """The newest piece changes with the next point, so it is drawn on the screen only."""
        tail = [self.to_pixels(*p) for p in stroke.path[-2:]]
        reach = math.ceil(self.pen_radius + 2)
        left = math.floor(min(p[0] for p in tail)) - reach
        top = math.floor(min(p[1] for p in tail)) - reach
        right = math.ceil(max(p[0] for p in tail)) + reach
        bottom = math.ceil(max(p[1] for p in tail)) + reach
        patch = blank((right - left, bottom - top), self._colour)
        paint(patch, [(x - left, y - top) for x, y in tail], self.pen_radius)
        visible = pygame.Rect(left, top, right - left, bottom - top).clip(self.rect)
        surface.blit(patch, visible, visible.move(-left, -top))

    def _grow(self, touched: pygame.Rect) -> None:
        if touched.w:
            self._inked = touched if self._inked.w == 0 else self._inked.union(touched)
