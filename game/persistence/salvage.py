"""Salvage: what can still be read in a damaged database, brought into a new one.

Where the first page, which describes the tables, is damaged, the first page of a new database is
put in its place: all databases of this game have the same tables at the same places.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from game.persistence.fact_memory import sound
from game.persistence.records import connect, count, digits, rows, seconds, timestamp
from game.persistence.schema import TROUBLE, migrate, transaction

PAGE = 4096  # bytes of a page, SQLite's usual
PATIENT_STEPS = 200  # row numbers that are tried one by one behind a damaged place
FACT_COLUMNS = ("fact", "stability", "difficulty", "reviewed_at")
LAST_STEP = 2**20  # rows that are passed over at once; behind that many nothing is left

Row = dict[str, object]


@dataclass
class _Found:
    """The rows of the tables, each with its number as `rowid`."""

    rounds: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    appeals: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)


def salvage(damaged: Path, new: Path) -> int:
    """Make a database at `new` of what can be read in another; return the number of answers.

    The damaged one is only read. Raises OSError and sqlite3.Error where there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="digit-dash-") as folder:
        copy = Path(folder) / "copy.db"
        _copy(damaged, copy)
        found = _rows_of(copy)
        if not found.answers or not _has_our_columns(found):
            _copy(damaged, copy)
            _put_first_page(copy)
            behind_it = _rows_of(copy)
            if len(behind_it.answers) >= max(1, len(found.answers)):
                found = behind_it
    with closing(connect(str(new), timeout=1.0)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = FULL")
        migrate(db)
        with transaction(db):
            _insert(db, found)
    return len(found.answers)


# --- the damaged one ------------------------------------------------------------------------------


def _copy(damaged: Path, copy: Path) -> None:
    for tail in ("", "-wal"):
        source = damaged.with_name(damaged.name + tail)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + tail))
    copy.with_name(copy.name + "-shm").unlink(missing_ok=True)


def _put_first_page(path: Path) -> None:
    """Put a new database's description of the tables before the pages of this one."""
    new = path.with_name("new.db")
    with closing(connect(str(new), timeout=1.0)) as db:
        migrate(db)
    page = bytearray(new.read_bytes()[:PAGE])
    new.unlink()
    page[28:32] = (path.stat().st_size // PAGE).to_bytes(4, "big")  # pages there are
    page[32:40] = bytes(8)  # none of them known to be free
    if path.with_name(path.name + "-wal").exists():
        page[18:20] = b"\x02\x02"  # which are to be read from there, too
    with path.open("r+b") as file:
        file.write(page)


def _rows_of(path: Path) -> _Found:
    found = _Found()
    with contextlib.suppress(*TROUBLE), closing(connect(str(path), timeout=1.0)) as db:
        # Statements stand as they are: a table's name cannot be a parameter.
        found.rounds += _walk(db, "SELECT rowid, * FROM rounds WHERE rowid > ? ORDER BY rowid")
        found.answers += _walk(db, "SELECT rowid, * FROM answers WHERE rowid > ? ORDER BY rowid")
        found.appeals += _walk(db, "SELECT rowid, * FROM appeals WHERE rowid > ? ORDER BY rowid")
        found.facts += _walk(db, "SELECT rowid, * FROM facts WHERE rowid > ? ORDER BY rowid")
    return found


def _walk(db: sqlite3.Connection, query: str) -> Iterator[Row]:
    """All rows that can be read; where one cannot, those behind it are tried."""
    last, steps, step = 0, 0, 1
    while step <= LAST_STEP:
        try:
            for row in rows(db, query, (last,)):
                last, steps, step = row[0], 0, 1
                yield {"rowid": row[0], **dict(zip(row.keys()[1:], tuple(row)[1:], strict=True))}
            return
        except TROUBLE:
            last, steps = last + step, steps + 1
            step = 1 if steps < PATIENT_STEPS else step * 2


def _has_our_columns(found: _Found) -> bool:
    """Whether no column's name is damaged, or all that is missing was taken out of the table."""
    with closing(connect(":memory:", timeout=1.0)) as db:
        migrate(db)
        ours = [row[1] for row in db.execute("PRAGMA table_info(answers)")]
    names = found.answers[0].keys() - {"rowid"}
    return names <= set(ours)


# --- the new one ----------------------------------------------------------------------------------


def _insert(db: sqlite3.Connection, found: _Found) -> None:
    keys = set()
    for row in found.rounds:
        key = row.get("key")
        if not isinstance(key, str) or not key or key in keys:
            key = uuid.uuid4().hex
        keys.add(key)
        db.execute(
            "INSERT OR IGNORE INTO rounds (id, key, mode, backend, seed, started_at, ended_at,"
            " state, seconds, score, longest_streak, right_answers, wrong_answers)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row["rowid"], key, *(_text(row, n) for n in ("mode", "backend")),
                row.get("seed"), _text(row, "started_at"), row.get("ended_at"),
                _text(row, "state") or "abandoned", seconds(row.get("seconds")),
                *(count(row.get(n)) for n in
                  ("score", "longest_streak", "right_answers", "wrong_answers")),
            ),
        )  # fmt: skip
    for row in found.answers:
        number = row.get("round_id")
        if not isinstance(number, int):
            number = 0
        # A round that cannot be read any more: its answers are kept, and tell what it came to.
        db.execute(
            "INSERT OR IGNORE INTO rounds (id, key, mode, backend, started_at, state)"
            " VALUES (?, ?, 'dash', '', ?, 'abandoned')",
            (number, uuid.uuid4().hex, timestamp(row.get("created_at"))),
        )
        db.execute(
            "INSERT OR IGNORE INTO answers (id, round_id, created_at, prompt, disguise, expected,"
            " read, verdict, correct, seconds, points, backend, confidence, probabilities, ink,"
            " boxes, digit_ink, thinking_seconds, writing_seconds, shown_seconds, judged_seconds,"
            " seat) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row["rowid"], number,
                *(_text(row, n) for n in
                  ("created_at", "prompt", "disguise", "expected", "read", "verdict")),
                row.get("correct"), seconds(row.get("seconds")) or 0.0, count(row.get("points")),
                _text(row, "backend"), row.get("confidence"), row.get("probabilities"),
                _text(row, "ink"), row.get("boxes"), row.get("digit_ink"),
                row.get("thinking_seconds"), row.get("writing_seconds"),
                row.get("shown_seconds"), row.get("judged_seconds"), row.get("seat"),
            ),
        )  # fmt: skip
    there = {row["rowid"] for row in found.answers}
    for row in found.appeals:
        label = row.get("label")
        said = isinstance(label, str) and label != "" and digits(label) == label
        if row["rowid"] in there and said and timestamp(row.get("created_at")):
            db.execute(
                "INSERT OR REPLACE INTO appeals (answer_id, created_at, label, counted)"
                " VALUES (?, ?, ?, ?)",
                (row["rowid"], row["created_at"], label, count(row.get("counted"))),
            )
    for row in found.facts:
        known = sound({name: row.get(name) for name in FACT_COLUMNS})
        if known is not None:
            db.execute(
                "INSERT OR IGNORE INTO facts (fact, stability, difficulty, reviewed_at)"
                " VALUES (?, ?, ?, ?)",
                known,
            )


def _text(row: Row, name: str) -> str:
    """The whole text of a column that must have one; what can be shown of it, `records` says."""
    value = row.get(name)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else "" if value is None else str(value)
