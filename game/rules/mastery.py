"""Mastery: how firmly facts are known, and which of them take the longest."""

from __future__ import annotations

import enum
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from game.rules.facts import Fact, named
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES

GRID = range(1, 11)  # the numbers of a table
FIRM_DAYS = 21.0  # from so many days of memory on a fact is firm
COMING_DAYS = 4.0  # from so many on it is coming
LEAST_TIMES = 2  # right answers, from which on it is said how long a fact takes


class Mastery(enum.Enum):
    """How firmly a fact is remembered."""

    NEW = "new"  # not asked yet
    SHAKY = "shaky"
    COMING = "coming"
    FIRM = "firm"


@dataclass(frozen=True)
class Memory:
    """What is remembered of a fact."""

    key: str
    stability: float  # days after which it is still there with a chance of nine in ten
    recall: float  # the chance that it is there now, 0 to 1

    @property
    def mastery(self) -> Mastery:
        """How firmly that is."""
        if self.stability >= FIRM_DAYS:
            return Mastery.FIRM
        return Mastery.COMING if self.stability >= COMING_DAYS else Mastery.SHAKY


@dataclass(frozen=True)
class Slow:
    """A fact with the usual time before its answer is begun."""

    key: str
    seconds: float  # s of thinking, the median
    times: int  # right answers that it is made of


def grid(memories: Iterable[Memory], sign: str) -> list[list[tuple[str, Mastery]]]:
    """The table of a sign: ten rows of ten facts, each with how firmly it is known.

    In row b and column a there is a × b, a + b, and what undoes them: (a + b) − b, (a × b) ÷ b.
    """
    known = {memory.key: memory.mastery for memory in memories}
    rows = [[fact_at(sign, a, b).key for a in GRID] for b in GRID]
    return [[(key, known.get(key, Mastery.NEW)) for key in row] for row in rows]


def fact_at(sign: str, column: int, row: int) -> Fact:
    """The fact at a place of the table."""
    if sign in (PLUS, TIMES):
        return Fact(min(column, row), sign, max(column, row))
    first = column + row if sign == MINUS else column * row
    return Fact(first, sign, row)


def counted(memories: Iterable[Memory]) -> dict[Mastery, int]:
    """How many facts are known how firmly, of those that were ever asked."""
    found: dict[Mastery, int] = {m: 0 for m in Mastery if m is not Mastery.NEW}
    for memory in memories:
        found[memory.mastery] += 1
    return found


def most_asked(memories: Iterable[Memory]) -> str:
    """The sign of which most facts were asked; multiplication where none was."""
    signs = [fact.sign for memory in memories if (fact := named(memory.key)) is not None]
    return max((TIMES, PLUS, MINUS, DIVIDED), key=signs.count)


def slowest(times: Mapping[str, Sequence[float]], most: int) -> list[Slow]:
    """The facts that took the longest thinking, in s, by their keys; the slowest first."""
    found = [
        Slow(key, statistics.median(seconds), len(seconds))
        for key, seconds in times.items()
        if len(seconds) >= LEAST_TIMES
    ]
    return sorted(found, key=lambda slow: (-slow.seconds, slow.key))[:most]
