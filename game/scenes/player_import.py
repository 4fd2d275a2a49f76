"""Importing a player: the files that are there, or one that was dropped onto the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pygame

from game.language import _, figures
from game.persistence.player_export import (
    ENDING,
    exported_files,
    exports_folder,
    import_player,
)
from game.persistence.players import PlayersError
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group
from game.ui.menu_layout import players_layout
from game.ui.paper import desk
from game.ui.tile import Tile, Words
from game.ui.widgets import Button, Widget, key_name


class ImportPlayer(menu.Menu):
    """A tile for each file; a tap adds the player in it, under a name that is free."""

    def __init__(self, stage: Stage, place: places.ImportPlayer) -> None:
        self.files = exported_files(stage.players.root)
        self.told = ""  # a sentence about the last attempt
        self.tiles: list[Tile] = []
        self._first = 0  # of the files that are in sight
        self._todo: Path | None = Path(place.file) if place.file else None
        self._shown = False  # whether "one moment" is on the screen
        self._back = Button(
            _("Back"),
            stage.back,
            primary=True,
            keys=[pygame.K_ESCAPE],
            hint=key_name(pygame.K_RETURN),
        )
        self._more = Button(_("More"), self._turn, keys=[pygame.K_m])
        super().__init__(stage, [self._back])

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.DROPFILE:
            self._take(Path(event.file))
        else:
            super().handle(event)

    def _turn(self) -> None:
        self._first += max(1, len(self.tiles))
        self.layout()
        self._group.focus(self._more)

    def _take(self, path: Path) -> None:
        """Import a file in the next frame but one: until then the screen says so."""
        self._todo, self._shown = path, False
        self.told = _("One moment ...")
        self.layout()

    def update(self, dt: float) -> None:
        super().update(dt)
        if self._todo is not None and self._shown:
            path, self._todo = self._todo, None
            self._import(path)
        self._shown = True

    def _import(self, path: Path) -> None:
        try:
            player = import_player(self.stage.players, path)
        except PlayersError as error:
            self.told = str(error)
            self.layout()
            return
        self.stage.audio.play("click")
        self.stage.back()
        told = _("{name} plays here now, too, with everything that was in {file}.").format(
            name=player.name, file=path.name
        )
        self.stage.lay(places.Notice(_("Imported"), [told]))

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        self._backdrop = desk(frame)
        area = frame.inner
        title = text.render(_("Import a player"), theme.HUGE, theme.TEXT, 0.62)
        self._backdrop.blit(title, area.topleft)
        head = title.get_height()
        folder = exports_folder(self.stage.players.root)
        how = _(
            "An exported player is a file such as {example}. Drop it onto this window, or put"
            " it into {folder} and tap it here."
        ).format(example=f"Mia{ENDING}", folder=folder)
        for sentence, colour in (
            (how, theme.MIST),
            (self.told, theme.BAD_BRIGHT if self._todo is None else theme.TEXT),
        ):
            room = pygame.Rect(area.x, area.y + head, area.w, area.h)
            head += text.paragraph(self._backdrop, sentence, theme.NOTE, colour, room)
        all_fit = len(players_layout(frame, head, len(self.files), 1).cells) == len(self.files)
        buttons = [self._back] if all_fit else [self._back, self._more]
        placed = players_layout(frame, head, len(self.files), 3)
        for button, rect in zip(buttons, placed.buttons[::-1], strict=False):
            button.rect = rect
        if self._first >= len(self.files):
            self._first = 0
        shown = self.files[self._first :][: len(placed.cells)]
        self.tiles = []
        for path, cell, beside in zip(shown, placed.cells, placed.changes, strict=False):
            size = max(1, round(path.stat().st_size / 1000)) if path.exists() else 0
            words = Words(path.name, _("{number} kB").format(number=figures.number(size)))
            tile = Tile(words, partial(self._take, path))
            tile.rect = cell.union(beside)
            self.tiles.append(tile)
        widgets: list[Widget] = [*self.tiles, *buttons]
        self._group = Group(widgets)
        self._group.focus(widgets[0])
