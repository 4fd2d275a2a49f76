"""What the screens share where answers are judged: ink goes to the reader, its endpointer waits.

The clock of a player's round stands still while the reader works; stray specks go by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from game.ink.pointer import Pointer
from game.ink.strokes import InkArray, ink_box
from game.reading.news import InkRead, News
from game.rules.round import Round
from game.scenes.scene import Stage
from game.scenes.writing import CLEAR_KEYS, UNDO_KEYS, WritingScene
from game.ui.keys import Action
from game.ui.verdict import VerdictView
from game.ui.widgets import ToolButton
from recognizer.endpointing.endpointer import Endpointer
from recognizer.endpointing.pace import Pace
from recognizer.endpointing.patience import PATIENCE
from recognizer.reading import Reading

SPECK_SECONDS = 0.6  # s after which stray specks vanish
NO_READING = Reading(backend="", elapsed_ms=0.0)  # of ink that the reader refused


class Answering(WritingScene):
    """A sheet on which a player answers the prompts of a round."""

    verdict: VerdictView  # what became of the ink

    def __init__(
        self,
        stage: Stage,
        part: Round,
        *last_tool: ToolButton,
        sheet: int = 0,
        undo_keys: Sequence[int | Action] = UNDO_KEYS,
        clear_keys: Sequence[int | Action] = CLEAR_KEYS,
    ) -> None:
        """`part` is the round, or what one player has of it; `sheet` tells papers apart."""
        super().__init__(stage, *last_tool, undo_keys=undo_keys, clear_keys=clear_keys)
        self.endpointer = Endpointer(
            stage.clock, Pace.from_table(stage.settings.pace), PATIENCE[stage.settings.patience]
        )
        self._part, self._sheet = part, sheet
        self._lift_seconds = 0.0  # s on this prompt at the last pen-lift
        self._asked_ink: list[InkArray] = []  # what the reader was given last
        self._speck_age: float | None = None

    def guess_came(self, guess: str | None) -> None:
        """The reader sees something else in the ink so far; None: there is no opinion any more."""

    def answer_begins(self, pointer: Pointer) -> None:
        """A stroke of an answer begins."""
        self.endpointer.pen_down(pointer.t)
        self._part.clock.release()
        self._part.ink_began()
        self._speck_age = None
        self.verdict.hush()
        self.verdict.hurry()

    def pen_lifted(self) -> None:
        self._lift_seconds = self._part.seconds_on_prompt()
        self.ask()

    def ask(self, *, written: bool = True) -> None:
        """Have the ink read in the background; the clock stands still until that is done.

        `written` is False where it was not the pen that changed the ink just now.
        """
        self._asked_ink = self.canvas.ink()
        if not self._asked_ink:
            self.endpointer.cancel()
            self._speck_age = 0.0
            return
        part, several = self._part, self._part.rules.most_digits > 1
        ticket = self.stage.desk.reader.request(
            self._asked_ink, part.digits, freely=several, sheet=self._sheet
        )
        boxes = [ink_box(stroke) for stroke in self._asked_ink]
        self.endpointer.pen_up(self.stage.clock(), ticket, boxes, part.digits, written=written)
        part.clock.hold()

    def ink_taken_back(self) -> None:
        self.endpointer.cancel()
        self._part.clock.release()
        self.guess_came(None)
        if self.canvas.ink():
            self.ask(written=False)
        else:
            self._part.ink_vanished()

    def hear(self, news: News) -> None:
        if isinstance(news, InkRead):
            reading = news.reading or NO_READING
            if self.endpointer.reading_came(news.ticket, reading, news.free):
                self._part.clock.release()
                self.guess_came(reading.text)

    def age_specks(self, dt: float) -> None:
        """A tap that is no writing goes away by itself."""
        if self._speck_age is not None:
            self._speck_age += dt
            if self._speck_age >= SPECK_SECONDS:
                self._speck_age = None
                self._part.ink_vanished()
                self.verdict.speck()
