"""Your sevens over time: each digit as the player wrote it, by weeks; a tap writes one again."""

from __future__ import annotations

from functools import partial

import pygame

from game.ink.pointer import Kind, Pointer
from game.language import N_, _, figures, ngettext
from game.persistence.examples import Example, examples
from game.rules.weeks import Week, spread
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.formats import spoken_time
from game.ui.group import Group, mirror
from game.ui.ink_player import InkPlayer
from game.ui.paper import desk, sheet
from game.ui.pictures import thumbnail
from game.ui.shapes import ring
from game.ui.widgets import DIGIT_KEYS, Button, Choice, Widget

HEADINGS = (
    N_("Your zeros over time, week by week"), N_("Your ones over time, week by week"),
    N_("Your twos over time, week by week"), N_("Your threes over time, week by week"),
    N_("Your fours over time, week by week"), N_("Your fives over time, week by week"),
    N_("Your sixes over time, week by week"), N_("Your sevens over time, week by week"),
    N_("Your eights over time, week by week"), N_("Your nines over time, week by week"),
)  # fmt: skip
ROW_HEIGHT = 74.0  # layout units, a week's
DATE_WIDTH = 128.0  # layout units, a week's date
PICKER_HEIGHT = 52.0  # layout units
BUTTON_HEIGHT = 56.0  # layout units
STEPS = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
EMPTY = N_("There is none yet: it comes here as soon as one that you wrote was read right.")


class Digits(Menu):
    """Weeks with examples on a sheet, the newest first, and one of them large."""

    def __init__(self, stage: Stage, place: places.Digits) -> None:
        super().__init__(stage, [])
        self.digit = place.digit
        self.weeks: list[Week[Example]] = []
        self.first = 0  # of the weeks in sight
        self._in_sight = 1
        self.cells: list[tuple[pygame.Rect, Example]] = []
        self.chosen: Example | None = None
        self.player: InkPlayer | None = None
        self._large = pygame.Rect(0, 0, 1, 1)
        options = [(str(n), str(n)) for n in range(10)]
        self._picker = Choice(options, self.digit, self.show)
        self._again = Button(_("Write it again"), self.play, primary=True, keys=[pygame.K_SPACE])
        self._newer = Button(_("Newer"), partial(self.turn, -1), keys=[pygame.K_PAGEUP])
        self._older = Button(_("Older"), partial(self.turn, 1), keys=[pygame.K_PAGEDOWN])
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._load()

    @property
    def animating(self) -> bool:
        playing = self.player is not None and self.player.is_playing
        return playing or super().animating

    def _load(self) -> None:
        self.weeks = examples(self.stage.storage, self.stage.hand, self.digit)
        self.first, self.chosen, self.player = 0, None, None
        if self.weeks:
            self._take(self.weeks[0].some[-1])

    def enter(self) -> None:
        self.stage.show_notices()
        self.play()

    # --- what is looked at ------------------------------------------------------------------------

    def show(self, digit: str) -> None:
        """Turn to another digit."""
        self.digit = self._picker.chosen = digit
        self._load()
        self.layout()
        self.play()

    def choose(self, example: Example) -> None:
        """Look at one from near, and see it written again."""
        self._take(example)
        assert self.player is not None
        self.player.place(self._large)
        self.layout()
        self.play()

    def _take(self, example: Example) -> None:
        self.chosen, self.player = example, InkPlayer(example.ink)

    def play(self) -> None:
        """Write it again."""
        if self.player is not None:
            self.player.begin()

    def turn(self, step: int) -> None:
        """On to older weeks, or back to newer ones."""
        first = self.first + step * self._in_sight
        if 0 <= first < len(self.weeks):
            self.first = first
            self.layout()

    def _go(self, step: int) -> None:
        """Choose the example beside the present one, in the order of the sheet."""
        there = [example for _cell, example in self.cells]
        if not there:
            return
        place = there.index(self.chosen) + step if self.chosen in there else 0
        self.choose(there[min(len(there) - 1, max(0, place))])

    # --- events -----------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.MOUSEWHEEL and event.y:
            self.turn(-1 if event.y > 0 else 1)
        elif event.type == pygame.KEYDOWN and event.key in STEPS:
            self._go(STEPS[event.key])
        elif event.type == pygame.KEYDOWN and event.key in DIGIT_KEYS:
            self.show(DIGIT_KEYS[event.key])
        else:
            super().handle(event)

    def pointer(self, pointer: Pointer) -> None:
        if self._group.pointer(pointer) or pointer.kind is not Kind.DOWN:
            return
        for cell, example in self.cells:
            if cell.collidepoint(pointer.pos):
                self.choose(example)
                return

    def update(self, dt: float) -> None:
        super().update(dt)
        if self.player is not None:
            self.player.update(dt)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_4)
        self._backdrop = desk(frame)
        line = text.font(theme.HEADING).get_linesize()
        words = _(HEADINGS[int(self.digit)])
        self._backdrop.blit(
            text.fitted(words, theme.HEADING, theme.TEXT, (area.w, line)), area.topleft
        )
        picker = pygame.Rect(area.x, area.y + line + gap // 2, area.w, 0)
        picker.h = max(32, frame.px(PICKER_HEIGHT))
        self._picker.rect = picker
        button = max(32, frame.px(BUTTON_HEIGHT))
        top, bottom = picker.bottom + gap, area.bottom - button - gap
        room = pygame.Rect(area.x, top, area.w, bottom - top)
        weeks, near = room.copy(), room.copy()
        if frame.is_tall:
            near.h = room.h // 3
            weeks.h = room.h - near.h - gap
            near.y = weeks.bottom + gap
        else:
            near.w = min(round(room.w * 0.36), room.h)
            weeks.w = room.w - near.w - gap
            near.x = weeks.right + gap
        self._draw_weeks(weeks)
        self._draw_near(near)
        self._offer(pygame.Rect(area.x, area.bottom - button, area.w, button), gap)

    def _draw_weeks(self, paper: pygame.Rect) -> None:
        frame, text = self.stage.frame, self.stage.text
        sheet(self._backdrop, paper, frame, ruled=False)
        pad = frame.px(theme.SPACE_5)
        area = paper.inflate(-2 * pad, -2 * pad)
        self.cells = []
        if not self.weeks:
            text.paragraph(self._backdrop, _(EMPTY), theme.BODY, theme.INK, area)
            return
        row = max(40, frame.px(ROW_HEIGHT))
        self._in_sight = max(1, area.h // row)
        self.first = self.first // self._in_sight * self._in_sight
        gap, date = frame.px(theme.SPACE_2), max(70, frame.px(DATE_WIDTH))
        side = row - gap
        fit = max(1, (area.w - date + gap) // (side + gap))
        for n, week in enumerate(self.weeks[self.first : self.first + self._in_sight]):
            y = area.y + n * row
            monday = figures.day(week.monday)
            # Translators: so many of a digit, in a week.
            told = ngettext("one written", "{count} written", week.count).format(
                count=figures.number(week.count)
            )
            lines = (
                (monday, theme.LABEL, theme.INK, y),
                (told, theme.NOTE, theme.INK_QUIET, y + side // 2),
            )
            for words, style, colour, top in lines:
                piece = text.fitted(words, style, colour, (date - gap, side // 2))
                self._backdrop.blit(piece, (area.x, top))
            for k, example in enumerate(spread(week.some, fit)):
                cell = pygame.Rect(area.x + date + k * (side + gap), y, side, side)
                self._backdrop.blit(thumbnail(example.ink, side, theme.INK), cell)
                self.cells.append((cell, example))

    def _draw_near(self, area: pygame.Rect) -> None:
        """The sheet for the one that is looked at, and when it was written."""
        frame, text = self.stage.frame, self.stage.text
        line = text.font(theme.NOTE).get_linesize()
        side = max(8, min(area.w, area.h - 2 * line - frame.px(theme.SPACE_3)))
        paper = pygame.Rect(area.x, area.y, side, side)
        sheet(self._backdrop, paper, frame, margin=False)
        self._large = paper
        if self.chosen is None:
            return
        words = [spoken_time(self.chosen.written_at.isoformat()), self.chosen.source]
        place = pygame.Rect(area.x, paper.bottom + frame.px(theme.SPACE_3), area.w, line)
        if frame.is_tall:
            place = pygame.Rect(paper.right + frame.px(theme.GAP), area.y, 0, line)
            place.w = max(8, area.right - place.x)
        for said in words:
            piece = text.fitted(said, theme.NOTE, theme.MIST, place.size)
            self._backdrop.blit(piece, place)
            place.y += line
        if self.player is not None:
            self.player.place(paper)

    def _offer(self, foot: pygame.Rect, gap: int) -> None:
        ways: list[Widget] = [self._back]
        if self.player is not None:
            ways.append(self._again)
        if self.first > 0:
            ways.append(self._newer)
        if self.first + self._in_sight < len(self.weeks):
            ways.append(self._older)
        width = (foot.w - gap * (len(ways) - 1)) // len(ways)
        for n, way in enumerate(ways):
            way.rect = pygame.Rect(foot.x + n * (width + gap), foot.y, width, foot.h)
        held = self._group.focused
        self._group = Group([self._picker, *ways])
        if self.is_left_handed:
            mirror(self.widgets, self.stage.frame.inner)
        usual = self._again if self._again in ways else self._back
        self._group.focus(held if held in (self._picker, *ways) else usual)

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        for cell, example in self.cells:
            if example is self.chosen:
                width = max(2, self.stage.frame.px(4.0))
                ring(
                    surface,
                    cell.inflate(-2 * width, -2 * width),
                    theme.SUN_DEEP,
                    cell.w // 8,
                    width,
                )
        if self.player is not None:
            self.player.draw(surface)
        self._group.draw(surface, self.stage.frame, self.stage.text)
