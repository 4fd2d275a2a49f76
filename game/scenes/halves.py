"""Two players at once: each writes on a half of the paper, with a pointer of their own."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.pointer import Kind, Pointer
from game.ink.strokes import InkArray
from game.language import N_, _
from game.persistence.rounds import ABANDONED, FINISHED, Recorder
from game.reading.news import News
from game.rules.ending import AfterAnswers
from game.rules.halves import HalvesRound
from game.rules.modes import MODES
from game.rules.outcome import Outcome
from game.scenes import menu, places
from game.scenes.scene import AWAY, Scene, Stage
from game.scenes.side import Side
from game.ui import theme
from game.ui.group import Group
from game.ui.halves_layout import halves_layout
from game.ui.keys import Action, key_of
from game.ui.paper import desk
from game.ui.shapes import dash
from game.ui.widgets import ToolButton, Widget
from recognizer.reading import Reading

PAUSE_KEYS = (Action.PAUSE, pygame.K_ESCAPE)
OPENING_COUNT = 3
RESUMING_COUNT = 2
WORDS = (N_("Write here."), N_("The next sums come when both have answered."))
COUNT_ROOM = 120.0  # layout units of a sheet that the countdown covers
ENDS = (Kind.UP, Kind.LOST, Kind.PALM)


class Halves(Scene):
    """Plays one round of a mode on two halves, from countdown to result."""

    def __init__(self, stage: Stage, place: places.Halves) -> None:
        super().__init__(stage)
        self.mode = mode = MODES[place.mode]
        self.level = mode.level(place.level, place.chosen)
        rng = stage.new_rng()
        self.round = HalvesRound(mode, rng, stage.clock, mode.line_up(self.level))
        self.recorder = Recorder(stage.storage, self.round)
        self.sides = [
            Side(stage, player, part, self._judge) for player, part in enumerate(self.round.parts)
        ]
        self._pause = ToolButton("pause", self.pause, keys=PAUSE_KEYS)
        self._group = Group([self._pause])
        self._pressing: int | None = None  # the hand that came down on the button
        self._go = False  # set by the countdown when it has run through
        self._over = False
        self._backdrop = pygame.Surface((1, 1))
        self._papers = pygame.Rect(0, 0, 1, 1)  # what the countdown stands on, px
        self._places = halves_layout(stage.frame)

    @property
    def widgets(self) -> Sequence[Widget]:
        return [*(widget for side in self.sides for widget in side.widgets), self._pause]

    @property
    def parted_at(self) -> float:
        return self.stage.frame.width / 2

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self._count_down(OPENING_COUNT)

    def _count_down(self, count: int) -> None:
        self.stage.lay(places.Countdown(count, self._papers, self._countdown_done))

    def _countdown_done(self) -> None:
        self._go = True

    def resume(self) -> None:
        if self.stage.desk.error is not None:
            self.stage.go(places.Title())
        elif self._go:
            self._go = False
            self._start()
        elif not self._over:
            self._count_down(RESUMING_COUNT)

    def _start(self) -> None:
        if self.recorder.number is None:
            self.recorder.begin(self.stage.desk.backend, self.stage.seed)
            for side in self.sides:
                side.show_prompt()
        self.round.start()
        for side in self.sides:
            if side.endpointer.waiting:  # ink from before the pause
                side.ask(written=False)

    def leave(self) -> None:
        self.recorder.end(ABANDONED)

    def interrupt(self) -> None:
        for side in self.sides:
            side.interrupt()
        self.round.pause()

    def woke(self) -> None:
        self.pause()

    def pause(self) -> None:
        """Stop both clocks and offer the choices."""
        if not self._over:
            self.interrupt()
            level = self.level
            self.stage.lay(places.Pause(self.mode.key, level.key, dict(level.chosen)))

    def restart(self) -> None:
        """Begin again at once, with other prompts."""
        menu.play(self.stage, self.mode.key, self.level.key, dict(self.level.chosen))

    # --- events -----------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        if event.type in AWAY:
            self.pause()
        elif event.type == pygame.KEYDOWN and event.key == key_of(Action.AGAIN):
            self.restart()
        elif event.type == pygame.KEYDOWN and not self._group.key(event):
            for side in self.sides:
                side.press_key(event)

    def pointer(self, pointer: Pointer) -> None:
        hand = pointer.hand
        on_button = self._pause.rect.collidepoint(pointer.pos)
        if pointer.kind is Kind.DOWN and on_button and self._pressing is None:
            self._pressing = hand
        if self._pressing == hand:
            if pointer.kind in ENDS:
                self._pressing = None
            self._group.pointer(pointer)
            return
        if self._pressing is None:
            self._pause.hovered = on_button and not pointer.touch
        self.sides[hand].pointer(pointer)

    def hear(self, news: News) -> None:
        for side in self.sides:
            side.hear(news)

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        self._group.update(dt)
        for side in self.sides:
            side.update(dt)
        if self._over or not all(side.is_seen for side in self.sides):
            for side in self.sides:
                if side.is_seen and not self.round.is_complete:
                    side.wait_for_the_other()
            return
        if self.round.is_complete:
            self._finish()
            return
        self.round.next_prompts()
        for side in self.sides:
            side.show_prompt()

    def _judge(
        self, player: int, reading: Reading, seconds: float, ink: Sequence[InkArray]
    ) -> Outcome:
        outcome = self.round.submit(player, reading, seconds)
        self.recorder.keep(outcome, ink, reading)
        return outcome

    def _finish(self) -> None:
        self._over = True
        self.interrupt()
        self.recorder.end(FINISHED)
        kept, number = self.recorder.answers, self.recorder.number
        self.stage.go(places.Result(self.round, kept, None, number))

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame = self.stage.frame
        self._places = halves_layout(frame)
        self._papers.update(self._places.papers)
        self._pause.rect = self._places.pause
        self._backdrop = desk(frame)
        for side, half in zip(self.sides, self._places.halves, strict=True):
            side.lay_half(half, self._backdrop)

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        self._draw_progress(surface)
        self._group.draw(surface, self.stage.frame, self.stage.text)
        for side in self.sides:
            side.draw(surface)
        if self.recorder.number is None:
            taken = self.stage.frame.px(COUNT_ROOM)
            for side in self.sides:
                words = [f"{_(side.part.levels[0].title)}.", *map(_, WORDS)]
                side.draw_words(surface, words, taken)

    def _draw_progress(self, surface: pygame.Surface) -> None:
        """A dash for every answer of a player, lit when both have given it."""
        bar, gap = self._places.progress, self.stage.frame.px(theme.SPACE_2)
        ending = self.round.parts[0].rules.ending(AfterAnswers)
        count = 0 if ending is None else ending.count
        done = min(part.score.answered for part in self.round.parts)
        each = (bar.w - gap * (count - 1)) / max(1, count)
        for n in range(count):
            left = round(bar.x + n * (each + gap))
            piece = pygame.Rect(left, bar.y, max(1, round(each)), bar.h)
            dash(surface, piece, theme.GLOW if n < done else theme.NIGHT_LINE)
