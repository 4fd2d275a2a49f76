"""Small pictures: stored ink fitted into a square, and the very pixels that a model saw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pygame

from game.ink.pen import drawing
from game.ink.spline import Point
from game.ink.strokes import Rows
from game.ui.theme import Colour

CRISP = 2.0  # px: pixels at least so large are shown as squares


def thumbnail(ink: Rows, side: int, colour: Colour) -> pygame.Surface:
    """A picture of stored ink, fitted into a square of `side` px."""
    strokes: list[list[Point]] = [[(p[0], p[1]) for p in stroke] for stroke in ink if stroke]
    xs = [x for stroke in strokes for x, _ in stroke]
    ys = [y for stroke in strokes for _, y in stroke]
    if not xs:
        return drawing([], (side, side), 1.0, colour)
    radius = max(1.2, side * 0.03)
    room = side - 2 * radius - 2
    scale = room / max(max(xs) - min(xs), max(ys) - min(ys), 1e-6)
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    placed = [
        [((x - cx) * scale + side / 2, (y - cy) * scale + side / 2) for x, y in s] for s in strokes
    ]
    return drawing(placed, (side, side), radius, colour)


def pixels(
    picture: npt.NDArray[np.uint8], side: int, ground: Colour, ink: Colour
) -> pygame.Surface:
    """A small grey picture (rows, columns) with each pixel as a crisp square, within `side` px.

    Pixels that would be too small to be seen are scaled smoothly instead.
    """
    share = picture.T[:, :, None] / np.float32(255)
    low, high = np.array(ground, np.float32), np.array(ink, np.float32)
    small = pygame.surfarray.make_surface(np.rint(low + (high - low) * share).astype(np.uint8))
    factor = side / max(picture.shape)
    if factor >= CRISP:
        scaled = pygame.transform.scale_by(small, int(factor))
    else:
        scaled = pygame.transform.smoothscale_by(small, factor)
    scaled.set_colorkey(ground)  # so that the field's round corners show
    return scaled
