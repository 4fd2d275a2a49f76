"""Entries: what is to be written into the database, as values that can also wait in a file.

There are four kinds: a round begins, an answer is given, an appeal is made, a round ends. An entry
names its round by the key that is the round's own in every copy of the database, so that it can be
written by another start of the game, or by a second window.
"""

from __future__ import annotations

import datetime
import json
import math
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from game.persistence.fact_memory import MEMORIES, review_round
from game.persistence.records import Answer, RoundSummary, count, numbers
from game.rules.scoring import Score

Value = str | int | float | None

BEGIN, ANSWER, APPEAL, END = "begin", "answer", "appeal", "end"
_LARGEST = 2**63 - 1  # of SQLite's whole numbers
_NUMBERED = re.compile(r"#[0-9]{1,19}")  # names a round that has no key
_TEXT, _NUMBER, _WHOLE, _NOTHING = (str,), (int, float), (int,), (type(None),)


@dataclass(frozen=True)
class Entry:
    """One thing to be written.

    `round` is the key of its round, or "#" and its number in the database where it has no key.
    """

    kind: str
    round: str
    values: Mapping[str, Value]

    def as_json(self) -> dict[str, object]:
        """What `from_json` makes the same entry of."""
        return {"kind": self.kind, "round": self.round, "values": dict(self.values)}

    @classmethod
    def from_json(cls, found: object) -> Entry:
        """Raises ValueError for what is no entry."""
        if not isinstance(found, dict):
            raise ValueError("no entry")
        kind, key, values = (found.get(name) for name in ("kind", "round", "values"))
        if not isinstance(kind, str) or kind not in _COLUMNS:
            raise ValueError("no entry")
        if not isinstance(key, str) or key != _bindable(key):
            raise ValueError("no round")
        columns = _COLUMNS[kind]
        if not isinstance(values, dict):
            raise ValueError("not the values of such an entry")
        later = {name: None for name in _LATER if name in columns and name not in values}
        values = {**values, **later}
        if values.keys() != columns.keys():
            raise ValueError("not the values of such an entry")
        for name, value in values.items():
            if type(value) not in columns[name] or value != _bindable(value):
                raise ValueError(f"no value of {name}")
        return cls(kind, key, values)


def round_begins(key: str, mode: str, backend: str, seed: str | None) -> Entry:
    """A round was begun, now."""
    return _entry(BEGIN, key, mode=mode, backend=backend, seed=seed, started_at=now())


def answer_given(key: str, answer: Answer) -> Entry:
    """An answer was judged, now."""
    return _entry(
        ANSWER, key, created_at=now(), prompt=answer.prompt, disguise=answer.disguise,
        expected=answer.expected, read=answer.read, verdict=answer.verdict,
        correct=None if answer.correct is None else int(answer.correct),
        seconds=_known(answer.seconds), points=answer.points, backend=answer.backend,
        confidence=answer.confidence, probabilities=json.dumps(answer.probabilities),
        ink=json.dumps(answer.ink), boxes=json.dumps(answer.boxes),
        digit_ink=json.dumps(answer.digit_ink), thinking_seconds=answer.thinking_seconds,
        writing_seconds=answer.writing_seconds, shown_seconds=answer.shown_seconds,
        judged_seconds=answer.judged_seconds, seat=answer.seat,
    )  # fmt: skip


def appeal_made(
    key: str, place: int, label: str, points: Sequence[int] | None, score: Score | None
) -> Entry:
    """The player said, now, what the answer at `place` of a round was; see `Storage.add_appeal`."""
    return _entry(
        APPEAL, key, created_at=now(), place=place, label=label,
        points=None if points is None else json.dumps(list(points)),
        score=None if score is None else score.points,
        longest_streak=None if score is None else score.longest_streak,
        right_answers=None if score is None else score.right,
        wrong_answers=None if score is None else score.wrong,
    )  # fmt: skip


def round_ends(key: str, state: str, summary: RoundSummary) -> Entry:
    """A round ended, now: finished or abandoned."""
    return _entry(
        END, key, state=state, ended_at=now(), seconds=_known(summary.seconds),
        score=summary.score, longest_streak=summary.longest_streak,
        right_answers=summary.right_answers, wrong_answers=summary.wrong_answers,
    )  # fmt: skip


def write(db: sqlite3.Connection, entry: Entry) -> None:
    """Write an entry inside a transaction. One whose round or answer is not there is passed over.

    Raises sqlite3.Error.
    """
    if entry.kind == BEGIN:
        db.execute(_INSERT_ROUND, {**entry.values, "key": entry.round})
        return
    number = number_of(db, entry.round)
    if number is not None:
        _WRITERS[entry.kind](db, number, entry.values)


def number_of(db: sqlite3.Connection, key: str) -> int | None:
    """The number that a round has in this database, or None where it is not there.

    Raises ValueError where the table is damaged.
    """
    if _NUMBERED.fullmatch(key) and int(key[1:]) <= _LARGEST:
        row = db.execute("SELECT id FROM rounds WHERE id = ?", (int(key[1:]),)).fetchone()
    else:
        row = db.execute("SELECT id FROM rounds WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if not isinstance(row[0], int):  # the table's description is damaged
        raise ValueError("rounds have no numbers any more")
    return row[0]


def try_all(db: sqlite3.Connection) -> None:
    """Write one entry of each kind and take them back; raises one of TROUBLE where that fails."""
    key = "only a try"
    answer = Answer("1", "numeral", "1", "1", "right", True, 1.0, 100, "cnn", 1.0, [], [])
    db.execute("BEGIN IMMEDIATE")
    try:
        write(db, round_begins(key, "dash", "cnn", None))
        write(db, answer_given(key, answer))
        write(db, appeal_made(key, 0, "1", [100], Score()))
        write(db, round_ends(key, "finished", RoundSummary(1.0, 100, 1, 1, 0)))
        db.execute(MEMORIES).fetchone()  # of which this answer is none
    finally:
        db.execute("ROLLBACK")


def now(ago: datetime.timedelta = datetime.timedelta()) -> str:
    """The present time in ISO 8601, UTC."""
    return (datetime.datetime.now(datetime.UTC) - ago).isoformat(timespec="milliseconds")


# --- in SQL ---------------------------------------------------------------------------------------


def _insert_answer(db: sqlite3.Connection, number: int, values: Mapping[str, Value]) -> None:
    db.execute(_INSERT_ANSWER, {**values, "round_id": number})


def _insert_appeal(db: sqlite3.Connection, number: int, values: Mapping[str, Value]) -> None:
    ids = db.execute("SELECT id FROM answers WHERE round_id = ? ORDER BY id", (number,)).fetchall()
    place, points = values["place"], values["points"]
    if not isinstance(place, int) or not 0 <= place < len(ids):
        return
    db.execute(
        "INSERT OR REPLACE INTO appeals (answer_id, created_at, label, counted)"
        " VALUES (?, ?, ?, ?)",
        (ids[place][0], values["created_at"], values["label"], int(points is not None)),
    )
    earned = map(count, numbers(points, 1))
    db.executemany(
        "UPDATE answers SET points = ? WHERE id = ?",
        [(each, row[0]) for each, row in zip(earned, ids, strict=False)],
    )
    if values["score"] is not None:
        db.execute(_SCORE_ROUND, {**values, "id": number})


def _end_round(db: sqlite3.Connection, number: int, values: Mapping[str, Value]) -> None:
    db.execute(_END_ROUND, {**values, "id": number})
    review_round(db, number, values["ended_at"])


_WRITERS: dict[str, Callable[[sqlite3.Connection, int, Mapping[str, Value]], None]] = {
    ANSWER: _insert_answer,
    APPEAL: _insert_appeal,
    END: _end_round,
}

_COLUMNS: dict[str, dict[str, tuple[type, ...]]] = {
    BEGIN: {
        "mode": _TEXT, "backend": _TEXT, "seed": _TEXT + _NOTHING, "started_at": _TEXT,
    },
    ANSWER: {
        "created_at": _TEXT, "prompt": _TEXT, "disguise": _TEXT, "expected": _TEXT, "read": _TEXT,
        "verdict": _TEXT, "correct": _WHOLE + _NOTHING, "seconds": _NUMBER, "points": _WHOLE,
        "backend": _TEXT, "confidence": _NUMBER + _NOTHING, "probabilities": _TEXT, "ink": _TEXT,
        "boxes": _TEXT, "digit_ink": _TEXT, "thinking_seconds": _NUMBER + _NOTHING,
        "writing_seconds": _NUMBER + _NOTHING, "shown_seconds": _NUMBER + _NOTHING,
        "judged_seconds": _NUMBER + _NOTHING, "seat": _WHOLE + _NOTHING,
    },
    APPEAL: {
        "created_at": _TEXT, "place": _WHOLE, "label": _TEXT, "points": _TEXT + _NOTHING,
        "score": _WHOLE + _NOTHING, "longest_streak": _WHOLE + _NOTHING,
        "right_answers": _WHOLE + _NOTHING, "wrong_answers": _WHOLE + _NOTHING,
    },
    END: {
        "state": _TEXT, "ended_at": _TEXT, "seconds": _NUMBER, "score": _WHOLE,
        "longest_streak": _WHOLE, "right_answers": _WHOLE, "wrong_answers": _WHOLE,
    },
}  # fmt: skip

# What entries of a version before the fifth do not have; nothing of it is known then.
_LATER = ("shown_seconds", "judged_seconds", "seat")

_INSERT_ROUND = (
    "INSERT OR IGNORE INTO rounds (key, mode, backend, seed, started_at)"
    " VALUES (:key, :mode, :backend, :seed, :started_at)"
)
_INSERT_ANSWER = (
    "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read, verdict, correct,"
    " seconds, points, backend, confidence, probabilities, ink, boxes, digit_ink,"
    " thinking_seconds, writing_seconds, shown_seconds, judged_seconds, seat)"
    " VALUES (:round_id, :created_at, :prompt, :disguise, :expected, :read, :verdict, :correct,"
    " :seconds, :points, :backend, :confidence, :probabilities, :ink, :boxes, :digit_ink,"
    " :thinking_seconds, :writing_seconds, :shown_seconds, :judged_seconds, :seat)"
)
_SCORE_ROUND = (
    "UPDATE rounds SET score = :score, longest_streak = :longest_streak,"
    " right_answers = :right_answers, wrong_answers = :wrong_answers WHERE id = :id"
)
_END_ROUND = (
    "UPDATE rounds SET state = :state, ended_at = :ended_at, seconds = :seconds, score = :score,"
    " longest_streak = :longest_streak, right_answers = :right_answers,"
    " wrong_answers = :wrong_answers WHERE id = :id"
)


# --- values ---------------------------------------------------------------------------------------


def _entry(kind: str, key: str, **values: Value) -> Entry:
    return Entry(kind, key, {name: _bindable(value) for name, value in values.items()})


def _bindable(value: Value) -> Value:
    """The value as SQLite takes it: text that is UTF-8, whole numbers of 64 bits, no NaN."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int):
        return max(-_LARGEST, min(_LARGEST, int(value)))
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def _known(seconds: float) -> float:
    return seconds if math.isfinite(seconds) else 0.0
