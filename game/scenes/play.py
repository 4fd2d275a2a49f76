"""The round itself: a prompt, a sheet of paper, and a reader that answers when the pen rests."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pygame

from game.ink.pointer import Pointer
from game.ink.strokes import InkArray, as_rows, ink_box
from game.persistence.rounds import KeptAnswer, KeptRound
from game.persistence.storage import Answer, RoundSummary
from game.reading.reader import READING
from game.rules.appeals import Ruling, runner_up
from game.rules.judge import Verdict
from game.rules.modes.mode import Mode
from game.rules.outcome import Outcome
from game.rules.round import Round
from game.scenes import places
from game.scenes.scene import AWAY, Stage
from game.scenes.writing import WritingScene
from game.ui import theme
from game.ui.appeal_chip import AppealChip
from game.ui.digit_keys import DIGIT_KEYS
from game.ui.formats import spoken_share
from game.ui.ghosts import Ghost, Motion
from game.ui.hud import LAST_SECONDS, Hud
from game.ui.layout import play_layout
from game.ui.particles import Floater, Particles
from game.ui.prompt_card import PromptCard
from game.ui.reading_marks import BoxedDigit, reading_marks
from game.ui.shapes import dash
from game.ui.strip import FOOT, HEIGHT, Strip
from game.ui.widgets import Group, ToolButton
from recognizer.endpointing.continuation import SeenDigit
from recognizer.endpointing.endpointer import Moment
from recognizer.endpointing.pace import Pace
from recognizer.reading import ReadingLike, is_readable

OPENING_COUNT = 3
RESUMING_COUNT = 2
WRONG_SECONDS = 1.1  # s that a wrong answer and the right digit stay before the next prompt
RIGHT_SECONDS = 0.3  # s that the ink of a right answer stays before it fades
SHORTEST_LOOK = 0.45  # s of it that cannot be skipped by touching the paper
STRIP_SECONDS = 1.4  # s that the strip with what was read stays
GRACE_SECONDS = 3.0  # s after the time is up in which ink that was begun may be finished and judged
OFFER_SECONDS = 6.0  # s that an appeal is offered, unless the pen comes down before
SPECK_SECONDS = 0.6  # s after which stray specks vanish


class Phase(enum.Enum):
    """Where the round stands."""

    WRITING = "writing"  # the prompt waits for ink
    SHOWING = "showing"  # a wrong answer is being shown
    OVER = "over"


class _Digit(SeenDigit, BoxedDigit, Protocol):
    """A digit that is judged and shown."""


class _Reading(ReadingLike, Protocol):
    """A reading that is judged and shown."""

    @property
    def digits(self) -> Sequence[_Digit]: ...


@dataclass(frozen=True)
class _NoReading:
    """Stands for ink that the reader refused: nothing was read."""

    text: str = "?"
    digits: Sequence[_Digit] = ()


class Play(WritingScene):
    """Plays one round of a mode from countdown to result."""

    def __init__(self, stage: Stage, mode: Mode) -> None:
        super().__init__(stage, ToolButton("pause", self.pause))
        self.mode = mode
        self.round = Round(mode, stage.new_rng(), stage.clock)
        self.phase = Phase.WRITING
        self._chip = AppealChip(self.appeal)
        self._group = Group([*self._tools, self._chip])
        self._offer_age = 0.0
        self.kept: list[KeptAnswer] = []
        self._best_before = stage.storage.best_score(mode.key)
        self._moment: Moment[_Reading] = Moment(stage.clock, Pace.from_table(stage.settings.pace))
        self._round_id: int | None = None  # None until the clock first runs
        self._closed = False  # whether the round's end is stored
        self._go = False  # set by the countdown when it has run through
        self._lift_seconds = 0.0  # s on this prompt at the last pen-lift
        self._asked_ink: list[InkArray] = []  # what the reader was given last
        self._phase_age = 0.0
        self._speck_age: float | None = None
        self._last_tick = math.ceil(self.round.clock.remaining())
        self._card = PromptCard()
        self._hud = Hud(self._best_before)
        self._strip: Strip | None = None
        self._ghosts: list[Ghost] = []
        self._floaters: list[Floater] = []
        self._particles = Particles()
        self.places = play_layout(stage.frame, stage.settings.hand == "left")

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self._card.show(self.round.prompt)
        self._count_down(OPENING_COUNT)

    def _count_down(self, count: int) -> None:
        self.stage.lay(places.Countdown(count, self._writing_area, self._countdown_done))

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
        if self._round_id is None:
            self._round_id = self.stage.storage.begin_round(
                self.mode.key, self.stage.desk.backend, self.stage.seed
            )
            self._card.show(self.round.prompt)
        self.round.start()
        if self._moment.waiting:
            # Ink from before the pause: its writing time stays, the wait begins anew.
            self._ask(written=False)

    def leave(self) -> None:
        self._close_round("abandoned")

    def interrupt(self) -> None:
        self.end_stroke()
        self.round.pause()

    def pause(self) -> None:
        """Stop the clock and offer the choices."""
        if self.phase is Phase.OVER:
            return
        self.end_stroke()
        self.round.pause()
        self.stage.lay(places.Pause(self.mode.key))

    def layout(self) -> None:
        frame = self.stage.frame
        self.places = play_layout(frame, self.stage.settings.hand == "left")
        self.lay_paper(
            self.places.paper, self.places.tools, answer_line=self.round.rules.most_digits > 1
        )
        self._chip.place(self.places.appeal)
        self._card.resize(self.places.card, frame, self.stage.text)
        self._ghosts.clear()

    # --- the pen ----------------------------------------------------------------------------------

    def begins_stroke(self, pointer: Pointer) -> bool:
        if self.phase is Phase.SHOWING:  # a stroke that came too late for the verdict, perhaps
            self._moment.pen_down(pointer.t)
            self._moment.cancel()
        if self.phase is Phase.SHOWING and self._phase_age >= SHORTEST_LOOK:
            self._next_prompt()
            return False
        if self.phase is not Phase.WRITING or not super().begins_stroke(pointer):
            return False
        self._moment.pen_down(pointer.t)
        self.round.clock.release()
        self._speck_age = None
        self._strip = None
        self._chip.withdraw()
        self._hurry_ghosts()
        return True

    def pen_lifted(self) -> None:
        self._lift_seconds = self.round.seconds_on_prompt()
        self._ask()

    def _ask(self, *, written: bool = True) -> None:
        """Have the ink read in the background; the clock stands still until that is done.

        `written` is False where it was not the pen that changed the ink just now.
        """
        self._asked_ink = self.canvas.ink()
        if self._asked_ink:
            ticket = self.stage.desk.reader.request(
                self._asked_ink, self.round.digits, freely=self.round.rules.most_digits > 1
            )
            boxes = [ink_box(stroke) for stroke in self._asked_ink]
            self._moment.pen_up(
                self.stage.clock(), ticket, boxes, self.round.digits, written=written
            )
            self.round.clock.hold()
        else:
            self._moment.cancel()
            self._speck_age = 0.0

    @property
    def may_take_back(self) -> bool:
        return self.phase is Phase.WRITING

    def ink_taken_back(self) -> None:
        self._moment.cancel()
        self.round.clock.release()
        if self.canvas.ink():
            self._ask(written=False)

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == READING:
            self._take_reading(event)
        elif event.type == pygame.KEYDOWN:
            self._key(event.key)
        elif event.type in AWAY:
            self.pause()

    def _key(self, key: int) -> None:
        if key in (pygame.K_ESCAPE, pygame.K_p):
            self.pause()
        elif key == pygame.K_a:
            self.appeal()
        elif key in DIGIT_KEYS:
            self._name(DIGIT_KEYS[key])
        else:
            self.tool_key(key)

    def _take_reading(self, event: pygame.event.Event) -> None:
        reading: _Reading = _NoReading() if event.reading is None else event.reading
        if self._moment.reading_came(event.ticket, reading, event.free):
            self.round.clock.release()

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        if self._hud.update(dt, self.round.score):
            self.stage.audio.play("level")
        self._card.update(dt)
        self._group.update(dt)
        self._particles.update(dt, self.stage.frame.unit)
        self._ghosts = [ghost for ghost in self._ghosts if ghost.update(dt)]
        self._floaters = [floater for floater in self._floaters if floater.update(dt)]
        self._age_strip(dt)
        self._age_offer(dt)
        self._age_specks(dt)
        self._phase_age += dt
        if self.phase is Phase.SHOWING and self._phase_age >= WRONG_SECONDS:
            self._next_prompt()
        self._tick()
        decision = self._moment.decide()
        if self.phase is Phase.WRITING and decision.reading is not None:
            self._judge(decision.reading)
        if self.round.time_is_up and not self._in_grace():
            self._finish()

    def _in_grace(self) -> bool:
        """Ink that was begun in time may still count."""
        over = self.round.clock.elapsed() - self.round.clock.seconds
        unfinished = self.canvas.pen_is_down or self._moment.waiting
        return self.phase is Phase.WRITING and unfinished and over < GRACE_SECONDS

    def _tick(self) -> None:
        left = math.ceil(self.round.clock.remaining())
        if left != self._last_tick:
            self._last_tick = left
            if 0 < left <= LAST_SECONDS:
                self.stage.audio.play("hurry")

    def _age_strip(self, dt: float) -> None:
        if self._strip is not None:
            self._strip.age += dt
            if self._strip.age > STRIP_SECONDS:
                self._strip = None

    def _age_offer(self, dt: float) -> None:
        self._offer_age += dt
        if self._offer_age > OFFER_SECONDS:
            self._chip.withdraw()

    def _age_specks(self, dt: float) -> None:
        """A tap that is no writing goes away by itself."""
        if self._speck_age is not None:
            self._speck_age += dt
            if self._speck_age >= SPECK_SECONDS:
                self._speck_age = None
                self._lift_ink(theme.INK_QUIET, Motion(stay=0.0, fade=0.2))

    # --- the verdict ------------------------------------------------------------------------------

    def _judge(self, reading: _Reading) -> None:
        outcome = self.round.submit(reading, self._lift_seconds)
        boxes = [digit.box for digit in reading.digits]
        backend = getattr(reading, "backend", self.stage.desk.backend)
        self.kept.append(KeptAnswer(outcome, as_rows(self._asked_ink), boxes, backend))
        self._store(self.kept[-1], reading)
        self._offer_appeal()
        self._moment.judged()
        self._hurry_ghosts()
        if outcome.verdict is Verdict.RIGHT:
            self._show_right(outcome, reading)
        elif outcome.verdict is Verdict.WRONG:
            self._show_wrong(outcome, reading)
        else:
            self._show_unreadable(outcome, reading)

    def _show_right(self, outcome: Outcome, reading: _Reading) -> None:
        frame = self.stage.frame
        self.stage.audio.play_right(self.round.score.streak)
        motion = Motion(stay=RIGHT_SECONDS, fade=0.4, lift=frame.px(50))
        marks = self._mark(reading, theme.GOOD, motion)
        centre = self._lift_ink(theme.GOOD, motion)
        self._particles.burst(centre, (theme.SUN, theme.GOOD_BRIGHT, theme.GOOD), 22, frame.unit)
        words = self.stage.text.render(f"+{outcome.points}", theme.LARGE, theme.GOOD)
        above = centre[1] - frame.px(190)
        if marks is not None:
            above = min(above, marks.top - frame.px(20))
        above = max(self.places.paper.y + frame.px(90), above)
        self._floaters.append(Floater(words.copy(), (centre[0], above), frame.px(60)))
        self._strip = Strip(f"Read {outcome.read}", "check", theme.GOOD, aside=_second(outcome))
        self._next_prompt()

    def _show_wrong(self, outcome: Outcome, reading: _Reading) -> None:
        self.stage.audio.play("wrong")
        self._card.reveal()
        motion = Motion(stay=WRONG_SECONDS - 0.3, fade=0.3, sway=self.stage.frame.px(16))
        self._mark(reading, theme.BAD, motion)
        self._lift_ink(theme.BAD, motion)
        words = f"Read {outcome.read}, asked {outcome.prompt.answer}"
        self._strip = Strip(words, "cross", theme.BAD, aside=_second(outcome))
        self._set_phase(Phase.SHOWING)

    def _show_unreadable(self, outcome: Outcome, reading: _Reading) -> None:
        self.stage.audio.play("unreadable")
        motion = Motion(stay=0.45, fade=0.35, sway=self.stage.frame.px(10))
        self._mark(reading, theme.INK_QUIET, motion)
        self._lift_ink(theme.INK_QUIET, motion)
        words = "Cannot read that, once more!"
        if is_readable(reading) and len(outcome.read) < len(outcome.prompt.answer):
            words = f"I can read only {outcome.read}, once more!"
        self._strip = Strip(words, "undo", theme.INK_QUIET, aside=_either(outcome))

    def _lift_ink(self, colour: theme.Colour, motion: Motion) -> tuple[float, float]:
        """Turn the ink into a ghost and return its middle in px."""
        picture = self.canvas.lift()
        if picture is None:
            return self.places.paper.center
        shape, rect = picture
        self._ghosts.append(Ghost(shape, rect, theme.INK, colour, motion))
        return rect.center

    def _mark(self, reading: _Reading, colour: theme.Colour, motion: Motion) -> pygame.Rect | None:
        """Show on the ink which digits were read and where; return that place, px.

        The marks go where the ink goes.
        """
        if self.round.rules.most_digits == 1:
            return None
        frame = self.stage.frame
        room = self._writing_area.inflate(-2 * frame.px(8), -2 * frame.px(8))
        room.h -= frame.px(FOOT + HEIGHT)
        marks = reading_marks(
            reading.digits, self.canvas.to_pixels, self.canvas.pen_radius, room, frame,
            self.stage.text, colour,
        )  # fmt: skip
        if marks is None:
            return None
        self._ghosts.append(Ghost(*marks, colour, colour, motion))
        return marks[1]

    def _hurry_ghosts(self) -> None:
        for ghost in self._ghosts:
            ghost.hurry()

    def _next_prompt(self) -> None:
        if self.phase is Phase.SHOWING:
            self._hurry_ghosts()
            self._strip = None
        self._card.show(self.round.next_prompt())
        self._set_phase(Phase.WRITING)

    def _set_phase(self, phase: Phase) -> None:
        self.phase, self._phase_age = phase, 0.0

    # --- the appeal -------------------------------------------------------------------------------

    def _offer_appeal(self) -> None:
        """Offer to put the last answer right, where it was taken for a wrong one.

        Not while it is still to be answered: the offer would tell what is asked for.
        """
        outcome = self.kept[-1].outcome
        if outcome.verdict is not Verdict.WRONG:
            self._chip.withdraw()
            return
        claim = outcome.prompt.answer
        self._chip.offer(claim, counts=self.round.ruling(outcome, claim) is Ruling.COUNTS)
        self._offer_age = 0.0

    def _name(self, digit: str) -> None:
        """The player typed a digit: that is what the last answer was, if it was one digit."""
        if self._chip.claim is not None and len(self._chip.claim) == 1:
            self.appeal(digit)

    def appeal(self, claim: str | None = None) -> None:
        """Take the player's word that the last answer was `claim`, or else what was asked."""
        claim = claim or self._chip.claim
        if self._chip.claim is None or claim is None or self._round_id is None:
            return
        self._chip.withdraw()
        kept = KeptRound(self._round_id, self.round, self.kept, is_over=False)
        ruling = kept.appeal(len(self.kept) - 1, claim, self.stage.storage, self.stage.hand)
        if self.phase is Phase.SHOWING:
            self._next_prompt()
        if ruling is Ruling.COUNTS:
            self.stage.audio.play_right(self.round.score.streak)
            words = f"Counted as {claim}, +{self.kept[-1].outcome.points}"
            self._strip = Strip(words, "check", theme.GOOD)
        else:
            self.stage.audio.play("click")
            self._strip = Strip(f"Kept as {claim}. {ruling.value}", "check", theme.INK_QUIET)

    # --- storing ----------------------------------------------------------------------------------

    def _store(self, kept: KeptAnswer, reading: _Reading) -> None:
        assert self._round_id is not None, "an answer needs a round that has begun"
        outcome = kept.outcome
        readable = outcome.verdict is not Verdict.UNREADABLE
        self.stage.storage.add_answer(
            self._round_id,
            Answer(
                prompt=outcome.prompt.text,
                disguise=outcome.prompt.disguise.value,
                expected=outcome.prompt.answer,
                read=outcome.read or "?",
                verdict=outcome.verdict.value,
                correct=outcome.verdict is Verdict.RIGHT if readable else None,
                seconds=round(outcome.seconds, 4),
                points=outcome.points,
                backend=kept.backend,
                confidence=min((float(d.confidence) for d in reading.digits), default=None),
                probabilities=[list(row) for row in outcome.probabilities],
                ink=kept.ink,
                boxes=[[round(float(edge), 2) for edge in box] for box in kept.boxes],
            ),
        )

    def _close_round(self, state: str) -> None:
        if self._round_id is None or self._closed:
            return
        self._closed = True
        self._keep_pace()
        score = self.round.score
        played = min(self.round.clock.elapsed(), self.round.clock.seconds)
        summary = RoundSummary(
            round(played, 3), score.points, score.longest_streak, score.right, score.wrong
        )
        self.stage.storage.end_round(self._round_id, state, summary)

    def _keep_pace(self) -> None:
        """Keep what the round taught about the player's pen."""
        pace = self._moment.pace.as_table()
        if pace != self.stage.settings.pace:
            self.stage.settings.pace = pace
            self.stage.save_settings(later=True)

    def _finish(self) -> None:
        self._set_phase(Phase.OVER)
        self.canvas.lift_pen()
        self.round.pause()
        self._close_round("finished")
        self.stage.go(places.Result(self.round, self.kept, self._best_before, self._round_id))

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        self._group.draw(surface, frame, text)
        surface.set_clip(self.places.paper)
        for ghost in self._ghosts:
            ghost.draw(surface)
        self.canvas.draw(surface)
        surface.set_clip(None)
        self._draw_waiting(surface)
        if self._strip is not None:
            self._strip.draw(surface, self._writing_area, frame, text)
        self._card.draw(surface, hidden=not self.round.clock.running)
        clock = self.round.clock
        self._hud.draw(
            surface, self.places, frame, text, self.round.score, clock.remaining(), clock.seconds
        )
        self._particles.draw(surface)
        for floater in self._floaters:
            floater.draw(surface)

    def _draw_waiting(self, surface: pygame.Surface) -> None:
        """A dash at the foot of the paper that shrinks until the ink is judged."""
        if not self._moment.waiting or not self.round.clock.running:
            return
        frame, paper = self.stage.frame, self.places.paper
        left = 1.0 - self._moment.share()
        height = frame.px(10)
        bar = pygame.Rect(0, 0, max(height, round(paper.w * 0.3 * left)), height)
        bar.midbottom = (self._writing_area.centerx, paper.bottom - frame.px(22))
        dash(surface, bar, theme.SUN)


def _second(outcome: Outcome) -> str:
    """The runner-up and how likely it was, in a few words."""
    second = runner_up(outcome.read, outcome.probabilities)
    return "" if second is None else f"or {second.text}, {spoken_share(second.share)}"


def _either(outcome: Outcome) -> str:
    """Of ink that could not be read: what it might have been."""
    second = runner_up(outcome.read, outcome.probabilities)
    return "" if second is None else f"{outcome.read} or {second.text}?"
