"""The pen: round, anti-aliased lines painted into a surface's alpha channel.

Each straight piece is a capsule whose coverage is computed from the distance to its middle line;
pieces are joined by taking the larger coverage. That makes joins round and seamless, and the result
independent of the order and of how often a piece is painted: ink drawn as it comes equals the same
ink drawn all at once.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pygame

from game.ink.spline import Point, piece

PATCH = 48.0  # px, longest piece painted at once: a long slanted one would waste its bounding box
Alpha = npt.NDArray[np.uint8]


def paint(surface: pygame.Surface, points: Sequence[Point], radius: float) -> pygame.Rect:
    """Paint a polyline with a round pen of `radius` px; return the touched rectangle.

    The surface must have per-pixel alpha; its colour is left alone and only coverage is raised.
    """
    alpha = pygame.surfarray.pixels_alpha(surface)
    touched = pygame.Rect(0, 0, 0, 0)
    if len(points) == 1:
        points = [points[0], points[0]]
    for start, end in itertools.pairwise(points):
        for p, q in _patches(start, end):
            box = _paint_capsule(alpha, p, q, radius)
            if box is not None:
                touched = box if touched.w == 0 else touched.union(box)
    return touched


def paint_stroke(surface: pygame.Surface, path: Sequence[Point], radius: float) -> pygame.Rect:
    """Paint a whole stroke as a smooth curve through its points, px."""
    clean = without_repeats(path)
    if len(clean) < 2:
        return paint(surface, clean, radius) if clean else pygame.Rect(0, 0, 0, 0)
    touched = paint(surface, piece(clean, 0), radius)
    for index in range(1, len(clean) - 1):
        touched = touched.union(paint(surface, piece(clean, index), radius))
    return touched


def drawing(
    strokes: Iterable[Sequence[Point]],
    size: tuple[int, int],
    radius: float,
    colour: pygame.typing.ColorLike,
) -> pygame.Surface:
    """A transparent surface of `size` px with the strokes (px) drawn on it."""
    surface = blank(size, colour)
    for stroke in strokes:
        paint_stroke(surface, stroke, radius)
    return surface


def blank(size: tuple[int, int], colour: pygame.typing.ColorLike) -> pygame.Surface:
    """A fully transparent surface that shows `colour` wherever the pen goes."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    red, green, blue, _ = pygame.Color(colour)
    surface.fill((red, green, blue, 0))
    return surface


def without_repeats(path: Sequence[Point]) -> list[Point]:
    """The path without points that repeat the one before: they carry time, but no direction."""
    clean: list[Point] = []
    for point in path:
        if not clean or math.dist(point, clean[-1]) > 1e-3:
            clean.append(point)
    return clean


def _patches(start: Point, end: Point) -> Iterable[tuple[Point, Point]]:
    count = max(1, math.ceil(math.dist(start, end) / PATCH))
    step = ((end[0] - start[0]) / count, (end[1] - start[1]) / count)
    for n in range(count):
        yield (
            (start[0] + step[0] * n, start[1] + step[1] * n),
            (start[0] + step[0] * (n + 1), start[1] + step[1] * (n + 1)),
        )


def _paint_capsule(alpha: Alpha, p: Point, q: Point, radius: float) -> pygame.Rect | None:
    width, height = alpha.shape
    reach = radius + 1.0
    left = max(0, math.floor(min(p[0], q[0]) - reach))
    top = max(0, math.floor(min(p[1], q[1]) - reach))
    right = min(width, math.ceil(max(p[0], q[0]) + reach))
    bottom = min(height, math.ceil(max(p[1], q[1]) + reach))
    if left >= right or top >= bottom:
        return None
    # Pixel centres, relative to the capsule's first end.
    x = (np.arange(left, right, dtype=np.float32) + np.float32(0.5 - p[0]))[:, None]
    y = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5 - p[1]))[None, :]
    dx, dy = q[0] - p[0], q[1] - p[1]
    length_squared = dx * dx + dy * dy
    if length_squared > 0.0:
        along = np.clip(
            (x * np.float32(dx) + y * np.float32(dy)) / np.float32(length_squared), 0, 1
        )
        distance = np.hypot(x - along * np.float32(dx), y - along * np.float32(dy))
    else:
        distance = np.hypot(x, y)
    coverage = (np.clip(np.float32(radius + 0.5) - distance, 0, 1) * 255 + 0.5).astype(np.uint8)
    view = alpha[left:right, top:bottom]
    np.maximum(view, coverage, out=view)
    return pygame.Rect(left, top, right - left, bottom - top)
