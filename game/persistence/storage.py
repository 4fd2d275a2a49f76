"""Storage: rounds, answers and their ink in SQLite, each answer written the moment it is judged."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.persistence.paths import DATABASE_FILE, aside_name
from game.rules.scoring import Score

BUSY_SECONDS = 0.25  # s to wait for another program's lock: longer would freeze the frame
CLOSING_SECONDS = 5  # s to wait for such a lock when the game ends
CHECKED_BYTES = (
    16 * 2**20
)  # a file up to this size is checked as a whole when opened, in some 50 ms
LARGEST_NUMBER = 1e7  # in stored ink, boxes and probabilities: what is beyond was never written

# One entry a version: the statements that lead from version n to n + 1 (`PRAGMA user_version`).
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE rounds (
            id INTEGER PRIMARY KEY,
            mode TEXT NOT NULL,
            backend TEXT NOT NULL,
            seed TEXT,
            started_at TEXT NOT NULL,              -- ISO 8601, UTC
            ended_at TEXT,
            state TEXT NOT NULL DEFAULT 'running', -- running, finished or abandoned
            seconds REAL,                          -- played time, pauses left out
            score INTEGER NOT NULL DEFAULT 0,
            longest_streak INTEGER NOT NULL DEFAULT 0,
            right_answers INTEGER NOT NULL DEFAULT 0,
            wrong_answers INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE answers (
            id INTEGER PRIMARY KEY,
            round_id INTEGER NOT NULL REFERENCES rounds(id),
            created_at TEXT NOT NULL,              -- ISO 8601, UTC
            prompt TEXT NOT NULL,                  -- as shown, e.g. "3 + 4", "seven", "dice 3 4"
            disguise TEXT NOT NULL,
            expected TEXT NOT NULL,
            read TEXT NOT NULL,                    -- "?" stands for ink that is no digit
            verdict TEXT NOT NULL,                 -- right, wrong or unreadable
            correct INTEGER,                       -- 1, 0, or NULL where nothing could be read
            seconds REAL NOT NULL,                 -- from the prompt to the last pen-lift
            points INTEGER NOT NULL,
            backend TEXT NOT NULL,
            confidence REAL,                       -- of the least certain digit
            probabilities TEXT,                    -- JSON, one list of ten a digit
            ink TEXT NOT NULL                      -- JSON [[[x, y, t], ...], ...]: paper units, s
        )""",
        "CREATE INDEX answers_of_round ON answers(round_id)",
        "CREATE INDEX rounds_by_score ON rounds(mode, state, score)",
    ),
    (
        # JSON [[x0, y0, x1, y1], ...]: where each digit was read, in paper units
        "ALTER TABLE answers ADD COLUMN boxes TEXT",
        """CREATE TABLE appeals (
            answer_id INTEGER PRIMARY KEY REFERENCES answers(id),
            created_at TEXT NOT NULL,              -- ISO 8601, UTC
            label TEXT NOT NULL,                   -- the digits that the player says it was
            counted INTEGER NOT NULL               -- 1 where it made the answer right
        )""",
    ),
    (
        # JSON [digit [stroke [[x, y, t], ...], ...], ...]: what each digit was made of, unrounded
        "ALTER TABLE answers ADD COLUMN digit_ink TEXT",
        "ALTER TABLE answers ADD COLUMN thinking_seconds REAL",  # from the prompt to the first ink
        "ALTER TABLE answers ADD COLUMN writing_seconds REAL",  # from there to the last pen-lift
    ),
)

# A killed game leaves its round running. One in which nothing happened for so long is given up; if
# it belongs to a game that is open all the same, paused over lunch, that game has the last word
# when the round ends.
LOST_AFTER = datetime.timedelta(hours=1)
GIVE_UP_ROUNDS = """
    WITH last AS (
        SELECT id, MAX(started_at, COALESCE(
            (SELECT MAX(created_at) FROM answers WHERE round_id = rounds.id), started_at
        )) AS seen FROM rounds WHERE state = 'running'
    )
    UPDATE rounds
    SET state = 'abandoned', ended_at = (SELECT seen FROM last WHERE last.id = rounds.id)
    WHERE id IN (SELECT id FROM last WHERE seen < ?)
"""


@dataclass(frozen=True)
class Answer:
    """One judged answer, as it is kept."""

    prompt: str
    disguise: str
    expected: str
    read: str
    verdict: str
    correct: bool | None
    seconds: float
    points: int
    backend: str
    confidence: float | None
    probabilities: list[list[float]]
    ink: list[list[list[float]]]
    boxes: list[list[float]] = field(default_factory=list)  # none in answers of old versions
    appeal: str | None = None  # the digits that the player says it was
    counted: bool = False  # whether that made it right
    # What was not measured, or is not known of an answer of an old version, is empty or None.
    digit_ink: list[list[list[list[float]]]] = field(default_factory=list)  # strokes by digit
    thinking_seconds: float | None = None  # from the prompt to the first ink
    writing_seconds: float | None = None  # from the first ink to the last pen-lift


@dataclass(frozen=True)
class RoundSummary:
    """What is kept of a round when it ends."""

    seconds: float
    score: int
    longest_streak: int
    right_answers: int
    wrong_answers: int


@dataclass(frozen=True)
class PastRound:
    """A round of this session or of an earlier one."""

    number: int
    mode: str
    started_at: str  # ISO 8601, UTC
    state: str  # finished or abandoned
    summary: RoundSummary


class Storage:
    """The game's database. It never raises into the game: troubles become `notices`."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / DATABASE_FILE
        self.notices: list[str] = []  # sentences that the player has not been shown yet
        self.keeps_scores = True
        self._backlog: deque[Callable[[], object]] = deque()
        self._db = self._open()

    # --- rounds and answers -----------------------------------------------------------------------

    def begin_round(self, mode: str, backend: str, seed: str | None) -> int:
        """Note that a round began and return its number."""
        row = (mode, backend, seed, _now())
        statement = "INSERT INTO rounds (mode, backend, seed, started_at) VALUES (?, ?, ?, ?)"
        try:
            with self._db:
                cursor = self._db.execute(statement, row)
        except sqlite3.Error as error:
            # Without a round there is nothing to hang answers on: play on in memory.
            self._play_without_file(error)
            with self._db:
                cursor = self._db.execute(statement, row)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_answer(self, round_id: int, answer: Answer) -> None:
        """Keep an answer, at once."""
        row = (
            round_id, _now(), answer.prompt, answer.disguise, answer.expected, answer.read,
            answer.verdict, None if answer.correct is None else int(answer.correct),
            answer.seconds, answer.points, answer.backend, answer.confidence,
            json.dumps(answer.probabilities), json.dumps(answer.ink), json.dumps(answer.boxes),
            json.dumps(answer.digit_ink), answer.thinking_seconds, answer.writing_seconds,
        )  # fmt: skip
        self._write(
            "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read, verdict,"
            " correct, seconds, points, backend, confidence, probabilities, ink, boxes, digit_ink,"
            " thinking_seconds, writing_seconds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    def add_appeal(
        self,
        round_id: int,
        place: int,
        label: str,
        points: Sequence[int] | None = None,
        score: Score | None = None,
    ) -> None:
        """Keep what the player says the answer at `place` in a round was.

        Where it counts, `points` are those of all the round's answers now; and where the round has
        ended, `score` is what it comes to.
        """
        made_at = _now()

        def write() -> None:
            rows = self._db.execute(
                "SELECT id FROM answers WHERE round_id = ? ORDER BY id", (round_id,)
            ).fetchall()
            if place >= len(rows):
                return  # the file was given up since: the answer is gone, and nothing can be said
            self._db.execute(
                "INSERT OR REPLACE INTO appeals (answer_id, created_at, label, counted)"
                " VALUES (?, ?, ?, ?)",
                (rows[place][0], made_at, label, int(points is not None)),
            )
            for earned, row in zip(points or (), rows, strict=False):
                self._db.execute("UPDATE answers SET points = ? WHERE id = ?", (earned, row[0]))
            if score is not None:
                self._db.execute(
                    "UPDATE rounds SET score = ?, longest_streak = ?, right_answers = ?,"
                    " wrong_answers = ? WHERE id = ?",
                    (score.points, score.longest_streak, score.right, score.wrong, round_id),
                )

        self._backlog.append(write)
        self._flush()

    def end_round(self, round_id: int, state: str, summary: RoundSummary) -> None:
        """Note how a round ended: `finished` or `abandoned`."""
        self._write(
            "UPDATE rounds SET state = ?, ended_at = ?, seconds = ?, score = ?, longest_streak = ?,"
            " right_answers = ?, wrong_answers = ? WHERE id = ?",
            (
                state, _now(), summary.seconds, summary.score, summary.longest_streak,
                summary.right_answers, summary.wrong_answers, round_id,
            ),
        )  # fmt: skip

    def best_score(self, mode: str) -> int | None:
        """The best score of a finished round of that mode, or None before the first."""
        try:
            row = self._db.execute(
                "SELECT MAX(score) FROM rounds WHERE mode = ? AND state = 'finished'", (mode,)
            ).fetchone()
        except sqlite3.Error as error:
            self._tell(f"The best score cannot be read from {self.path} ({error}).")
            return None
        return None if row is None or row[0] is None else int(row[0])

    def past_rounds(self) -> list[PastRound]:
        """The rounds that are over and have answers, the newest first."""
        rows = self._read(
            "SELECT id, mode, started_at, state, seconds, score, longest_streak, right_answers,"
            " wrong_answers FROM rounds WHERE state != 'running'"
            " AND EXISTS (SELECT * FROM answers WHERE round_id = rounds.id) ORDER BY id DESC"
        )
        return [
            PastRound(number, mode, started_at, state, RoundSummary(seconds or 0.0, *counts))
            for number, mode, started_at, state, seconds, *counts in rows
        ]

    def answers(self, round_id: int | None = None) -> list[Answer]:
        """The answers of a round in their order, or of all rounds."""
        rows = self._read(
            "SELECT prompt, disguise, expected, read, verdict, correct, seconds, points, backend,"
            " confidence, probabilities, ink, boxes, label, counted, digit_ink, thinking_seconds,"
            " writing_seconds FROM answers"
            " LEFT JOIN appeals ON answer_id = answers.id WHERE round_id = ?1 OR ?1 IS NULL"
            " ORDER BY answers.id",
            (round_id,),
        )
        return [_answer(row) for row in rows]

    def close(self) -> None:
        """Write what is still waiting and let go of the file."""
        if self._backlog:
            # Nobody is playing any more: now another program's lock can be waited for.
            self._db.execute(f"PRAGMA busy_timeout = {CLOSING_SECONDS * 1000}")
            self._flush()
        self._db.close()

    # --- opening ----------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect()
        except _NewerVersion as error:
            return self._in_memory(
                f"{self.path.name} was written by a newer version of Digit Dash (its format is"
                f" {error.found}, this version knows {len(MIGRATIONS)})."
                " It is left untouched; scores are not kept now."
            )
        except sqlite3.OperationalError as error:
            return self._in_memory(
                f"Scores cannot be kept in {self.path} ({error})."
                " You can play, but nothing is saved."
            )
        except sqlite3.DatabaseError:
            return self._set_aside()
        except OSError as error:
            return self._in_memory(
                f"The folder {self.path.parent} cannot be used ({error.strerror})."
                " You can play, but nothing is saved."
            )

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            # In WAL mode this survives a crash of the game without a disk flush at every answer.
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db)
            small = self.path.stat().st_size <= CHECKED_BYTES
            if small and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            db.execute("SELECT score, state, mode FROM rounds LIMIT 1")
            with db:  # a folder that can be read but not written shows only now
                db.execute(GIVE_UP_ROUNDS, (_now(LOST_AFTER),))
        except BaseException:
            db.close()
            raise
        return db

    def _set_aside(self) -> sqlite3.Connection:
        aside = aside_name(self.path)
        try:
            self.path.replace(aside)
            for tail in ("-wal", "-shm"):
                side_file = self.path.with_name(self.path.name + tail)
                if side_file.exists():
                    side_file.replace(aside.with_name(aside.name + tail))
            db = self._connect()
        except (OSError, sqlite3.Error) as error:
            return self._in_memory(
                f"{self.path.name} is damaged and cannot be set aside ({error})."
                " It is left untouched; scores are not kept now."
            )
        self._tell(
            f"{self.path.name} was damaged. It is kept as {aside.name}, and a new one was begun."
        )
        return db

    def _in_memory(self, notice: str) -> sqlite3.Connection:
        self.keeps_scores = False
        self._tell(notice)
        db = sqlite3.connect(":memory:")
        migrate(db)
        return db

    # --- reading and writing ----------------------------------------------------------------------

    def _read(self, query: str, row: tuple[Any, ...] = ()) -> list[Any]:
        self._flush()
        try:
            return self._db.execute(query, row).fetchall()
        except sqlite3.Error as error:
            self._tell(f"Earlier rounds cannot be read from {self.path} ({error}).")
            return []

    def _write(self, statement: str, row: tuple[Any, ...]) -> None:
        self._backlog.append(lambda: self._db.execute(statement, row))
        self._flush()

    def _flush(self) -> None:
        """Write what is waiting, in order; a lock or a full disk leaves it waiting."""
        while self._backlog:
            try:
                with self._db:
                    self._backlog[0]()
            except sqlite3.Error as error:
                self._tell(
                    f"An answer could not be written to {self.path} yet ({error});"
                    " it will be tried again."
                )
                return
            self._backlog.popleft()

    def _play_without_file(self, error: sqlite3.Error) -> None:
        self._db.close()
        self._db = self._in_memory(
            f"Scores cannot be kept in {self.path} ({error}). You can play, but nothing is saved."
        )

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


class _NewerVersion(Exception):
    """The database has a format that this version does not know."""

    def __init__(self, found: int) -> None:
        super().__init__(found)
        self.found = found


def migrate(db: sqlite3.Connection) -> None:
    """Bring a database to the newest format, one version at a time, each wholly or not at all."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise _NewerVersion(version)
    for number in range(version, len(MIGRATIONS)):
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in MIGRATIONS[number]:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number + 1}")
        except BaseException:
            db.rollback()
            raise
        db.commit()


def _answer(row: Sequence[Any]) -> Answer:
    *row, digit_ink, thinking, writing = row
    *before, correct, seconds, points, backend, confidence, shares, ink, boxes, label, counted = row
    strokes = _numbers(ink, 3)
    whole = all(stroke and all(len(point) == 3 for point in stroke) for stroke in strokes)
    prompt, disguise, expected, read, verdict = before
    return Answer(
        prompt, disguise, expected, read, verdict, None if correct is None else bool(correct),
        seconds, points, backend, confidence, _numbers(shares, 2), strokes if whole else [],
        _numbers(boxes, 2), label, bool(counted), _numbers(digit_ink, 4), thinking, writing,
    )  # fmt: skip


def _numbers(text: str | None, depth: int) -> Any:
    """Lists of numbers from JSON, lists in lists down to `depth`; empty where it is anything else.

    A row that someone altered must not end the game.
    """
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return found if _are_numbers(found, depth) else []


def _are_numbers(found: object, depth: int) -> bool:
    if depth == 0:
        return isinstance(found, int | float) and abs(found) < LARGEST_NUMBER  # NaN is not
    return isinstance(found, list) and all(_are_numbers(item, depth - 1) for item in found)


def _now(ago: datetime.timedelta = datetime.timedelta()) -> str:
    now = datetime.datetime.now(datetime.UTC)
    return (now - ago).isoformat(timespec="milliseconds")
