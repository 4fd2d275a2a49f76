"""The list of all rounds, the newest first: one is chosen to be played again."""

from __future__ import annotations

from functools import partial

import pygame

from game.language import N_, _, figures
from game.persistence.replays import mark_words, right_words, title
from game.persistence.storage import PastRound
from game.rules.modes import MODES
from game.rules.modes.mode import mode_key
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.formats import spoken_time
from game.ui.group import Group, mirror
from game.ui.layout import stack
from game.ui.paper import desk
from game.ui.round_row import RoundRow
from game.ui.widgets import Button, Widget

ROW_HEIGHT = 70.0  # layout units
BUTTON_HEIGHT = 56.0  # layout units
WIDEST = 1000.0  # layout units, a row
EMPTY = N_("Nothing is here yet: play a round.")
EVERY = ""  # the filter that lets everything through


class Rounds(Menu):
    """A page of rounds at a time, of all modes or of one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, [])
        self._all = [p for p in stage.storage.past_rounds() if mode_key(p.mode) in MODES]
        played = {mode_key(past.mode) for past in self._all}
        self.filters = [EVERY, *(key for key in MODES if key in played)]
        self.filter = EVERY  # the key of a mode
        self.first = 0  # of the rounds in sight
        self.rows: list[RoundRow] = []
        self._in_sight = 1
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._digits = Button(_("Your digits"), self._open_digits, keys=[pygame.K_d])
        self._kind = Button("", partial(self.choose, 1), keys=[pygame.K_f])
        self._newer = Button(_("Newer"), partial(self.turn, -1), keys=[pygame.K_PAGEUP])
        self._older = Button(_("Older"), partial(self.turn, 1), keys=[pygame.K_PAGEDOWN])

    def enter(self) -> None:
        self.stage.show_notices()

    @property
    def shown(self) -> list[PastRound]:
        """The rounds that the filter lets through."""
        return [p for p in self._all if self.filter in (EVERY, mode_key(p.mode))]

    def choose(self, step: int) -> None:
        """Show the rounds of the next mode, or of all."""
        place = (self.filters.index(self.filter) + step) % len(self.filters)
        self.filter, self.first = self.filters[place], 0
        self.layout()

    def turn(self, step: int) -> None:
        """On to older rounds, or back to newer ones."""
        first = self.first + step * self._in_sight
        if 0 <= first < len(self.shown):
            self.first = first
            self.layout()

    def _open(self, past: PastRound) -> None:
        self.stage.lay(places.Replay(past.number))

    def _open_digits(self) -> None:
        self.stage.lay(places.Digits())

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.MOUSEWHEEL and event.y:
            self.turn(-1 if event.y > 0 else 1)
        else:
            super().handle(event)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        whole, gap = frame.inner, frame.px(theme.SPACE_3)
        area = pygame.Rect(0, whole.y, min(whole.w, frame.px(WIDEST)), whole.h)
        area.centerx = whole.centerx
        self._backdrop = desk(frame)
        line = text.font(theme.HEADING).get_linesize()
        words = _("All rounds")
        if self.filter != EVERY:
            words = _("Rounds of {mode}").format(mode=_(MODES[self.filter].title))
        piece = text.fitted(words, theme.HEADING, theme.TEXT, (area.w * 2 // 3, line))
        self._backdrop.blit(piece, area.topleft)
        button = max(32, frame.px(BUTTON_HEIGHT))
        top = area.y + line + gap
        room = pygame.Rect(area.x, top, area.w, area.bottom - button - 2 * gap - top)
        row = max(44, frame.px(ROW_HEIGHT))
        self._in_sight = max(1, (room.h + gap) // (row + gap))
        shown = self.shown
        self.first = min(self.first, max(0, len(shown) - 1)) // self._in_sight * self._in_sight
        page = shown[self.first : self.first + self._in_sight]
        self.rows = [self._row(past) for past in page]
        for widget, place in zip(self.rows, stack(room, self._in_sight, gap, row), strict=False):
            widget.rect = place
        if not shown:
            text.paragraph(self._backdrop, _(EMPTY), theme.BODY, theme.MIST, room)
        else:
            last = self.first + len(page)
            words = _("{first}–{last} of {count}").format(
                first=figures.number(self.first + 1), last=figures.number(last),
                count=figures.number(len(shown)),
            )  # fmt: skip
            count = text.render(words, theme.NOTE, theme.MIST)
            self._backdrop.blit(count, count.get_rect(midright=(area.right, area.y + line // 2)))
        self._offer(pygame.Rect(area.x, area.bottom - button, area.w, button), gap)

    def _offer(self, foot: pygame.Rect, gap: int) -> None:
        """The buttons that make sense now, at the foot."""
        if self.filter == EVERY:
            # Translators: on a button: the rounds of all modes are shown.
            self._kind.label = _("Mode: all")
        else:
            self._kind.label = _("Mode: {mode}").format(mode=_(MODES[self.filter].title))
        ways: list[Widget] = [self._back]
        if self._all:
            ways.append(self._digits)
        if len(self.filters) > 2:
            ways.append(self._kind)
        if self.first > 0:
            ways.append(self._newer)
        if self.first + self._in_sight < len(self.shown):
            ways.append(self._older)
        width = (foot.w - gap * (len(ways) - 1)) // len(ways)
        for n, way in enumerate(ways):
            way.rect = pygame.Rect(foot.x + n * (width + gap), foot.y, width, foot.h)
        if self.is_left_handed:
            mirror(ways, foot)
        held = self._group.focused
        self._group = Group([*self.rows, *ways])
        self._group.focus(held if held in ways else (*self.rows, *ways)[0])

    def _row(self, past: PastRound) -> RoundRow:
        result, right = mark_words(past), right_words(past)
        note = right if result != right else ""
        if past.state != "finished":
            # Translators: {right} is such as "14 of 15 right".
            unfinished = _("{right}, not finished").format(right=note)
            note = unfinished if note else _("not finished")
        moment = spoken_time(past.started_at)
        return RoundRow(title(past), moment, result, note, partial(self._open, past))
