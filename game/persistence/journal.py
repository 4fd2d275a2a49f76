"""The journal: entries that the database cannot take now wait beside it, in lines of JSON.

Each game has a journal of its own, `digit-dash.db.waiting-KEY.jsonl`, and writes it the moment that
a lock or a full disk keeps it from the database; even a game that is killed then loses nothing. The
game itself, the next start, or another window brings the lines into the database. In the same
transaction it notes there how many lines of that journal it holds: none is written twice.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from game.persistence.entries import Entry, write
from game.persistence.files import set_aside, sync_folder
from game.persistence.schema import transaction
from recognizer.files import read_bounded

MOST_BYTES = 256 * 2**20  # of a journal that is read; an hour of play fills 10 MiB


class Journal:
    """This game's own journal. Its file is there as long as something waits in it."""

    def __init__(self, database: Path) -> None:
        self.key = uuid.uuid4().hex[:16]
        self.path = database.with_name(f"{database.name}.waiting-{self.key}.jsonl")
        self.lines = 0  # that were ever written; they are numbered from 1 and never anew

    def append(self, entries: Iterable[Entry], *, sync: bool = False) -> None:
        """Write entries at the end. Raises OSError; then none of them counts."""
        lines = self.lines
        written = b""
        for entry in entries:
            lines += 1
            written += json.dumps({"line": lines, **entry.as_json()}).encode() + b"\n"
        with self.path.open("ab", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                if file.write(written) < len(written):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                if sync:
                    os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):  # a part may have found room
                    file.truncate(end)
                raise
        self.lines = lines
        if sync:
            sync_folder(self.path.parent)

    def note(self, db: sqlite3.Connection) -> None:
        """Note in the database, inside a transaction, that it holds all lines."""
        _note(db, self.key, self.lines)

    def remove(self) -> None:
        """All of it is in the database. Where the file stays, its lines are known there."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def lines_in(db: sqlite3.Connection, key: str) -> int:
    """How many lines of a journal the database holds."""
    row = db.execute("SELECT lines FROM journals WHERE key = ?", (key,)).fetchone()
    return row[0] if row is not None and isinstance(row[0], int) else 0


def try_noting(db: sqlite3.Connection) -> None:
    """Note a line and take it back; raises sqlite3.Error where that fails."""
    db.execute("BEGIN IMMEDIATE")
    try:
        _note(db, "only a try", lines_in(db, "only a try") + 1)
    finally:
        db.execute("ROLLBACK")


def waiting(database: Path) -> list[Path]:
    """The journals beside a database."""
    start = f"{database.name}.waiting-"
    try:
        names = [path.name for path in database.parent.iterdir()]
    except OSError:
        return []
    found = sorted(n for n in names if n.startswith(start) and n.endswith(".jsonl"))
    return [database.with_name(name) for name in found]


def take_in(db: sqlite3.Connection, path: Path) -> str | None:
    """Bring a journal into the database and remove it; return a sentence where lines were damaged.

    Raises sqlite3.Error; then none of it is written, and the journal is still there.
    """
    try:
        content = read_bounded(path, MOST_BYTES)
    except (OSError, ValueError):
        return None  # it stays where it is: what cannot be read now may be read next time
    key = path.name.removesuffix(".jsonl").rpartition("-")[2]
    damaged = 0
    with transaction(db):
        held = last = lines_in(db, key)
        for line, entry in _read(content):
            if entry is None:
                damaged += 1
            elif line > held:
                write(db, entry)
                last = max(last, line)
        if last > held:
            _note(db, key, last)
    with contextlib.suppress(OSError):
        if damaged:
            aside = set_aside(path)
            return f"{damaged} lines of {path.name} were damaged. It is kept as {aside.name}."
        if path.stat().st_size == len(content):  # else its game is still writing it
            path.unlink()
    return None


def _read(content: bytes) -> Iterator[tuple[int, Entry | None]]:
    """The entries with the numbers of their lines; None where a line is damaged."""
    lines = content.split(b"\n")
    for raw in lines[:-1]:  # after the last break stands nothing, or what a kill cut off
        try:
            found = json.loads(raw)
            line = found["line"] if isinstance(found, dict) else None
            if type(line) is not int or line < 1:
                raise ValueError("no number")
            yield line, Entry.from_json(found)
        except (ValueError, KeyError, RecursionError):
            yield 0, None


def _note(db: sqlite3.Connection, key: str, lines: int) -> None:
    db.execute("INSERT OR REPLACE INTO journals (key, lines) VALUES (?, ?)", (key, lines))
