"""Particles and floaters: sparks of a right answer, and the points that rise from it."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import pygame

from game.ui.motion import clamp, ease_out, is_reduced
from game.ui.shapes import sparkle
from game.ui.theme import Colour

GRAVITY = 900.0  # layout units a second squared
MOST = 160  # particles at once


@dataclass
class _Spark:
    x: float
    y: float
    vx: float
    vy: float
    age: float
    life: float  # s
    colour: Colour
    length: int
    turn: float  # half turns in eighths
    spin: float  # eighths a second


class Particles:
    """Short-lived dashes. The random source is their own: looks never touch the rules."""

    def __init__(self) -> None:
        self._sparks: list[_Spark] = []
        self._rng = random.Random(7)

    def burst(
        self, centre: tuple[float, float], colours: tuple[Colour, ...], count: int, unit: float
    ) -> None:
        """Throw dashes outwards from a place in px; with reduced motion, none."""
        if is_reduced():
            return
        rng = self._rng
        for _ in range(min(count, MOST - len(self._sparks))):
            angle, speed = rng.uniform(0, math.tau), rng.uniform(180, 620) * unit
            self._sparks.append(
                _Spark(
                    *centre, math.cos(angle) * speed, math.sin(angle) * speed - 220 * unit, 0.0,
                    rng.uniform(0.45, 0.9), rng.choice(colours),
                    max(4, round(rng.uniform(10, 22) * unit)),
                    rng.uniform(0, 8), rng.uniform(-14, 14),
                )
            )  # fmt: skip

    def rain(
        self, frame: pygame.Rect, colours: tuple[Colour, ...], count: int, unit: float
    ) -> None:
        """Let dashes fall from the upper edge; with reduced motion, none."""
        if is_reduced():
            return
        rng = self._rng
        for _ in range(min(count, MOST - len(self._sparks))):
            self._sparks.append(
                _Spark(
                    rng.uniform(frame.left, frame.right), frame.top - rng.uniform(10, 120) * unit,
                    rng.uniform(-60, 60) * unit, rng.uniform(40, 220) * unit, 0.0,
                    rng.uniform(1.2, 2.2),
                    rng.choice(colours), max(5, round(rng.uniform(14, 28) * unit)),
                    rng.uniform(0, 8), rng.uniform(-10, 10),
                )
            )  # fmt: skip

    def update(self, dt: float, unit: float) -> None:
        """Move on by `dt` seconds."""
        for spark in self._sparks:
            spark.age += dt
            spark.vy += GRAVITY * unit * dt
            spark.x += spark.vx * dt
            spark.y += spark.vy * dt
            spark.turn += spark.spin * dt
        self._sparks = [s for s in self._sparks if s.age < s.life]

    def draw(self, surface: pygame.Surface) -> None:
        """Draw all, shrinking towards their end."""
        for spark in self._sparks:
            share = 1.0 - ease_out(spark.age / spark.life) * 0.6
            length = max(2, round(spark.length * share / 2) * 2)  # few lengths: few pictures
            thick = max(2, round(length * 0.45))
            picture = sparkle(length, thick, spark.colour, int(spark.turn))
            surface.blit(picture, picture.get_rect(center=(round(spark.x), round(spark.y))))

    @property
    def alive(self) -> bool:
        """Whether anything is in the air."""
        return bool(self._sparks)


@dataclass
class Floater:
    """A piece of text that rises and fades, such as "+120"."""

    text: pygame.Surface
    centre: tuple[float, float]  # px, where it starts
    rise: float  # px
    life: float = 0.9  # s
    age: float = 0.0

    def update(self, dt: float) -> bool:
        """Move on by `dt` seconds; return whether it is still there."""
        self.age += dt
        return self.age < self.life

    def draw(self, surface: pygame.Surface) -> None:
        """Draw it where it is now."""
        share = self.age / self.life
        self.text.set_alpha(round(255 * clamp((1.0 - share) * 2.5)))
        place = (round(self.centre[0]), round(self.centre[1] - self.rise * ease_out(share)))
        surface.blit(self.text, self.text.get_rect(center=place))
        self.text.set_alpha(255)
