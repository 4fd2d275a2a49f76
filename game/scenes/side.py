"""One player's side of a shared screen: prompt, half a sheet, and what became of the ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ink.pointer import Pointer
from game.ink.strokes import InkArray
from game.language import _, figures
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.round import Round
from game.scenes.answering import Answering
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.halves_layout import HalfPlaces, halves_layout
from game.ui.keys import Action
from game.ui.prompt_card import PromptCard
from game.ui.shapes import panel
from game.ui.verdict import WRONG_SECONDS, VerdictView, waiting_dash
from recognizer.reading import Reading

STRIP_SECONDS = 1.4  # s that the strip with what was read stays
RIGHT_LOOK = 0.5  # s at least that a right answer is seen before the next prompt
KEYS: tuple[tuple[tuple[int | Action, ...], ...], ...] = (  # undo and clear, for each player
    ((Action.UNDO,), (Action.CLEAR,)),
    ((pygame.K_BACKSPACE,), (pygame.K_DELETE,)),
)

Judge = Callable[[int, Reading, float, Sequence[InkArray]], Outcome]


class Side(Answering):
    """A small scene inside another: it lies on no stack, and takes only its player's pointers."""

    def __init__(self, stage: Stage, player: int, part: Round, judge: Judge) -> None:
        """`judge` is given the player, a reading, its writing time in s, and the ink."""
        undo_keys, clear_keys = KEYS[player]
        # Both begin with the pace that is known; what is learned stays with the hand of this round.
        super().__init__(stage, part, sheet=player, undo_keys=undo_keys, clear_keys=clear_keys)
        self.player, self.part = player, part
        self.answered: Outcome | None = None  # to the present prompt, right or wrong
        self._judge = judge
        self.card = PromptCard()
        self.verdict = VerdictView(self.canvas, STRIP_SECONDS, marks=part.rules.most_digits > 1)
        self.places: HalfPlaces = halves_layout(stage.frame).halves[player]
        self._since_answer = 0.0  # s

    def lay_half(self, places: HalfPlaces, backdrop: pygame.Surface) -> None:
        """Take other places, and put the sheet on a backdrop."""
        frame, text = self.stage.frame, self.stage.text
        self.places = places
        several = self.part.rules.most_digits > 1
        self.lay_on(backdrop, places.paper, places.tools, places.margin_right, answer_line=several)
        self.card.resize(places.card, frame, text)
        self.verdict.layout(self.writing_area, frame, text)

    def show_prompt(self) -> None:
        """Turn to the present prompt."""
        self.verdict.hurry()
        self.answered, self._since_answer = None, 0.0
        self.card.show(self.part.prompt)

    def wait_for_the_other(self) -> None:
        """Say that the other player is still writing; a wrong answer is looked at meanwhile."""
        if self.answered is not None and self.answered.is_right and not self.card.is_covered:
            self.card.cover(_("Wait for player {number}").format(number=2 - self.player))

    @property
    def is_seen(self) -> bool:
        """Whether the present prompt is answered, and the verdict was seen for long enough."""
        if self.answered is None:
            return False
        return self._since_answer >= (RIGHT_LOOK if self.answered.is_right else WRONG_SECONDS)

    # --- the pen ----------------------------------------------------------------------------------

    def begins_stroke(self, pointer: Pointer) -> bool:
        if self.answered is not None or not super().begins_stroke(pointer):
            return False
        self.answer_begins(pointer)
        return True

    @property
    def may_take_back(self) -> bool:
        return self.answered is None

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        self.verdict.update(dt)
        self.card.update(dt)
        self._group.update(dt)
        self._since_answer += dt
        self.age_specks(dt)
        reading = self.endpointer.decide().reading
        if self.answered is None and reading is not None:
            self._take(reading)

    def _take(self, reading: Reading) -> None:
        outcome = self._judge(self.player, reading, self._lift_seconds, self._asked_ink)
        self.endpointer.judged()
        self.verdict.hurry()
        if outcome.verdict is Verdict.UNREADABLE:
            self.stage.audio.play("unreadable")
            self.verdict.unreadable(outcome, reading)
            return
        self.answered, self._since_answer = outcome, 0.0
        if outcome.is_right:
            self.stage.audio.play_right(self.part.score.streak)
            self.verdict.right(outcome, reading)
        else:
            self.stage.audio.play("wrong")
            self.card.reveal()
            self.verdict.wrong(outcome, reading)

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        frame, text, paper = self.stage.frame, self.stage.text, self.places.paper
        self._group.draw(surface, frame, text)
        surface.set_clip(paper)
        self.verdict.draw_ink(surface)
        self.canvas.draw(surface)
        surface.set_clip(None)
        running = self.part.clock.running
        if self.endpointer.waiting and running:
            left = 1.0 - self.endpointer.share()
            waiting_dash(surface, paper, self.writing_area.centerx, left, frame)
        self.verdict.draw_strip(surface)
        self.card.draw(surface, hidden=not running)
        self._draw_score(surface)
        self.verdict.draw_sparks(surface)

    def draw_words(self, surface: pygame.Surface, sentences: Sequence[str], taken: int) -> None:
        """Say what is to come, beside what takes so many px from the inner edge of the sheet."""
        frame, pad = self.stage.frame, self.stage.frame.px(theme.SPACE_5)
        room = self.writing_area.inflate(-2 * pad, -2 * pad)
        room.w = max(1, room.w - taken)
        if self.places.margin_right:
            room.x += taken
        for sentence in sentences:
            used = self.stage.text.paragraph(surface, sentence, theme.BODY, theme.INK, room)
            room.y += used + frame.px(theme.SPACE_3)

    def _draw_score(self, surface: pygame.Surface) -> None:
        """The player and the points; lit while an answer of theirs is awaited."""
        frame, text, place = self.stage.frame, self.stage.text, self.places.score
        lit = self.answered is None
        if lit:
            panel(surface, place, theme.NIGHT_RAISED, frame.px(theme.RADIUS))
        inner = place.inflate(-frame.px(theme.SPACE_4), -frame.px(theme.SPACE_4))
        name = text.fitted(
            _("PLAYER {number}").format(number=self.player + 1), theme.SMALL,
            theme.GLOW if lit else theme.MIST, (inner.w, inner.h // 3),
        )  # fmt: skip
        points = text.fitted(
            figures.number(self.part.score.points), theme.LARGE, theme.TEXT,
            (inner.w, inner.h // 2),
        )  # fmt: skip
        top = inner.centery - (name.get_height() + points.get_height()) // 2
        surface.blit(name, name.get_rect(midtop=(inner.centerx, top)))
        below = (inner.centerx, top + name.get_height())
        surface.blit(points, points.get_rect(midtop=below))
