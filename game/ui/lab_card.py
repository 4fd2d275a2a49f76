"""The Lab's card: what one backend makes of the ink, its ten probabilities and its time."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pygame

from game.language import _, figures
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.motion import Glide, blend, overshoot
from game.ui.shapes import dash, panel
from game.ui.text import Typesetter
from game.ui.widgets import Widget
from recognizer import backend_info
from recognizer.reading import Digit, Reading

DIGITS = 10
UNREADABLE = "?"
TIMES_KEPT = 9  # readings whose median is the time shown
STEADY_SECONDS = 0.4  # s that a time stays on the screen at least, so that it can be read
SWELL_SECONDS = 0.25  # s in which a new answer pops up
LEAST_SHARE = 0.012  # of a bar: what is less is not drawn
QUIET = 0.5  # how far the digits of a number that the bars are not about fade into the paper
WIDEST_NAME = "YOLO"  # of a backend: longer ones are set smaller
LOWEST_BARS = 16  # px: in lower ones the digits beneath them are left out
ARROW = 26.0  # layout units, its side
LEAST_ARROW = 8  # px: a smaller one is left out

Probabilities = Sequence[float] | npt.NDArray[np.float32]


class LabCard(Widget):
    """One backend. Pressed, it is picked to show what it saw, or tells its trouble in full.

    While it has read ink an arrow says that pressing it leads further, into its inside.

    Of a number it shows the probabilities of the digit most in doubt.
    """

    focusable = False  # until it is loaded or has failed

    def __init__(
        self,
        backend: str,
        pick: Callable[[str], object],
        tell: Callable[[str, str], object],
    ) -> None:
        super().__init__()
        self.backend = backend
        self.name = backend_info(backend).title
        self.loaded = False
        self.trouble: str | None = None  # a sentence
        self.read = ""  # "" where there is nothing to read, "?" where nothing could be read
        self.winner: int | None = None
        self.doubtful = 0  # index of the digit of `read` that the bars are about
        self.picked = False  # whether the Lab shows what it saw
        self.odd = False  # whether most others read something else
        self.milliseconds: float | None = None  # as shown
        self._pick = pick  # called with the backend
        self._tell = tell  # called with name and sentence
        self._bars = [Glide(0.0, 0.07) for _ in range(DIGITS)]
        self._times: deque[float] = deque(maxlen=TIMES_KEPT)
        self._since_time = STEADY_SECONDS
        self._since_change = SWELL_SECONDS

    # --- what it shows ----------------------------------------------------------------------------

    def ready(self, trouble: str | None) -> None:
        """The backend is loaded, or cannot be."""
        self.loaded, self.trouble = trouble is None, trouble
        self.focusable = True

    def show(self, reading: Reading) -> None:
        """Show a reading."""
        self.ready(None)
        self._answer(reading.text or UNREADABLE)
        self._times.append(reading.elapsed_ms)
        if reading.digits:
            self.doubtful = least_certain(reading.digits)
            digit = reading.digits[self.doubtful]
            self.winner = digit.value
            self._aim(digit.probabilities)
        else:
            self.doubtful, self.winner = 0, None
            self._aim(())

    def fail(self, trouble: str) -> None:
        """This ink could not be read."""
        self.trouble, self.focusable = trouble, True
        self._answer("")
        self._aim(())

    def clear(self) -> None:
        """There is no ink any more."""
        if self.loaded:
            self.trouble = None
        self._answer("")
        self._aim(())

    def _answer(self, read: str) -> None:
        if read != self.read:
            self.read, self._since_change = read, 0.0
        if not read:
            self.winner, self.odd = None, False

    def _aim(self, probabilities: Probabilities) -> None:
        for n, bar in enumerate(self._bars):
            bar.goal = float(probabilities[n]) if n < len(probabilities) else 0.0

    # --- as a widget ------------------------------------------------------------------------------

    @property
    def resting(self) -> bool:
        """Whether nothing moves on it."""
        popping = self._since_change < SWELL_SECONDS
        return not popping and self.glow.resting and all(bar.resting for bar in self._bars)

    @property
    def opens(self) -> bool:
        """Whether it has read ink, so that one can look inside."""
        return self.loaded and self.trouble is None and bool(self.read)

    def activate(self) -> None:
        if self.trouble is not None:
            self._tell(self.name, self.trouble)
        elif self.loaded:
            self._pick(self.backend)

    def update(self, dt: float) -> None:
        super().update(dt)
        for bar in self._bars:
            bar.update(dt)
        self._since_change += dt
        self._since_time += dt
        if self._times and self._since_time >= STEADY_SECONDS:
            median = statistics.median(self._times)
            if median != self.milliseconds:
                self.milliseconds, self._since_time = median, 0.0

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = frame.px(theme.RADIUS * 0.8)
        ground = blend(theme.NIGHT_RAISED, theme.NIGHT_LINE, self.glow.value * 0.6)
        panel(surface, self.rect, ground, radius)
        pad = frame.px(theme.SPACE_4)
        if self.picked and self.trouble is None:
            mark = pygame.Rect(0, 0, max(2, frame.px(5)), max(4, self.rect.h // 2))
            mark.center = (self.rect.x + pad // 2, self.rect.centery)
            dash(surface, mark, theme.GLOW)
        inner = self.rect.inflate(-2 * pad, -2 * min(frame.px(theme.SPACE_3), self.rect.h // 10))
        names = self._draw_name(surface, inner, text)
        gap = frame.px(theme.SPACE_4)
        rest = pygame.Rect(inner.x + names + gap, inner.y, inner.w - names - gap, inner.h)
        if self.trouble is not None:
            _draw_sentence(surface, self.trouble, rest, text)
        elif not self.loaded:
            piece = text.fitted(_("Loading"), theme.BODY, theme.MIST, rest.size)
            surface.blit(piece, piece.get_rect(midleft=(rest.x, rest.centery)))
        else:
            arrow = max(0, min(frame.px(ARROW), rest.h, rest.w // 8))
            if self.opens and arrow >= LEAST_ARROW:
                picture = icon("right", arrow, theme.GLOW if self.hovered else theme.MIST)
                surface.blit(picture, picture.get_rect(midright=(inner.right, inner.centery)))
            rest.w -= arrow  # its room is kept for it
            side = min(rest.h, frame.px(76), rest.w // 4)
            slip = pygame.Rect(rest.x, 0, side, side)
            slip.centery = rest.centery
            self._draw_answer(surface, slip, frame, text)
            left = slip.right + frame.px(theme.SPACE_5)
            self._draw_bars(
                surface, pygame.Rect(left, rest.y, rest.right - left, rest.h), frame, text
            )
        self._draw_focus(surface, self.rect, frame, radius)

    def _draw_name(self, surface: pygame.Surface, area: pygame.Rect, text: Typesetter) -> int:
        """Name and time; return the width that all cards keep for them, px."""
        widest = text.render(_milliseconds(88.8, 1), theme.SMALL, theme.MIST)
        width = max(text.font(theme.LABEL).size(WIDEST_NAME)[0], widest.get_width())
        name = text.fitted(self.name, theme.LABEL, theme.TEXT, (width, area.h))
        time = text.fitted(spoken_time(self.milliseconds), theme.SMALL, theme.MIST, (width, area.h))
        both = name.get_height() + time.get_height()
        if both > area.h or (self.milliseconds is None and self.trouble is not None):
            surface.blit(name, name.get_rect(midleft=(area.x, area.centery)))
            return width
        top = area.centery - both // 2
        surface.blit(name, (area.x, top))
        surface.blit(time, (area.x, top + name.get_height()))
        return width

    def _draw_answer(
        self, surface: pygame.Surface, slip: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        """What was read, on a slip of paper."""
        radius = frame.px(theme.RADIUS * 0.6)
        if not self.read:
            panel(surface, slip, theme.NIGHT_DEEP, radius)
            return
        unsure = self.read == UNREADABLE
        # The odd one out need not be the one that is wrong: it stands out, but not in red.
        ground = theme.NIGHT_LINE if unsure else theme.SUN if self.odd else theme.PAPER
        ink = theme.MIST if unsure else theme.INK
        share = self._since_change / SWELL_SECONDS
        swell = overshoot(0.55 + 0.45 * share) if share < 1.0 else 1.0
        grown = round(slip.w * (swell - 1.0))
        panel(surface, slip.inflate(grown, grown), ground, radius)
        if self.odd and not unsure:  # told by a dash, too, not only by the colour
            mark = pygame.Rect(0, 0, slip.w // 2, max(2, frame.px(4)))
            mark.midbottom = (slip.centerx, slip.bottom - max(2, frame.px(4)))
            dash(surface, mark, theme.INK)
        room = (slip.w - frame.px(theme.SPACE_2), slip.h)
        whole = max(1, text.font(theme.LARGE).size(self.read)[0])
        scale = min(1.0, 0.95 * room[0] / whole)  # hinting makes small letters wider
        quiet = blend(ink, ground, QUIET)
        pieces = [
            text.render(char, theme.LARGE, ink if n == self.doubtful else quiet, scale)
            for n, char in enumerate(self.read)
        ]
        width = sum(piece.get_width() for piece in pieces)
        if width > room[0]:  # letters do not shrink for ever
            pieces = [text.fitted(self.read, theme.LARGE, ink, room)]
            width = pieces[0].get_width()
        x = slip.centerx - width // 2
        for piece in pieces:
            surface.blit(piece, piece.get_rect(midleft=(x, slip.centery)))
            x += piece.get_width()

    def _draw_bars(
        self, surface: pygame.Surface, area: pygame.Rect, frame: Frame, text: Typesetter
    ) -> None:
        under = text.font(theme.SMALL).get_height()
        labelled = area.h - under >= LOWEST_BARS
        height = area.h - under if labelled else area.h
        step = area.w / DIGITS
        width = max(3, min(round(step * 0.62), frame.px(30)))
        radius = min(width // 2, frame.px(7))
        clip = surface.get_clip()
        for n, bar in enumerate(self._bars):
            centre = round(area.x + (n + 0.5) * step)
            tube = pygame.Rect(centre - width // 2, area.y, width, height)
            panel(surface, tube, theme.NIGHT_DEEP, radius)
            won = n == self.winner
            if bar.value > LEAST_SHARE:
                # The same tube in another colour, seen up to the filling's height.
                filled = max(2, round(height * bar.value))
                surface.set_clip(
                    pygame.Rect(tube.x, tube.bottom - filled, width, filled).clip(clip)
                )
                panel(surface, tube, theme.GLOW if won else theme.MIST, radius)
                surface.set_clip(clip)
            if labelled:
                colour = theme.GLOW if won else theme.MIST
                digit = text.render(str(n), theme.SMALL, colour)
                surface.blit(digit, digit.get_rect(midtop=(centre, tube.bottom)))


def least_certain(digits: Sequence[Digit]) -> int:
    """The index of the digit that is most in doubt; ink that is no digit comes first of all."""
    return min(
        range(len(digits)),
        key=lambda n: -1.0 if digits[n].value is None else digits[n].confidence,
    )


def spoken_time(milliseconds: float | None) -> str:
    """A time that keeps its width: two significant places, no more."""
    if milliseconds is None:
        return _("{number} ms").format(number="\N{EN DASH}")
    return _milliseconds(milliseconds, 2 if milliseconds < 1 else 1 if milliseconds < 10 else 0)


def _milliseconds(value: float, places: int) -> str:
    return _("{number} ms").format(number=figures.number(value, places))


def _draw_sentence(
    surface: pygame.Surface, sentence: str, area: pygame.Rect, text: Typesetter
) -> None:
    """As much of the sentence as there is room for."""
    line = text.font(theme.SMALL).get_linesize()
    lines = text.wrap(sentence, theme.SMALL, area.w)
    room = max(1, area.h // line)
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1] + " \N{HORIZONTAL ELLIPSIS}"]
    y = area.centery - len(lines) * line // 2
    for words in lines:
        surface.blit(text.fitted(words, theme.SMALL, theme.BAD_BRIGHT, (area.w, line)), (area.x, y))
        y += line
