"""What is kept of rounds and answers, and the one reader of their rows.

A row may hold anything: a byte may have changed on the disk, or a curious player may have altered
it. So each value is read for itself, and what it cannot be becomes what is not known: a value of
another kind costs that value, never the row, and never the game.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

LARGEST_NUMBER = 1e7  # in stored ink, boxes and probabilities: what is beyond was never written
LARGEST_COUNT = 10**9  # of points and answers
MOST_LETTERS = 200  # of a text; the longest prompt has some thirty
MOST_DIGITS = 20  # of an answer
MOST_PLAYERS = 10  # at one screen

Points = list[list[float]]


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
    ink: list[Points]
    boxes: list[list[float]] = field(default_factory=list)  # none in answers of old versions
    appeal: str | None = None  # the digits that the player says it was
    counted: bool = False  # whether that made it right
    # What was not measured, or is not known of an answer of an old version, is empty or None.
    digit_ink: list[list[Points]] = field(default_factory=list)  # strokes by digit, as drawn
    thinking_seconds: float | None = None  # from the prompt to the first ink
    writing_seconds: float | None = None  # from the first ink to the last pen-lift
    shown_seconds: float | None = None  # of the round's clock, at which its prompt appeared
    judged_seconds: float | None = None  # of the round's clock, at which it was judged
    seat: int | None = None  # who gave it, counted from 0, where several play
    given_at: str = field(default="", compare=False)  # ISO 8601, UTC; the storage's to say


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
    started_at: str  # ISO 8601, UTC; empty where it is not known
    state: str  # finished or abandoned
    summary: RoundSummary


def connect(path: str, timeout: float, *, uri: bool = False) -> sqlite3.Connection:
    """A connection without implicit transactions, whose texts need not be UTF-8."""
    db = sqlite3.connect(path, timeout=timeout, isolation_level=None, uri=uri)
    db.text_factory = _decoded
    return db


def rows(
    db: sqlite3.Connection, query: str, values: Sequence[object] | Mapping[str, object] = ()
) -> Iterator[sqlite3.Row]:
    """The rows of a query, one by one: what damage hides does not cost what comes before it."""
    cursor = db.cursor()
    cursor.row_factory = sqlite3.Row
    yield from cursor.execute(query, values)


def answer_of(row: sqlite3.Row) -> Answer:
    """An answer from a row of `answers` with `label` and `counted` of its appeal."""
    label = row["label"]
    return Answer(
        prompt=text(row["prompt"]),
        disguise=text(row["disguise"]),
        expected=digits(row["expected"]),
        read=digits(row["read"]),
        verdict=text(row["verdict"]),
        correct=None if row["correct"] is None else bool(count(row["correct"])),
        seconds=seconds(row["seconds"]) or 0.0,
        points=count(row["points"]),
        backend=text(row["backend"]),
        confidence=share(row["confidence"]),
        probabilities=numbers(row["probabilities"], 2),
        ink=_strokes(row["ink"]),
        boxes=numbers(row["boxes"], 2),
        appeal=None if label is None else digits(label),
        counted=bool(count(row["counted"])),
        digit_ink=numbers(row["digit_ink"], 4),
        thinking_seconds=seconds(row["thinking_seconds"]),
        writing_seconds=seconds(row["writing_seconds"]),
        shown_seconds=seconds(row["shown_seconds"]),
        judged_seconds=seconds(row["judged_seconds"]),
        seat=seat(row["seat"]),
        given_at=timestamp(row["created_at"]),
    )


def summary_of(row: sqlite3.Row) -> RoundSummary:
    """How a round ended, from a row of `rounds`."""
    counts = ("score", "longest_streak", "right_answers", "wrong_answers")
    return RoundSummary(seconds(row["seconds"]) or 0.0, *(count(row[name]) for name in counts))


# --- values ---------------------------------------------------------------------------------------


def text(value: object) -> str:
    """A text that can be shown: of bounded length, without control characters."""
    if isinstance(value, bytes):
        value = value[: 4 * MOST_LETTERS].decode("utf-8", "replace")
    found = value if isinstance(value, str) else ""
    return "".join(letter for letter in found[:MOST_LETTERS] if _can_be_shown(letter))


def digits(value: object) -> str:
    """Digits; "?" for what is none. A number stands for its digits."""
    if isinstance(value, int) and 0 <= value < 10**MOST_DIGITS:
        value = str(value)
    return "".join(d if d in "0123456789" else "?" for d in text(value)[:MOST_DIGITS])


def timestamp(value: object) -> str:
    """A time in ISO 8601 that a calendar has, or nothing."""
    found = text(value)
    try:
        datetime.datetime.fromisoformat(found).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    return found


def count(value: object) -> int:
    """A whole number; 0 for what is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and abs(value) <= LARGEST_COUNT else 0


def seconds(value: object) -> float | None:
    """A span of time, never negative; None for what is none."""
    return max(0.0, float(value)) if _is_number(value) else None


def seat(value: object) -> int | None:
    """The number of a player, counted from 0; None for what is none."""
    return value if isinstance(value, int) and 0 <= value < MOST_PLAYERS else None


def share(value: object) -> float | None:
    """A number from 0 to 1; None for what is none."""
    return float(value) if _is_number(value) and 0 <= value <= 1 else None


def numbers(found: object, depth: int) -> Any:
    """Lists of numbers from JSON, in lists down to `depth`; empty where it is anything else."""
    try:
        value = json.loads(found) if isinstance(found, str | bytes) else []
    except (ValueError, RecursionError):
        return []
    return value if _are_numbers(value, depth) else []


def _can_be_shown(letter: str) -> bool:
    return letter.isprintable() or (letter.isspace() and letter not in "\t\n\r\v\f\x1c\x1d\x1e\x1f")


def _is_number(value: object) -> TypeGuard[float]:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < LARGEST_NUMBER  # which NaN is not
    )


def _strokes(found: object) -> list[Points]:
    """Ink whose points all have a place and a time, or none."""
    strokes: list[Points] = numbers(found, 3)
    whole = all(stroke and all(len(point) == 3 for point in stroke) for stroke in strokes)
    return strokes if whole else []


def _are_numbers(found: object, depth: int) -> bool:
    if depth == 0:
        return _is_number(found)
    return isinstance(found, list) and all(_are_numbers(item, depth - 1) for item in found)


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
