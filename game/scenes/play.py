"""The round itself: a prompt, a sheet of paper, and a reader that answers when the pen rests."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Sequence

import pygame

from game.ink.pointer import Pointer
from game.language import _
from game.persistence.progress import weakest
from game.persistence.rounds import (
    ABANDONED,
    FINISHED,
    KeptAnswer,
    Recorder,
    best_mark,
    days_played,
)
from game.rules.judge import Verdict
from game.rules.modes import MODES
from game.rules.outcome import Outcome
from game.rules.round import Round
from game.scenes import menu, places
from game.scenes.answering import NO_READING, Answering
from game.scenes.appeals import Appeals
from game.scenes.scene import Stage
from game.ui.group import Group
from game.ui.hud import wish_place
from game.ui.keys import Action, key_of
from game.ui.layout import play_layout
from game.ui.play_view import PlayView, round_layout
from game.ui.verdict import WRONG_SECONDS
from game.ui.widgets import DIGIT_KEYS, Button, ToolButton, Widget
from recognizer.reading import Reading

PAUSE_KEYS = (Action.PAUSE, pygame.K_ESCAPE)
END_KEYS = (pygame.K_RETURN, pygame.K_KP_ENTER)
OPENING_COUNT = 3
RESUMING_COUNT = 2
SHORTEST_LOOK = 0.45  # s of a wrong answer that cannot be skipped by touching the paper
GRACE_SECONDS = 3.0  # s after the time is up in which ink that was begun may be finished and judged


class Phase(enum.Enum):
    """Where the round stands."""

    WRITING = "writing"  # the prompt waits for ink
    SHOWING = "showing"  # a wrong answer, or the last one, is being shown
    OVER = "over"


class Play(Answering):
    """Plays one round of a mode from countdown to result."""

    def __init__(self, stage: Stage, place: places.Round) -> None:
        self.mode = mode = MODES[place.mode]
        self.level = mode.level(place.level, place.chosen, place.own)
        today = datetime.date.today()
        rng = mode.attempts.rng(stage.new_rng(), today)
        needs = weakest(stage.storage, mode) if stage.seed is None else None
        counts = mode.attempts.counts(today, days_played(stage.storage, mode))
        self.round = Round(mode, rng, stage.clock, mode.line_up(self.level), needs, counts)
        super().__init__(stage, self.round, ToolButton("pause", self.pause, keys=PAUSE_KEYS))
        self.phase = Phase.WRITING
        self.recorder = Recorder(stage.storage, self.round)
        self._end_button = Button(_("End"), self.end, keys=END_KEYS)
        self._best_before = best_mark(stage.storage, mode, self.level)
        self._go = False  # set by the countdown when it has run through
        self._phase_age = 0.0
        self.view = PlayView(self.round, self._best_before, self.canvas)
        self.verdict = self.view.verdict
        self.appeals = Appeals(stage, self.recorder, self.verdict, self._verdict_seen)
        self.chip = self.appeals.chip
        widgets: list[Widget] = [*self._tools, self.chip]
        self._group = Group([*widgets, self._end_button] if self.round.ends_on_wish else widgets)
        self.places = play_layout(stage.frame, False)

    @property
    def kept(self) -> Sequence[KeptAnswer]:
        """The answers so far."""
        return self.recorder.answers

    @property
    def reads_by(self) -> str:
        """Who reads the answers, as it is stored."""
        return self.stage.desk.backend

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self.view.show_prompt()
        level, several = self.level, len(self.mode.levels) > 1
        words = [f"{_(level.title)}. {_(level.meaning)}"] if several else []
        self._count_down(OPENING_COUNT, [*words, _(self.mode.help or self.mode.tagline)])

    def _count_down(self, count: int, words: Sequence[str] = ()) -> None:
        place = places.Countdown(count, self._writing_area, self._countdown_done, words)
        self.stage.lay(place)

    def _countdown_done(self) -> None:
        self._go = True

    def resume(self) -> None:
        if self.stage.desk.error is not None:
            self.stage.go(places.Title())
        elif self._go:
            self._go = False
            self._start_clock()
        elif self.phase is not Phase.OVER:
            self._count_down(RESUMING_COUNT)

    def _start_clock(self) -> None:
        if self.recorder.number is None:
            self.recorder.begin(self.reads_by, self.stage.seed)
            self.view.show_prompt()
        self.round.start()
        if self.endpointer.waiting:
            # Ink from before the pause: its writing time stays, the wait begins anew.
            self.ask(written=False)

    def leave(self) -> None:
        self._close_round(ABANDONED)

    def _close_round(self, state: str) -> None:
        if self.recorder.number is None:
            return
        pace = self.endpointer.pace.as_table()
        if pace != self.stage.settings.pace:
            self.stage.settings.pace = pace
            self.stage.save_settings(later=True)
        self.recorder.end(state)

    def _finish(self) -> None:
        self._set_phase(Phase.OVER)
        self.canvas.lift_pen()
        self.round.pause()
        self._close_round(FINISHED)
        ending = places.Result(self.round, self.kept, self._best_before, self.recorder.number)
        self.stage.go(ending)

    def interrupt(self) -> None:
        self.end_stroke()
        self.round.pause()

    def reword(self) -> None:
        self._end_button.label = _("End")

    def pause(self) -> None:
        """Stop the clock and offer the choices."""
        if self.phase is Phase.OVER:
            return
        self.end_stroke()
        self.round.pause()
        level = self.level
        chosen = dict(level.chosen)
        self.stage.lay(places.Pause(self.mode.key, level.key, chosen, level.own))

    def restart(self) -> None:
        """Begin again at once, with other prompts; where a day has one round, ask by the pause."""
        if self.mode.attempts.again:
            level = self.level
            menu.play(self.stage, self.mode.key, level.key, dict(level.chosen), level.own)
        else:
            self.pause()

    def woke(self) -> None:
        self.pause()

    def end(self) -> None:
        """The player has had enough, where the mode lets them end it."""
        if self.round.ends_on_wish and self.phase is not Phase.OVER:
            self.round.end()
            self._finish()

    def layout(self) -> None:
        frame = self.stage.frame
        left_handed = self.is_left_handed
        self.places = round_layout(frame, left_handed, self.round)
        several = self.round.rules.most_digits > 1
        self.lay_paper(self.places.paper, self.places.tools, answer_line=several)
        self.chip.place(self.places.appeal)
        self._end_button.rect = wish_place(self.places, self.mode.gauges)
        self.view.layout(self.places, self._writing_area, frame, self.stage.text)

    # --- the pen ----------------------------------------------------------------------------------

    def begins_stroke(self, pointer: Pointer) -> bool:
        if self.phase is Phase.SHOWING:  # a stroke that came too late for the verdict, perhaps
            self.endpointer.pen_down(pointer.t)
            self.endpointer.cancel()
        if self.phase is Phase.SHOWING and self._phase_age >= SHORTEST_LOOK:
            self._go_on()
            return False
        if self.phase is not Phase.WRITING or not super().begins_stroke(pointer):
            return False
        if not self.round.prompt.asks:
            if self._phase_age >= SHORTEST_LOOK:
                self.next_prompt()
            return False
        self.answer_begins(pointer)
        self.chip.withdraw()
        return True

    @property
    def may_take_back(self) -> bool:
        return self.phase is Phase.WRITING

    def press_key(self, event: pygame.event.Event) -> None:
        if event.key in DIGIT_KEYS:
            self.appeals.name(DIGIT_KEYS[event.key])
        elif event.key == key_of(Action.AGAIN):
            self.restart()
        else:
            super().press_key(event)

    def went_away(self) -> None:
        self.pause()

    def guess_came(self, guess: str | None) -> None:
        self.view.guess = guess

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        for sound in self.view.update(dt):
            self.stage.audio.play(sound)
        self._group.update(dt)
        self.age_specks(dt)
        self._phase_age += dt
        if self.phase is Phase.SHOWING and self._phase_age >= WRONG_SECONDS:
            self._go_on()
        if self.phase is Phase.OVER:
            return
        decision = self.endpointer.decide()
        if self.phase is Phase.WRITING and decision.reading is not None:
            self._judge(decision.reading)
        self._watch_prompt()
        over = self.round.clock.elapsed() - self.round.clock.seconds
        if self.round.time_is_up and not self._in_grace(over):
            self._finish()

    def _watch_prompt(self) -> None:
        """Hide what was only to be glimpsed, pass what asks for nothing, and miss what is late."""
        if self.phase is not Phase.WRITING:
            return
        prompt = self.round.prompt
        late = self.round.seconds_on_prompt() - self.round.answer_seconds
        if self.round.prompt_is_past:
            self.next_prompt()
        elif self.round.answer_is_late and not self._in_grace(late):
            self._miss()
        elif prompt.glimpse and self.round.prompt_is_hidden and not self.view.card.is_covered:
            self.view.card.cover(_(prompt.glimpse.then))

    def _in_grace(self, over: float) -> bool:
        """Ink that was begun in time may still count, `over` seconds after it."""
        unfinished = self.canvas.pen_is_down or self.endpointer.waiting
        return self.phase is Phase.WRITING and unfinished and over < GRACE_SECONDS

    # --- the verdict ------------------------------------------------------------------------------

    def _judge(self, reading: Reading) -> None:
        outcome = self.round.submit(reading, self._lift_seconds)
        self.recorder.keep(outcome, self._asked_ink, reading)
        self.appeals.offer(outcome)
        self.endpointer.judged()
        self.view.guess = None
        self.verdict.hurry()
        if outcome.verdict is Verdict.RIGHT:
            self.stage.audio.play_right(self.round.score.streak)
            self.verdict.right(outcome, reading)
            if self.round.is_complete:
                self._set_phase(Phase.SHOWING)
            else:
                self.next_prompt()
        elif outcome.verdict is Verdict.WRONG:
            self._show_wrong(outcome, reading)
        else:
            self.stage.audio.play("unreadable")
            self.verdict.unreadable(outcome, reading)

    def _show_wrong(self, outcome: Outcome, reading: Reading) -> None:
        self.stage.audio.play("wrong")
        self.view.card.reveal()
        self.verdict.wrong(outcome, reading)
        self._set_phase(Phase.SHOWING)

    def _miss(self) -> None:
        """Nothing was written in the answer's time."""
        self.endpointer.cancel()
        self.round.clock.release()
        outcome = self.round.miss()
        self.recorder.keep(outcome, (), NO_READING)
        self.appeals.offer(outcome)
        self._show_wrong(outcome, NO_READING)

    def _verdict_seen(self) -> None:
        """The player has said something to the verdict that is being shown."""
        if self.phase is Phase.SHOWING:
            self._go_on()

    def _go_on(self) -> None:
        """A verdict was seen for long enough."""
        if self.round.is_complete:
            self._finish()
        else:
            self.next_prompt()

    def next_prompt(self) -> None:
        """Turn to the next prompt."""
        if self.phase is Phase.SHOWING:
            self.verdict.hurry()
            self.verdict.hush()
        self.round.next_prompt()
        self.view.show_prompt()
        self._set_phase(Phase.WRITING)

    def _set_phase(self, phase: Phase) -> None:
        self.phase, self._phase_age = phase, 0.0

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        self._group.draw(surface, frame, text)
        self.view.draw_ink(surface)
        self.view.draw(surface, 1.0 - self.endpointer.share() if self.endpointer.waiting else None)
