"""My list: the player's lists by their names, what they ask, and what is wrong in them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pygame

from game.language import N_, _, pgettext
from game.persistence.choices import choose, chosen_level, chosen_list
from game.persistence.lists import ListError, read_list
from game.persistence.rounds import Bests
from game.rules.modes.mode import Level
from game.rules.modes.my_list import MODE, SAMPLE
from game.rules.prompt_list import PromptList
from game.scenes import menu, places
from game.scenes.best_line import best_line
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group
from game.ui.list_view import counted, draw_list
from game.ui.menu_layout import ListsLayout, lists_layout
from game.ui.paper import desk, sheet
from game.ui.tile import Tile, Words
from game.ui.widgets import Button, Choice, Widget, key_name

HOW = N_("One a line: 7*8, 12/4, 405, 3*?=27. Each file of such lines in this folder is a list:")


class Lists(menu.Menu):
    """Chooses a list and how it is asked, and plays it."""

    def __init__(self, stage: Stage, place: places.Lists) -> None:
        self._file = place.file
        level = chosen_level(stage.settings, MODE)
        self.level: Level = MODE.level(place.level) if place.level else level
        self.names: list[str] = []
        self.name: str | None = None  # of the list that is chosen; None: the one from elsewhere
        self.found: PromptList | None = None  # what it holds
        self.trouble = ""  # a sentence, where it cannot be read
        self.tiles: list[Tile] = []
        self._first = 0  # of the lists that are in sight
        self._more = Button(_("More lists"), self._turn)
        titles = [(each.key, _(each.title)) for each in MODE.levels]
        self._how = Choice(titles, self.level.key, self._take_level)
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._new = Button(
            _("New list"), partial(stage.lay, places.ListEditor()), keys=[pygame.K_n]
        )
        self._rename = Button(_("Rename"), self._ask_name, keys=[pygame.K_F2])
        self._drop = Button(_("Delete"), self._ask_to_drop, keys=[pygame.K_DELETE])
        self._play = Button(
            pgettext("a button", "Play"), self.play, primary=True, keys=[pygame.K_p],
            hint=key_name(pygame.K_RETURN),
        )  # fmt: skip
        super().__init__(stage, [self._play])
        self.places: ListsLayout = lists_layout(stage.frame, 1)
        self._straight = place.file is not None  # into the round, where nothing is to be told
        self._find(chosen_list(stage.settings, MODE))

    # --- the lists --------------------------------------------------------------------------------

    def _find(self, wanted: str | None) -> None:
        """Look which lists there are, and choose one: the file from elsewhere comes first."""
        self.names = self.stage.lists.names() or ([SAMPLE.name] if self._file is None else [])
        if self._file is not None:
            self._choose(None)
        else:
            self._choose(wanted if wanted in self.names else self.names[0])

    @property
    def _is_sample(self) -> bool:
        """Whether there is no list of the player's own."""
        return self.name == SAMPLE.name and not self.stage.lists.names()

    @property
    def _is_own(self) -> bool:
        """Whether the one that is chosen lies in the player's folder."""
        return self.name is not None and not self._is_sample

    def _choose(self, name: str | None) -> None:
        self.name, self.trouble, self.found = name, "", None
        try:
            if name is None:
                assert self._file is not None, "only the file from elsewhere has no name here"
                self.found = read_list(self._file)
            else:
                sample = replace(SAMPLE, name=_(SAMPLE.name))
                self.found = sample if self._is_sample else self.stage.lists.read(name)
        except ListError as error:
            self.trouble = str(error)

    def _take(self, name: str | None) -> None:
        """Choose a list; the one that is chosen already is played."""
        if name == self.name and self.found is not None:
            self.play()
            return
        self.stage.audio.play("click")
        self._choose(name)
        self.layout()

    def _take_level(self, key: str) -> None:
        self.level = MODE.level(key)
        if choose(self.stage.settings, MODE, self.level):
            self.stage.save_settings(later=True)
        self.stage.audio.play("click")
        self.layout()

    def _turn(self) -> None:
        """Show the next lists; after the last ones, the first."""
        self._first += max(1, len(self.tiles))
        self.layout()
        self._group.focus(self._more)

    def _ask_name(self) -> None:
        if self.name is not None and self._is_own:
            self.stage.lay(places.RenameList(self.name))

    def _ask_to_drop(self) -> None:
        if self.name is not None and self._is_own:
            self.stage.lay(places.DropList(self.name))

    def enter(self) -> None:
        if self._straight and self.found is not None and not self.found.faults:
            self.play()

    def resume(self) -> None:
        before = set(self.names)
        made = [name for name in self.stage.lists.names() if name not in before]
        self._file = None if made else self._file  # a list that was just made is the one to play
        self._find(made[0] if made else self.name)
        self.layout()
        super().resume()

    def play(self) -> None:
        """Begin a round with the list that is chosen."""
        if self.found is not None:
            menu.play(self.stage, MODE.key, self.level.key, None, self.found)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        title = text.render(_(MODE.title), theme.HUGE, theme.TEXT, 0.62)
        self._backdrop = desk(frame)
        how, folder = self._told()
        lines = text.wrap(how, theme.NOTE, frame.inner.w) + text.wrap(
            folder, theme.NOTE, frame.inner.w
        )
        line = round(text.font(theme.NOTE).get_linesize() * 1.08)
        left_handed = self.is_left_handed
        head = title.get_height() + line * len(lines)
        self.places = lists_layout(frame, head, self._is_own, left_handed)
        self._backdrop.blit(title, self.places.head.topleft)
        for n, words in enumerate(lines):
            piece = text.render(words, theme.NOTE, theme.MIST)
            place = (self.places.head.x, self.places.head.y + title.get_height() + n * line)
            self._backdrop.blit(piece, place)
        self._lay_tiles()
        self._how.rect = self.places.how
        self._back.rect, self._new.rect = self.places.back, self.places.new
        self._play.rect = self.places.play
        self._rename.rect, self._drop.rect = self.places.rename, self.places.drop
        sheet(self._backdrop, self.places.paper, frame, ruled=False)
        pad = frame.px(theme.SPACE_6)
        inside = self.places.paper.inflate(-2 * pad, -2 * pad)
        if self.found is not None:
            draw_list(self._backdrop, inside, self.found, frame, text)
        else:
            text.paragraph(self._backdrop, self.trouble, theme.BODY, theme.BAD, inside)

    def _told(self) -> tuple[str, str]:
        """What a list is, and where they lie."""
        return _(HOW), str(self.stage.lists.folder)

    def _lay_tiles(self) -> None:
        """A tile for every list that has room, and a button where there are more."""
        names: list[str | None] = [*self.names]
        if self._file is not None:
            names.insert(0, None)
        room = len(self.places.names)
        if len(names) > room:
            room -= 1
        if self._first >= len(names):
            self._first = 0
        shown = names[self._first : self._first + room]
        focused = self._group.focused
        before = self.tiles.index(focused) if focused in self.tiles else None
        self.tiles = [Tile(self._words(name), partial(self._take, name)) for name in shown]
        for tile, name, place in zip(self.tiles, shown, self.places.names, strict=False):
            tile.rect, tile.chosen = place, name == self.name
        widgets: list[Widget] = [*self.tiles]
        if len(names) > room:
            self._more.rect = self.places.names[len(self.tiles)]
            widgets.append(self._more)
        if self._is_own:
            widgets += [self._rename, self._drop]
        self._group = Group([*widgets, self._how, self._back, self._new, self._play])
        if before is not None and before < len(self.tiles):
            self._group.focus(self.tiles[before])
        else:
            self._group.focus(focused if focused in self._group.widgets else self._play)

    def _words(self, name: str | None) -> Words:
        """What a tile says; of the list that is chosen also how much it asks, and its best."""
        title = Path(self._file).stem if name is None and self._file is not None else name or ""
        if self._is_sample and name == SAMPLE.name:
            title = _(SAMPLE.name)
        if name != self.name or self.found is None:
            return Words(title)
        best = Bests(self.stage.storage).mark(MODE, MODE.level(self.level.key, own=self.found))
        line, proud = best_line(MODE, best), best is not None
        return Words(title, counted(self.found), line, proud=proud)
