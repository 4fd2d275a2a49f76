"""The time bar of a replay: where it is, when what was right or wrong, and the way elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ink.pointer import Pointer
from game.rules.outcome import Outcome
from game.rules.replay import TimeLine
from game.ui import theme
from game.ui.layout import Frame
from game.ui.shapes import dash, disc
from game.ui.text import Typesetter
from game.ui.widgets import Widget

GROOVE = 10.0  # layout units
TICK = (4.0, 11.0)  # layout units, an answer's mark: its width and height
KNOB = 13.0  # layout units, its radius


class TimeBar(Widget):
    """A right answer stands above the bar, a wrong one hangs below; a ghost has a bar of its own.

    It is dragged; the arrow keys are the screen's.
    """

    focusable = False

    def __init__(
        self,
        lines: Sequence[tuple[TimeLine, Sequence[Outcome], bool]],
        seek: Callable[[float], object],
    ) -> None:
        """`lines`: each with the outcomes of its round, and whether it is the ghost's."""
        super().__init__()
        self.seconds = max((line.seconds for line, _, _ in lines), default=0.0)
        self.now = 0.0  # s
        self._own = [(line, outcomes) for line, outcomes, ghost in lines if not ghost]
        self._ghosts = [(line, outcomes) for line, outcomes, ghost in lines if ghost]
        self._seek = seek
        self._groove = pygame.Rect(0, 0, 1, 1)

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        self.drag(pointer)

    def drag(self, pointer: Pointer) -> None:
        share = (pointer.x - self._groove.x) / max(1, self._groove.w)
        self._seek(self.seconds * min(1.0, max(0.0, share)))

    def activate(self) -> None:
        """Letting go changes nothing."""

    def key(self, key: int) -> bool:
        return False

    def place(self, rect: pygame.Rect, frame: Frame, text: Typesetter) -> None:
        """Take a place, px; the times stand at both ends of it."""
        self.rect = rect
        label = text.font(theme.NOTE).size(spoken(self.seconds + 0.5))[0]
        inset = label + frame.px(theme.SPACE_5)
        height = max(4, frame.px(GROOVE))
        self._groove = pygame.Rect(rect.x + inset, 0, rect.w - 2 * inset, height)
        self._groove.centery = rect.y + round(rect.h * (0.28 if self._ghosts else 0.5))

    def x_of(self, seconds: float) -> int:
        """Where a moment is on it, px."""
        return self._groove.x + round(self._groove.w * seconds / max(self.seconds, 1e-6))

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        groove, x = self._groove, self.x_of(self.now)
        dash(surface, groove, theme.NIGHT_DEEP)
        done = pygame.Rect(groove.x, groove.y, max(groove.h, x - groove.x), groove.h)
        dash(surface, done, theme.SUN)
        for line, outcomes in self._own:
            self._draw_ticks(surface, line, outcomes, groove, frame)
        if self._ghosts:
            thin = pygame.Rect(groove.x, 0, groove.w, max(3, groove.h // 2))
            thin.centery = self.rect.y + round(self.rect.h * 0.78)
            dash(surface, thin, theme.NIGHT_DEEP)
            for line, outcomes in self._ghosts:
                reached = self.x_of(min(self.now, line.seconds)) - groove.x
                dash(surface, pygame.Rect(thin.x, thin.y, max(thin.h, reached), thin.h), theme.MIST)
                self._draw_ticks(surface, line, outcomes, thin, frame, 0.6)
        disc(surface, (x, groove.centery), frame.px(KNOB) * (1 + 0.1 * self.glow.value), theme.TEXT)
        for words, edge in ((spoken(self.now), "midleft"), (spoken(self.seconds), "midright")):
            piece = text.render(words, theme.NOTE, theme.MIST)
            at = (self.rect.x if edge == "midleft" else self.rect.right, groove.centery)
            surface.blit(piece, piece.get_rect(**{edge: at}))

    def _draw_ticks(
        self,
        surface: pygame.Surface,
        line: TimeLine,
        outcomes: Sequence[Outcome],
        groove: pygame.Rect,
        frame: Frame,
        scale: float = 1.0,
    ) -> None:
        width, height = max(2, frame.px(TICK[0])), max(4, round(frame.px(TICK[1]) * scale))
        apart = frame.px(theme.SPACE_1) // 2 + 1
        for passage in line.passages:
            outcome = outcomes[passage.place]
            if not (outcome.is_right or outcome.is_wrong):
                continue
            tick = pygame.Rect(0, 0, width, height)
            x = self.x_of(passage.judged)
            if outcome.is_right:
                tick.midbottom = (x, groove.top - apart)
            else:
                tick.midtop = (x, groove.bottom + apart)
            colour = theme.GOOD_BRIGHT if outcome.is_right else theme.BAD_BRIGHT
            dash(surface, tick, colour)


def spoken(seconds: float) -> str:
    """Minutes and seconds, such as "1:02"."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
