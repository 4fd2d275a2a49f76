"""What was read, shown on the ink itself: a thin box around each digit, and the digit beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ink.spline import Point
from game.ui import theme
from game.ui.layout import Frame
from game.ui.shapes import panel, ring
from game.ui.text import Typesetter
from recognizer.reading import Digit

UNREADABLE = "?"
PADDING = 9.0  # layout units between the ink and its box
LINE = 2.5  # layout units
FILLING, OUTLINE, FIGURE = 26, 150, 230  # alpha of 255: light enough for the ink to stay the matter


def reading_marks(
    digits: Sequence[Digit],
    to_pixels: Callable[[float, float], Point],
    pen_radius: float,
    room: pygame.Rect,
    frame: Frame,
    text: Typesetter,
    colour: theme.Colour,
) -> tuple[pygame.Surface, pygame.Rect] | None:
    """The marks of a reading as a transparent picture and its place in px, or None without digits.

    Boxes are turned into px by `to_pixels`, grow by the pen's width, and stay in `room`; the
    figures stand above the boxes where there is room for them, else below.
    """
    padding = pen_radius + frame.px(PADDING)
    boxes = [_around(digit.box, to_pixels, padding).clip(room) for digit in digits]
    marked = [(digit, box) for digit, box in zip(digits, boxes, strict=True) if box.w and box.h]
    if not marked:
        return None
    gap, width, radius = (
        frame.px(theme.SPACE_1),
        max(1, frame.px(LINE)),
        frame.px(theme.RADIUS * 0.6),
    )
    boxes = [box for _, box in marked]
    around = boxes[0].unionall(boxes[1:])
    figures = [text.render(_figure(digit), theme.HEADING, colour) for digit, _ in marked]
    line = figures[0].get_height() + gap
    above = around.top - line >= room.top or around.bottom + line > room.bottom
    places = []
    for figure, box in zip(figures, boxes, strict=True):
        place = figure.get_rect(midbottom=(box.centerx, around.top - gap))
        if not above:
            place = figure.get_rect(midtop=(box.centerx, around.bottom + gap))
        places.append(place)
    whole = around.unionall(places).inflate(2 * width, 2 * width)
    filling, outline, writing = (_clear(whole.size, colour) for _ in range(3))
    for figure, box, place in zip(figures, boxes, places, strict=True):
        inner = box.move(-whole.x, -whole.y)
        panel(filling, inner, colour, radius)
        ring(outline, inner, colour, radius, width)
        writing.blit(figure, place.move(-whole.x, -whole.y))
    picture = _clear(whole.size, colour)
    for layer, alpha in ((filling, FILLING), (outline, OUTLINE), (writing, FIGURE)):
        layer.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
        picture.blit(layer, (0, 0))
    return picture, whole


def _figure(digit: Digit) -> str:
    return UNREADABLE if digit.value is None else str(digit.value)


def _around(
    box: tuple[float, float, float, float],
    to_pixels: Callable[[float, float], Point],
    padding: float,
) -> pygame.Rect:
    left, top = to_pixels(box[0], box[1])
    right, bottom = to_pixels(box[2], box[3])
    width, height = right - left + 2 * padding, bottom - top + 2 * padding
    return pygame.Rect(round(left - padding), round(top - padding), round(width), round(height))


def _clear(size: tuple[int, int], colour: theme.Colour) -> pygame.Surface:
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((*colour, 0))
    return surface
