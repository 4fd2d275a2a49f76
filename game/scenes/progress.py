"""Progress: what became better, and the charts, tables and records that show it, page by page."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

import pygame

from game.language import N_, _, figures
from game.persistence.export import ExportError, export_both
from game.persistence.progress import History, history, pupils, solo
from game.rules.best import Goal
from game.rules.figures import Mark, RoundFigures, by_week, days_of, feats, marks
from game.rules.improvement import what_improved
from game.rules.mastery import counted, grid, most_asked, slowest
from game.rules.mode_names import short_mode, spoken_mode
from game.rules.modes import MODES
from game.rules.modes.mode import is_counted, mode_key
from game.rules.modes.workout import MODE as WORKOUT
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES
from game.rules.pupils import HEADINGS, Pupil
from game.rules.streak import DAY, month, said, streak
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.calendar_view import draw_month
from game.ui.facts import draw_facts
from game.ui.facts_table import HEADS, draw_fact_table, draw_facts_legend, draw_slowest
from game.ui.group import Group, mirror
from game.ui.matrix_view import MATRIX_LEGEND, draw_digits, draw_matrix
from game.ui.paper import desk, sheet
from game.ui.progress_charts import BESTS_LEGEND, WEEKS_LEGEND, draw_bests, draw_weeks
from game.ui.progress_layout import beside, progress_layout
from game.ui.table_view import draw_table, rows_that_fit
from game.ui.turner import Turner
from game.ui.widgets import Button, Choice, Widget

BESTS, WEEKS, DAYS, HAND, FACTS, RECORDS, CLASS = (
    "bests", "weeks", "days", "hand", "facts", "records", "class",
)  # fmt: skip
TITLES = {
    # Translators: the pages of Progress: a few letters each, for they stand side by side.
    BESTS: N_("Bests"), WEEKS: N_("Weeks"), DAYS: N_("Days"),
    # Translators: the player's handwriting.
    HAND: N_("Hand"),
    # Translators: the sums of the tables, such as 7 × 8 = 56.
    FACTS: N_("Facts"),
    RECORDS: N_("Records"),
    # Translators: everyone who plays on this machine, as in a school.
    CLASS: N_("Class"),
}  # fmt: skip
EMPTY = {
    BESTS: N_(
        "Here each round of a mode becomes a dot, and your best a line that only gets better."
    ),
    WEEKS: N_("Here you will see, week by week, how fast and how surely you answer."),
    DAYS: N_("Here each day on which you play gets a stamp."),
    HAND: N_("Here you will see as what your digits are read, and which of them are read surely."),
    FACTS: N_("Here a square for each sum of the tables fills up as you learn it."),
    RECORDS: N_("Here your records will stand, each with its day."),
    CLASS: N_("Here everyone who plays on this machine will have a row."),
}
SIGNS = (TIMES, PLUS, MINUS, DIVIDED)
TITLE_SCALE = 0.45  # of the largest words
MOST_WEEKS = 13
MOST_SLOW = 12


class Progress(menu.Menu):
    """Pages about what was played, with the way into a round of what is weakest."""

    def __init__(self, stage: Stage, place: places.Progress) -> None:
        self.today = datetime.date.today()
        self.history = History()
        self.sentence = ""
        self.pupils: Sequence[Pupil] = ()
        self.kinds: list[str] = []  # the stored names of what was played, the usual ones first
        self.page = place.page or BESTS
        self._pages = Choice([], self.page, self._turn)
        self._turner = Turner(0, 0, self._step)
        self._chosen: dict[str, int] = {}  # of each page, where its turner stands
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._export = Button(_("Export"), self.export, keys=[pygame.K_e])
        self._workout = Button(
            _(WORKOUT.title),
            partial(menu.play, stage, WORKOUT.key),
            primary=True,
            keys=[pygame.K_w],
        )
        super().__init__(stage, [self._pages])
        self._read()

    def resume(self) -> None:
        self._read()
        self.layout()
        super().resume()

    def _read(self) -> None:
        """Look at what was played until now."""
        now = datetime.datetime.now(datetime.UTC)
        self.history = history(self.stage.storage.read, now)
        alone = list(solo(self.history.rounds))
        self.sentence = what_improved(alone, self.history.confusion, self.today, short_mode)
        count: dict[str, int] = {}
        for each in alone:
            count[each.mode] = count.get(each.mode, 0) + 1
        self.kinds = sorted(
            (name for name in count if mode_key(name) in MODES), key=lambda n: (-count[n], n)
        )
        self.pupils = ()  # they are only read where they are looked at
        is_alone = len(self.stage.players.all()) < 2
        pages = [key for key in TITLES if key != CLASS or not is_alone]
        self._pages.set_options([(key, _(TITLES[key])) for key in pages], self.page)

    def _everyone(self) -> list[Pupil]:
        """A row for each player of this machine."""
        everyone = [(each.name, each.database) for each in self.stage.players.all()]
        return pupils(everyone, datetime.datetime.now(datetime.UTC), self.today)

    # --- what is chosen ---------------------------------------------------------------------------

    def _turn(self, page: str) -> None:
        self.page = page
        self.stage.audio.play("click")
        self.layout()

    def _step(self, chosen: int) -> None:
        self._chosen[self.page] = chosen
        self.stage.audio.play("click")
        self.layout()

    def _set_turner(self, words: Sequence[str], first: int = 0) -> int:
        """Let the turner choose among these; return which is chosen."""
        chosen = min(max(0, self._chosen.get(self.page, first)), max(0, len(words) - 1))
        self._turner.count, self._turner.chosen = len(words), chosen
        self._turner.words = words[chosen] if words else ""
        return chosen

    def export(self) -> None:
        """Write all rounds and answers into two files, and say where they are."""
        if self.stage.player.is_guest:
            sentence = _("Nothing of a guest is kept, and so nothing is exported.")
            self.stage.lay(places.Notice(_("Not exported"), [sentence]))
            return
        try:
            written = export_both(self.stage.storage)
        except ExportError as error:
            self.stage.lay(places.Notice(_("Not exported"), [str(error)]))
            return
        rounds, answers = written
        told = _(
            "Your rounds and answers are in {rounds} and {answers}, in the folder {folder}."
        ).format(rounds=rounds.name, answers=answers.name, folder=rounds.parent)
        self.stage.lay(places.Notice(_("Exported"), [told, _("Nothing was sent anywhere.")]))

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame = self.stage.frame
        self._backdrop = desk(frame)
        at = progress_layout(frame, self._draw_head())
        self._pages.rect = at.pages
        self._back.rect, self._export.rect, self._workout.rect = at.back, at.export, at.workout
        sheet(self._backdrop, at.paper, frame, ruled=False)
        pad = frame.px(theme.SPACE_5)
        inside = at.paper.inflate(-2 * pad, -2 * pad)
        has_turner = self._draw_page(inside, at.turner)
        self._turner.rect = at.turner
        widgets: list[Widget] = [self._pages, *([self._turner] if has_turner else [])]
        focused = self._group.focused
        widgets += [self._back, self._export, self._workout]
        self._group = Group(widgets)
        if self.is_left_handed:
            mirror(self.widgets, frame.inner)
        self._group.focus(focused if focused in widgets else self._pages)

    def _draw_head(self) -> int:
        """The title and beside it, or where the window stands below it, what became better.

        Return the height that they take, px.
        """
        frame, text = self.stage.frame, self.stage.text
        area = frame.inner
        title = text.render(_("Progress"), theme.HUGE, theme.TEXT, TITLE_SCALE)
        self._backdrop.blit(title, area.topleft)
        left = area.x if frame.is_tall else area.x + title.get_width() + frame.px(theme.SPACE_7)
        room = pygame.Rect(left, area.y, area.right - left, area.h)
        lines = text.wrap(self.sentence, theme.BODY, room.w)
        height = len(lines) * round(text.font(theme.BODY).get_linesize() * 1.08)
        if frame.is_tall:
            room.y += title.get_height()
        else:
            room.y += max(0, (title.get_height() - height) // 2)
        text.paragraph(self._backdrop, self.sentence, theme.BODY, theme.GLOW, room)
        return max(title.get_height(), room.y + height - area.y)

    def _draw_page(self, area: pygame.Rect, turner: pygame.Rect) -> bool:
        """Draw the page into its area, px; return whether it has a turner, at its place."""
        if self.page != CLASS and self.history.is_empty:
            self._draw_empty(area, _(EMPTY[self.page]))
            return False
        below = pygame.Rect(area.x, turner.bottom, area.w, area.bottom - turner.bottom)
        below.y += self.stage.frame.px(theme.SPACE_4)
        below.h = area.bottom - below.y
        match self.page:
            case "bests":
                return self._draw_bests(below)
            case "weeks":
                return self._draw_weeks(below)
            case "days":
                return self._draw_days(area, below)
            case "hand":
                return self._draw_hand(area)
            case "facts":
                return self._draw_facts(area, below)
            case "records":
                return self._draw_records(area, below)
        return self._draw_class(area, below)

    def _draw_empty(self, area: pygame.Rect, words: str) -> None:
        """What will be here, in the middle of the sheet."""
        text, frame = self.stage.text, self.stage.frame
        room = area.inflate(-area.w // 5, 0)
        lines = text.wrap(words, theme.HEADING, room.w)
        line = round(text.font(theme.HEADING).get_linesize() * 1.08)
        room.y = area.centery - line * len(lines) // 2 - frame.px(theme.SPACE_4)
        text.paragraph(self._backdrop, words, theme.HEADING, theme.INK_QUIET, room, centred=True)

    def _foot(self, area: pygame.Rect, words: str) -> pygame.Rect:
        """Write a note at the foot of an area, px; return what is left of it."""
        text, frame = self.stage.text, self.stage.frame
        line = text.font(theme.SMALL).get_linesize()
        place = pygame.Rect(area.x, area.bottom - line, area.w, line)
        piece = text.fitted(words, theme.SMALL, theme.INK_QUIET, place.size)
        self._backdrop.blit(piece, place)
        return pygame.Rect(area.x, area.y, area.w, area.h - line - frame.px(theme.SPACE_3))

    def _of_kind(self, name: str) -> list[RoundFigures]:
        return [each for each in self.history.rounds if each.mode == name]

    def _marks(self, name: str) -> tuple[Goal, list[Mark]]:
        goal = MODES[mode_key(name)].goal
        return goal, marks(self._of_kind(name), goal)

    def _draw_bests(self, area: pygame.Rect) -> bool:
        names = [name for name in self.kinds if is_counted(name) and self._marks(name)[1]]
        if not names:
            self._draw_empty(area, _(EMPTY[BESTS]))
            return False
        chosen = self._set_turner([spoken_mode(name) for name in names])
        goal, found = self._marks(names[chosen])
        area = self._foot(area, _(BESTS_LEGEND))
        draw_bests(self._backdrop, area, found, goal, self.stage.frame, self.stage.text)
        return True

    def _draw_weeks(self, area: pygame.Rect) -> bool:
        if not self.kinds:
            self._draw_empty(area, _(EMPTY[WEEKS]))
            return False
        chosen = self._set_turner([spoken_mode(name) for name in self.kinds])
        weeks = by_week(self._of_kind(self.kinds[chosen]), self.today, MOST_WEEKS)
        area = self._foot(area, _(WEEKS_LEGEND))
        if weeks:
            draw_weeks(self._backdrop, area, weeks, self.stage.frame, self.stage.text)
        else:
            self._draw_empty(area, _("This mode was not played in the last three months."))
        return True

    def _draw_days(self, area: pygame.Rect, below: pygame.Rect) -> bool:
        frame, text, surface = self.stage.frame, self.stage.text, self._backdrop
        played = {day for day in days_of(self.history.rounds) if day <= self.today}
        first, shown = min(played, default=self.today).replace(day=1), self.today.replace(day=1)
        months = [first]
        while months[-1] < shown:
            months.append((months[-1] + 31 * DAY).replace(day=1))
        chosen = self._set_turner([figures.month(each) for each in months], len(months) - 1)
        days, side = beside(frame, below, 0.62)
        weeks = month(months[chosen].year, months[chosen].month, played, self.today)
        draw_month(surface, days, weeks, self.today, frame, text)
        now = streak(played, self.today)
        hours = sum(each.tally.seconds for each in self.history.rounds) / 3600
        facts = [
            (_("DAYS IN A ROW"), figures.number(now.days)),
            (_("DAYS PLAYED"), figures.number(len(played))),
            (_("ROUNDS"), figures.number(len(self.history.rounds))),
            (_("HOURS"), figures.number(hours, 1)),
        ]
        used = draw_facts(surface, side, facts, 2, frame, text) + frame.px(theme.SPACE_4)
        words = pygame.Rect(side.x, side.y + used, side.w, max(1, side.h - used))
        text.paragraph(surface, said(now), theme.NOTE, theme.INK, words)
        return True

    def _draw_hand(self, area: pygame.Rect) -> bool:
        frame, text, found = self.stage.frame, self.stage.text, self.history.confusion
        line = round(text.font(theme.BODY).get_linesize() * 1.08)
        used = text.paragraph(self._backdrop, found.words(), theme.BODY, theme.INK, area)
        top = area.y + max(line, used) + frame.px(theme.SPACE_3)
        room = self._foot(pygame.Rect(area.x, top, area.w, area.bottom - top), _(MATRIX_LEGEND))
        matrix, digits = beside(frame, room, 0.6, square=True)
        draw_matrix(self._backdrop, matrix, found, frame, text)
        draw_digits(self._backdrop, digits, found, frame, text)
        return False

    def _draw_facts(self, area: pygame.Rect, below: pygame.Rect) -> bool:
        frame, text, known = self.stage.frame, self.stage.text, self.history.memories
        if not known:
            self._draw_empty(area, _(EMPTY[FACTS]))
            return False
        chosen = self._set_turner(
            # Translators: {sum} is such as a × b: where its numbers stand in the table.
            [_("{sum}: a across, b down").format(sum=HEADS[sign]) for sign in SIGNS],
            SIGNS.index(most_asked(known)),
        )
        table, side = beside(frame, below, 0.56, square=True)
        draw_fact_table(self._backdrop, table, grid(known, SIGNS[chosen]), frame, text)
        used = draw_facts_legend(self._backdrop, side, counted(known), frame, text)
        used += frame.px(theme.SPACE_4)
        rest = pygame.Rect(side.x, side.y + used, side.w, max(1, side.h - used))
        found = slowest(self.history.thinking, MOST_SLOW)
        draw_slowest(self._backdrop, rest, found, frame, text)
        return True

    def _draw_records(self, area: pygame.Rect, below: pygame.Rect) -> bool:
        rows = [
            (each.title, each.words, figures.day(each.day)) for each in feats(self.history.rounds)
        ]
        for name in filter(is_counted, self.kinds):
            goal, found = self._marks(name)
            records = [mark for mark in found if mark.is_record]
            if records:
                day = figures.day(records[-1].began.date())
                rows.append((spoken_mode(name), goal.words(records[-1].value), day))
        return self._draw_rows(area, below, (_("What"), _("Record"), _("Day")), rows)

    def _draw_class(self, area: pygame.Rect, below: pygame.Rect) -> bool:
        self.pupils = self.pupils or self._everyone()
        rows = [each.words(self.today) for each in self.pupils]
        return self._draw_rows(area, below, [_(each) for each in HEADINGS], rows)

    def _draw_rows(
        self, area: pygame.Rect, below: pygame.Rect, headings: Sequence[str],
        rows: Sequence[Sequence[str]],
    ) -> bool:  # fmt: skip
        """A table, with a turner where it has more rows than there is room for."""
        frame, text = self.stage.frame, self.stage.text
        if len(rows) <= rows_that_fit(area.h, text):
            draw_table(self._backdrop, area, headings, rows, frame, text)
            return False
        room = rows_that_fit(below.h, text)
        sheets = -(-len(rows) // room)
        chosen = self._set_turner(
            # Translators: which page of how many.
            [_("{number} of {count}").format(number=n + 1, count=sheets) for n in range(sheets)]
        )
        some = rows[chosen * room : (chosen + 1) * room]
        draw_table(self._backdrop, below, headings, some, frame, text)
        return True
