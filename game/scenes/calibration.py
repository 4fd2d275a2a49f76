"""The calibration: the player writes each digit three times, and the recognizer learns their hand.

Every digit is kept as soon as it is written, so leaving early loses nothing. What the recognizer
takes for no digit at all is asked for once more, and then believed: odd hands are what this is for.
"""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.language import _
from game.persistence.hand_samples import CALIBRATION
from game.rules.prompt import Disguise, Prompt
from game.scenes import places
from game.scenes.asking import Asking
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.ghosts import Motion
from game.ui.group import Group
from game.ui.widgets import Button, ToolButton

TIMES = 3  # that each digit is asked for
ASKED = "0123456789" * TIMES


class Calibration(Asking):
    """Asks for one digit after the other."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, ToolButton("left", stage.back))
        self.place = 0  # in `ASKED`, of the digit that is asked for
        self._kept: list[int] = []  # the numbers of the samples so far, in order
        self._asked_again = False  # whether this digit was refused once
        self._leave = Button(_("Enough for now"), stage.back, keys=[pygame.K_ESCAPE])
        self._group = Group([*self._tools, self._leave])

    @property
    def digit(self) -> str:
        """What is asked for now."""
        return ASKED[min(self.place, len(ASKED) - 1)]

    # --- coming and going -------------------------------------------------------------------------

    def enter(self) -> None:
        self._ask()

    def resume(self) -> None:
        self.stage.show_notices()

    def layout(self) -> None:
        super().layout()
        self._leave.rect = self.places.streak

    def _ask(self) -> None:
        self.card.show(Prompt(self.digit, Disguise.NUMERAL, self.digit))

    # --- the pen ----------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last stroke; on an empty paper, the last digit."""
        if not self.canvas.is_empty:
            super().undo()
        elif self._kept:
            self.stage.audio.play("click")
            self.stage.hand.remove(self._kept.pop())
            self.place -= 1
            self._asked_again = False
            self.verdict.hush()
            self._ask()

    # --- time -------------------------------------------------------------------------------------

    def judge(self) -> None:
        ink = self.canvas.ink()
        if not ink:
            self.ask_again(_("That was only a dot. Once more, please"))
        elif self.read == "?" and not self._asked_again:
            self._asked_again = True
            self.ask_again(_("Hard to make out. Once more, just as you write it"))
        else:
            self._keep()

    def _keep(self) -> None:
        digit, read = self.digit, self.read
        try:
            sample = self.stage.hand.add(digit, self.canvas.ink(), CALIBRATION)
        except ValueError:  # more points than a digit can have
            self.ask_again(_("That was too much ink. Once more, please"))
            return
        self._kept.append(sample.number)
        self.stage.audio.play("click")
        self.verdict.lift(theme.GOOD, Motion(stay=0.05, fade=0.3, lift=self.stage.frame.px(50)))
        odd = read is not None and len(read) == 1 and read != digit
        self.verdict.hush()
        if odd:
            if read == "?":
                told = _("I took it for no digit; now I know your {digit}").format(digit=digit)
            else:
                told = _("I took it for a {read}; now I know your {digit}").format(
                    read=read, digit=digit
                )
            self.verdict.say(told, "check", theme.GOOD)
        self._asked_again = False
        self.place += 1
        if self.place < len(ASKED):
            self._ask()
        else:
            self._finish()

    def _finish(self) -> None:
        stage = self.stage
        stage.audio.play("level")
        stage.back()
        stage.lay(places.Notice(_("Now I know your hand"), done_sentences(stage)))

    # --- the picture ------------------------------------------------------------------------------

    @property
    def heading(self) -> tuple[str, str]:
        place = min(self.place + 1, len(ASKED))
        told = _("Digit {number} of {count}, as you always write")
        return _("Your hand"), told.format(number=place, count=len(ASKED))

    @property
    def progress(self) -> Sequence[theme.Colour]:
        ahead = [theme.NIGHT_LINE] * len(ASKED)
        return [theme.GLOW] * self.place + ([theme.TEXT, *ahead][: len(ASKED) - self.place])

    progress_groups = TIMES

    def draw_over_ink(self, surface: pygame.Surface) -> None:
        if self.canvas.is_empty and self.place == 0 and self.verdict.strip is None:
            self._draw_hint(surface)

    def _draw_hint(self, surface: pygame.Surface) -> None:
        frame, text, area = self.stage.frame, self.stage.text, self.writing_area
        room = (area.w - frame.px(theme.SPACE_8), area.h)
        words = _("Write it here; no need to hurry")
        hint = text.fitted(words, theme.HEADING, theme.INK_QUIET, room)
        surface.blit(hint, hint.get_rect(center=area.center))


class CalibrationOffer(Dialog):
    """Asks a new player, once, whether the game may learn their hand."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage,
            _("Shall I learn your hand?"),
            [
                _(
                    "Write each digit three times, less than a minute in all, and I read you"
                    " better."
                ),
                _(
                    "It stays on this machine. You can do it later, look at it, switch it off or"
                    " delete it under Settings, My hand."
                ),
            ],
            [
                Button(_("Yes, show me"), self._yes, primary=True),
                Button(_("Not now"), stage.back, keys=[pygame.K_ESCAPE]),
            ],
        )

    def _yes(self) -> None:
        self.stage.back()
        self.stage.lay(places.Calibration())


def done_sentences(stage: Stage) -> list[str]:
    """What to say when the last digit is written."""
    said = [
        _("From now on your own digits help to read you, and each that you put right helps too.")
    ]
    if stage.desk.hand_error is not None:
        said = [stage.desk.hand_error, _("Choose CNN in the settings to have your hand help.")]
    elif not stage.settings.use_my_hand:
        said = [_("They are kept. Switch “My hand” on in the settings to have them help.")]
    return [*said, _("Look at them under Settings, My hand.")]
