"""The celebration of a personal best: the mark is written large by a pen that throws sparks.

It goes in acts: the screen darkens, the pen writes the mark, two strokes underline it, sparks fly,
and it goes. With reduced motion there is nothing of it; `draw_rays` is what stands still.
"""

from __future__ import annotations

import math

import pygame

from game.ink.pen import blank, paint, without_repeats
from game.ink.spline import Point, piece
from game.ui import theme
from game.ui.icons import DIGITS, Drawing
from game.ui.layout import Frame
from game.ui.motion import clamp, ease_in_out, overshoot
from game.ui.particles import Particles
from game.ui.shapes import disc, panel, scrim, sparkle
from game.ui.text import Typesetter

BEGIN = 0.45  # s until the pen comes down
WRITE_SECONDS = 1.25  # s for the mark
LINE_SECONDS = 0.32  # s for both lines under it
STAY_SECONDS = 1.7  # s from the last stroke until it begins to go
FADE_SECONDS = 0.35
DARK = 205  # alpha of 255
HEIGHT = 0.34  # of the window's, of the digits at most
WIDE, NARROW = 0.78, 0.34  # of the height, the width of a digit and of a sign
PEN = 0.052  # of the height, the radius of the pen
SIGNS: dict[str, Drawing] = {
    ",": (((0.62, 0.84), (0.6, 0.98), (0.4, 1.1)),),
    ".": (((0.5, 0.9), (0.52, 0.91)),),
    ":": (((0.5, 0.34), (0.52, 0.35)), ((0.5, 0.72), (0.52, 0.73))),
    "\N{RIGHT SINGLE QUOTATION MARK}": (((0.6, 0.04), (0.42, 0.2)),),
    "\N{NO-BREAK SPACE}": (),
    "\N{NARROW NO-BREAK SPACE}": (),
}
RAYS = 9  # around what is new and best


class Celebration:
    """Plays once over a screen; `words` are the mark, `line` says what it is."""

    def __init__(self, words: str, line: str) -> None:
        self._mark = leading_signs(words)
        self._line = line
        self._age = 0.0
        self._particles = Particles()
        self._ground: pygame.Surface | None = None  # the darkened screen
        self._ink: pygame.Surface | None = None
        self._place = pygame.Rect(0, 0, 1, 1)  # of the ink, px
        self._path: list[list[Point]] = []  # of the pen, px in the ink
        self._written = (0, 0)  # stroke and point of it that are painted
        self._thrown = False

    @property
    def is_over(self) -> bool:
        """Whether it has gone, or there was nothing to write."""
        return not self._mark or self._age >= self._end + FADE_SECONDS

    @property
    def covers(self) -> bool:
        """Whether nothing needs to be drawn beneath it."""
        return self._ground is not None and BEGIN <= self._age < self._end

    @property
    def _end(self) -> float:
        return BEGIN + WRITE_SECONDS + LINE_SECONDS + STAY_SECONDS

    def skip(self) -> None:
        """The player has seen enough."""
        self._age = max(self._age, self._end)

    def layout(self, frame: Frame) -> None:
        """Take another window; what was written there is written anew at once."""
        widths = [WIDE if sign in DIGITS else NARROW for sign in self._mark]
        height = min(frame.height * HEIGHT, frame.width * 0.8 / max(1.0, sum(widths)))
        pad = height * 0.25
        total = sum(widths) * height
        size = (round(total + 2 * pad), round(height * 1.6 + 2 * pad))
        self._place = pygame.Rect((0, 0), size)
        self._place.center = (frame.width // 2, round(frame.height * 0.47))
        self._ink, self._ground, self._written = blank(size, theme.SUN), None, (0, 0)
        self._radius = max(2.0, height * PEN)
        self._path = []
        x = pad
        for sign, width in zip(self._mark, widths, strict=True):
            for stroke in DIGITS.get(sign) or SIGNS[sign]:
                points = [(x + px * width * height * 0.92, pad + py * height) for px, py in stroke]
                self._path.append(_smooth(points))
            x += width * height
        for n, (start, end) in enumerate(((0.02, 0.98), (0.16, 0.86))):
            y = pad + height * (1.24 + 0.2 * n)
            self._path.append(_swoosh(pad + total * start, pad + total * end, y, height * 0.05))

    def update(self, dt: float, frame: Frame) -> None:
        """Move on by `dt` seconds."""
        self._age += dt
        self._particles.update(dt, frame.unit)
        tip = self._write()
        colours = (theme.SUN, theme.GOOD_BRIGHT, theme.PAPER)
        if tip is not None:
            self._particles.burst(tip, colours[:1] + colours[2:], 2, frame.unit * 0.5)
        if self._age > self._end - STAY_SECONDS and not self._thrown:
            self._thrown = True
            for share in (0.1, 0.5, 0.9):
                place = (self._place.x + self._place.w * share, self._place.centery)
                self._particles.burst(place, colours, 36, frame.unit * 1.5)

    def _write(self) -> Point | None:
        """Paint what the pen has written by now; return its tip on the screen while it writes."""
        if self._ink is None:
            return None
        letters, lines = self._path[:-2], self._path[-2:]
        tip = None
        for first, strokes, begin, seconds in (
            (0, letters, BEGIN, WRITE_SECONDS),
            (len(letters), lines, BEGIN + WRITE_SECONDS, LINE_SECONDS),
        ):
            share = clamp((self._age - begin) / seconds)
            points = sum(map(len, strokes))
            due = round(points * (ease_in_out(share) * 0.4 + share * 0.6))
            for n, stroke in enumerate(strokes, first):
                count = min(len(stroke), due)
                due -= count
                if count:
                    self._paint(n, count)
                    if share < 1.0:
                        tip = stroke[count - 1]
        return None if tip is None else (self._place.x + tip[0], self._place.y + tip[1])

    def _paint(self, stroke: int, count: int) -> None:
        """Paint a stroke up to so many points, where that was not done before."""
        before, done = self._written
        if self._ink is None or (stroke, count) <= (before, done):
            return
        start = max(0, done - 1) if stroke == before else 0
        paint(self._ink, self._path[stroke][start:count], self._radius)
        self._written = (stroke, count)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw it over a screen; that must be there, unless it `covers` it."""
        if self._ink is None or self.is_over:
            return
        going = clamp((self._age - self._end) / FADE_SECONDS)
        if self.covers and self._ground is not None:
            surface.blit(self._ground, (0, 0))
        else:
            coming = clamp(self._age / BEGIN)
            scrim(surface, theme.SHADE, round(DARK * min(coming, 1.0 - going)))
            if coming >= 1.0 and going == 0.0:
                self._ground = surface.copy()
        self._ink.set_alpha(round(255 * (1.0 - going)))
        surface.blit(self._ink, self._place)
        self._particles.draw(surface)
        age = self._age - (self._end - STAY_SECONDS)
        if age > 0 and going == 0.0:
            self._draw_line(surface, age, frame, text)

    def _draw_line(
        self, surface: pygame.Surface, age: float, frame: Frame, text: Typesetter
    ) -> None:
        """What it is, on a dash under the mark."""
        words = text.fitted(self._line, theme.HEADING, theme.INK, (frame.width // 2, frame.px(60)))
        share = clamp(overshoot(age / 0.3), 0.05, 1.2)
        strip = pygame.Rect(0, 0, 0, 0)
        strip.w = round((words.get_width() + 2 * frame.px(theme.SPACE_7)) * share)
        strip.h = round((words.get_height() + frame.px(theme.SPACE_4)) * share)
        strip.midtop = (self._place.centerx, self._place.bottom)
        panel(surface, strip, theme.SUN, strip.h // 2)
        if strip.w >= words.get_width():
            surface.blit(words, words.get_rect(center=strip.center))


def leading_signs(words: str) -> str:
    """The part of a mark that a pen can write: its first digits, with what stands between them."""
    known = DIGITS.keys() | SIGNS.keys()
    start = next((n for n, sign in enumerate(words) if sign in DIGITS), len(words))
    end = next((n for n in range(start, len(words)) if words[n] not in known), len(words))
    while end > start and words[end - 1] not in DIGITS:
        end -= 1
    return words[start:end]


def draw_rays(surface: pygame.Surface, place: pygame.Rect, frame: Frame) -> None:
    """Short dashes in a fan at the right of a place, px: it shines, and it stands still."""
    length, thick = frame.px(13), max(2, frame.px(4))
    for n in range(RAYS):
        turn = math.radians(-80 + 160 * n / (RAYS - 1))
        reach = place.h / 2 + frame.px(theme.SPACE_4)
        centre = place.right - place.h / 2, place.centery
        x, y = centre[0] + math.cos(turn) * reach, centre[1] + math.sin(turn) * reach
        picture = sparkle(length, thick, theme.GLOW, round(math.degrees(turn) / 22.5))
        surface.blit(picture, picture.get_rect(center=(round(x), round(y))))
    disc(surface, (place.right + frame.px(theme.SPACE_8), place.y), frame.px(4), theme.GLOW)


def _swoosh(left: float, right: float, y: float, swing: float) -> list[Point]:
    """A line as a quick hand draws it, from left to right."""
    return [
        (
            left + (right - left) * n / 40,
            y + swing * math.sin(n / 40 * math.pi * 1.5) - swing * n / 30,
        )
        for n in range(41)
    ]


def _smooth(points: list[Point]) -> list[Point]:
    """The curve through the points of a stroke."""
    clean = without_repeats(points)
    return [point for n in range(len(clean) - 1) for point in piece(clean, n)] or clean
