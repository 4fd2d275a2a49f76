"""Ink that is no longer being written: ghosts of judged answers, and small pictures of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pygame

from game.ink.pen import drawing
from game.ink.spline import Point
from game.ink.strokes import Rows
from game.ui.motion import blend, clamp, ease_in_out, shake
from game.ui.theme import Colour

CRISP = 2.0  # px: pixels at least so large are shown as squares
TINT_SECONDS = 0.12  # s for the ink to take its new colour


@dataclass(frozen=True)
class Motion:
    """How a ghost goes away."""

    stay: float  # s in full strength
    fade: float  # s in which it fades
    lift: float = 0.0  # px that it rises
    sway: float = 0.0  # px that it is shaken

    @property
    def seconds(self) -> float:
        """Seconds until it is gone."""
        return self.stay + self.fade


class Ghost:
    """Ink lifted off the paper: takes the colour of its verdict, stays a moment, and goes."""

    def __init__(
        self, picture: pygame.Surface, rect: pygame.Rect, start: Colour, end: Colour, motion: Motion
    ) -> None:
        self._shape = picture
        self.rect = rect
        self._start, self.colour = start, end
        self.motion = motion
        self._age = 0.0
        self._tinted: pygame.Surface | None = None

    def update(self, dt: float) -> bool:
        """Move on by `dt` seconds; return whether it is still there."""
        self._age += dt
        return self._age < self.motion.seconds

    def hurry(self) -> None:
        """Begin to fade now."""
        self._age = max(self._age, self.motion.stay)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw it where it is now."""
        picture = self._picture()
        fading = clamp((self._age - self.motion.stay) / self.motion.fade)
        picture.set_alpha(round(255 * (1.0 - fading)))
        dx = self.motion.sway * shake(self._age, 0.45)
        dy = -self.motion.lift * ease_in_out(self._age / self.motion.seconds)
        surface.blit(picture, self.rect.move(round(dx), round(dy)))

    def _picture(self) -> pygame.Surface:
        if self._tinted is not None:
            return self._tinted
        share = clamp(self._age / TINT_SECONDS)
        picture = self._shape.copy()
        colours = pygame.surfarray.pixels3d(picture)
        colours[...] = blend(self._start, self.colour, share)
        del colours  # unlocks the surface
        if share >= 1.0:
            self._tinted = picture
        return picture


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
