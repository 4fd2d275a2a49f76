"""What the screens share that ask for digits in the player's own time: card, sheet, one opinion.

A digit counts as written when the pen has rested for a moment; by then the recognizer has said what
it makes of the ink, as a rule.
"""

from __future__ import annotations

import pygame

from game.ink.pointer import Pointer
from game.reading.news import InkRead, News
from game.scenes.scene import Stage
from game.scenes.writing import WritingScene
from game.ui.layout import play_layout
from game.ui.prompt_card import PromptCard
from game.ui.verdict import VerdictView
from game.ui.widgets import ToolButton

REST_SECONDS = 0.5  # s from the last pen-lift until a digit counts as written: roofs come late
LONGEST_WAIT = 1.5  # s after which nobody waits for the recognizer's opinion any more
STRIP_SECONDS = 2.4  # s that a word about the last digit stays
KEYS_ON = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)  # written, no need to wait


class Asking(WritingScene):
    """A prompt, a sheet, and a call of `judge` for each digit that was written."""

    def __init__(self, stage: Stage, last_tool: ToolButton) -> None:
        super().__init__(stage, last_tool)
        self.card = PromptCard()
        self.verdict = VerdictView(self.canvas, STRIP_SECONDS)
        self.places = play_layout(stage.frame, stage.settings.hand == "left")
        self.read: str | None = None  # what the recognizer says to the ink, once it has
        self._lifted_at: float | None = None  # s, the last pen-lift; None while nothing is waiting
        self._ticket: int | None = None

    @property
    def rest_seconds(self) -> float:
        """Seconds from the last pen-lift until what was written counts as a digit."""
        return REST_SECONDS

    def judge(self) -> None:
        """A digit is written; `read` is None where nobody has said what it is."""
        raise NotImplementedError

    def layout(self) -> None:
        frame = self.stage.frame
        self.places = play_layout(frame, self.stage.settings.hand == "left")
        self.lay_paper(self.places.paper, self.places.tools)
        self.card.resize(self.places.card, frame, self.stage.text)
        self.verdict.layout(self.writing_area, frame, self.stage.text)

    def begins_stroke(self, pointer: Pointer) -> bool:
        begins = super().begins_stroke(pointer)
        if begins:
            self._lifted_at = None
        return begins

    def pen_lifted(self) -> None:
        self._lifted_at, self.read, self._ticket = self.stage.clock(), None, None
        ink = self.canvas.ink()
        if ink:
            self._ticket = self.stage.desk.reader.request(ink, 1)

    def ink_taken_back(self) -> None:
        self._lifted_at = None
        if self.canvas.ink():
            self.pen_lifted()

    def hear(self, news: News) -> None:
        if isinstance(news, InkRead) and news.ticket == self._ticket:
            # What failed is no opinion; only ink that was read can be asked for again.
            self.read = "" if news.reading is None else news.reading.text

    def press_key(self, event: pygame.event.Event) -> None:
        if event.key in KEYS_ON and self._lifted_at is not None:
            self._lifted_at -= self.rest_seconds
        else:
            super().press_key(event)

    def update(self, dt: float) -> None:
        self.card.update(dt)
        self._group.update(dt)
        self.verdict.update(dt)
        if self._lifted_at is None or self.canvas.pen_is_down:
            return
        rested = self.stage.clock() - self._lifted_at
        told = self._ticket is None or self.read is not None
        if rested >= self.rest_seconds and (
            told or rested >= self.rest_seconds + LONGEST_WAIT - REST_SECONDS
        ):
            self._lifted_at = None
            self.judge()
