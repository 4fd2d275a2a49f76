"""Days in a row: one missed day a week is forgiven, and the calendar shows it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from game.rules.streak import DAY, Stamp, month, said, streak

TODAY = datetime.date(2026, 3, 20)
AGO = st.sets(st.integers(-5, 60), max_size=60)


def ago(*days: int) -> set[datetime.date]:
    return {TODAY - n * DAY for n in days}


def test_days_in_a_row() -> None:
    assert streak([], TODAY).days == 0
    assert streak(ago(0), TODAY).days == 1
    assert streak(ago(0, 1, 2), TODAY).days == 3
    assert streak(ago(0, 1, 2), TODAY).today
    yesterday = streak(ago(1, 2), TODAY)
    assert (yesterday.days, yesterday.today) == (2, False), "today is not over yet"


def test_one_missed_day_a_week_is_forgiven() -> None:
    assert streak(ago(0, 2, 3), TODAY).days == 3
    assert streak(ago(0, 2, 3), TODAY).forgiven == ago(1)
    assert streak(ago(0, 3, 4), TODAY).days == 1, "two days in a row are two"
    assert streak(ago(0, 1, 3, 4, 6, 7), TODAY).days == 4, "the second one in the same week"
    eight = set(range(20)) - {1, 8}
    assert streak(ago(*eight), TODAY).days == 18, "a week later another one is"
    seven = set(range(20)) - {1, 7}
    assert streak(ago(*seven), TODAY).days == 6
    assert streak(ago(2, 3), TODAY).days == 2, "yesterday was missed, today can still be played"
    assert streak(ago(3, 4), TODAY).days == 0


def test_how_it_is_said() -> None:
    def words(*days: int) -> str:
        return said(streak(ago(*days), TODAY))

    assert words() == "No days in a row yet. Today's round is the first."
    assert words(0) == "One day so far. Tomorrow's round makes it 2."
    assert words(1, 2) == "2 days in a row. Today's round makes it 3."
    assert words(2) == "One day so far, with 1 day forgiven. Today's round makes it 2."
    assert words(0, 2) == "2 days in a row, with 1 day forgiven. Tomorrow's round makes it 3."
    assert words(0, 2, *range(3, 9), 10).startswith("9 days in a row, with 2 days forgiven.")


def longest_by_trying(days: Iterable[datetime.date]) -> int:
    """What the rule says, in as few words: the longest way back without two misses in a week."""
    played = {day for day in days if day <= TODAY}
    last = TODAY if TODAY in played else TODAY - DAY
    best = 0
    for length in range(1, 80):
        span = [last - n * DAY for n in range(length)]
        missed = [day for day in span if day not in played]
        close = any(a - b < 7 * DAY for a, b in itertools.pairwise(missed))
        if span[-1] in played and not close:
            best = length - len(missed)
    return best


@given(days=AGO)
def test_a_streak_is_the_longest_way_back_that_the_rule_allows(days: set[int]) -> None:
    played = ago(*days)
    found = streak(played, TODAY)
    assert found.days == longest_by_trying(played)
    assert not found.forgiven & played
    gaps = sorted(found.forgiven)
    assert all(b - a >= 7 * DAY for a, b in itertools.pairwise(gaps))


@given(days=AGO)
def test_playing_today_never_takes_anything(days: set[int]) -> None:
    before, after = streak(ago(*days - {0}), TODAY), streak(ago(*days | {0}), TODAY)
    assert after.days == before.days + 1 and after.today


@given(days=AGO, number=st.integers(1, 12))
def test_every_day_of_a_month_has_its_stamp(days: set[int], number: int) -> None:
    played = {day for day in ago(*days) if day <= TODAY}
    weeks = month(2026, number, played, TODAY)
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in weeks)
    found = [day for week in weeks for day in week if day.in_month]
    assert [day.date.day for day in found] == list(range(1, len(found) + 1))
    assert len(found) >= 28
    forgiven = streak(played, TODAY).forgiven
    for day in found:
        assert (day.stamp is Stamp.PLAYED) == (day.date in played)
        assert (day.stamp is Stamp.FORGIVEN) == (day.date in forgiven)
        assert (day.stamp is Stamp.AHEAD) == (day.date > TODAY)
        assert day.stamp is not Stamp.TODAY or day.date == TODAY


def test_a_calendar_of_this_month() -> None:
    weeks = month(2026, 3, ago(2, 3), TODAY)
    stamps = {day.date: day.stamp for week in weeks for day in week}
    assert [stamps[TODAY - n * DAY] for n in range(4, -2, -1)] == [
        Stamp.MISSED, Stamp.PLAYED, Stamp.PLAYED, Stamp.FORGIVEN, Stamp.TODAY, Stamp.AHEAD,
    ]  # fmt: skip
