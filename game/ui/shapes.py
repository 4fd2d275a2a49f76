"""Shapes with smooth edges: panels, dashes, discs and rings, built from small cached corners."""

from __future__ import annotations

import math
from functools import lru_cache

import pygame

from game.ink.pen import blank, drawing, paint
from game.ink.spline import Point
from game.ui.theme import Colour


def panel(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int) -> None:
    """A filled rectangle with round, smooth corners."""
    radius = max(0, min(radius, rect.w // 2, rect.h // 2))
    if radius == 0:
        surface.fill(colour, rect)
        return
    corner = _disc(radius, colour)
    surface.fill(colour, (rect.x + radius, rect.y, rect.w - 2 * radius, rect.h))
    surface.fill(colour, (rect.x, rect.y + radius, radius, rect.h - 2 * radius))
    surface.fill(colour, (rect.right - radius, rect.y + radius, radius, rect.h - 2 * radius))
    for x, sx in ((rect.x, 0), (rect.right - radius, radius)):
        for y, sy in ((rect.y, 0), (rect.bottom - radius, radius)):
            surface.blit(corner, (x, y), (sx, sy, radius, radius))


def ring(
    surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int, width: int
) -> None:
    """Only the outline of a panel, `width` px wide and outside `rect`: a focus mark."""
    surface.blit(_ring(rect.size, colour, radius, width), rect.inflate(2 * width, 2 * width))


def dash(surface: pygame.Surface, rect: pygame.Rect, colour: Colour) -> None:
    """A bar with round ends."""
    panel(surface, rect, colour, min(rect.w, rect.h) // 2)


def disc(surface: pygame.Surface, centre: Point, radius: float, colour: Colour) -> None:
    """A filled circle."""
    whole = max(1, round(radius))
    surface.blit(_disc(whole, colour), (round(centre[0]) - whole, round(centre[1]) - whole))


def heart(surface: pygame.Surface, centre: Point, side: float, colour: Colour) -> None:
    """A filled heart, `side` px wide."""
    picture = _heart(max(4, round(side)), colour)
    surface.blit(picture, picture.get_rect(center=(round(centre[0]), round(centre[1]))))


def sparkle(length: int, thickness: int, colour: Colour, eighth: int) -> pygame.Surface:
    """A small dash, turned by `eighth` eighths of a half turn; cached."""
    return _sparkle(length, thickness, colour, eighth % 8)


def scrim(surface: pygame.Surface, colour: Colour, alpha: int) -> None:
    """Darken the whole surface, so that what comes on top stands out."""
    veil = pygame.Surface(surface.get_size())
    veil.fill(colour)
    veil.set_alpha(alpha)
    surface.blit(veil, (0, 0))


@lru_cache(maxsize=256)
def _disc(radius: int, colour: Colour) -> pygame.Surface:
    picture = blank((2 * radius, 2 * radius), colour)
    paint(picture, [(radius, radius)], radius)
    return picture


@lru_cache(maxsize=32)
def _heart(side: int, colour: Colour) -> pygame.Surface:
    """Drawn four times as large, for smooth edges, by the curve that everyone knows."""
    large = pygame.Surface((4 * side, 4 * side), pygame.SRCALPHA)
    large.fill((*colour, 0))
    points = []
    for n in range(90):
        t = math.tau * n / 90
        x = 16 * math.sin(t) ** 3
        y = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((side * (2 + x / 8.2), side * (1.85 - y / 8.2)))
    pygame.draw.polygon(large, colour, points)
    return pygame.transform.smoothscale(large, (side, side))


@lru_cache(maxsize=64)
def _ring(size: tuple[int, int], colour: Colour, radius: int, width: int) -> pygame.Surface:
    outer = pygame.Rect(0, 0, size[0] + 2 * width, size[1] + 2 * width)
    picture = pygame.Surface(outer.size, pygame.SRCALPHA)
    half, reach = width / 2, radius + width / 2
    reach = min(reach, (outer.w - width) / 2, (outer.h - width) / 2)
    picture.fill((*colour, 0))
    left, top, right, bottom = half, half, outer.w - half, outer.h - half
    outline: list[Point] = []
    for cx, cy, start in (
        (right - reach, top + reach, -90), (right - reach, bottom - reach, 0),
        (left + reach, bottom - reach, 90), (left + reach, top + reach, 180),
    ):  # fmt: skip
        for step in range(0, 91, 6):
            turn = pygame.Vector2(reach, 0).rotate(start + step)
            outline.append((cx + turn.x, cy + turn.y))
    outline.append(outline[0])
    paint(picture, outline, half)
    return picture


@lru_cache(maxsize=1024)
def _sparkle(length: int, thickness: int, colour: Colour, eighth: int) -> pygame.Surface:
    # Turning a picture is far quicker than drawing one, and a burst needs many at once.
    return pygame.transform.rotozoom(_level(length, thickness, colour), eighth * -22.5, 1)


@lru_cache(maxsize=128)
def _level(length: int, thickness: int, colour: Colour) -> pygame.Surface:
    middle = thickness / 2 + 1
    ends: list[Point] = [(middle, middle), (middle + length, middle)]
    size = (length + thickness + 2, thickness + 2)
    return drawing([ends], size, thickness / 2, colour)
