"""Learn to write: the model with its dot and arrows, a sheet, and kind words about shape and order.

Nothing is graded. Only of ink that the reader is sure of is anything said about the hand, and a
digit that was written the wrong way round is known by its mirror image.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import numpy as np
import pygame

from game.ink.pointer import Pointer
from game.language import N_, _, figures, ngettext
from game.persistence.rounds import ABANDONED, FINISHED, KeptRound, Recorder
from game.reading.news import InkRead, News
from game.rules.digit_models import Model, model
from game.rules.modes.learn import DIGITS, MODE, Step, step_of
from game.rules.paths import drawn, mirrored
from game.rules.penmanship import Advice, Seen, advice, needs_mirror, see
from game.rules.round import Round
from game.scenes import places
from game.scenes.asking import Asking
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.ghosts import Motion
from game.ui.group import Group
from game.ui.guess import draw_guess
from game.ui.model_view import paint_model, pen_place, placed
from game.ui.shapes import dash, disc
from game.ui.widgets import Button, ToolButton
from recognizer.reading import Reading

UNFINISHED_REST = 1.4  # s of rest while the model has more strokes than were written
FINISHED_REST = 0.7  # s: hands that learn are slow
SEEN_SECONDS = 1.5  # s that a digit which went well is looked at
MOST_TRIES = 2  # at one digit that was known, before it goes on: nobody has to be perfect
HELP_AFTER = 2  # tries at one digit that was not known: then the model is shown
SIDE = 0.66  # of the paper's height or width, the square of the model
BESIDE = 0.27  # of the paper's width, where the model's middle is for copying
PRAISE = (
    N_("That is a fine {digit}."), N_("A {digit} just like the model."),
    N_("Well written, that {digit}."),
)  # fmt: skip
GUIDES = (0.05, 0.95)  # of the model's square, the lines that it stands between


class Mood(enum.Enum):
    """What the sheet is doing."""

    WRITING = "writing"
    SEEN = "seen"  # a digit went well and is looked at


class Learn(Asking):
    """One digit after the other, as long as one likes."""

    def __init__(self, stage: Stage, place: places.Learn) -> None:
        super().__init__(stage, ToolButton("right", self.skip, keys=[pygame.K_RIGHT]))
        self.level = MODE.level(place.level, place.chosen)
        self.round = Round(MODE, stage.new_rng(), stage.clock, [self.level])
        self.recorder = Recorder(stage.storage, self.round)
        self.reading: Reading | None = None
        self.in_mirror: Reading | None = None
        self.seen: Seen | None = None  # what became of the last try
        self.advice: Advice | None = None  # and what was said about it
        self._mirror_ticket: int | None = None
        self._shows_guess = MODE.shows_guess(self.level)
        self._mood, self._mood_age = Mood.WRITING, 0.0
        self._known = self._unknown = 0  # tries at this prompt
        self._done: set[str] = set()  # digits that went well in this visit
        self._age = 0.0  # s since the model came into sight
        self._end = Button(_("End"), self.end, keys=[pygame.K_ESCAPE])
        self._group = Group([*self._tools, self._end])

    @property
    def digit(self) -> str:
        """What is asked for now."""
        return self.round.prompt.answer

    @property
    def step(self) -> Step:
        """How."""
        return step_of(self.round.prompt)

    @property
    def model(self) -> Model:
        """How it is to be written."""
        return model(self.digit, dict(self.level.chosen))

    @property
    def shows_model(self) -> bool:
        """Whether the model is in sight."""
        return self.step is not Step.MEMORY or self._unknown >= HELP_AFTER

    @property
    def square(self) -> pygame.Rect:
        """Where the model lies, px: under the ink, or beside it."""
        area = self.writing_area
        aside = self.step is not Step.TRACE
        side = round(SIDE * min(area.h, area.w * (0.6 if aside else 1.0)))
        square = pygame.Rect(0, 0, side, side)
        square.center = (area.x + round(area.w * BESIDE), area.centery) if aside else area.center
        return square

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self.round.start()
        self._ask()

    def resume(self) -> None:
        self.round.start()
        self.stage.show_notices()

    def interrupt(self) -> None:
        super().interrupt()
        self.round.pause()

    def reword(self) -> None:
        self._end.label = _("End")

    def leave(self) -> None:
        self.recorder.end(ABANDONED)

    def end(self) -> None:
        """Enough for now: back to the title, with a word about what was written."""
        self.end_stroke()
        self.round.pause()
        self.round.end()
        self.recorder.end(FINISHED)
        kept, number = list(self.recorder.answers), self.recorder.number
        self.stage.go(places.Title())
        if number is not None:
            count = len(kept)
            words = ngettext("You wrote one digit.", "You wrote {count} digits.", count).format(
                count=figures.number(count)
            )
            look = ngettext("Look at it", "Look at them", count)
            ways = [places.Way(look, places.Review(KeptRound(number, self.round, kept)))]
            self.stage.lay(places.Notice(_("Until next time"), [words], ways))

    def skip(self) -> None:
        """On to the next one."""
        if self._mood is Mood.WRITING:
            self.stage.audio.play("click")
        self.canvas.clear()
        self._lifted_at = None
        self._go_on()

    def layout(self) -> None:
        super().layout()
        self._end.rect = self.places.streak

    def _ask(self) -> None:
        self.card.show(self.round.prompt)
        self._mood, self._known, self._unknown, self._age = Mood.WRITING, 0, 0, 0.0

    def _go_on(self) -> None:
        self.round.next_prompt()
        self._ask()

    # --- the pen and its reading ------------------------------------------------------------------

    @property
    def rest_seconds(self) -> float:
        more = len(self.canvas.ink()) < len(self.model.strokes)
        return UNFINISHED_REST if more else FINISHED_REST

    def begins_stroke(self, pointer: Pointer) -> bool:
        if self._mood is Mood.SEEN:  # whoever writes on need not look any longer
            self._go_on()
        begins = super().begins_stroke(pointer)
        if begins:
            self.round.start()  # it stands since the player looked elsewhere, perhaps
            self.round.ink_began()
            self.verdict.hush()
            self.verdict.hurry()
        return begins

    def pen_lifted(self) -> None:
        super().pen_lifted()
        self.reading = self.in_mirror = self._mirror_ticket = None

    def hear(self, news: News) -> None:
        if not isinstance(news, InkRead):
            return
        if news.ticket == self._mirror_ticket:
            self.in_mirror = news.reading
            self.read = "" if self.reading is None else self.reading.text
        elif news.ticket == self._ticket:
            self.reading = news.reading
            if news.reading is not None and needs_mirror(self.digit, news.reading):
                turned = mirrored(drawn([stroke.tolist() for stroke in self.canvas.ink()]))
                ink = [np.array(path, np.float64) for path in turned]
                self._mirror_ticket = self.stage.desk.reader.request(ink, 1)
            else:
                super().hear(news)

    def judge(self) -> None:
        """Look at what was written: at its hand, if it is surely what was asked."""
        ink, reading = self.canvas.ink(), self.reading
        if not ink:
            self._again(_("That was only a dot. Take your time"))
            return
        if reading is None:
            self._again(_("I could not read that. Once more, please"))
            return
        rows = [stroke.tolist() for stroke in ink]
        self.seen = see(self.digit, rows, reading, self.in_mirror)
        traced = self._traced() if self.step is Step.TRACE else None
        self.advice = advice(rows, self.model, traced) if self.seen is Seen.ASKED else None
        self._keep(reading)
        match self.seen:
            case Seen.ASKED:
                self._well(self.advice)
            case Seen.MIRRORED:
                self._unknown = max(self._unknown, HELP_AFTER)  # the model shows where to begin
                if self.model.start[0] < 0.5:
                    told = _("That is a mirrored {digit}. Begin at the dot, on the left")
                else:
                    told = _("That is a mirrored {digit}. Begin at the dot, on the right")
                self._again(told.format(digit=self.digit))
            case Seen.OTHER:
                self._unknown += 1
                told = _("I read a {read}. Have another try at the {digit}")
                self._again(told.format(read=reading.text, digit=self.digit))
            case Seen.UNSURE:
                self._unknown += 1
                self._again(_("I cannot make it out yet. Once more, please"))

    def _traced(self) -> list[list[tuple[float, float]]]:
        """The model's strokes under the ink, in paper units."""
        strokes = placed(self.model, self.square)
        return [[self.canvas.to_paper(x, y) for x, y in stroke] for stroke in strokes]

    def _keep(self, reading: Reading) -> None:
        """Keep the ink with what was read, as of any other round."""
        self.recorder.begin(self.stage.desk.backend, self.stage.seed)
        outcome = self.round.submit(reading, self.round.seconds_on_prompt())
        self.recorder.keep(outcome, self.canvas.ink(), reading)

    def _well(self, tip: Advice | None) -> None:
        """It is the digit; where there is something to try, once more, but not for ever."""
        self._known += 1
        self._done.add(self.digit)
        self.stage.audio.play_right(min(4, len(self._done)))
        praise = _(PRAISE[(int(self.digit) + self._known) % len(PRAISE)])
        if tip is None or self._known >= MOST_TRIES:
            self._mood, self._mood_age = Mood.SEEN, 0.0
            motion = Motion(stay=SEEN_SECONDS - 0.4, fade=0.4, lift=self.stage.frame.px(40))
        else:
            praise = _("That is a {digit}.")
            motion = Motion(stay=1.2, fade=0.5)
            self._age = 0.0
        praise = praise.format(digit=self.digit)
        words = praise if tip is None else f"{praise} {_(tip.value)}"
        self.verdict.lift(theme.GOOD, motion)
        self.verdict.say(words.rstrip("."), "check", theme.GOOD)

    def _again(self, words: str) -> None:
        self._age = 0.0
        self.stage.audio.play("unreadable")
        self.verdict.lift(theme.INK_QUIET, Motion(stay=0.9, fade=0.5))
        self.verdict.say(words, "undo", theme.INK_QUIET)

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        super().update(dt)
        self._age += dt
        self._mood_age += dt
        if self._mood is Mood.SEEN and self._mood_age >= SEEN_SECONDS:
            self._go_on()

    # --- the picture ------------------------------------------------------------------------------

    @property
    def heading(self) -> tuple[str, str]:
        return _(MODE.title), _("In your own time: no clock, no marks")

    @property
    def progress(self) -> Sequence[theme.Colour]:
        """Lit are those that went well."""
        lit = dict.fromkeys(self._done, theme.GLOW) | {self.digit: theme.TEXT}
        return [lit.get(digit, theme.NIGHT_LINE) for digit in DIGITS]

    def draw_under_ink(self, surface: pygame.Surface) -> None:
        self._draw_guides(surface)
        if self.shows_model:
            self._draw_model(surface)

    def draw_over_ink(self, surface: pygame.Surface) -> None:
        if self._shows_guess and self.reading is not None and not self.canvas.is_empty:
            frame, text = self.stage.frame, self.stage.text
            draw_guess(surface, self.reading.text, self.writing_area, frame, text)

    def _draw_guides(self, surface: pygame.Surface) -> None:
        """The two lines that the digit stands between."""
        frame, area, square = self.stage.frame, self.writing_area, self.square
        height, inset = max(2, frame.px(3)), frame.px(theme.SPACE_6)
        for share in GUIDES:
            y = round(square.y + share * square.h)
            line = pygame.Rect(area.x + inset, y - height // 2, area.w - 2 * inset, height)
            dash(surface, line, theme.PAPER_LINE)

    def _draw_model(self, surface: pygame.Surface) -> None:
        frame, square = self.stage.frame, self.square
        paint_model(surface, self.model, square, frame, self.stage.text)
        if self.canvas.is_empty and self._mood is Mood.WRITING:
            tip = pen_place(self.model, square, self._age)
            if tip is not None:
                disc(surface, tip, max(4.0, 0.035 * square.w), theme.GOOD)
