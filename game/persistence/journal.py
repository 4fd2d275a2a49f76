"""The journal: entries that the database cannot take now wait beside it, in lines of JSON.

Each game has a journal of its own, `digit-dash.db.waiting-KEY.jsonl`, and writes it the moment that
a lock or a full disk keeps it from the database; even a game that is killed then loses nothing. The
game itself, the next start, or another window brings the lines into the database. In the same
transaction it notes there how many lines of that journal it holds: none is written twice.

Where not even the journal finds room, another one is begun elsewhere (see there). Each is whole in
itself: whoever has only one of them can bring it in.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from game.language import figures, ngettext
from game.persistence import elsewhere
from game.persistence.entries import BEGIN, Entry, write
from game.persistence.files import set_aside, sync_folder
from game.persistence.schema import transaction
from recognizer.files import read_bounded

MOST_BYTES = 256 * 2**20  # of a journal that is read; an hour of play fills 10 MiB
MOST_LINES = 10**9  # that one of a journal can be numbered by


Line = tuple["Journal", int]  # in which journal an entry stands, and where


class Journal:
    """One of this game's own. Its file is there as long as something waits in it."""

    def __init__(self, base: Path) -> None:
        self.key = uuid.uuid4().hex[:16]
        self.path = base.with_name(f"{base.name}.waiting-{self.key}.jsonl")
        self.lines = 0  # that were ever written; they are numbered from 1 and never anew
        self.in_use = False  # whether some of them are still waiting
        self._begun = ""  # the round that was last begun there

    def write_down(
        self, entries: Sequence[Entry], begun: Entry | None, *, sync: bool = False
    ) -> list[Line]:
        """Write entries at the end, after the beginning of the round that is played.

        Returns their lines. Raises OSError; then none of them counts.
        """
        written: list[Entry] = []
        lines: list[Line] = []
        round_begun = self._begun
        for entry in entries:
            if begun is not None and round_begun != entry.round == begun.round:
                if entry.kind != BEGIN:
                    written.append(begun)
                round_begun = entry.round
            written.append(entry)
            lines.append((self, self.lines + len(written)))
        self.append(written, sync=sync)
        self._begun = round_begun
        return lines

    def append(self, entries: Iterable[Entry], *, sync: bool = False) -> None:
        """Write entries at the end. Raises OSError; then none of them counts."""
        lines = self.lines
        written = b""
        for entry in entries:
            lines += 1
            written += json.dumps({"line": lines, **entry.as_json()}).encode() + b"\n"
        with open(self.path, "ab", buffering=0, opener=elsewhere.opener) as file:
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
        self.in_use = self.in_use or lines > self.lines
        self.lines = lines
        if sync:
            sync_folder(self.path.parent)

    def remove(self) -> None:
        """All of it is in the database. Where the file stays, its lines are known there."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.in_use, self._begun = False, ""


class Journals:
    """All of this game: the one beside the database, and those elsewhere."""

    def __init__(self, database: Path) -> None:
        self.beside = Journal(database)
        self.elsewhere = [Journal(base) for base in elsewhere.places(database)]
        self._all = [self.beside, *self.elsewhere]

    @property
    def in_use(self) -> bool:
        """Whether something waits in one of them."""
        return any(journal.in_use for journal in self._all)

    def write_down(
        self, entries: Sequence[Entry], begun: Entry | None, *, sync: bool = False
    ) -> list[Line]:
        """Write entries where there is room; as `Journal.write_down`.

        What comes later is to be brought in later: a journal that was begun is gone on with.
        """
        newest = max((n for n, each in enumerate(self._all) if each.in_use), default=0)
        troubles = []
        for journal in (*self._all[newest:], *self._all[:newest]):
            try:
                return journal.write_down(entries, begun, sync=sync)
            except OSError as error:
                troubles.append(error)
                if journal is not self.beside and not journal.in_use:
                    journal.remove()  # there may have been room for an empty one
        raise troubles[0]

    def missing(
        self, db: sqlite3.Connection, entries: Iterable[tuple[Line | None, Entry]]
    ) -> Iterator[Entry]:
        """The entries that the database does not hold: another window, or start, has written it."""
        held = {each: lines_in(db, each.key) if each.lines else 0 for each in self._all}
        for line, entry in entries:
            if line is None or line[1] > held[line[0]]:
                yield entry

    def note(self, db: sqlite3.Connection) -> None:
        """Note in the database, inside a transaction, that it holds all lines."""
        for journal in self._all:
            if journal.lines:
                _note(db, journal.key, journal.lines)

    def remove(self) -> None:
        """All of them are in the database."""
        for journal in self._all:
            if journal.in_use:
                journal.remove()


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
    """The journals beside a database, and then those elsewhere: they were begun later."""
    return [
        *_journals(database),
        *(path for base in elsewhere.places(database) for path in _journals(base)
          if elsewhere.own(path)),
    ]  # fmt: skip


def _journals(base: Path) -> list[Path]:
    start = f"{base.name}.waiting-"
    try:
        names = [path.name for path in base.parent.iterdir()]
    except OSError:
        return []
    found = sorted(n for n in names if n.startswith(start) and n.endswith(".jsonl"))
    return [base.with_name(name) for name in found]


def take_in(db: sqlite3.Connection, path: Path) -> str | None:
    """Bring a journal into the database and remove it; return a sentence where lines were damaged.

    Raises sqlite3.Error; then none of it is written, and the journal is still there.
    """
    found = show(db, path)
    if found is None:
        return None  # it stays where it is: what cannot be read now may be read next time
    size, damaged = found
    with contextlib.suppress(OSError):
        if damaged:
            aside = set_aside(path)
            told = ngettext(
                "{count} line of {file} was damaged. It is kept as {aside}.",
                "{count} lines of {file} were damaged. It is kept as {aside}.",
                damaged,
            )
            count = figures.number(damaged)
            return told.format(count=count, file=path.name, aside=aside.name)
        if path.stat().st_size == size:  # else its game is still writing it
            path.unlink()
    return None


def show(db: sqlite3.Connection, path: Path) -> tuple[int, int] | None:
    """Bring a journal into the database and leave it where it is.

    Returns its size in bytes and how many of its lines are damaged, or None where it cannot be
    read. Raises sqlite3.Error; then none of it is written.
    """
    try:
        content = read_bounded(path, MOST_BYTES)
    except (OSError, ValueError):
        return None
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
    return len(content), damaged


def _read(content: bytes) -> Iterator[tuple[int, Entry | None]]:
    """The entries with the numbers of their lines; None where a line is damaged."""
    lines = content.split(b"\n")
    for raw in lines[:-1]:  # after the last break stands nothing, or what a kill cut off
        try:
            found = json.loads(raw)
            line = found["line"] if isinstance(found, dict) else None
            if type(line) is not int or not 1 <= line <= MOST_LINES:
                raise ValueError("no number")
            yield line, Entry.from_json(found)
        except (ValueError, KeyError, RecursionError):
            yield 0, None


def _note(db: sqlite3.Connection, key: str, lines: int) -> None:
    db.execute("INSERT OR REPLACE INTO journals (key, lines) VALUES (?, ?)", (key, lines))
