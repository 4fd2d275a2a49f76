"""The lesson: a ghost hand writes, the player follows, the reader reads; then how fair play goes.

It is offered once, at the first start, and again from the settings; one key leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.ink.canvas import Canvas
from game.language import N_, _
from game.persistence.choices import last_played
from game.rules.prompt import PLUS, Disguise, Prompt
from game.scenes import menu, places
from game.scenes.asking import Asking
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.ghost_pen import GhostPen
from game.ui.ghosts import Motion
from game.ui.group import Group
from game.ui.icons import DIGITS
from game.ui.widgets import Button, ToolButton

GHOST_SPEED = 1.5  # sides of a digit's square a second: slow enough to follow
MOST_TRIES = 3  # of one digit: nobody is held up by a reader that does not understand
NEXT_SECONDS = 1.1  # s that a digit that was read is looked at
FAIRNESS = N_(
    "What I cannot read costs you nothing, the clock stands still while I read, and what I read"
    " wrong you put right with A."
)


@dataclass(frozen=True)
class Step:
    """One thing to write."""

    prompt: Prompt
    words: str  # marked for translation
    shown: bool = False  # whether the ghost hand writes it first


STEPS = (
    Step(Prompt("3", Disguise.NUMERAL, "3"), N_("Watch, then write it over mine"), shown=True),
    Step(Prompt("2", Disguise.SUM, f"1 {PLUS} 1"), N_("Now the answer, without help")),
)


class Lesson(Asking):
    """Asks for a digit that is shown, and for one that is not."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ToolButton("left", stage.back))
        self.step = 0  # in `STEPS`
        self._tries = 0  # at this step that were not understood
        self._done_age: float | None = None  # s since the digit of this step was read
        self._ghost = Canvas(theme.PAPER_LINE)
        self._hand = GhostPen(self._ghost)
        self._leave = Button(_("Skip"), stage.back, keys=[pygame.K_ESCAPE])
        self._group = Group([*self._tools, self._leave])

    @property
    def asked(self) -> Step:
        """What is to be written now."""
        return STEPS[min(self.step, len(STEPS) - 1)]

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self._ask()

    def resume(self) -> None:
        self.stage.show_notices()

    def layout(self) -> None:
        super().layout()
        self._leave.rect = self.places.streak
        self._ghost.resize(self.writing_area)
        if self._hand.is_done:
            return
        self._show()  # what was half written lay elsewhere

    def _ask(self) -> None:
        self.card.show(self.asked.prompt)
        self._tries, self._done_age = 0, None
        self._ghost.clear()
        if self.asked.shown:
            self._show()

    def _show(self) -> None:
        """Let the ghost hand write what is asked for."""
        self._hand.stop()
        self._ghost.clear()
        self._hand.begin(DIGITS[self.asked.prompt.answer], speed=GHOST_SPEED)

    # --- the pen and what comes of it -------------------------------------------------------------

    def judge(self) -> None:
        """The digit is read, or asked for again; after a few tries it goes on all the same."""
        if self._done_age is not None:
            return
        answer = self.asked.prompt.answer
        if not self.canvas.ink():
            self._again(_("That was only a dot. Once more, please"))
        elif self.read == answer or self._tries >= MOST_TRIES - 1:
            self._take()
        elif self.read and self.read != "?":
            self._again(_("I took it for {digits}. Once more, please").format(digits=self.read))
        else:
            self._again(_("I cannot read that yet. Once more, please"))

    def _again(self, words: str) -> None:
        self._tries += 1
        self.ask_again(words)
        self._show()

    def _take(self) -> None:
        self._hand.stop()
        self._ghost.clear()
        self._done_age = 0.0
        self.stage.audio.play_right(self.step + 1)
        motion = Motion(stay=NEXT_SECONDS - 0.4, fade=0.4, lift=self.stage.frame.px(50))
        self.verdict.lift(theme.GOOD, motion)
        right = self.read == self.asked.prompt.answer
        # Translators: what was read, with a tick.
        words = _("Read {digits}").format(digits=self.read)
        words = words if right else _("Never mind, I shall learn your hand")
        self.verdict.say(words, "check", theme.GOOD)

    @property
    def may_take_back(self) -> bool:
        return self._done_age is None

    # --- time -------------------------------------------------------------------------------------

    def update(self, dt: float) -> None:
        super().update(dt)
        self._hand.update(dt)
        if self._done_age is None:
            return
        self._done_age += dt
        if self._done_age >= NEXT_SECONDS:
            self.step += 1
            if self.step < len(STEPS):
                self._ask()
            else:
                self.stage.back()
                self.stage.lay(places.LessonEnd())

    # --- the picture ------------------------------------------------------------------------------

    @property
    def heading(self) -> tuple[str, str]:
        return _("Hello!"), _("I read what you write")

    @property
    def progress(self) -> Sequence[theme.Colour]:
        return [theme.GLOW if n < self.step else theme.NIGHT_LINE for n in range(len(STEPS))]

    def draw_under_ink(self, surface: pygame.Surface) -> None:
        self._ghost.draw(surface)
        self._hand.draw_tip(surface)

    def draw_over_ink(self, surface: pygame.Surface) -> None:
        if self.canvas.is_empty and self.verdict.strip is None:
            self._draw_words(surface)

    def _draw_words(self, surface: pygame.Surface) -> None:
        """What to do, at the foot of the paper."""
        frame, text, area = self.stage.frame, self.stage.text, self.writing_area
        room = (area.w - frame.px(theme.SPACE_8), area.h // 6)
        words = text.fitted(_(self.asked.words), theme.HEADING, theme.INK_QUIET, room)
        foot = area.bottom - frame.px(theme.SPACE_7)
        surface.blit(words, words.get_rect(midbottom=(area.centerx, foot)))


class LessonEnd(Dialog):
    """How fair play goes, in a sentence, and the way into the first round."""

    def __init__(self, stage: Stage) -> None:
        play = _("Play {mode}").format(mode=_(last_played(stage.settings).title))
        super().__init__(
            stage,
            _("Fair play"),
            [_(FAIRNESS)],
            [
                Button(play, self._play, primary=True),
                Button(_("Look around first"), stage.back, keys=[pygame.K_ESCAPE]),
            ],
        )

    def _play(self) -> None:
        menu.play_again(self.stage)
