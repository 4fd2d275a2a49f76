"""Which files are a player's, and how they are removed: all of them, and nothing else."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from game.persistence import elsewhere
from game.persistence.files import reason, sync_folder
from game.persistence.in_use import LOCK_FILE
from game.persistence.journal import waiting
from game.persistence.paths import (
    DATABASE_FILE,
    EXPORTS_FOLDER,
    LISTS_FOLDER,
    MY_HAND_FILE,
    PICTURES_FOLDER,
    PLAYERS_FOLDER,
    SETTINGS_FILE,
)
from game.persistence.player_card import CARD_FILE

_FILES = (DATABASE_FILE, SETTINGS_FILE, MY_HAND_FILE)
# Drafts, journals and what was set aside have the file's own name in front.
_OURS = re.compile("|".join(rf"{re.escape(name)}([-.].*)?" for name in _FILES))
_CARD = re.compile(rf"{re.escape(CARD_FILE)}([-.].*)?")
# Where the folder holds other things, too: what the game can have put into these.
_IN_FOLDERS = {
    LISTS_FOLDER: re.compile(r".*\.txt(\.new-.*)?", re.IGNORECASE),
    PICTURES_FOLDER: re.compile(r".*\d{4}-\d\d-\d\d.*\.(png|gif|mp4)(\.new-.*)?"),
}


def has_files(root: Path) -> bool:
    """Whether the first player has left anything in the data folder."""
    try:
        names = [path.name for path in root.iterdir()]
    except OSError:
        return True  # the storage will have more to say
    return any(_OURS.fullmatch(name) or _CARD.fullmatch(name) for name in names)


def remove_files(root: Path) -> str | None:
    """Remove the first player's files from the data folder, their card last.

    What else lies there stays. Returns why something of theirs is left, in a few words.
    """
    left: list[str] = []
    alone = not any(_is_foreign(path.name) for path in root.iterdir())
    for path in _journals_elsewhere(root / DATABASE_FILE):
        _remove(path, left)
    for folder, names in _IN_FOLDERS.items():
        _empty(root / folder, None if alone else names, left)
    for path in sorted(root.iterdir()):
        if _OURS.fullmatch(path.name) or path.name == LOCK_FILE:
            _remove(path, left)
    if not left:
        for path in root.iterdir():
            if _CARD.fullmatch(path.name):
                _remove(path, left)
    sync_folder(root)
    return left[0] if left else None


def remove_folder(folder: Path, database: Path | None = None) -> str | None:
    """Remove a folder with all in it, and what waits elsewhere for the database that was in it.

    Returns why something is left, in a few words.
    """
    left: list[str] = []
    for path in _journals_elsewhere(database) if database is not None else ():
        _remove(path, left)
    if folder.is_symlink():  # nobody's: what it leads to is not touched
        _remove(folder, left)
    elif folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            left.append(f"{error.filename or folder} ({reason(error)})")
        sync_folder(folder.parent)
    return left[0] if left else None


def _is_foreign(name: str) -> bool:
    ours = (LISTS_FOLDER, PICTURES_FOLDER, PLAYERS_FOLDER, EXPORTS_FOLDER, LOCK_FILE)
    return not (name in ours or _OURS.fullmatch(name) or _CARD.fullmatch(name))


def _journals_elsewhere(database: Path) -> Iterator[Path]:
    beside = database.parent
    yield from (path for path in waiting(database) if path.parent != beside and elsewhere.own(path))


def _empty(folder: Path, names: re.Pattern[str] | None, left: list[str]) -> None:
    """Remove a folder's files of such names, None: of all, and the folder if it is empty then."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in folder.iterdir():
        if names is None or names.fullmatch(path.name):
            _remove(path, left)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _remove(path: Path, left: list[str]) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        left.append(f"{path} ({reason(error)})")
