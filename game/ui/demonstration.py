"""The demonstration: digits written by an unseen hand, and read, on a sheet of the title."""

from __future__ import annotations

import math
from collections import deque
from itertools import accumulate, pairwise

import pygame

from game.ink.canvas import PAPER_UNITS, Canvas
from game.ink.pointer import Kind
from game.rules.prompt import WORDS
from game.ui import theme
from game.ui.ghosts import Ghost, Motion
from game.ui.icons import DIGITS, Drawing
from game.ui.layout import Frame
from game.ui.motion import ease_in_out
from game.ui.shapes import disc, panel
from game.ui.strip import Strip
from game.ui.text import Typesetter

SHOWN_DIGITS = "7294053618"  # the order in which they are written
DIGIT_SIDE = 640.0  # paper units, the square they are written in
BETWEEN_STROKES = 0.12  # s
PEN_SPEED = 2.6  # sides of the digit's square a second
READ_AFTER = 0.25  # s from the last pen-lift to the verdict
LYING = 1.35  # a sheet that many times as wide as high has the words beside the digit
BESIDE = 0.38  # where the digit is then, of the sheet's width
REST_SECONDS = 1.1  # s from the verdict to the next digit


class Demonstration:
    """Digits written by an unseen hand, and read."""

    def __init__(self) -> None:
        self._canvas = Canvas(theme.INK)
        self._ghost: Ghost | None = None
        self._read_age: float | None = None  # s since the verdict
        self._words = pygame.Rect(0, 0, 1, 1)  # where prompt and verdict stand, px
        self._shift = 0.0  # paper units that the digit is away from the middle
        self._begin(0)

    @property
    def digit(self) -> str:
        """The digit that is being written, or that was just read."""
        return SHOWN_DIGITS[self._index % len(SHOWN_DIGITS)]

    @property
    def is_blank(self) -> bool:
        """Whether no ink lies on the paper."""
        return self._canvas.is_empty

    def layout(self, paper: pygame.Rect) -> None:
        """Write on this sheet, px."""
        self._canvas.resize(paper)
        self._ghost = None
        self._canvas.clear()
        self._words, self._shift = pygame.Rect(paper), 0.0
        if paper.w > LYING * paper.h:
            self._words.w = paper.w // 2
            self._words.right = paper.right
            self._shift = (BESIDE - 0.5) * paper.w / self._canvas.scale
        self._begin(self._index)

    def update(self, dt: float, unit: float) -> None:
        """Move on by `dt` seconds."""
        self._age += dt
        if self._ghost is not None and not self._ghost.update(dt):
            self._ghost = None
        if self._read_age is None:
            self._write()
            if self._age > self._writing_ends + READ_AFTER:
                self._read_age = 0.0
                picture = self._canvas.lift()
                if picture is not None:
                    motion = Motion(stay=REST_SECONDS - 0.4, fade=0.4, lift=40 * unit)
                    self._ghost = Ghost(*picture, theme.INK, theme.GOOD, motion)
        else:
            self._read_age += dt
            if self._read_age > REST_SECONDS:
                self._begin(self._index + 1)

    def _begin(self, index: int) -> None:
        self._index, self._age, self._read_age = index, 0.0, None
        self._plan = _plan(DIGITS[self.digit])
        self._writing_ends = self._plan[-1][0]

    def _write(self) -> None:
        """Let the pen go on to where it is by now."""
        while self._plan and self._plan[0][0] <= self._age:
            t, kind, x, y = self._plan.popleft()
            place = self._canvas.to_pixels(x + self._shift, y)
            if kind is Kind.DOWN:
                self._canvas.pen_down(*place, t)
            elif kind is Kind.MOVE:
                self._canvas.pen_move(*place, t)
            else:
                self._canvas.pen_up(*place, t)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw the ink, the pen's tip and the verdict."""
        if self._ghost is not None:
            self._ghost.draw(surface)
        self._canvas.draw(surface)
        if self._canvas.pen_is_down:
            tip = self._canvas.strokes[-1].path[-1]
            disc(surface, self._canvas.to_pixels(*tip), self._canvas.pen_radius * 0.6, theme.SUN)
        self._draw_prompt(surface, frame, text)
        if self._read_age is None:
            return
        strip = Strip(f"Read {self.digit}", "check", theme.GOOD, self._read_age)
        strip.draw(surface, self._words, frame, text)

    def _draw_prompt(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """What is being answered: a small prompt card in the corner of the paper."""
        area = self._words
        room = (area.w // 2, area.h // 4)
        word = text.fitted(WORDS[int(self.digit)], theme.HEADING, theme.INK, room)
        pad = word.get_height() * 2 // 3
        card = pygame.Rect(0, 0, word.get_width() + 2 * pad, word.get_height() + pad)
        card.topright = (area.right - frame.px(theme.SPACE_6), area.y + frame.px(theme.SPACE_6))
        if self._shift:
            card.centerx = area.centerx  # above the verdict
        radius = frame.px(theme.RADIUS * 0.7)
        panel(surface, card.move(0, frame.px(theme.SPACE_1)), theme.SUN_DEEP, radius)
        panel(surface, card, theme.SUN, radius)
        surface.blit(word, word.get_rect(center=card.center))


def _plan(strokes: Drawing) -> deque[tuple[float, Kind, float, float]]:
    """When the pen is where: (s, what it does, x, y in paper units); slower at strokes' ends."""
    plan: deque[tuple[float, Kind, float, float]] = deque()
    corner = (PAPER_UNITS - DIGIT_SIDE) / 2
    clock = 0.0
    for stroke in strokes:
        points = [(corner + x * DIGIT_SIDE, corner + y * DIGIT_SIDE) for x, y in stroke]
        travelled = list(accumulate((math.dist(p, q) for p, q in pairwise(points)), initial=0.0))
        seconds = travelled[-1] / DIGIT_SIDE / PEN_SPEED
        plan.append((clock, Kind.DOWN, *points[0]))
        for point, way in zip(points[1:], travelled[1:], strict=True):
            plan.append((clock + seconds * ease_in_out(way / travelled[-1]), Kind.MOVE, *point))
        clock += seconds
        plan.append((clock, Kind.UP, *points[-1]))
        clock += BETWEEN_STROKES
    return plan
