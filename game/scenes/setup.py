"""The setup: a mode's levels and options on one screen before the round, remembered for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pygame

from game.language import _, pgettext
from game.persistence.choices import choose, chosen_level
from game.persistence.rounds import Bests
from game.rules.attempts import OnceADay
from game.rules.modes import MODES
from game.rules.modes.mode import Level
from game.rules.options import Option, settle
from game.scenes import menu, places
from game.scenes.best_line import best_line
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.menu_layout import setup_layout
from game.ui.paper import desk
from game.ui.tile import Tile, Words
from game.ui.toggles import Toggles
from game.ui.widgets import Button, Choice, Widget, key_name

LEAST_CHOICE = 40.0  # layout units, the height of what changes an option
WORDS_SHARE = 0.38  # of a low row, for the option's name and meaning


@dataclass(frozen=True)
class Row:
    """An option and what changes it."""

    option: Option
    widget: Choice | Toggles


class Setup(menu.Menu):
    """What can be chosen for a mode, and the way into its round."""

    def __init__(self, stage: Stage, place: places.Setup) -> None:
        self.mode = mode = MODES[place.mode]
        self.level = chosen_level(stage.settings, mode)
        self._bests = Bests(stage.storage)
        self._changed = False  # whether there is something to be kept
        self.levels = [Tile(Words(""), partial(self._take, level.key)) for level in mode.levels]
        self.rows = [Row(option, self._chooser(option)) for option in mode.options]
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._play = Button(
            pgettext("a button", "Play"), self.play, primary=True, keys=[pygame.K_p],
            hint=key_name(pygame.K_RETURN),
        )  # fmt: skip
        widgets: list[Widget] = [*self.levels, *(row.widget for row in self.rows)]
        self._days = Button(_("Calendar"), self.calendar, keys=[pygame.K_c])
        feet = [self._back, self._play]
        if isinstance(mode.attempts, OnceADay):
            feet.insert(1, self._days)
        self._feet = len(feet)
        super().__init__(stage, [*widgets, *feet])
        self._group.focus(self._play)
        self.places = setup_layout(stage.frame, 1, len(self.levels), len(self.rows))
        self._tell()

    def leave(self) -> None:
        if self._changed:
            self.stage.save_settings(later=True)

    def play(self) -> None:
        """Begin a round of what is chosen."""
        menu.play(self.stage, self.mode.key, self.level.key, dict(self.level.chosen))

    def calendar(self) -> None:
        """Look at the days that were played."""
        self.stage.lay(places.Days(self.mode.key))

    # --- choosing ---------------------------------------------------------------------------------

    def _chooser(self, option: Option) -> Choice | Toggles:
        now = settle(self.mode.options, dict(self.level.chosen))[option.key]
        choices = [(choice.key, _(choice.title)) for choice in option.choices]
        if option.several:
            return Toggles(choices, now, partial(self._set, option))
        return Choice(choices, now[0], lambda value: self._set(option, (value,)))

    def _take(self, key: str) -> None:
        """Choose a level; the one that is chosen already is played."""
        if key == self.level.key:
            self.play()
        else:
            self._now(self.mode.level(key, dict(self.level.chosen)))

    def _set(self, option: Option, values: tuple[str, ...]) -> None:
        chosen = {**dict(self.level.chosen), option.key: values}
        self._now(self.mode.level(self.level.key, chosen))

    def _now(self, level: Level) -> None:
        self.level = level
        self._changed |= choose(self.stage.settings, self.mode, level)
        self.stage.audio.play("click")
        self._tell()

    def _tell(self) -> None:
        """Mark the level that is chosen, and write the bests that go with the options."""
        chosen = dict(self.level.chosen)
        for tile, level in zip(self.levels, self.mode.levels, strict=True):
            best = self._bests.mark(self.mode, self.mode.level(level.key, chosen))
            foot, proud = best_line(self.mode, best), best is not None
            tile.words = Words(_(level.title), _(level.meaning), foot, proud=proud)
            tile.chosen = level.key == self.level.key

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        title = text.render(_(self.mode.title), theme.HUGE, theme.TEXT, 0.62)
        help_lines = len(text.wrap(self._help, theme.BODY, frame.inner.w))
        head = title.get_height() + help_lines * round(text.font(theme.BODY).get_linesize() * 1.08)
        levels, rows = len(self.levels), len(self.rows)
        left_handed = self.is_left_handed
        self.places = setup_layout(frame, head, levels, rows, self._feet, left_handed)
        self._backdrop = desk(frame)
        self._backdrop.blit(title, self.places.head.topleft)
        below = self.places.head.move(0, title.get_height())
        text.paragraph(self._backdrop, self._help, theme.BODY, theme.MIST, below)
        for tile, place in zip(self.levels, self.places.levels, strict=True):
            tile.rect = place
        for row, place in zip(self.rows, self.places.rows, strict=True):
            self._lay_row(row, place)
        self._back.rect, self._play.rect = self.places.back, self.places.play
        self._days.rect = self.places.third

    @property
    def _help(self) -> str:
        return _(self.mode.help or self.mode.tagline)

    def _lay_row(self, row: Row, place: pygame.Rect) -> None:
        """The option's name and meaning above what changes it; beside it where that is too low."""
        frame, text = self.stage.frame, self.stage.text
        name_height = text.font(theme.LABEL).get_height()
        below = name_height + frame.px(theme.SPACE_1)
        if place.h - below < frame.px(LEAST_CHOICE) and not frame.is_tall:
            words = pygame.Rect(place.x, place.y, round(place.w * WORDS_SHARE), place.h)
            self._write_beside(row.option, words)
            left = words.right + frame.px(theme.SPACE_4)
            row.widget.rect = pygame.Rect(left, place.y, place.right - left, place.h)
            return
        name = text.fitted(_(row.option.title), theme.LABEL, theme.TEXT, (place.w, place.h // 2))
        self._backdrop.blit(name, place.topleft)
        gap = frame.px(theme.SPACE_4)
        room = place.w - name.get_width() - gap
        about = text.fitted(
            _(row.option.meaning), theme.NOTE, theme.MIST, (max(1, room), name.get_height())
        )
        middle = (place.x + name.get_width() + gap, place.y + name.get_height() // 2)
        self._backdrop.blit(about, about.get_rect(midleft=middle))
        used = name.get_height() + frame.px(theme.SPACE_1)
        row.widget.rect = pygame.Rect(place.x, place.y + used, place.w, place.h - used)

    def _write_beside(self, option: Option, place: pygame.Rect) -> None:
        """The option's name, its meaning below, in the middle of the row's height."""
        text = self.stage.text
        name = text.fitted(_(option.title), theme.LABEL, theme.TEXT, (place.w, place.h * 3 // 5))
        about = text.fitted(
            _(option.meaning), theme.NOTE, theme.MIST, (place.w, place.h - name.get_height())
        )
        top = place.centery - (name.get_height() + about.get_height()) // 2
        self._backdrop.blit(name, (place.x, top))
        self._backdrop.blit(about, (place.x, top + name.get_height()))
