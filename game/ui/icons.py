"""Handwriting of the house: the ten digits and the icons as pen strokes in a square from 0 to 1."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from game.ink.pen import drawing
from game.ink.spline import Point
from game.ui.theme import Colour

Drawing = tuple[tuple[Point, ...], ...]


def _arc(
    cx: float, cy: float, rx: float, ry: float, start: float, end: float, points: int = 14
) -> tuple[Point, ...]:
    """Part of an ellipse, degrees clockwise from three o'clock (y points down)."""
    turns = [math.radians(start + (end - start) * n / (points - 1)) for n in range(points)]
    return tuple((cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in turns)


DIGITS: dict[str, Drawing] = {
    "0": (_arc(0.5, 0.5, 0.27, 0.42, -80, -445, 26),),
    "1": (((0.34, 0.27), (0.47, 0.17), (0.56, 0.07), (0.56, 0.5), (0.55, 0.93)),),
    "2": ((*_arc(0.49, 0.3, 0.26, 0.23, -160, 35), (0.55, 0.6), (0.24, 0.91), (0.5, 0.89),
           (0.79, 0.91)),),
    "3": ((*_arc(0.46, 0.28, 0.25, 0.2, -150, 80), *_arc(0.45, 0.7, 0.29, 0.22, -80, 150)),),
    "4": (
        ((0.52, 0.07), (0.36, 0.36), (0.19, 0.63), (0.5, 0.62), (0.82, 0.61)),
        ((0.62, 0.36), (0.61, 0.94)),
    ),
    "5": (
        ((0.34, 0.1), (0.31, 0.28), (0.28, 0.45), *_arc(0.47, 0.66, 0.27, 0.25, -125, 140)),
        ((0.34, 0.1), (0.53, 0.1), (0.74, 0.08)),
    ),
    "6": (((0.62, 0.07), (0.43, 0.25), (0.3, 0.48), *_arc(0.5, 0.69, 0.25, 0.24, -195, -545, 22)),),
    "7": (((0.22, 0.12), (0.5, 0.11), (0.78, 0.11), (0.62, 0.36), (0.5, 0.62), (0.42, 0.93)),),
    "8": ((*_arc(0.5, 0.28, 0.2, 0.2, -40, -270, 14),
           *_arc(0.5, 0.71, 0.25, 0.22, -90, 270, 20)[1:-1],
           *_arc(0.5, 0.28, 0.2, 0.2, 90, -40, 10)),),
    "9": ((*_arc(0.49, 0.32, 0.24, 0.24, -20, -350, 20), (0.73, 0.3), (0.71, 0.6), (0.66, 0.93)),),
}  # fmt: skip

ICONS: dict[str, Drawing] = {
    "undo": (
        ((0.2, 0.36), (0.4, 0.36), *_arc(0.58, 0.57, 0.22, 0.21, -90, 90, 12), (0.36, 0.78)),
        ((0.38, 0.16), (0.18, 0.36), (0.38, 0.56)),
    ),
    "clear": (((0.22, 0.22), (0.78, 0.78)), ((0.78, 0.22), (0.22, 0.78))),
    "pause": (((0.34, 0.22), (0.34, 0.78)), ((0.66, 0.22), (0.66, 0.78))),
    "play": (((0.32, 0.2), (0.78, 0.5), (0.32, 0.8), (0.32, 0.2)),),
    "check": (((0.18, 0.55), (0.41, 0.78), (0.83, 0.26)),),
    "cross": (((0.24, 0.24), (0.76, 0.76)), ((0.76, 0.24), (0.24, 0.76))),
    "left": (((0.6, 0.22), (0.34, 0.5), (0.6, 0.78)),),
    "right": (((0.4, 0.22), (0.66, 0.5), (0.4, 0.78)),),
}


@lru_cache(maxsize=128)
def icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    """An icon or digit drawn by pen, `size` px square; cached."""
    strokes = ICONS[name] if name in ICONS else DIGITS[name]
    radius = max(1.2, size * 0.065)
    inset = radius + 0.5
    room = size - 2 * inset  # the pen's width stays inside, too
    scaled = [[(inset + x * room, inset + y * room) for x, y in stroke] for stroke in strokes]
    return drawing(scaled, (size, size), radius, colour)
