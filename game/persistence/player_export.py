"""Exporting a player into one file, and importing one: all of them, or nothing."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from game.language import N_, _
from game.persistence.files import reason
from game.persistence.journal import waiting
from game.persistence.lists import FORBIDDEN
from game.persistence.opening import copy_to_read
from game.persistence.paths import (
    DATABASE_FILE,
    EXPORTS_FOLDER,
    LISTS_FOLDER,
    MY_HAND_FILE,
    PICTURES_FOLDER,
    SETTINGS_FILE,
)
from game.persistence.player_archive import (
    MOST_BYTES,
    ArchiveError,
    Label,
    may_hold,
    pack,
    unpack,
)
from game.persistence.player_card import Card, write_card
from game.persistence.players import Player, Players, PlayersError
from game.persistence.records import connect
from game.persistence.schema import (
    TROUBLE,
    Foreign,
    NewerVersion,
    Unusable,
    check_pages,
    columns,
    refuse_others,
)

ENDING = ".digit-dash.zip"  # of a file with a player
MOST_OFFERED = 40  # files of the folder
_BUSY_SECONDS = 2.0  # s to wait for another program's lock


def exports_folder(root: Path) -> Path:
    """Where the game puts exported players, and looks for some to import."""
    return root / EXPORTS_FOLDER


def exported_files(root: Path) -> list[Path]:
    """The files there that may be players, the newest first."""
    dated: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError):
        for path in exports_folder(root).iterdir():
            with contextlib.suppress(OSError):
                if path.suffix.lower() == ".zip" and path.is_file():
                    dated.append((-path.stat().st_mtime, path))
    return [path for _date, path in sorted(dated)][:MOST_OFFERED]


def free_file(root: Path, player: Player) -> Path:
    """A name for the exported player that no file has."""
    safe = "".join("_" if c in FORBIDDEN else c for c in player.name).strip(". ") or "player"
    number = 1
    while True:
        tail = f" {number}" if number > 1 else ""
        path = exports_folder(root) / f"{safe}{tail}{ENDING}"
        if not path.exists():
            return path
        number += 1


def export_player(player: Player, path: Path, *, over: bool = False) -> None:
    """Write everything of a player into one file.

    What waits beside the database is in it. Raises PlayersError; then there is no such file.
    """
    if not over and path.exists():
        raise PlayersError(_("{file} is there already.").format(file=path))
    try:
        with tempfile.TemporaryDirectory(prefix="digit-dash-") as folder:
            files = dict(_plain_files(player.folder))
            if player.database.exists() or waiting(player.database):
                files[DATABASE_FILE] = _copy_of(player, Path(folder))
            pack(path, Label(player.name, player.colour), files, over=over)
    except ArchiveError as error:
        told = _("{player} cannot be exported.").format(player=player.name)
        raise PlayersError(f"{told} {error.sentence(path.name)}") from error
    except OSError as error:
        told = _("{file} cannot be written ({reason}).")
        raise PlayersError(told.format(file=path, reason=reason(error))) from error


def _plain_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """All but the database, by their names in the archive."""
    for name in (SETTINGS_FILE, MY_HAND_FILE):
        if (folder / name).is_file():
            yield name, folder / name
    for name in (LISTS_FOLDER, PICTURES_FOLDER):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            for path in sorted((folder / name).iterdir()):
                if may_hold(f"{name}/{path.name}") and path.is_file():
                    yield f"{name}/{path.name}", path


def _copy_of(player: Player, folder: Path) -> Path:
    """The database with all that waits for it, of one moment, as one file; raises PlayersError."""
    path = folder / DATABASE_FILE
    db = copy_to_read(player.database, _BUSY_SECONDS, str(path), MOST_BYTES)
    if db is None:
        told = _(
            "The rounds of {player} in {file} cannot be read now. Play as {player} once: that mends"
            " what can be mended."
        )
        raise PlayersError(told.format(player=player.name, file=player.database))
    try:
        with closing(db):
            db.execute("PRAGMA journal_mode = DELETE")
            check_pages(db)
    except (Unusable, *TROUBLE) as error:
        told = _("{file} is damaged. Play as {player} once: that mends what can be mended.")
        raise PlayersError(told.format(file=player.database, player=player.name)) from error
    return path


def import_player(players: Players, path: Path) -> Player:
    """A new player from an exported file, under a name that is free.

    Raises PlayersError; then nobody was added, and nothing is left of the attempt.
    """
    try:
        with players.draft() as draft:
            try:
                label = unpack(path, draft)
                _check_database(draft / DATABASE_FILE)
            except OSError as error:
                named = error.filename or path
                told = _("{file} cannot be read or kept ({reason}).")
                raise PlayersError(told.format(file=named, reason=reason(error))) from error
            name = players.free_name(label.name)
            write_card(draft, Card(name, label.colour))
            return players.settle(draft, name, label.colour)
    except ArchiveError as error:
        nobody = _("Nobody was added.")
        raise PlayersError(f"{error.sentence(path.name)} {nobody}") from error


def _check_database(path: Path) -> None:
    """Refuse a database that is not ours in every table; raises ArchiveError and OSError."""
    if not path.exists():
        return
    try:
        # What is read of an immutable file leaves no files beside it.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(connect(uri, _BUSY_SECONDS, uri=True)) as db:
            refuse_others(db)
            kinds = {kind for (kind,) in db.execute("SELECT DISTINCT type FROM sqlite_master")}
            if not kinds <= {"table", "index"} or ("answers", "ink") not in columns(db):
                raise Foreign
            check_pages(db)
    except NewerVersion as error:
        told = N_("The file {file} was written by a newer version of Digit Dash.")
        raise ArchiveError(told) from error
    except (Unusable, *TROUBLE, sqlite3.Warning) as error:
        told = N_("The file {file} is damaged: its rounds cannot be read.")
        raise ArchiveError(told) from error
