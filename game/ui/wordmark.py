"""The wordmark: "Dash" comes in at speed and leaves its dashes behind."""

from __future__ import annotations

import math

import pygame

from game.ink.spline import Point
from game.ui import theme
from game.ui.layout import Frame
from game.ui.motion import ease_out, is_reduced
from game.ui.shapes import dash
from game.ui.text import Typesetter

ARRIVED = 0.7  # s until it stands; afterwards only the dashes swing


def draw_wordmark(
    surface: pygame.Surface, topleft: Point, frame: Frame, text: Typesetter, scale: float,
    age: float = ARRIVED,
) -> None:  # fmt: skip
    """Draw it in two lines, at a share of its size in the type scale, `age` s after it came."""
    x, y = round(topleft[0]), round(topleft[1])
    digit = text.render("Digit", theme.NAME, theme.TEXT, scale)
    word = text.render("Dash", theme.NAME, theme.GLOW, scale)
    line = round(digit.get_height() * 0.8)
    surface.blit(digit, (x, y))
    indent = round(digit.get_width() * 0.36)
    if is_reduced():
        age = ARRIVED
    arrival = ease_out(age / ARRIVED)
    left = x + indent - round((1.0 - arrival) * frame.px(420))
    surface.blit(word, (left, y + line))
    height = max(3, frame.px(11 * scale))
    for n, share in enumerate((0.62, 1.0, 0.45)):
        swing = 0.9 + 0.1 * math.sin(age * 2.2 + n * 1.9)
        width = max(height, round((indent - frame.px(theme.SPACE_4)) * share * swing * arrival))
        bar = pygame.Rect(0, 0, width, height)
        bar.right = left - frame.px(theme.SPACE_3)
        bar.centery = y + line + round(word.get_height() * (0.36 + 0.16 * n))
        bar.left = max(bar.left, x)
        bar.width = max(height, left - frame.px(theme.SPACE_3) - bar.left)
        dash(surface, bar, theme.GLOW)
