"""What the screens share that ask for digits in the player's own time: card, sheet, one opinion.

A digit counts as written when the pen has rested for a moment; by then the recognizer has said what
it makes of the ink, as a rule.
"""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.pointer import Pointer
from game.reading.news import InkRead, News
from game.scenes.scene import Stage
from game.scenes.writing import WritingScene
from game.ui import theme
from game.ui.ghosts import Motion
from game.ui.layout import play_layout
from game.ui.prompt_card import PromptCard
from game.ui.shapes import dash
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

    @property
    def heading(self) -> tuple[str, str]:
        """What the screen is called, and a line below it."""
        raise NotImplementedError

    @property
    def progress(self) -> Sequence[theme.Colour]:
        """The colour of each dash at the head: one for every digit that is asked for."""
        raise NotImplementedError

    progress_groups = 1  # into which those fall

    def judge(self) -> None:
        """A digit is written; `read` is None where nobody has said what it is."""
        raise NotImplementedError

    def ask_again(self, words: str) -> None:
        """The ink shakes its head and goes, and a sentence says why it is asked for again."""
        self.stage.audio.play("unreadable")
        motion = Motion(stay=0.45, fade=0.35, sway=self.stage.frame.px(10))
        self.verdict.lift(theme.INK_QUIET, motion)
        self.verdict.say(words, "undo", theme.INK_QUIET)

    def layout(self) -> None:
        frame = self.stage.frame
        self.places = play_layout(frame, self.is_left_handed)
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

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        self._draw_progress(surface)
        self._draw_heading(surface)
        self.card.draw(surface)
        self._group.draw(surface, self.stage.frame, self.stage.text)
        surface.set_clip(self.places.paper)
        self.draw_under_ink(surface)
        self.verdict.draw_ink(surface)
        self.canvas.draw(surface)
        self.draw_over_ink(surface)
        self.verdict.draw_strip(surface)
        surface.set_clip(None)

    def draw_under_ink(self, surface: pygame.Surface) -> None:
        """Draw what lies on the paper before anything is written."""

    def draw_over_ink(self, surface: pygame.Surface) -> None:
        """Draw what is said on the paper."""

    def _draw_progress(self, surface: pygame.Surface) -> None:
        frame, bar, colours = self.stage.frame, self.places.time_bar, self.progress
        height, count = max(6, frame.px(12)), len(colours)
        gap, group_gap = max(2, frame.px(theme.SPACE_2)), frame.px(theme.SPACE_6)
        room = bar.w - gap * (count - 1) - (group_gap - gap) * (self.progress_groups - 1)
        x, width = float(bar.x), room / count
        for n, colour in enumerate(colours, 1):
            piece = pygame.Rect(round(x), bar.centery - height // 2, round(width), height)
            dash(surface, piece, colour)
            x += width + (gap if n % (count // self.progress_groups) else group_gap)

    def _draw_heading(self, surface: pygame.Surface) -> None:
        text, place = self.stage.text, self.places.score
        title, words = self.heading
        name = text.fitted(title, theme.LARGE, theme.GLOW, (place.w, place.h * 3 // 5))
        line = text.fitted(words, theme.BODY, theme.MIST, (place.w, place.h * 2 // 5))
        surface.blit(name, place.topleft)
        surface.blit(line, (place.x, place.y + name.get_height()))
