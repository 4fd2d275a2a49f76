"""How well each fact is remembered, by FSRS, and so how much it should be asked again.

FSRS (github.com/open-spaced-repetition) keeps two numbers of a memory: its stability, the days
after which it is still there with a chance of nine in ten, and its difficulty, 1 to 10. Each review
changes them. Here a review is an answer, graded by the rules; all of a round are taken in when it
ends, so that appeals are among them. There is no timetable: what a day from now would rather be
forgotten is asked more often, and that is all.
"""

from __future__ import annotations

import datetime
import functools
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from game.persistence.records import count, digits, rows, seconds, text, timestamp
from game.rules.facts import Fact, Grade, grades, named
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Prompt

if TYPE_CHECKING:  # it takes a moment to load, which only who has answered sums must wait for
    from fsrs import Card, Scheduler

HORIZON = datetime.timedelta(days=1)  # how far ahead forgetting is looked at
LEAST_NEED = 0.07  # chance of being forgotten by then, below which a fact is left to chance
STABLE = (0.001, 36500.0)  # days, as FSRS has it
DIFFICULT = (1.0, 10.0)

MEMORIES = "SELECT fact, stability, difficulty, reviewed_at FROM facts"

_ANSWERS = """
    SELECT prompt, disguise, expected, read, verdict, seconds, thinking_seconds, counted
    FROM answers LEFT JOIN appeals ON answer_id = answers.id WHERE round_id = ? ORDER BY answers.id
"""
_KEEP = """
    INSERT INTO facts (fact, stability, difficulty, reviewed_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (fact) DO UPDATE SET stability = excluded.stability,
        difficulty = excluded.difficulty, reviewed_at = excluded.reviewed_at
"""


def review_round(db: sqlite3.Connection, number: int, ended_at: object) -> None:
    """Take in the answers of a round that has ended, inside the transaction that ends it.

    Raises sqlite3.Error.
    """
    at = _time(ended_at)
    if at is None:
        return
    answers = [_outcome(row) for row in rows(db, _ANSWERS, (number,))]
    for fact, grade in grades([answer for answer in answers if answer is not None]):
        row = next(rows(db, f"{MEMORIES} WHERE fact = ?", (fact.key,)), None)
        card = _reviewed(None if row is None else _card(row, at), grade, at)
        assert card.last_review is not None
        reviewed_at = card.last_review.isoformat(timespec="milliseconds")
        db.execute(_KEEP, (fact.key, card.stability, card.difficulty, reviewed_at))


def needs(memories: Iterable[sqlite3.Row], at: datetime.datetime) -> dict[str, float]:
    """The chance, from 0 to 1, that a fact will be forgotten soon, by its key; of weak ones only.

    `memories` are rows of `MEMORIES`; `at` is a moment in UTC.
    """
    found = {}
    for row in memories:
        key, card = text(row["fact"]), _card(row, at)
        if card is None or _known(key) is None:
            continue
        need = 1.0 - _scheduler().get_card_retrievability(card, at + HORIZON)
        if need >= LEAST_NEED:
            found[key] = need
    return found


def memories(
    found: Iterable[sqlite3.Row], at: datetime.datetime
) -> Iterator[tuple[str, float, float]]:
    """Each fact's key, its stability in days, and the chance that it is still known at a moment.

    `found` are rows of `MEMORIES`; damaged ones are left out.
    """
    for row in found:
        whole = sound(row)
        card = _card(row, at) if whole is not None else None
        if whole is not None and card is not None:
            yield whole[0], whole[1], _scheduler().get_card_retrievability(card, at)


def sound(row: sqlite3.Row | dict[str, object]) -> tuple[str, float, float, str] | None:
    """What `MEMORIES` reads of a row, or None where any of it is damaged."""
    key, at = text(row["fact"]), timestamp(row["reviewed_at"])
    stability, difficulty = seconds(row["stability"]), seconds(row["difficulty"])
    if _known(key) is None or _time(at) is None or stability is None or difficulty is None:
        return None
    if not (STABLE[0] <= stability <= STABLE[1] and DIFFICULT[0] <= difficulty <= DIFFICULT[1]):
        return None
    return key, stability, difficulty, at


def _reviewed(card: Card | None, grade: Grade, at: datetime.datetime) -> Card:
    from fsrs import Card, Rating

    return _scheduler().review_card(card or Card(card_id=1), Rating(int(grade)), at)[0]


def _card(row: sqlite3.Row, now: datetime.datetime) -> Card | None:
    from fsrs import Card, State

    found = sound(row)
    if found is None:
        return None
    _, stability, difficulty, at = found
    reviewed = min(now, _time(at) or now)  # the machine's clock may have been set back
    return Card(1, State.Review, None, stability, difficulty, reviewed, reviewed)


@functools.cache
def _scheduler() -> Scheduler:
    """The one with the parameters that FSRS learned from many people's reviews.

    Without the steps of minutes that come before a first interval of days: a round is over by then.
    """
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _known(key: str) -> Fact | None:
    fact = named(key)
    return fact if fact is not None and fact.key == key else None


def _time(found: object) -> datetime.datetime | None:
    """A moment in UTC, or None."""
    known = timestamp(found)
    return datetime.datetime.fromisoformat(known).astimezone(datetime.UTC) if known else None


def _outcome(row: sqlite3.Row) -> Outcome | None:
    """An answer as the rules see it, or None where it asked for no fact."""
    try:
        disguise, verdict = Disguise(text(row["disguise"])), Verdict(text(row["verdict"]))
        prompt = Prompt(digits(row["expected"]), disguise, text(row["prompt"]))
    except ValueError:
        return None
    return Outcome(
        prompt, digits(row["read"]), verdict, seconds(row["seconds"]) or 0.0, 0,
        counted=bool(count(row["counted"])), thinking_seconds=seconds(row["thinking_seconds"]),
    )  # fmt: skip
