"""A round whose answers are typed: by the digits' keys, or on a pad that lies on the paper."""

from __future__ import annotations

from functools import partial

import numpy as np
import pygame

from game.ink.pointer import Pointer
from game.language import N_, _
from game.rules.typed import TYPED
from game.scenes import places
from game.scenes.play import SHORTEST_LOOK, Phase, Play
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group
from game.ui.strip import FOOT, HEIGHT
from game.ui.widgets import DIGIT_KEYS, Button, Widget
from recognizer.reading import Digit, Reading

PAD = "1234567890"
COLUMNS = 5
PAD_HEIGHT = 92.0  # layout units, the height of a row, at most
NOTHING_TYPED = N_("Type the answer")


class TypedPlay(Play):
    """Takes digits in place of ink; an answer is judged when it is as long as what is asked."""

    def __init__(self, stage: Stage, place: places.Round) -> None:
        super().__init__(stage, place)
        self.typed = ""
        self.verdict.typed = True
        self.pad = [Button(digit, partial(self.type, digit)) for digit in PAD]
        widgets: list[Widget] = [*self._tools, *self.pad]
        self._group = Group([*widgets, self._end_button] if self.round.ends_on_wish else widgets)
        self._line = pygame.Rect(0, 0, 1, 1)  # where the answer stands, px

    @property
    def reads_by(self) -> str:
        return TYPED

    def type(self, digit: str) -> None:
        """Put a digit behind the answer so far; the last one hands it in."""
        if self.phase is Phase.SHOWING and self._phase_age >= SHORTEST_LOOK:
            self._go_on()
        if self.phase is not Phase.WRITING or not self.round.clock.running:
            return
        if not self.typed:
            self.round.ink_began()
            self.verdict.hush()
        self.typed += digit
        if len(self.typed) < len(self.round.prompt.answer):
            return
        self._lift_seconds = self.round.seconds_on_prompt()
        self._judge(_reading(self.typed))
        self.chip.withdraw()  # what is typed is not misread

    def next_prompt(self) -> None:
        self.typed = ""
        super().next_prompt()

    def undo(self) -> None:
        self._shorten(self.typed[:-1])

    def clear(self) -> None:
        self._shorten("")

    def _shorten(self, typed: str) -> None:
        if self.typed and self.may_take_back:
            self.stage.audio.play("click")
            self.typed = typed
            if not typed:
                self.round.ink_vanished()

    def begins_stroke(self, pointer: Pointer) -> bool:
        if self.phase is Phase.SHOWING and self._phase_age >= SHORTEST_LOOK:
            self._go_on()
        return False

    def press_key(self, event: pygame.event.Event) -> None:
        if event.key in DIGIT_KEYS:
            self.type(DIGIT_KEYS[event.key])
        else:
            super().press_key(event)

    def layout(self) -> None:
        super().layout()
        frame = self.stage.frame
        gap, between = frame.px(theme.SPACE_6), frame.px(theme.SPACE_3)
        area = self._writing_area.inflate(-2 * gap, -2 * gap)
        area.h = max(1, area.h - frame.px(FOOT + HEIGHT))
        rows = -(-len(PAD) // COLUMNS)
        high = min(frame.px(PAD_HEIGHT), area.h // (rows + 1) - between)
        wide = (area.w - between * (COLUMNS - 1)) // COLUMNS
        top = area.bottom - rows * (high + between)
        for n, button in enumerate(self.pad):
            left = area.x + n % COLUMNS * (wide + between)
            button.rect = pygame.Rect(left, top + n // COLUMNS * (high + between), wide, high)
        self._line = pygame.Rect(area.x, area.y, area.w, max(1, top - between - area.y))

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        if not self.round.clock.running:
            return
        text, room = self.stage.text, self._line
        if self.typed:
            piece = text.fitted(self.typed, theme.GIANT, theme.INK, room.size)
        else:
            piece = text.fitted(_(NOTHING_TYPED), theme.HEADING, theme.INK_QUIET, room.size)
        surface.blit(piece, piece.get_rect(center=room.center))


def _reading(typed: str) -> Reading:
    """What was typed, as if it had been read without a doubt, from no ink."""
    sure = np.eye(10, dtype=np.float32)
    digits = tuple(Digit(int(digit), sure[int(digit)], (0.0, 0.0, 0.0, 0.0)) for digit in typed)
    return Reading(TYPED, 0.0, digits)
