"""Weeks: everything has its week, and of many a fair few are shown."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from game.rules.weeks import by_week, spread

ONE_HOUR = datetime.timedelta(hours=1)
moments = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1))


@given(st.lists(moments, max_size=60), st.integers(2, 9))
def test_everything_has_its_week(found: list[datetime.datetime], most: int) -> None:
    weeks = by_week(found, lambda moment: moment, most)
    assert sum(week.count for week in weeks) == len(found)
    mondays = [week.monday for week in weeks]
    assert mondays == sorted(set(mondays), reverse=True)
    for week in weeks:
        assert week.monday.weekday() == 0
        assert len(week.some) == min(most, week.count)
        assert list(week.some) == sorted(week.some)
        assert all(0 <= (m.date() - week.monday).days < 7 for m in week.some)


def test_they_are_in_the_order_of_their_moments_whatever_they_are_called() -> None:
    monday = datetime.datetime(2026, 3, 16, 9)
    named = {"c": monday, "b": monday + datetime.timedelta(days=6), "a": monday + 6 * ONE_HOUR}
    (week,) = by_week(list(named), named.__getitem__, 5)
    assert list(week.some) == ["c", "a", "b"] and week.monday == monday.date()


@given(st.integers(0, 200), st.integers(0, 20))
def test_some_are_spread_from_the_first_to_the_last(count: int, most: int) -> None:
    some = spread(range(count), most)
    assert len(some) == min(count, most) == len(set(some))
    assert some == sorted(some)
    if most > 1 and count:
        assert (some[0], some[-1]) == (0, count - 1)


def test_where_there_is_room_for_one_it_is_the_last() -> None:
    assert spread("abc", 1) == ["c"] and spread("abc", 0) == []
