"""Examples of a digit as the player wrote it over the weeks: from right answers, appeals, the hand.

Ink is read only for those that will be shown: a player of a year has written thousands.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from game.ink.strokes import Rows, as_arrays, ink_by_digit
from game.language import _
from game.persistence.hand_samples import APPEAL, MyHand
from game.persistence.records import answer_of, digits, timestamp
from game.persistence.storage import ANSWER_COLUMNS, Storage
from game.rules.weeks import Week, by_week

MOST_A_WEEK = 24
MOST_WEEKS = 60

_DATES = """
    SELECT answers.id, answers.created_at, COALESCE(label, expected) AS label
    FROM answers LEFT JOIN appeals ON answer_id = answers.id
    WHERE (label IS NOT NULL OR verdict = 'right') AND COALESCE(label, expected) LIKE ?
"""
_INK = f"""
    SELECT answers.id, {ANSWER_COLUMNS}
    FROM answers LEFT JOIN appeals ON answer_id = answers.id
    WHERE answers.id IN (%s)
"""  # nosec B608: put together of constants


@dataclass(frozen=True, eq=False)
class Example:
    """One digit that was written."""

    written_at: datetime.datetime  # by the player's own clock
    ink: Rows
    source: str  # in a few words


@dataclass(frozen=True)
class _Found:
    """Where an example lies: an answer by its number, or ink that is at hand."""

    written_at: datetime.datetime
    answer: int = 0
    ink: Rows | None = None


def examples(storage: Storage, hand: MyHand, digit: str) -> list[Week[Example]]:
    """Examples of a digit by weeks, the newest first."""
    found = [*_answers(storage, digit), *_samples(hand, digit)]
    weeks = by_week(found, lambda each: each.written_at, MOST_A_WEEK)[:MOST_WEEKS]
    wanted = [each.answer for week in weeks for each in week.some if each.ink is None]
    read = dict(_read(storage, wanted, digit))
    shown = []
    for week in weeks:
        some = []
        for each in week.some:
            ink = each.ink or read.get(each.answer)
            if ink:
                # Translators: where a digit comes from that the player wrote; it stands alone.
                source = _("from your hand's samples") if each.ink else _("from a round")
                some.append(Example(each.written_at, ink, source))
        if some:
            shown.append(Week(week.monday, some, week.count))
    return shown


def _answers(storage: Storage, digit: str) -> Iterator[_Found]:
    for row in storage.read(_DATES, (f"%{digit}%",)):
        moment = _moment(timestamp(row["created_at"]))
        if moment is not None and digit in digits(row["label"]) and isinstance(row["id"], int):
            yield _Found(moment, answer=row["id"])


def _samples(hand: MyHand, digit: str) -> Iterator[_Found]:
    for sample in hand.samples:  # appeals stand with their answers
        moment = _moment(sample.written_at)
        if sample.label == digit and sample.source != APPEAL and moment is not None:
            yield _Found(moment, ink=sample.strokes)


def _read(storage: Storage, numbers: list[int], digit: str) -> Iterable[tuple[int, Rows]]:
    """The first such digit of each answer, where it is known which ink is whose."""
    for start in range(0, len(numbers), 500):
        some = numbers[start : start + 500]
        for row in storage.read(_INK % ", ".join("?" * len(some)), tuple(some)):
            answer = answer_of(row)
            label = answer.appeal if answer.appeal is not None else answer.expected
            boxes = [(box[0], box[1], box[2], box[3]) for box in answer.boxes if len(box) == 4]
            for written, ink in ink_by_digit(label, as_arrays(answer.ink), boxes):
                if written == digit:
                    yield row["id"], [stroke.tolist() for stroke in ink]
                    break


def _moment(stamp: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(stamp).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
