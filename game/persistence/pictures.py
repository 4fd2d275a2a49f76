"""Pictures and films for the player to send on: files of a folder of their own."""

from __future__ import annotations

from pathlib import Path

from game.language import _
from game.persistence.files import reason, write_whole


class PictureError(Exception):
    """A picture cannot be kept; its text is a sentence for the player."""


class PictureFolder:
    """The folder with the player's pictures; it is made with the first one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, name: str, content: bytes, ending: str = "png") -> Path:
        """Write a picture under a name without ending, over an earlier one; return its file.

        Raises PictureError.
        """
        path = self.folder / f"{name}.{ending}"
        try:
            write_whole(path, content)
        except OSError as error:
            told = _("The picture cannot be kept as {file} ({reason}).")
            raise PictureError(told.format(file=path, reason=reason(error))) from error
        return path
