"""The database's format: its columns, its versions, and whether a file is fit to be used.

Table `rounds`, one row a round that was begun:
    id, key             its number here, and a name that is its own in every copy of the file
    mode, backend, seed what was played, who read, the seed asked for (NULL: none)
    started_at, ended_at ISO 8601, UTC; `ended_at` is NULL until it ends
    state               running, finished or abandoned; a killed game leaves it running
    seconds             played time, pauses left out; NULL until it ends
    score, longest_streak, right_answers, wrong_answers   0 until it ends

Table `answers`, one row an answer, written the moment it is judged:
    id, round_id        in the order in which they were given
    created_at          ISO 8601, UTC
    prompt, disguise    as shown, e.g. "3 + 4", "seven"; which kind of prompt that is
    expected, read      digits; "?" in `read` stands for ink that is no digit
    verdict, correct    right, wrong or unreadable; 1, 0, or NULL where nothing could be read
    seconds             from the prompt to the last pen-lift
    thinking_seconds, writing_seconds   to the first ink, and from there; NULL: not known
    shown_seconds, judged_seconds   of the round's clock: when the prompt appeared, and when its
                        answer was judged; NULL: not known
    points              that it earned
    seat                who gave it where several play, counted from 0; NULL: alone, or in turn, as
                        in rounds of old versions
    backend, confidence who read it, and how sure the least certain digit is, 0 to 1
    probabilities       JSON, one list of ten a digit
    ink                 JSON [[[x, y, t], ...], ...]: strokes in paper units and seconds
    boxes               JSON [[x0, y0, x1, y1], ...]: where each digit was read
    digit_ink           JSON, for each digit its strokes [[[x, y], ...], ...] as they were drawn for
                        the model, to the last bit: from them the recognizer draws the very picture
                        again; NULL or []: not known

Table `appeals`, at most one row an answer: what the player says it was (`label`), and whether that
made the answer right (`counted`).

Table `facts`, one row a fact that was asked, such as "3 × 9": how well it is remembered, in FSRS's
two numbers (`stability` in days, `difficulty` 1 to 10), and when it was last answered.

Table `journals`: of each journal (see `journal`), by its key, how many lines are in this database.

What a value really is, nobody can promise: rows are read with `records`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from game.language import N_, _

# One entry a version: the statements that lead from version n to n + 1 (`PRAGMA user_version`).
# Each changes tables or columns: by that a newer database is told from a damaged number.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE rounds (
            id INTEGER PRIMARY KEY,
            mode TEXT NOT NULL,
            backend TEXT NOT NULL,
            seed TEXT,
            started_at TEXT NOT NULL,
            ended_at TEXT,
            state TEXT NOT NULL DEFAULT 'running',
            seconds REAL,
            score INTEGER NOT NULL DEFAULT 0,
            longest_streak INTEGER NOT NULL DEFAULT 0,
            right_answers INTEGER NOT NULL DEFAULT 0,
            wrong_answers INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE answers (
            id INTEGER PRIMARY KEY,
            round_id INTEGER NOT NULL REFERENCES rounds(id),
            created_at TEXT NOT NULL,
            prompt TEXT NOT NULL,
            disguise TEXT NOT NULL,
            expected TEXT NOT NULL,
            read TEXT NOT NULL,
            verdict TEXT NOT NULL,
            correct INTEGER,
            seconds REAL NOT NULL,
            points INTEGER NOT NULL,
            backend TEXT NOT NULL,
            confidence REAL,
            probabilities TEXT,
            ink TEXT NOT NULL
        )""",
        "CREATE INDEX answers_of_round ON answers(round_id)",
        "CREATE INDEX rounds_by_score ON rounds(mode, state, score)",
    ),
    (
        "ALTER TABLE answers ADD COLUMN boxes TEXT",
        """CREATE TABLE appeals (
            answer_id INTEGER PRIMARY KEY REFERENCES answers(id),
            created_at TEXT NOT NULL,
            label TEXT NOT NULL,
            counted INTEGER NOT NULL
        )""",
    ),
    (
        "ALTER TABLE answers ADD COLUMN digit_ink TEXT",
        "ALTER TABLE answers ADD COLUMN thinking_seconds REAL",
        "ALTER TABLE answers ADD COLUMN writing_seconds REAL",
        "ALTER TABLE rounds ADD COLUMN key TEXT",
        "UPDATE rounds SET key = lower(hex(randomblob(16)))",
        "CREATE UNIQUE INDEX rounds_by_key ON rounds(key)",
        "CREATE TABLE journals (key TEXT PRIMARY KEY, lines INTEGER NOT NULL)",
    ),
    (
        """CREATE TABLE facts (
            id INTEGER PRIMARY KEY,
            fact TEXT NOT NULL UNIQUE,
            stability REAL NOT NULL,
            difficulty REAL NOT NULL,
            reviewed_at TEXT NOT NULL
        )""",
    ),
    (
        "ALTER TABLE answers ADD COLUMN shown_seconds REAL",
        "ALTER TABLE answers ADD COLUMN judged_seconds REAL",
    ),
    ("ALTER TABLE answers ADD COLUMN seat INTEGER",),
)

# What progress is reckoned from, without the ink beside it. An index is no part of the format: it
# is made where it is missing, and an older version keeps it up to date without knowing it.
FIGURES = (
    "CREATE INDEX IF NOT EXISTS answers_by_figures"
    " ON answers(round_id, verdict, seconds, thinking_seconds)"
)

LAST_VERSION = 200  # beyond this it is no version that will ever be, but a changed byte

# What a damaged database makes Python's sqlite3 raise: its messages quote the damaged bytes, which
# then are no UTF-8, and numbers and sizes that it claims are beyond what there can be.
TROUBLE = (sqlite3.Error, ValueError, OverflowError, MemoryError)

# Primary result codes of what passes, or what the player can mend: the file itself may be sound.
_PASSING = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOLFS,
}  # fmt: skip


# What a player is likely to be told of a database; `why` finds the translations.
_OFTEN = (
    # Translators: why a database could not be used; these few words stand in brackets.
    N_("database is locked"), N_("database or disk is full"), N_("disk I/O error"),
    # Translators: as above, in brackets.
    N_("attempt to write a readonly database"), N_("unable to open database file"),
    # Translators: as above, in brackets.
    N_("database disk image is malformed"), N_("file is not a database"),
    # Translators: as above, in brackets.
    N_("belongs to another program"),
)  # fmt: skip


class Unusable(Exception):
    """The file is no database of this game, or not any more; its text completes "it ..."."""


class Foreign(Unusable):
    """It is the database of another program."""

    def __init__(self) -> None:
        super().__init__("belongs to another program")


class NewerVersion(Exception):
    """The database has a format that this version does not know."""

    def __init__(self, found: int) -> None:
        super().__init__(found)
        self.found = found


def why(error: BaseException) -> str:
    """What went wrong, in SQLite's few words; in the player's language where they are known."""
    return _(str(error))


def passes(error: BaseException) -> bool:
    """Whether waiting may help: a lock, a full disk, a folder that cannot be written."""
    if isinstance(error, MemoryError):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", None)
    # Without a code it is Python's own: the connection is closed, and will be opened again.
    return code is None or code & 0xFF in _PASSING


def refuse_others(db: sqlite3.Connection) -> int:
    """The version of a database, 0 for an empty one; nothing is written.

    Raises NewerVersion, and Unusable for a version that never was or another program's tables.
    """
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if not 0 <= version <= LAST_VERSION:
        raise Unusable(N_("was damaged"))
    if version > len(MIGRATIONS):
        if columns(db) in _columns_by_version():
            raise Unusable(N_("was damaged"))  # one byte makes a version that is still to come
        raise NewerVersion(version)
    if version == 0:
        with snapshot(db):  # another game may be making the tables right now
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version == 0 and db.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise Foreign
    assert isinstance(version, int)
    return version


def columns(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """The tables and columns that there are, by name."""
    query = (
        "SELECT tables.name, columns.name FROM sqlite_master AS tables,"
        " pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'"
    )
    return set(db.execute(query))


def _columns_by_version() -> list[set[tuple[str, str]]]:
    """The tables and columns of each version that this one knows, from the first on."""
    found = []
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        for statements in MIGRATIONS:
            for statement in statements:
                db.execute(statement)
            found.append(columns(db))
    return found


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database to the newest format, one version at a time, each wholly or not at all.

    Raises what `refuse_others` does, and sqlite3.Error; then the database is as it was.
    """
    while refuse_others(db) < len(MIGRATIONS):
        with transaction(db):
            version = refuse_others(db)  # another game may have been quicker
            if version < len(MIGRATIONS):
                for statement in MIGRATIONS[version]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")


def check_pages(db: sqlite3.Connection) -> None:
    """Look at every page; raises Unusable where one is damaged. Takes some 3 ms a MiB."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise Unusable(N_("was damaged"))


@contextlib.contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one moment; inside a transaction it is so already."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(*TROUBLE):  # a full disk has rolled it back already
            db.execute("ROLLBACK")
        raise
