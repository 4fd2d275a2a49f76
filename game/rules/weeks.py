"""Weeks: things with a date, sorted into the weeks in which they were, and a fair few of each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Week(Generic[T]):
    """Some of what was in a week, from the oldest on."""

    monday: datetime.date
    some: Sequence[T]
    count: int  # of all that there were


def by_week(
    things: Sequence[T], moment: Callable[[T], datetime.datetime], most: int
) -> list[Week[T]]:
    """The weeks that have any, the newest first, each with at most so many, evenly spread.

    The first and the last of a week are always among them.
    """
    weeks: dict[datetime.date, list[T]] = {}
    for thing in sorted(things, key=moment):
        day = moment(thing).date()
        weeks.setdefault(day - datetime.timedelta(days=day.weekday()), []).append(thing)
    return [
        Week(monday, spread(found, most), len(found))
        for monday, found in sorted(weeks.items(), reverse=True)
    ]


def spread(things: Sequence[T], most: int) -> list[T]:
    """At most so many of them, evenly spread from the first to the last, in their order."""
    if len(things) <= most:
        return list(things)
    if most < 2:
        return list(things[-most:]) if most else []
    step = (len(things) - 1) / (most - 1)
    return [things[round(n * step)] for n in range(most)]
