"""Figures: what rounds come to by the week, by the day and as bests; sums, not single answers."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.language import _, figures
from game.rules.best import Goal
from game.rules.scoring import Tally
from game.rules.streak import DAY, WEEK

FEW = 20  # answers, below which a figure may well be chance


@dataclass(frozen=True)
class Spread:
    """Some measured values, by what can be added up: their number, sum and sum of squares."""

    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Spread) -> Spread:
        return Spread(
            self.count + other.count, self.total + other.total, self.squares + other.squares
        )

    @property
    def mean(self) -> float | None:
        """Their mean, or None without any."""
        return self.total / self.count if self.count else None

    @property
    def variance(self) -> float:
        """The variance of what they are drawn from, as far as they tell; 0 for fewer than two."""
        if self.count < 2:
            return 0.0
        about = self.squares - self.total * self.total / self.count
        return max(0.0, about) / (self.count - 1)


@dataclass(frozen=True)
class RoundFigures:
    """What a past round comes to."""

    mode: str  # the name under which it was stored
    began: datetime.datetime  # by the player's own clock
    finished: bool
    tally: Tally
    seconds: Spread = Spread()  # s, of the right answers
    thinking: Spread = Spread()  # s, of those of which that is known
    writing: Spread = Spread()  # s, of the same

    @property
    def day(self) -> datetime.date:
        """The day on which it began."""
        return self.began.date()


@dataclass(frozen=True)
class Week:
    """What was played in a week."""

    monday: datetime.date
    right: int = 0
    wrong: int = 0
    seconds: Spread = Spread()
    thinking: Spread = Spread()
    writing: Spread = Spread()

    @property
    def answered(self) -> int:
        """How many answers were judged."""
        return self.right + self.wrong

    @property
    def accuracy(self) -> float | None:
        """Share of right answers, 0 to 1, or None without any answer."""
        return self.right / self.answered if self.answered else None

    @property
    def is_thin(self) -> bool:
        """Whether there are so few answers that chance may have made its figures."""
        return self.answered < FEW


def monday(day: datetime.date) -> datetime.date:
    """The first day of a day's week."""
    return day - day.weekday() * DAY


def by_week(rounds: Iterable[RoundFigures], today: datetime.date, most: int) -> list[Week]:
    """The weeks up to the present one, at most so many; those without a round between them, too.

    The first one is one in which something was played; empty where nothing was.
    """
    last = monday(today)
    first = last - (most - 1) * WEEK
    found: dict[datetime.date, Week] = {}
    for each in rounds:
        start = monday(each.day)
        if first <= start <= last:
            so_far = found.get(start, Week(start))
            found[start] = Week(
                start,
                so_far.right + each.tally.right,
                so_far.wrong + each.tally.wrong,
                so_far.seconds + each.seconds,
                so_far.thinking + each.thinking,
                so_far.writing + each.writing,
            )
    if not found:
        return []
    count = (last - min(found)) // WEEK + 1
    weeks = [min(found) + n * WEEK for n in range(count)]
    return [found.get(start, Week(start)) for start in weeks]


@dataclass(frozen=True)
class Mark:
    """What a finished round is measured by, and the best until then."""

    value: float
    best: float
    is_record: bool  # whether no earlier round was as good
    began: datetime.datetime


def marks(rounds: Iterable[RoundFigures], goal: Goal) -> list[Mark]:
    """The marks of the finished rounds of one kind, in the order in which they were played."""
    found: list[Mark] = []
    for each in rounds:
        value = goal.mark(each.tally) if each.finished and each.tally.right else None
        if value is None or not math.isfinite(value):
            continue
        record = not found or goal.better(value, found[-1].best)
        found.append(Mark(value, value if record else found[-1].best, record, each.began))
    return found


def days_of(rounds: Iterable[RoundFigures]) -> set[datetime.date]:
    """The days on which something was answered."""
    return {each.day for each in rounds if each.tally.answered}


@dataclass(frozen=True)
class Feat:
    """Something to be proud of, of whatever mode."""

    title: str
    words: str
    day: datetime.date


def feats(rounds: Sequence[RoundFigures]) -> list[Feat]:
    """The longest run of right answers, the fullest round and the fullest day; the first of each.

    None where nothing was answered.
    """
    played = [each for each in rounds if each.tally.right]
    if not played:
        return []
    run = max(played, key=lambda each: each.tally.longest_streak)
    full = max(played, key=lambda each: each.tally.right)
    by_day: dict[datetime.date, int] = {}
    for each in played:
        by_day[each.day] = by_day.get(each.day, 0) + each.tally.right
    day = max(by_day, key=lambda each: (by_day[each], -each.toordinal()))
    return [
        # Translators: answers; the same in the next two.
        Feat(_("Right in a row"), figures.number(run.tally.longest_streak), run.day),
        Feat(_("Right in a round"), figures.number(full.tally.right), full.day),
        Feat(_("Right in a day"), figures.number(by_day[day]), day),
    ]
