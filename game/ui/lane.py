"""A lane of a replay: one player's prompt, paper and figures at a moment of their time line.

What is shown depends on the moment alone, however one came to it; going forward, only what is new
is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pygame

from game.ink.canvas import PAPER_UNITS, Canvas
from game.ink.strokes import Rows
from game.language import _, ngettext
from game.language.figures import number
from game.persistence.rounds import KeptAnswer
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.replay import Moment, TimeLine
from game.ui import theme
from game.ui.ghosts import Ghost, Motion
from game.ui.layout import Frame
from game.ui.paper import sheet
from game.ui.prompt_card import TURN_SECONDS, PromptCard
from game.ui.reading_marks import reading_marks
from game.ui.shapes import disc
from game.ui.strip import FOOT, HEIGHT, Strip
from game.ui.text import Typesetter
from recognizer.reading import Digit

CARD_SHARE = 0.36  # of a lane's width, where the card stands beside the paper
LOW_CARD_SHARE = 0.3  # of its height, where it stands above
LONGEST_STEP = 0.5  # s: who goes further at once has not played but jumped


class LaneView:
    """Shows one time line."""

    def __init__(
        self, answers: Sequence[KeptAnswer], line: TimeLine, name: str, *, is_ghost: bool = False
    ) -> None:
        """`answers` are all of the round; the line says which of them are shown."""
        self.line, self.name, self.is_ghost = line, name, is_ghost
        self.moment = Moment()
        self._answers = [answers[passage.place] for passage in line.passages]
        outcomes = [answer.outcome for answer in self._answers]
        self._points = list(accumulate((o.points for o in outcomes), initial=0))
        self._right = list(accumulate((o.is_right for o in outcomes), initial=0))
        self._seconds = 0.0
        self._canvas = Canvas(self._ink_colour)
        self._on: tuple[int, int] | None = None  # whose ink is on the paper: judged, asked
        self._written: tuple[int, ...] = ()  # points of it, stroke by stroke
        self._card = PromptCard()
        self._on_card: tuple[int | None, bool] | None = None
        self._judged: list[Ghost] = []
        self._judged_for: int | None = None
        self._judged_age = 0.0
        self._area, self._paper = pygame.Rect(0, 0, 1, 1), pygame.Rect(0, 0, 1, 1)
        self._frame, self._text = Frame(1280, 720), Typesetter(1.0)

    @property
    def _ink_colour(self) -> theme.Colour:
        return theme.GHOST if self.is_ghost else theme.INK

    @property
    def figures(self) -> str:
        """Points and right answers so far."""
        right, points = self._right[self.moment.judged], self._points[self.moment.judged]
        said = ngettext("{count} right", "{count} right", right).format(count=right)
        if not self._points[-1]:
            return said
        earned = ngettext("{count} point", "{count} points", points)
        return f"{earned.format(count=number(points))}, {said}"

    @property
    def strokes(self) -> list[int]:
        """How many points each stroke on the paper has now."""
        return [len(stroke.points) for stroke in self._canvas.strokes]

    # --- places -----------------------------------------------------------------------------------

    def layout(
        self,
        area: pygame.Rect,
        frame: Frame,
        text: Typesetter,
        backdrop: pygame.Surface,
        *,
        beside: bool,
    ) -> None:
        """Take a place, px, and draw what stands still there onto the backdrop.

        The card stands `beside` the paper, or above it.
        """
        self._area, self._frame, self._text = pygame.Rect(area), frame, text
        gap, shadow = frame.px(theme.SPACE_3), frame.px(theme.SHADOW)
        head = text.font(theme.LABEL).get_linesize()
        body = pygame.Rect(area.x, area.y + head, area.w, max(8, area.h - head - shadow))
        card, paper = body.copy(), body.copy()
        if beside:
            card.w = round(body.w * CARD_SHARE)
            paper.x, paper.w = card.right + gap, body.w - card.w - gap
        else:
            card.h = round(body.h * LOW_CARD_SHARE)
            paper.y, paper.h = card.bottom + shadow + gap, body.h - card.h - shadow - gap
        self._paper = paper
        sheet(backdrop, paper, frame, margin=False)
        self._card.resize(card, frame, text)
        self._canvas = Canvas(self._ink_colour)
        room = paper.copy()
        room.h = max(paper.h // 2, paper.h - frame.px(HEIGHT))  # the strip stands at the foot
        self._canvas.resize(_sheet_for([answer.ink for answer in self._answers], room))
        self._on, self._on_card, self._judged_for = None, None, None
        self.show(self._seconds)

    # --- time -------------------------------------------------------------------------------------

    def show(self, seconds: float) -> None:
        """Show the moment so many seconds after the start."""
        step, self._seconds = seconds - self._seconds, seconds
        self.moment = self.line.at(seconds)
        self._turn_card(step if 0.0 <= step <= LONGEST_STEP else TURN_SECONDS)
        self._judge()  # which may take the ink that is just finished
        self._write()

    def _turn_card(self, step: float) -> None:
        asked, judged = self.moment.asked, self.moment.judged
        told = asked is not None and asked < judged and self._outcome(asked).is_wrong
        if (asked, told) != self._on_card:
            if asked is not None:
                self._card.show(self._outcome(asked).prompt)
                if told:
                    self._card.reveal()
            self._on_card = asked, told
        self._card.update(step)

    def _write(self) -> None:
        moment, canvas = self.moment, self._canvas
        on = None if moment.asked is None else (moment.judged, moment.asked)
        goes_on = on == self._on and len(moment.points) >= len(self._written)
        if not goes_on or any(a < b for a, b in zip(moment.points, self._written, strict=False)):
            canvas.clear()
            self._written = ()
        self._on = on
        if moment.asked is not None:
            ink = [stroke for stroke in self._answers[moment.asked].ink if stroke]
            for n, count in enumerate(moment.points):
                done = self._written[n] if n < len(self._written) else 0
                _feed(canvas, ink[n], done, count)
        self._written = moment.points

    def _judge(self) -> None:
        """What became of the last answer's ink, as old as it is now."""
        verdict, age = self.moment.verdict, self.moment.verdict_age
        if verdict != self._judged_for or age < self._judged_age:
            self._judged = [] if verdict is None else self._lifted(verdict)
            self._judged_for, self._judged_age = verdict, 0.0
        step, self._judged_age = age - self._judged_age, age
        self._judged = [ghost for ghost in self._judged if ghost.update(step)]

    def _lifted(self, place: int) -> list[Ghost]:
        """The ink of an answer, lifted off the paper, and the marks of what was read."""
        frame, answer = self._frame, self._answers[place]
        outcome = answer.outcome
        colour, _ = _look(outcome)
        motion = {
            Verdict.RIGHT: Motion(stay=0.3, fade=0.4, lift=frame.px(50)),
            Verdict.UNREADABLE: Motion(stay=0.45, fade=0.35, sway=frame.px(10)),
        }.get(outcome.verdict, Motion(stay=0.8, fade=0.3, sway=frame.px(16)))
        canvas, written = self._canvas, self._written
        if self._on == (place, place):  # it has just been written, and only its end may be missing
            self._on, self._written = None, ()
        else:
            canvas, written = Canvas(self._ink_colour), ()
            canvas.resize(self._canvas.rect)
        for n, stroke in enumerate(stroke for stroke in answer.ink if stroke):
            _feed(canvas, stroke, written[n] if n < len(written) else 0, len(stroke))
        lifted = canvas.lift()
        ghosts = []
        if lifted is not None:
            ghosts.append(Ghost(*lifted, self._ink_colour, colour, motion))
        digits = _digits(answer)
        if len(digits) > 1:
            room = self._paper.inflate(-2 * frame.px(theme.SPACE_2), -2 * frame.px(theme.SPACE_2))
            room.h -= frame.px(FOOT + HEIGHT)
            marks = reading_marks(
                digits, canvas.to_pixels, canvas.pen_radius, room, frame, self._text, colour
            )
            if marks is not None:
                ghosts.append(Ghost(*marks, colour, colour, motion))
        return ghosts

    def _outcome(self, place: int) -> Outcome:
        return self._answers[place].outcome

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface) -> None:
        """Draw what moves: name and figures, the card, the ink and its verdict."""
        frame, text, area = self._frame, self._text, self._area
        head = text.font(theme.LABEL).get_linesize()
        figures = text.fitted(self.figures, theme.LABEL, theme.MIST, (area.w // 2, head))
        middle = area.y + head // 2
        surface.blit(figures, figures.get_rect(midright=(area.right, middle)))
        room = (area.w - figures.get_width() - frame.px(theme.SPACE_4), head)
        name = text.fitted(self.name, theme.LABEL, theme.TEXT, room)
        surface.blit(name, name.get_rect(midleft=(area.x, middle)))
        self._card.draw(surface, hidden=self.moment.asked is None)
        surface.set_clip(self._paper)
        for ghost in self._judged:
            ghost.draw(surface)
        self._canvas.draw(surface)
        if self.moment.pen_down:
            tip = self._canvas.to_pixels(*self._canvas.strokes[-1].path[-1])
            disc(surface, tip, self._canvas.pen_radius * 0.6, theme.SUN)
        if self.moment.verdict is not None and not self.moment.points:
            self._strip(self._outcome(self.moment.verdict)).draw(surface, self._paper, frame, text)
        surface.set_clip(None)

    def _strip(self, outcome: Outcome) -> Strip:
        colour, picture = _look(outcome)
        asked = outcome.prompt.answer
        words = {
            Verdict.RIGHT: _("Read {digits}").format(digits=outcome.read),
            Verdict.WRONG: _("Read {digits}, asked {asked}").format(
                digits=outcome.read, asked=asked
            ),
            Verdict.LATE: _("Too late, it was {asked}").format(asked=asked),
        }.get(outcome.verdict, _("Could not be read"))
        # Translators: the player said afterwards what it was.
        aside = _("put right: {digits}").format(digits=outcome.appeal) if outcome.counted else ""
        return Strip(words, picture, colour, self.moment.verdict_age, aside)


def _look(outcome: Outcome) -> tuple[theme.Colour, str]:
    """The colour of a verdict when it was given, and its icon."""
    if outcome.verdict is Verdict.RIGHT:
        return theme.GOOD, "check"
    if outcome.verdict is Verdict.UNREADABLE:
        return theme.INK_QUIET, "undo"
    return theme.BAD, "cross"


def _feed(canvas: Canvas, stroke: Sequence[Sequence[float]], done: int, count: int) -> None:
    """Write the points of a stroke from one number of them to another."""
    for n in range(done, count):
        x, y = canvas.to_pixels(stroke[n][0], stroke[n][1])
        if n == 0:
            canvas.pen_down(x, y, stroke[n][2])
        if n == len(stroke) - 1:
            canvas.pen_up(x, y, stroke[n][2])
        elif n > 0:
            canvas.pen_move(x, y, stroke[n][2])


def _digits(answer: KeptAnswer) -> list[Digit]:
    """What was read, digit by digit, where it is known where."""
    read, boxes, shares = answer.outcome.read, answer.boxes, answer.outcome.probabilities
    if len(boxes) != len(read) or len(shares) != len(read):
        return []
    return [
        Digit(int(char) if char.isdecimal() else None, np.array(row, np.float32), box)
        for char, box, row in zip(read, boxes, shares, strict=True)
    ]


def _sheet_for(ink: Sequence[Rows], paper: pygame.Rect) -> pygame.Rect:
    """Where the sheet that was written on lies on this paper, px: all of the ink is on it.

    The sheet's middle is the paper's. How wide or high it once was, only the ink can tell.
    """
    middle = PAPER_UNITS / 2
    points = [point for strokes in ink for stroke in strokes for point in stroke]
    wide = max((abs(point[0] - middle) for point in points), default=0.0) + middle / 8
    high = max((abs(point[1] - middle) for point in points), default=0.0) + middle / 8
    wide, high = max(wide, middle), max(high, middle)
    if min(wide, high) > middle:  # ink beyond the edge both ways: of no real sheet
        wide, high = (wide, middle) if wide > high else (middle, high)
    scale = min(paper.w / (2 * wide), paper.h / (2 * high))
    sheet = pygame.Rect(0, 0, max(8, round(2 * wide * scale)), max(8, round(2 * high * scale)))
    sheet.center = paper.center
    return sheet
