"""What the game's commands share: a parser that says what is wrong in one sentence."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from game.persistence.files import reason, write_whole
from game.persistence.paths import default_data_dir
from game.persistence.players import Player, Players

NO_HOME = "no home folder is known to keep your data in; name a folder with --data-dir"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and exits with 2, without the usage in front."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see --help)\n")

    def add_data_dir(self) -> None:
        """Add the option for the folder of the player's data."""
        try:
            usual = utf8_path(str(default_data_dir()))
        except (RuntimeError, argparse.ArgumentTypeError):
            usual = None
        shown = "none, as no home folder is known" if usual is None else "%(default)s"
        self.add_argument(
            "--data-dir", type=utf8_path, default=usual, metavar="DIR",
            help=f"where settings and scores are kept (default: {shown})",
        )  # fmt: skip

    def add_file_to_write(self) -> None:
        """Add the file that a command writes, and leave to overwrite it."""
        self.add_argument("file", type=utf8_path, metavar="FILE", help="the file to write")
        self.add_argument("--force", action="store_true", help="overwrite FILE if it is there")

    def add_player(self) -> None:
        """Add the option for whose data it is about."""
        self.add_argument(
            "--player", type=utf8, metavar="NAME",
            help="whose: a player of this machine (default: who played last)",
        )  # fmt: skip

    def player(self, given: Any) -> Player:
        """The player that was named, or who played last; of nobody, a sentence and the end."""
        players = Players(given.data_dir)
        if given.player is None:
            return players.last()
        found = players.named(given.player)
        if found is None:
            names = ", ".join(player.name for player in players.all())
            self.error(
                f"argument --player: nobody here is called {given.player!r}; there is {names}"
            )
        return found

    def parse(self, words: Sequence[str]) -> Any:
        """As `parse_args`, and there is a folder for the data."""
        given = self.parse_args(words)
        if given.data_dir is None:
            self.error(NO_HOME)
        return given


def fail(sentence: str) -> int:
    """Say why a command came to nothing; return its exit code."""
    print(sentence, file=sys.stderr)
    return 1


def taken(path: Path, force: bool) -> str | None:
    """A sentence where there is a file already that may not be overwritten."""
    if os.path.lexists(path) and not force:
        return f"{path} is there already; name another file, or overwrite it with --force."
    return None


def write_out(path: Path, content: str) -> str | None:
    """Write a file whole; a sentence where it cannot be written, and then nothing is changed."""
    try:
        if not path.parent.is_dir():  # a folder that was misspelt is not made
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
        write_whole(path, content)
    except OSError as error:
        return f"{path} cannot be written ({reason(error)})."
    return None


def utf8(word: str) -> str:
    """A word that can be kept and shown: Python passes on whatever bytes a terminal gave."""
    try:
        word.encode("utf-8")
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("it holds bytes that are not UTF-8") from None
    if "\0" in word:
        raise argparse.ArgumentTypeError("it holds a zero byte")
    return word


def utf8_path(word: str) -> Path:
    """A path in such a word."""
    return Path(utf8(word))
