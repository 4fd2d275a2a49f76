"""The demonstration: digits written by an unseen hand, and read, on a sheet of the title."""

from __future__ import annotations

import pygame

from game.ink.canvas import Canvas
from game.language import _, figures
from game.ui import theme
from game.ui.ghost_pen import GhostPen
from game.ui.ghosts import Ghost, Motion
from game.ui.icons import DIGITS
from game.ui.layout import Frame
from game.ui.motion import is_reduced
from game.ui.shapes import panel
from game.ui.strip import Strip
from game.ui.text import Typesetter

SHOWN_DIGITS = "7294053618"  # the order in which they are written
READ_AFTER = 0.25  # s from the last pen-lift to the verdict
LYING = 1.35  # a sheet that many times as wide as high has the words beside the digit
BESIDE = 0.38  # where the digit is then, of the sheet's width
REST_SECONDS = 1.1  # s from the verdict to the next digit


class Demonstration:
    """Digits written by an unseen hand, and read."""

    def __init__(self) -> None:
        self._canvas = Canvas(theme.INK)
        self._pen = GhostPen(self._canvas)
        self._ghost: Ghost | None = None
        self._read_age: float | None = None  # s since the verdict
        self._words = pygame.Rect(0, 0, 1, 1)  # where prompt and verdict stand, px
        self._card: tuple[pygame.Surface, pygame.Rect] | None = None  # the prompt, once it is drawn
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
        """Move on by `dt` seconds; with reduced motion one digit lies there, and is read."""
        if is_reduced():
            self._pen.update(self._pen.seconds)
            self._read_age = REST_SECONDS if self._pen.is_done else None
            return
        self._age += dt
        if self._ghost is not None and not self._ghost.update(dt):
            self._ghost = None
        if self._read_age is None:
            self._pen.update(dt)
            if self._age > self._pen.seconds + READ_AFTER:
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
        self._card = None
        self._pen.begin(DIGITS[self.digit], self._shift)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw the ink, the pen's tip and the verdict."""
        if self._ghost is not None:
            self._ghost.draw(surface)
        self._canvas.draw(surface)
        self._pen.draw_tip(surface)
        self._draw_prompt(surface, frame, text)
        if self._read_age is None:
            return
        strip = Strip(
            _("Read {digits}").format(digits=self.digit), "check", theme.GOOD, self._read_age
        )
        whole = surface.get_clip()  # it rises out of the sheet's foot, not over what lies below
        surface.set_clip(whole.clip(0, 0, surface.get_width(), self._words.bottom))
        strip.draw(surface, self._words, frame, text)
        surface.set_clip(whole)

    def _draw_prompt(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """What is being answered: a small prompt card in the corner of the paper."""
        if self._card is None:
            self._card = self._prompt(frame, text)
        surface.blit(*self._card)

    def _prompt(self, frame: Frame, text: Typesetter) -> tuple[pygame.Surface, pygame.Rect]:
        """The card and its place, px: it stays the same while one digit is written."""
        area = self._words
        room = (area.w // 2, area.h // 4)
        word = text.fitted(figures.word(int(self.digit)), theme.HEADING, theme.INK, room)
        pad = word.get_height() * 2 // 3
        card = pygame.Rect(0, 0, word.get_width() + 2 * pad, word.get_height() + pad)
        drop, radius = frame.px(theme.SPACE_1), frame.px(theme.RADIUS * 0.7)
        picture = pygame.Surface((card.w, card.h + drop), pygame.SRCALPHA)
        panel(picture, card.move(0, drop), theme.SUN_DEEP, radius)
        panel(picture, card, theme.SUN, radius)
        picture.blit(word, word.get_rect(center=card.center))
        card.topright = (area.right - frame.px(theme.SPACE_6), area.y + frame.px(theme.SPACE_6))
        if self._shift:
            card.centerx = area.centerx  # above the verdict
        return picture, card
