"""The seat: who plays now, with all that is kept of them, opened and closed together."""

from __future__ import annotations

from game.persistence.in_use import InUse
from game.persistence.lists import ListFolder
from game.persistence.paths import LISTS_FOLDER, MY_HAND_FILE, PICTURES_FOLDER
from game.persistence.pictures import PictureFolder
from game.persistence.players import Player, Players
from game.persistence.settings import Settings, SettingsFile
from game.persistence.storage import Storage


class Seat:
    """One player's. The settings are read at once, what was played only by `take`."""

    def __init__(self, players: Players, player: Player | None, before: Settings | None) -> None:
        """Of a player, or of a guest; a new one takes over what `before` says of the machine.

        Raises PlayersError where there is no room for a guest.
        """
        self._players = players
        self._in_use: InUse | None = None
        if player is None:
            player, self._in_use = players.guest()
        self.player = player
        self.settings_file = SettingsFile.load(player.folder)
        if before is not None and self.settings_file.is_new:
            self.settings_file.take_over(before)
            settings = self.settings_file.settings
            # Who is gone soon is not asked for samples; the lesson is in the settings, too.
            settings.lesson_offered = settings.calibration_offered = player.is_guest
        self.lists = ListFolder(player.folder / LISTS_FOLDER)
        self.pictures = PictureFolder(player.folder / PICTURES_FOLDER)
        self.hand_file = player.folder / MY_HAND_FILE

    @property
    def settings(self) -> Settings:
        """The player's choices."""
        return self.settings_file.settings

    def take(self) -> Storage:
        """Open what was played, and note that this player plays now."""
        self.storage = Storage(self.player.folder)
        if self._in_use is None:
            self._in_use = InUse(self.player.folder)
        self._players.remember(self.player)
        return self.storage

    def leave(self, patience: float | None = None) -> int:
        """Write what is to be written, as `Storage.close`; of a guest remove everything.

        Returns how many answers found room in no file, and are lost.
        """
        self.storage.close(0.0 if self.player.is_guest else patience)
        if self._in_use is not None:
            self._in_use.close()
        if not self.player.is_guest:
            return self.storage.only_in_memory
        self._players.forget(self.player)
        return 0
