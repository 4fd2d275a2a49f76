"""Progress: what the database tells of a player's rounds, read by sums and not answer by answer.

Nothing is written here. All of the rounds are looked at, by what their answers add up to; single
answers only as far as they are recent. With the index FIGURES of `schema`, a hundred thousand
answers take a few tenths of a second.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from game.persistence.fact_memory import MEMORIES, memories
from game.persistence.opening import copy_to_read
from game.persistence.records import connect, count, digits, rows, seconds, summary_of, text
from game.persistence.rounds import FINISHED
from game.persistence.schema import TROUBLE, snapshot
from game.persistence.storage import Storage
from game.rules.confusion import Confusion, ReadDigit, told_digits
from game.rules.facts import Needs, fact_asked
from game.rules.figures import RoundFigures, Spread
from game.rules.mastery import Memory
from game.rules.modes import MODES
from game.rules.modes.mode import Mode, mode_key
from game.rules.prompt import Disguise, Prompt
from game.rules.pupils import Pupil, pupil
from game.rules.scoring import Tally
from game.rules.typed import TYPED

# Reads rows: `Storage.read`, or the like for a file that is not the present player's.
Read = Callable[[str, tuple[object, ...]], Iterable[sqlite3.Row]]

RECENT_ANSWERS = 3000  # of which each is looked at
NEEDS_ANSWERS = 600  # likewise, where only the weakest digits are asked for
LONGEST_SECONDS = 30.0  # s that an answer counts at most: somebody went to the door
OPEN_SECONDS = 0.25  # s that another player's database is waited for

_ROUNDS = """
    SELECT id, mode, started_at, state, seconds, score, longest_streak, right_answers, wrong_answers
    FROM rounds ORDER BY started_at, id
"""
# Of each round's right answers: number, sum and squares of the seconds; of those with a known time
# before the ink: number, and sums of thinking and writing. Of all: right and wrong ones.
_SUMS = f"""
    SELECT round_id, COUNT(*) AS answered, SUM(is_right) AS right_count,
        SUM(is_right * took) AS took, SUM(is_right * took * took) AS squares,
        SUM(is_right * (thought IS NOT NULL)) AS known,
        SUM(is_right * MIN(took, thought)) AS thought,
        SUM(is_right * (thought IS NOT NULL) * (took - MIN(took, IFNULL(thought, 0.0)))) AS wrote
    FROM (
        SELECT round_id, verdict = 'right' OR IFNULL(counted, 0) = 1 AS is_right,
            MAX(0.0, MIN(answers.seconds, {LONGEST_SECONDS})) AS took,
            MAX(0.0, MIN(thinking_seconds, {LONGEST_SECONDS})) AS thought
        FROM answers LEFT JOIN appeals ON answer_id = answers.id
        WHERE verdict IN ('right', 'wrong', 'late') OR IFNULL(counted, 0) = 1
    ) GROUP BY round_id
"""  # nosec B608: put together of constants
_LAST = """
    SELECT prompt, disguise, expected, read, verdict, thinking_seconds, label, counted, mode,
        last.backend AS reader
    FROM (
        SELECT id, round_id, prompt, disguise, expected, read, verdict, thinking_seconds, backend
        FROM answers ORDER BY id DESC LIMIT ?
    ) AS last
        JOIN rounds ON rounds.id = round_id
        LEFT JOIN appeals ON answer_id = last.id
    ORDER BY last.id
"""


@dataclass(frozen=True)
class History:
    """What is known of a player's rounds and answers."""

    rounds: list[RoundFigures] = field(default_factory=list)  # in their order, those with answers
    confusion: Confusion = field(default_factory=lambda: Confusion(()))
    memories: list[Memory] = field(default_factory=list)  # of facts
    thinking: dict[str, list[float]] = field(default_factory=dict)  # s, by the key of a fact

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not self.rounds


def history(read: Read, at: datetime.datetime) -> History:
    """All of it, at a moment in UTC."""
    readings, thinking = _recent(read, RECENT_ANSWERS)
    known = [Memory(*found) for found in memories(read(MEMORIES, ()), at)]
    return History(_rounds(read), Confusion(readings), known, thinking)


def digit_needs(read: Read) -> Needs:
    """How much each digit that is often misread should be practised, 0 to 1, by the digit."""
    return Confusion(_recent(read, NEEDS_ANSWERS)[0]).needs()


def weakest(storage: Storage, mode: Mode) -> Needs:
    """How much each fact should be asked again in a round of a mode, and where it practises them
    each digit, 0 to 1."""
    needs = storage.fact_needs()
    return {**needs, **digit_needs(storage.read)} if mode.practises_digits else needs


def history_of_file(path: Path, at: datetime.datetime) -> History | None:
    """What a database that is not open here tells; nothing is changed. None: it cannot be read.

    Without a file it is empty.
    """
    if not path.exists():
        return History()
    with contextlib.suppress(*TROUBLE):
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(connect(uri, OPEN_SECONDS, uri=True)) as db, snapshot(db):
            return history(lambda query, values: rows(db, query, values), at)
    # It is of an earlier version, or lies where nothing can be written.
    copy = copy_to_read(path, OPEN_SECONDS)
    if copy is None:
        return None
    with contextlib.closing(copy) as db, contextlib.suppress(*TROUBLE):
        return history(lambda query, values: rows(db, query, values), at)
    return None


def pupils(
    players: Iterable[tuple[str, Path]], at: datetime.datetime, today: datetime.date
) -> list[Pupil]:
    """A row for each player, of a name and a database that need not be open here."""
    found = []
    for name, path in players:
        known = history_of_file(path, at)
        if known is None:
            found.append(Pupil(name))
        else:
            alone = list(solo(known.rounds))
            found.append(pupil(name, alone, known.confusion, known.memories, today))
    return found


def _rounds(read: Read) -> list[RoundFigures]:
    """The rounds with answers; where a game was killed, its answers tell what they come to."""
    sums = {row["round_id"]: row for row in read(_SUMS, ())}
    found = []
    for row in read(_ROUNDS, ()):
        began, total = _moment(row["started_at"]), sums.get(row["id"])
        if began is None or total is None:
            continue
        ended = summary_of(row)
        is_over = row["state"] != "running"
        right, answered = count(total["right_count"]), count(total["answered"])
        tally = Tally(
            ended.seconds,
            ended.score,
            ended.longest_streak,
            ended.right_answers if is_over else right,
            ended.wrong_answers if is_over else answered - right,
        )
        known = count(total["known"])
        found.append(
            RoundFigures(
                text(row["mode"]), began, row["state"] == FINISHED, tally,
                Spread(right, seconds(total["took"]) or 0.0, seconds(total["squares"]) or 0.0),
                Spread(known, seconds(total["thought"]) or 0.0),
                Spread(known, seconds(total["wrote"]) or 0.0),
            )
        )  # fmt: skip
    return found


def _recent(read: Read, most: int) -> tuple[list[ReadDigit], dict[str, list[float]]]:
    """What the last answers tell of the hand, and the thinking times of facts, in s."""
    readings: list[ReadDigit] = []
    thinking: dict[str, list[float]] = {}
    for row in read(_LAST, (most,)):
        if _of_several(text(row["mode"])):
            continue
        expected, verdict, disguise = digits(row["expected"]), row["verdict"], row["disguise"]
        claim = None if row["label"] is None else digits(row["label"])
        if row["reader"] != TYPED:
            readings += told_digits(expected, digits(row["read"]), verdict, disguise, claim)
        thought = seconds(row["thinking_seconds"])
        if thought is not None and (verdict == "right" or row["counted"] == 1):
            fact = _fact(disguise, expected, text(row["prompt"]))
            if fact is not None:
                thinking.setdefault(fact, []).append(min(thought, LONGEST_SECONDS))
    return readings, thinking


@functools.lru_cache(maxsize=RECENT_ANSWERS)
def _fact(disguise: object, expected: str, prompt: str) -> str | None:
    """The key of the fact that was asked, or None."""
    if disguise not in (Disguise.SUM.value, Disguise.MISSING.value) or not expected:
        return None
    found = fact_asked(Prompt(expected, Disguise(disguise), prompt))
    return None if found is None else found.key


def _of_several(stored: str) -> bool:
    """Whether somebody else has written in that mode, too: it tells nothing of one hand."""
    mode = MODES.get(mode_key(stored))
    return mode is not None and mode.turns.players > 1


def _moment(found: object) -> datetime.datetime | None:
    """A time by the player's own clock."""
    try:
        return datetime.datetime.fromisoformat(found if isinstance(found, str) else "").astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def solo(rounds: Iterable[RoundFigures]) -> Iterator[RoundFigures]:
    """The rounds that one player alone has played."""
    return (each for each in rounds if not _of_several(each.mode))
