"""Ghosts: ink lifted off the paper, which takes the colour of its verdict and goes."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.ui.motion import blend, clamp, ease_in_out, is_reduced, shake
from game.ui.theme import Colour

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
        lift = 0.0 if is_reduced() else self.motion.lift
        dy = -lift * ease_in_out(self._age / self.motion.seconds)
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
