"""A model digit on paper: its strokes, a dot where each begins, arrows, and a moving pen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import pygame

from game.ink.pen import drawing
from game.ink.spline import Point
from game.rules.digit_models import Model
from game.rules.paths import length, resampled
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import ease_in_out
from game.ui.shapes import disc
from game.ui.text import Typesetter

THICKNESS = 0.032  # of the side: half the width of the model's strokes
DOT = 0.05  # of the side, the radius of the dot where a stroke begins
ARROW = 0.055  # of the side, the length of an arrow's wings
ARROWS_AT = (0.3, 0.72)  # of a stroke's way
FEWER_BELOW = 0.45  # of the side: a shorter stroke has one arrow, in the middle
SPEED = 0.75  # sides a second of the pen that shows the way
BETWEEN = 0.35  # s between two strokes
REST = 1.3  # s from the end to the next time


def placed(model: Model, square: pygame.Rect) -> list[list[Point]]:
    """The model's strokes in a square of the window, px."""
    return [
        [(square.x + x * square.w, square.y + y * square.h) for x, y in stroke]
        for stroke in model.strokes
    ]


def paint_model(
    surface: pygame.Surface, model: Model, square: pygame.Rect, frame: Frame, text: Typesetter
) -> None:
    """Paint it into a square, px."""
    side = square.w
    for picture in _lines(model, side, theme.PAPER_LINE, theme.INK):
        surface.blit(picture, square)
    starts = _starts(model, side)
    for n, start in enumerate(starts, start=1):
        place = (square.x + start[0], square.y + start[1])
        disc(surface, place, DOT * side, theme.SUN)
        if len(starts) > 1:
            number = text.fitted(str(n), theme.LABEL, theme.INK, (side // 12, side // 12))
            surface.blit(number, number.get_rect(center=(round(place[0]), round(place[1]))))


def pen_place(model: Model, square: pygame.Rect, age: float) -> Point | None:
    """Where the pen that shows the way is after so many seconds, px; None between two strokes."""
    times = [length(stroke) / SPEED for stroke in model.strokes]
    age %= sum(times) + BETWEEN * (len(times) - 1) + REST
    for stroke, seconds in zip(model.strokes, times, strict=True):
        if age <= seconds:
            points = resampled(stroke, 64)
            x, y = points[min(63, round(ease_in_out(age / seconds) * 63))]
            return (square.x + x * square.w, square.y + y * square.h)
        age -= seconds + BETWEEN
        if age < 0:
            return None
    return None


@lru_cache(maxsize=4)
def _lines(
    model: Model, side: int, line: theme.Colour, arrow: theme.Colour
) -> tuple[pygame.Surface, pygame.Surface]:
    """The strokes and their arrows in a square of `side` px, painted once for all frames."""
    strokes = _strokes(model, side)
    size = (side, side)
    wings = [wing for stroke in strokes for wing in _arrows(stroke, side)]
    return (
        drawing(strokes, size, max(2.0, THICKNESS * side), line),
        drawing(wings, size, max(1.2, side * 0.011), arrow),
    )


def _strokes(model: Model, side: int) -> list[list[Point]]:
    return [[(x * side, y * side) for x, y in stroke] for stroke in model.strokes]


@lru_cache(maxsize=4)
def _starts(model: Model, side: int) -> list[Point]:
    """Where the strokes begin; dots that would cover one another are moved along their strokes."""
    starts: list[Point] = []
    radius = DOT * side
    for stroke in _strokes(model, side):
        points = resampled(stroke, 64)
        free = [p for p in points if all(math.dist(p, s) > 2.2 * radius for s in starts)]
        starts.append(free[0] if free else points[0])
    return starts


def _arrows(stroke: Sequence[Point], side: float) -> list[list[Point]]:
    """Arrowheads along a stroke, each as one line from wing over tip to wing."""
    points = resampled(stroke, 101)
    short = length(stroke) < FEWER_BELOW * side
    heads: list[list[Point]] = []
    for share in (0.6,) if short else ARROWS_AT:
        at = round(100 * share)
        tip, before = points[at], points[at - 4]
        angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
        wings = [
            (tip[0] + ARROW * side * math.cos(angle + turn),
             tip[1] + ARROW * side * math.sin(angle + turn))
            for turn in (math.radians(145), math.radians(-145))
        ]  # fmt: skip
        heads += [[wings[0], tip], [tip, wings[1]]]
    return heads
