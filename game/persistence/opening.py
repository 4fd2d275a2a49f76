"""Opening the database: checked, brought to the newest format, and set aside where it is unfit.

What cannot be used is never overwritten: it gets another name, and what can still be read in it is
brought into a new database. A kill in the midst of that leaves the old one in its place, or the
finished new one beside it (`.salvaged`), which the next start puts there.
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import stat
import tempfile
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from game.language import N_, _, figures, ngettext
from game.persistence.entries import try_all
from game.persistence.files import reason, remove_old_drafts, set_aside, sync_folder
from game.persistence.journal import show, take_in, try_noting, waiting
from game.persistence.records import connect
from game.persistence.salvage import salvage
from game.persistence.schema import (
    FIGURES,
    MIGRATIONS,
    TROUBLE,
    Foreign,
    NewerVersion,
    Unusable,
    check_pages,
    migrate,
    passes,
    refuse_others,
    snapshot,
    why,
)
from game.persistence.unfinished import give_up_lost_rounds

CHECKED_BYTES = 16 * 2**20  # a file up to this size is checked as a whole, in some 50 ms
COPIED_BYTES = 256 * 2**20  # up to this size a file that cannot be written is read as a copy
_CLOSED_FOLDER = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
SIDE_FILES = ("-wal", "-shm")

Tell = Callable[[str], object]


class Unavailable(Exception):
    """The database cannot be used now; its text is a sentence for the player."""


def open_database(path: Path, timeout: float, tell: Tell) -> sqlite3.Connection:
    """The database at `path`, made where there is none, with all that waited beside it.

    Waits `timeout` seconds for another program's lock. What was set aside is told. Raises
    Unavailable; then nothing was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = _finish_replacing(path)
        if aside is not None:
            tell(_begun_anew(path, aside))
        file = identity(path)
        try:
            return _connect(path, timeout, tell)
        except (Unusable, *TROUBLE) as error:
            if passes(error):
                raise
            _begin_anew(path, file, isinstance(error, Foreign), tell)
            return _connect(path, timeout, tell)
    except NewerVersion as error:
        raise Unavailable(
            _(
                "{file} was written by a newer version of Digit Dash (its format is {found}, this"
                " version knows {known}). It is left untouched; what you play now waits beside it"
                " for that version."
            ).format(file=path.name, found=error.found, known=len(MIGRATIONS))
        ) from error
    except (Unusable, *TROUBLE) as error:
        raise Unavailable(
            # Translators: {reason} is a few words, here and below.
            _(
                "Scores cannot be kept in {file} yet ({reason}). You can play: what you do waits"
                " beside it, and is tried again."
            ).format(file=path, reason=why(error))
        ) from error
    except OSError as error:
        raise Unavailable(
            _(
                "The folder {folder} cannot be used ({reason}). You can play; what you do is kept"
                " elsewhere for now, if there is room."
            ).format(folder=path.parent, reason=reason(error))
        ) from error


def copy_to_read(
    path: Path, timeout: float, into: str = ":memory:", most: int = COPIED_BYTES
) -> sqlite3.Connection | None:
    """A copy, as a rule in memory, of a database of so many bytes at most, with what waits for it.

    The database itself is not changed. None where it cannot be read.
    """
    memory = connect(into, timeout)
    try:
        if path.exists():
            if path.stat().st_size > most or not path.is_file():
                raise Unusable(N_("cannot be copied"))
            try:
                _copy_pages(f"{path.absolute().as_uri()}?mode=ro", memory, timeout)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CLOSED_FOLDER:
                    raise
                # In a folder that cannot be written SQLite opens none that may have a journal.
                with tempfile.TemporaryDirectory(prefix="digit-dash-") as folder:
                    copy = Path(folder) / path.name
                    for tail in ("", "-wal"):
                        with contextlib.suppress(FileNotFoundError):
                            shutil.copyfile(f"{path}{tail}", f"{copy}{tail}")
                    _copy_pages(copy.as_uri(), memory, timeout)
        migrate(memory)
        for journal in waiting(path):
            show(memory, journal)
    except (Unusable, NewerVersion, OSError, *TROUBLE):
        memory.close()
        return None
    return memory


def _copy_pages(uri: str, memory: sqlite3.Connection, timeout: float) -> None:
    with closing(connect(uri, timeout, uri=True)) as file, snapshot(file):
        refuse_others(file)  # which also takes the lock: `backup` would wait for one for ever
        file.backup(memory)


def _connect(path: Path, timeout: float, tell: Tell) -> sqlite3.Connection:
    db = connect(str(path), timeout)
    try:
        refuse_others(db)
        db.execute("PRAGMA journal_mode = WAL")
        # In WAL mode this survives a crash of the game without a disk flush at every answer.
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db)
        journals = waiting(path)
        # Something may wait because a page of a large file is damaged.
        if journals or path.stat().st_size <= CHECKED_BYTES:
            check_pages(db)
        try_all(db)  # what cannot be written shows only so
        try_noting(db)
        give_up_lost_rounds(db)
        with contextlib.suppress(*TROUBLE):  # without it only progress takes longer
            db.execute(FIGURES)
        for journal in journals:
            trouble = take_in(db, journal)
            if trouble is not None:
                tell(trouble)
    except BaseException:
        db.close()
        raise
    return db


# --- beginning anew -------------------------------------------------------------------------------


def _begin_anew(path: Path, file: tuple[int, int] | None, foreign: bool, tell: Tell) -> None:
    """Put a new database, with all that can be read in the old one, in its place."""
    if identity(path) != file:
        return  # another game has done it meanwhile
    remove_old_drafts(path)
    draft = path.with_name(f"{path.name}.new-{uuid.uuid4().hex[:8]}")
    try:
        answers = salvage(path, draft)
        draft.replace(_finished(path))
        sync_folder(path.parent)
        aside = _finish_replacing(path)
    except (OSError, *TROUBLE) as error:
        draft.unlink(missing_ok=True)
        told = (
            _(
                "{file} belongs to another program and cannot be set aside ({reason}). It is left"
                " untouched; what you play now waits beside it, and is tried again."
            )
            if foreign
            else _(
                "{file} is damaged and cannot be set aside ({reason}). It is left untouched; what"
                " you play now waits beside it, and is tried again."
            )
        )
        words = reason(error) if isinstance(error, OSError) else why(error)
        raise Unavailable(told.format(file=path.name, reason=words)) from error
    tell(_begun_anew(path, aside or path, foreign=foreign, answers=answers))


def _begun_anew(path: Path, aside: Path, *, foreign: bool = False, answers: int = 0) -> str:
    """What was done about a database that is no use, for the player."""
    what = _("{file} belongs to another program.") if foreign else _("{file} was damaged.")
    # Translators: a database; {aside} is the name that the old one has now.
    rest = _("It is kept as {aside}, and a new one was begun.")
    if answers:
        rest = ngettext(
            "It is kept as {aside}, and a new one was begun with the {count} answer that could be"
            " read.",
            "It is kept as {aside}, and a new one was begun with the {count} answers that could be"
            " read.",
            answers,
        )
    told = rest.format(aside=aside.name, count=figures.number(answers))
    return f"{what.format(file=path.name)} {told}"


def _finish_replacing(path: Path) -> Path | None:
    """Put the new database, if one is ready, into its place; return the old one's new name."""
    ready = _finished(path)
    if not ready.exists():
        return None
    aside = set_aside(path) if path.exists() else None
    for tail in SIDE_FILES:  # a new database must not find them
        side = path.with_name(path.name + tail)
        if side.exists():
            if aside is None:
                set_aside(side)
            else:
                side.replace(aside.with_name(aside.name + tail))
    ready.replace(path)
    sync_folder(path.parent)
    return aside


def _finished(path: Path) -> Path:
    return path.with_name(path.name + ".salvaged")


def identity(path: Path) -> tuple[int, int] | None:
    """What tells one file from another of the same name; None where there is none."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(facts.st_mode):
        # Translators: why a file cannot be used; it stands in brackets.
        raise OSError(errno.EINVAL, _("{file} is no regular file").format(file=path.name))
    return facts.st_dev, facts.st_ino
