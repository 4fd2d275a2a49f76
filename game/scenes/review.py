"""The review: each answer of a round as it was written, seen, read and asked, and the appeal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygame

from game.ink.pointer import Kind, Pointer
from game.language import _, figures, ngettext
from game.persistence.rounds import KeptAnswer, load_round
from game.rules.appeals import RULE, Ruling, runner_up
from game.rules.judge import Verdict
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.answer_details import NOTHING, draw_details
from game.ui.answer_tile import draw_tile, tile_radius
from game.ui.formats import spoken_time
from game.ui.group import Group
from game.ui.layout import grid
from game.ui.paper import desk, sheet
from game.ui.shapes import ring
from game.ui.widgets import DIGIT_KEYS, Button, Widget

BUTTON_HEIGHT = 60.0  # layout units
LARGEST_TILE = 104.0  # layout units
RING = 4.0  # layout units, its width
NEXT_KEYS = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
ROW_KEYS = {pygame.K_UP: -1, pygame.K_DOWN: 1}
ASKED_KEY, SECOND_KEY = pygame.K_a, pygame.K_r  # the answer was what was asked, or the runner-up


class Review(Menu):
    """Looks at one round after the other, or only at the one that has just been played."""

    def __init__(self, stage: Stage, place: places.Review) -> None:
        """Show the present round, or all that are stored, the newest first."""
        super().__init__(stage, [])
        self._is_of_past = place.present is None
        self._rounds = stage.storage.past_rounds() if self._is_of_past else []
        self._place = 0  # of the round in `_rounds`
        self.round = place.present
        self.chosen = self._first_to_look_at()  # the answer that is looked at
        self._typed = ""  # digits of a claim that is being typed
        self.cells: list[pygame.Rect] = []
        self.columns = 1
        if self._is_of_past:
            self._open(0)

    def enter(self) -> None:
        self.stage.show_notices()

    def _back(self) -> None:
        if self._is_of_past:
            self.stage.go(places.Title())
        else:
            self.stage.back()

    def _replay(self) -> None:
        if self.round is not None:
            self.stage.lay(places.Replay(self.round.number))

    # --- which round, which answer ----------------------------------------------------------------

    @property
    def answer(self) -> KeptAnswer | None:
        """The answer that is looked at."""
        if self.round is None or not self.round.answers:
            return None
        return self.round.answers[self.chosen]

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._rounds):
            self._place = place
            self.round = load_round(self.stage.storage, self._rounds[place])
            self.chosen = self._first_to_look_at()

    def turn(self, step: int) -> None:
        """On to an older round, or back to a newer one."""
        if 0 <= self._place + step < len(self._rounds):
            self._open(self._place + step)
            self._typed = ""
            self.layout()
            self.stage.show_notices()

    def choose(self, place: int) -> None:
        """Look at the answer at that place, if there is one."""
        if self.round is not None and 0 <= place < len(self.round.answers):
            self.chosen, self._typed = place, ""
            self.layout()

    def _first_to_look_at(self) -> int:
        """The first answer that was taken for a wrong one: most come for that."""
        outcomes = [] if self.round is None else [a.outcome for a in self.round.answers]
        wrong = (n for n, o in enumerate(outcomes) if o.verdict is Verdict.WRONG and not o.counted)
        return next(wrong, 0)

    # --- the appeal -------------------------------------------------------------------------------

    def claims(self) -> list[str]:
        """What the player can say with one key that the answer was: as asked, the second guess."""
        if not self._can_be_put_right() or self.answer is None:
            return []
        outcome = self.answer.outcome
        claims = [] if outcome.verdict is Verdict.RIGHT else [outcome.prompt.answer]
        second = runner_up(outcome.read, outcome.probabilities)
        if second is not None and second.text not in (outcome.read, *claims):
            claims.append(second.text)
        return claims

    def _can_be_put_right(self) -> bool:
        """Whether there is ink that the player has said nothing about."""
        outcome = None if self.answer is None else self.answer.outcome
        return (
            outcome is not None and outcome.appeal is None and outcome.verdict is not Verdict.LATE
        )

    def appeal(self, claim: str) -> None:
        """Say that the answer looked at was `claim`."""
        answer, kept = self.answer, self.round
        if answer is None or kept is None or not self._can_be_put_right():
            return
        if answer.outcome.verdict is Verdict.RIGHT and claim == answer.outcome.read:
            return
        ruling = kept.appeal(self.chosen, claim, self.stage.storage, self.stage.hand)
        self.stage.audio.play("right1" if ruling is Ruling.COUNTS else "click")
        self.layout()
        self.stage.show_notices()

    def _type(self, digit: str) -> None:
        """A claim of as many digits as were asked for; it is made with the last of them."""
        answer = self.answer
        if answer is None or not self._can_be_put_right():
            return
        typed = self._typed + digit
        complete = len(typed) == len(answer.outcome.prompt.answer)
        self._typed = "" if complete else typed
        if complete:
            self.appeal(typed)
        else:
            self.layout()

    def status(self) -> str:
        """What can be said about the answer looked at, or what became of it."""
        if self.answer is None or self.round is None:
            return ""
        outcome, played = self.answer.outcome, self.round.sheet
        if outcome.appeal is not None:
            if outcome.counted:
                return _("Kept as {digits}. It counts: +{points}.").format(
                    digits=outcome.appeal, points=figures.number(outcome.points)
                )
            kept = _("Kept as {digits} to learn from.").format(digits=outcome.appeal)
            return f"{kept} {_(played.ruling(outcome, outcome.appeal).value)}"
        if outcome.verdict is Verdict.LATE:
            return _("Nothing was written in its time.")
        if self._typed:
            missing = len(outcome.prompt.answer) - len(self._typed)
            return _("It was {digits}").format(digits=self._typed + "_" * missing)
        if outcome.verdict is Verdict.RIGHT:
            return _("Was it another digit? Type it.") if len(outcome.read) == 1 else ""
        ruling = played.ruling(outcome, outcome.prompt.answer)
        if ruling is Ruling.COUNTS:
            return _("Was it misread? It would count.")
        asked = _("Was it misread? I would learn from it.")
        return f"{asked} {_(ruling.value)}"

    # --- places -----------------------------------------------------------------------------------

    def layout(self) -> None:
        frame = self.stage.frame
        area, gap = frame.inner, frame.px(theme.GAP)
        self._backdrop = desk(frame)
        if frame.is_tall:
            paper = pygame.Rect(area.x, area.y, area.w, round(area.h * 0.4))
            details = pygame.Rect(area.x, paper.bottom + gap, area.w, area.h - paper.h - gap)
        else:
            side = round(area.w * 0.46)
            paper = pygame.Rect(area.x, area.y, area.w - side - gap, area.h)
            details = pygame.Rect(paper.right + gap, area.y, side, area.h)
            if self.is_left_handed:  # the buttons are where the hand is
                details.x, paper.right = area.x, area.right
        self._draw_answers(paper)
        self._draw_details(details)

    def _buttons(self) -> tuple[list[Button], list[Button]]:
        """The appeals, and the ways on."""
        right = self.answer is not None and self.answer.outcome.verdict is Verdict.RIGHT
        keys = [SECOND_KEY] if right else [ASKED_KEY, SECOND_KEY]
        appeals = [
            Button(
                _("It was {digits}").format(digits=claim),
                partial(self.appeal, claim),
                primary=key == ASKED_KEY,
                keys=[key],
            )
            for claim, key in zip(self.claims(), keys, strict=False)
        ]
        ways = [Button(_("Back"), self._back, keys=[pygame.K_ESCAPE])]
        if self._is_of_past and self.round is not None:
            ways.insert(0, Button(_("Replay"), self._replay, keys=[pygame.K_p]))
        if self._rounds:
            # Translators: on a button that leads to the list of all rounds.
            ways.insert(
                0, Button(_("All"), partial(self.stage.lay, places.Rounds()), keys=[pygame.K_l])
            )
        if self._place > 0:
            ways.insert(0, Button(_("Newer"), partial(self.turn, -1), keys=[pygame.K_PAGEUP]))
        if self._place < len(self._rounds) - 1:
            ways.insert(0, Button(_("Older"), partial(self.turn, 1), keys=[pygame.K_PAGEDOWN]))
        return appeals, ways

    # --- events -----------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        if event.type != pygame.KEYDOWN:
            return
        key = event.key
        if key in NEXT_KEYS:
            self.choose(self.chosen + NEXT_KEYS[key])
        elif key in ROW_KEYS:
            self.choose(self.chosen + ROW_KEYS[key] * self.columns)
        elif key in DIGIT_KEYS:
            self._type(DIGIT_KEYS[key])
        elif key == pygame.K_BACKSPACE and self._typed:
            self._typed = self._typed[:-1]
            self.layout()
        else:
            self._group.key(event)

    def pointer(self, pointer: Pointer) -> None:
        if self._group.pointer(pointer) or pointer.kind is not Kind.DOWN:
            return
        touched = [n for n, cell in enumerate(self.cells) if cell.collidepoint(pointer.pos)]
        if touched:
            self.choose(touched[0])

    # --- the picture ------------------------------------------------------------------------------

    def _draw_answers(self, paper: pygame.Rect) -> None:
        """The answers on a sheet, the one that is looked at with a ring."""
        frame, text = self.stage.frame, self.stage.text
        sheet(self._backdrop, paper, frame, ruled=False)
        area = paper.inflate(-2 * frame.px(theme.SPACE_6), -2 * frame.px(theme.SPACE_5))
        heading = text.fitted(self._heading(), theme.HEADING, theme.INK, area.size)
        self._backdrop.blit(heading, area.topleft)
        area.y += heading.get_height()
        line = text.fitted(self.subheading(), theme.BODY, theme.INK_QUIET, area.size)
        self._backdrop.blit(line, area.topleft)
        below = line.get_height() + frame.px(theme.SPACE_3)
        area.y += below
        area.h -= heading.get_height() + below
        answers = [] if self.round is None else self.round.answers
        self.cells = grid(area, len(answers), frame.px(theme.SPACE_2), frame.px(LARGEST_TILE))
        if not self.cells:
            return
        shift = area.x - self.cells[0].x
        self.cells = [cell.move(shift, 0) for cell in self.cells]
        self.columns = sum(cell.y == self.cells[0].y for cell in self.cells)
        for cell, answer in zip(self.cells, answers, strict=True):
            draw_tile(self._backdrop, cell, answer, text)
        cell = self.cells[self.chosen]
        width = max(2, frame.px(RING))
        ring(self._backdrop, cell.inflate(2, 2), theme.SUN_DEEP, tile_radius(cell), width)

    def _heading(self) -> str:
        if self.round is None:
            return _("Past rounds")
        title = _(self.round.sheet.mode.title)
        if not self._rounds:
            return title
        time = spoken_time(self.round.started_at)
        # Translators: what was played, and when.
        return _("{title}, {time}").format(title=title, time=time)

    def subheading(self) -> str:
        if self.round is None:
            return _("Nothing is here yet: play a round.") if not self._rounds else NOTHING
        score = self.round.sheet.total()
        right, asked = figures.number(score.right), figures.number(score.right + score.wrong)
        if not score.points:
            return _("{right} of {asked} right").format(right=right, asked=asked)
        return ngettext(
            "{points} point, {right} of {asked} right",
            "{points} points, {right} of {asked} right",
            score.points,
        ).format(points=figures.number(score.points), right=right, asked=asked)

    def _draw_details(self, area: pygame.Rect) -> None:
        """All about the answer that is looked at, and the buttons beneath."""
        frame, text = self.stage.frame, self.stage.text
        appeals, ways = self._buttons()
        held = self._group.focused
        self._group = Group([*appeals, *ways])
        if isinstance(held, Button):
            self._group.focus(next((b for b in (*appeals, *ways) if b.label == held.label), None))
        gap = frame.px(theme.SPACE_3)
        button = max(32, frame.px(BUTTON_HEIGHT))
        bottom = area.bottom - button
        _side_by_side(ways, pygame.Rect(area.x, bottom, area.w, button), gap)
        if self.answer is None:
            return
        bottom = self._draw_rule(area, bottom - gap)
        bottom -= button
        _side_by_side(appeals, pygame.Rect(area.x, bottom, area.w, button), gap)
        line = text.font(theme.LABEL).get_linesize()
        if not appeals:
            bottom += button
        bottom -= line + gap  # the ring of a focus lies between
        words = text.fitted(self.status(), theme.LABEL, theme.GLOW, (area.w, line))
        self._backdrop.blit(words, (area.x, bottom))
        room = pygame.Rect(area.x, area.y, area.w, bottom - gap - area.y)
        draw_details(self._backdrop, room, self.answer, frame, text)

    def _draw_rule(self, area: pygame.Rect, bottom: int) -> int:
        """When an appeal counts, where there is room for it; return where the room ends now."""
        text = self.stage.text
        lines = text.wrap(_(RULE), theme.SMALL, area.w)
        line = text.font(theme.SMALL).get_linesize()
        if len(lines) * line > area.h // 6:
            return bottom
        y = bottom - len(lines) * line
        for n, words in enumerate(lines):
            piece = text.render(words, theme.SMALL, theme.MIST)
            self._backdrop.blit(piece, (area.x, y + n * line))
        return y - self.stage.frame.px(theme.SPACE_3)


def _side_by_side(buttons: Sequence[Widget], area: pygame.Rect, gap: int) -> None:
    """Place buttons in equal shares of an area."""
    count = len(buttons)
    for n, button in enumerate(buttons):
        width = (area.w - gap * (count - 1)) // count
        button.rect = pygame.Rect(area.x + n * (width + gap), area.y, width, area.h)
