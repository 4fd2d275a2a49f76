"""Who plays: every player of this machine, a guest, and a new one; one tap chooses."""

from __future__ import annotations

from functools import partial

import pygame

from game.language import N_, _
from game.persistence.players import Player
from game.scenes import menu, places
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group, mirror
from game.ui.menu_layout import players_layout
from game.ui.paper import desk
from game.ui.player_badge import PlayerTile
from game.ui.widgets import Button, Widget

HOW = N_("Everyone has rounds, bests, settings and a hand of their own. A tap chooses who plays.")
OF_GUESTS = N_("Nothing of a guest is kept: rounds, ink and settings are deleted when they leave.")


class WhoPlays(menu.Menu):
    """A tile for each, and beside it what changes them; where there are too many, in turns."""

    def __init__(self, stage: Stage) -> None:
        self.players: list[Player] = []
        self.tiles: list[PlayerTile] = []
        self._first: int | None = None  # of those in sight; None: it is the page of who plays now
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._more = Button(_("More"), self._turn, keys=[pygame.K_m])
        self._import = Button(
            _("Import"), partial(stage.lay, places.ImportPlayer()), keys=[pygame.K_i]
        )
        self._new = Button(
            _("New player"), partial(stage.lay, places.PlayerEditor()), keys=[pygame.K_n]
        )
        super().__init__(stage, [self._back])
        self._find()

    def _find(self) -> None:
        self.players = self.stage.players.all()

    def resume(self) -> None:
        self._find()
        self.layout()
        super().resume()

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.DROPFILE:
            self.stage.lay(places.ImportPlayer(event.file))
        else:
            super().handle(event)

    def _turn(self) -> None:
        """Show the next players; after the last ones, the first."""
        self._first = (self._first or 0) + max(1, len(self.tiles) - 1)
        self.layout()
        self._group.focus(self._more)

    def _choose(self, player: Player | None) -> None:
        present = self.stage.player
        if present.is_guest if player is None else player.key == present.key:
            self.stage.back()
            return
        self.stage.audio.play("click")
        self.stage.play_as(player)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        self._backdrop = desk(frame)
        title = text.render(_("Who plays?"), theme.HUGE, theme.TEXT, 0.62)
        area = frame.inner
        self._backdrop.blit(title, area.topleft)
        head = title.get_height()
        for sentence in (_(HOW), _(OF_GUESTS)):
            place = pygame.Rect(area.x, area.y + head, area.w, area.h)
            head += text.paragraph(self._backdrop, sentence, theme.NOTE, theme.MIST, place)
        count = len(self.players) + 1  # with the guest, who is always in sight
        room = len(players_layout(frame, head, count, 3).cells)
        all_fit = room == count
        buttons = [self._back, *([] if all_fit else [self._more]), self._import, self._new]
        placed = players_layout(frame, head, count, len(buttons))
        for button, rect in zip(buttons, placed.buttons, strict=True):
            button.rect = rect
        page = max(1, room - 1)
        if self._first is None:
            keys = [player.key for player in self.players]
            present = self.stage.player.key
            self._first = keys.index(present) // page * page if present in keys else 0
        if self._first >= len(self.players):
            self._first = 0
        shown: list[Player | None] = [*self.players[self._first :][:page], None]
        widgets: list[Widget] = []
        self.tiles = []
        for player, cell, beside in zip(shown, placed.cells, placed.changes, strict=False):
            tile = self._tile(player)
            tile.rect = cell if player is not None else cell.union(beside)
            self.tiles.append(tile)
            widgets.append(tile)
            if player is not None:
                lead = partial(self.stage.lay, places.PlayerEditor(player.key))
                change = Button(_("Change"), lead)
                change.rect = beside
                widgets.append(change)
        chosen = [tile for tile in self.tiles if tile.chosen]
        self._group = Group([*widgets, *buttons])
        if self.is_left_handed:
            mirror(self.widgets, area)
        self._group.focus((chosen or self.tiles)[0])

    def _tile(self, player: Player | None) -> PlayerTile:
        present = self.stage.player
        if player is None:
            line = _("Plays now") if present.is_guest else _("Plays without a name")
            tile = PlayerTile(_("Guest"), None, line, partial(self._choose, None))
            tile.chosen = present.is_guest
            return tile
        chosen = player.key == present.key
        line = _("Plays now") if chosen else ""
        tile = PlayerTile(player.name, player.colour, line, partial(self._choose, player))
        tile.chosen = chosen
        return tile
