"""What became of the ink, shown on the paper: it takes a colour and goes, and a strip says why."""

from __future__ import annotations

import pygame

from game.ink.canvas import Canvas
from game.language import _
from game.rules.appeals import Ruling, runner_up
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.ui import theme
from game.ui.formats import spoken_share
from game.ui.ghosts import Ghost, Motion
from game.ui.layout import Frame
from game.ui.particles import Floater, Particles
from game.ui.reading_marks import reading_marks
from game.ui.shapes import dash
from game.ui.strip import FOOT, HEIGHT, Strip
from game.ui.text import Typesetter
from recognizer.reading import Reading, is_readable

WRONG_SECONDS = 1.1  # s that a wrong answer and the right digit stay before the next prompt
RIGHT_SECONDS = 0.3  # s that the ink of a right answer stays before it fades


class VerdictView:
    """Lifts the ink off a paper and shows what it was taken for."""

    def __init__(self, canvas: Canvas, strip_seconds: float, *, marks: bool = False) -> None:
        """Show it on the paper of a canvas; a strip stays for `strip_seconds`.

        With `marks` the ink shows which digits were read, and where.
        """
        self._canvas = canvas
        self._marks = marks
        self.typed = False  # whether answers are typed: nothing is read then, and nothing in doubt
        self._area, self._frame, self._text = canvas.rect, Frame(0, 0), Typesetter(1.0)
        self._strip_seconds = strip_seconds
        self.strip: Strip | None = None
        self.ghosts: list[Ghost] = []
        self._floaters: list[Floater] = []
        self._particles = Particles()

    def layout(self, area: pygame.Rect, frame: Frame, text: Typesetter) -> None:
        """Take the part of the paper that is written on, px; what lay elsewhere is gone."""
        self._area, self._frame, self._text = area, frame, text
        self.ghosts.clear()

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self._particles.update(dt, self._frame.unit)
        self.ghosts = [ghost for ghost in self.ghosts if ghost.update(dt)]
        self._floaters = [floater for floater in self._floaters if floater.update(dt)]
        if self.strip is not None:
            self.strip.age += dt
            if self.strip.age > self._strip_seconds:
                self.strip = None

    def say(self, words: str, picture: str, colour: theme.Colour, aside: str = "") -> None:
        """Show a strip with a few words behind an icon."""
        self.strip = Strip(words, picture, colour, aside=aside)

    def hush(self) -> None:
        """Take the strip away."""
        self.strip = None

    def hurry(self) -> None:
        """Let what still lies on the paper begin to fade."""
        for ghost in self.ghosts:
            ghost.hurry()

    def lift(self, colour: theme.Colour, motion: Motion) -> tuple[float, float]:
        """Turn the ink into a ghost that takes a colour, and return its middle in px."""
        picture = self._canvas.lift()
        if picture is None:
            return self._canvas.rect.center
        shape, rect = picture
        self.ghosts.append(Ghost(shape, rect, theme.INK, colour, motion))
        return rect.center

    def _second(self, outcome: Outcome) -> str:
        return "" if self.typed else _second_guess(outcome)

    def right(self, outcome: Outcome, reading: Reading) -> None:
        """The answer is right: it turns green and rises, with what it earned above it."""
        frame = self._frame
        motion = Motion(stay=RIGHT_SECONDS, fade=0.4, lift=frame.px(50))
        marks = self._mark(reading, theme.GOOD, motion)
        centre = self.lift(theme.GOOD, motion)
        colours = (theme.SUN, theme.GOOD_BRIGHT, theme.GOOD)
        self._particles.burst(centre, colours, 22, frame.unit)
        above = centre[1] - frame.px(190)
        if marks is not None:
            above = min(above, marks.top - frame.px(theme.SPACE_5))
        above = max(self._area.y + frame.px(90), above)
        if outcome.points:
            words = self._text.render(f"+{outcome.points}", theme.LARGE, theme.GOOD)
            self._floaters.append(Floater(words.copy(), (centre[0], above), frame.px(60)))
        said = _("Typed {digits}") if self.typed else _("Read {digits}")
        self.say(said.format(digits=outcome.read), "check", theme.GOOD, self._second(outcome))

    def wrong(self, outcome: Outcome, reading: Reading) -> None:
        """The answer is wrong, or did not come: it turns red and shakes."""
        motion = Motion(stay=WRONG_SECONDS - 0.3, fade=0.3, sway=self._frame.px(16))
        self._mark(reading, theme.BAD, motion)
        self.lift(theme.BAD, motion)
        said = (
            _("Typed {digits}, asked {asked}") if self.typed else _("Read {digits}, asked {asked}")
        )
        if outcome.verdict is Verdict.LATE:
            said = _("Too late, it was {asked}")
        words = said.format(digits=outcome.read, asked=outcome.prompt.answer)
        self.say(words, "cross", theme.BAD, self._second(outcome))

    def unreadable(self, outcome: Outcome, reading: Reading) -> None:
        """The ink is no answer: it turns grey and is asked for once more."""
        motion = Motion(stay=0.45, fade=0.35, sway=self._frame.px(10))
        self._mark(reading, theme.INK_QUIET, motion)
        self.lift(theme.INK_QUIET, motion)
        words = _("Cannot read that, once more!")
        if is_readable(reading) and len(outcome.read) < len(outcome.prompt.answer):
            words = _("I can read only {digits}, once more!").format(digits=outcome.read)
        self.say(words, "undo", theme.INK_QUIET, _either_guess(outcome))

    def appealed(self, outcome: Outcome, ruling: Ruling) -> None:
        """The player has said what the last answer was: say what the rules make of it."""
        if ruling is Ruling.COUNTS:
            # Translators: the player's word counts, and earns so many points.
            words = _("Counted as {digits}, +{points}").format(
                digits=outcome.appeal, points=outcome.points
            )
            self.say(words, "check", theme.GOOD)
        else:
            # Translators: the ink is kept to learn from, as what the player said that it was.
            words = _("Kept as {digits}.").format(digits=outcome.appeal)
            self.say(f"{words} {_(ruling.value)}", "check", theme.INK_QUIET)

    def speck(self) -> None:
        """The ink is no writing: it just goes."""
        self.lift(theme.INK_QUIET, Motion(stay=0.0, fade=0.2))

    def _mark(self, reading: Reading, colour: theme.Colour, motion: Motion) -> pygame.Rect | None:
        """Show on the ink which digits were read and where, if that is wanted; return the place.

        The marks go where the ink goes.
        """
        if not self._marks or self.typed:
            return None
        frame = self._frame
        room = self._area.inflate(-2 * frame.px(theme.SPACE_2), -2 * frame.px(theme.SPACE_2))
        room.h -= frame.px(FOOT + HEIGHT)
        marks = reading_marks(
            reading.digits, self._canvas.to_pixels, self._canvas.pen_radius, room, frame,
            self._text, colour,
        )  # fmt: skip
        if marks is None:
            return None
        self.ghosts.append(Ghost(*marks, colour, colour, motion))
        return marks[1]

    def draw_ink(self, surface: pygame.Surface) -> None:
        """Draw what lies on the paper, beneath the fresh ink."""
        for ghost in self.ghosts:
            ghost.draw(surface)

    def draw_strip(self, surface: pygame.Surface) -> None:
        """Draw the strip at the foot of the paper."""
        if self.strip is not None:
            self.strip.draw(surface, self._area, self._frame, self._text)

    def draw_sparks(self, surface: pygame.Surface) -> None:
        """Draw what flies above everything."""
        self._particles.draw(surface)
        for floater in self._floaters:
            floater.draw(surface)


def waiting_dash(
    surface: pygame.Surface, paper: pygame.Rect, centre: float, left: float, frame: Frame
) -> None:
    """A dash at the foot of a paper, px, that shrinks until the ink is judged; `left` is a share.

    It stands around `centre`, px from the left.
    """
    height = frame.px(10)
    bar = pygame.Rect(0, 0, max(height, round(paper.w * 0.3 * left)), height)
    bar.midbottom = (round(centre), paper.bottom - frame.px(theme.SPACE_6))
    dash(surface, bar, theme.SUN)


def _second_guess(outcome: Outcome) -> str:
    """The runner-up and how likely it was, in a few words."""
    second = runner_up(outcome.read, outcome.probabilities)
    if second is None:
        return ""
    # Translators: behind what was read: what came second, and how likely that was.
    return _("or {digits}, {share}").format(digits=second.text, share=spoken_share(second.share))


def _either_guess(outcome: Outcome) -> str:
    """Of ink that could not be read: what it might have been."""
    second = runner_up(outcome.read, outcome.probabilities)
    if second is None:
        return ""
    return _("{first} or {second}?").format(first=outcome.read, second=second.text)
