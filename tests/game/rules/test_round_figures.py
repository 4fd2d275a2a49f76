"""Figures: sums that hold whatever was played, and weeks without holes."""

from __future__ import annotations

import itertools
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rounds import ROUNDS, TODAY, played, spread

from game.rules.best import LeastTime, LongestRun, MostPoints, NoGoal
from game.rules.figures import RoundFigures, Spread, by_week, days_of, feats, marks, monday
from game.rules.streak import DAY


@given(st.lists(st.floats(0, 30), min_size=2), st.lists(st.floats(0, 30)))
def test_spreads_add_up(one: list[float], other: list[float]) -> None:
    both = spread(one) + spread(other)
    assert both.mean == pytest.approx(statistics.fmean(one + other), abs=1e-9)
    assert both.variance == pytest.approx(statistics.variance(one + other), rel=1e-6, abs=1e-6)
    assert Spread().mean is None and Spread().variance == 0.0


@given(ROUNDS, st.integers(1, 30))
def test_weeks_follow_one_another_up_to_the_present_one(
    rounds: list[RoundFigures], most: int
) -> None:
    weeks = by_week(rounds, TODAY, most)
    assert len(weeks) <= most
    last = monday(TODAY)
    inside = [r for r in rounds if last - (most - 1) * 7 * DAY <= monday(r.day)]
    assert sum(week.right for week in weeks) == sum(r.tally.right for r in inside)
    assert sum(week.wrong for week in weeks) == sum(r.tally.wrong for r in inside)
    for what in ("seconds", "thinking", "writing"):
        in_weeks = sum((getattr(week, what) for week in weeks), Spread())
        of_rounds = sum((getattr(r, what) for r in inside), Spread())
        assert in_weeks.count == of_rounds.count
        assert in_weeks.total == pytest.approx(of_rounds.total)
    if weeks:
        assert weeks[-1].monday == last
        assert all(b.monday - a.monday == 7 * DAY for a, b in itertools.pairwise(weeks))
        assert any(monday(r.day) == weeks[0].monday for r in rounds)
    for week in weeks:
        assert week.accuracy is None or 0 <= week.accuracy <= 1


def test_bests_only_get_better() -> None:
    rounds = [played(9 - n, points=p, seconds=60.0 - p / 10) for n, p in enumerate((50, 20, 70))]
    found = marks(rounds, MostPoints())
    assert [(m.value, m.best, m.is_record) for m in found] == [
        (50, 50, True), (20, 50, False), (70, 70, True),
    ]  # fmt: skip
    assert [mark.began for mark in found] == [r.began for r in rounds]
    quickest = marks(rounds, LeastTime(penalty=5.0))
    assert [mark.best for mark in quickest] == [60.0, 60.0, 58.0]
    assert marks(rounds, NoGoal()) == []
    assert marks([played(1, finished=False), played(1, right=0)], MostPoints()) == []


def test_as_good_as_the_best_is_no_record_and_what_was_broken_off_stands_between() -> None:
    rounds = [played(9), played(8, finished=False), played(7), played(6, right=0), played(5)]
    for goal in (MostPoints(), LeastTime(), LongestRun()):
        assert [mark.is_record for mark in marks(rounds, goal)] == [True, False, False]


def test_feats_name_the_first_day_on_which_they_were_done() -> None:
    rounds = [played(5, right=9), played(3, right=12), played(1, right=12), played(1, right=2)]
    assert [(f.title, f.words, (TODAY - f.day).days) for f in feats(rounds)] == [
        ("Right in a row", "12", 3), ("Right in a round", "12", 3), ("Right in a day", "14", 1),
    ]  # fmt: skip
    even = [played(5, right=7), played(3, right=3), played(3, right=4), played(1, right=2)]
    assert (TODAY - feats(even)[2].day).days == 5, "the first of two days that are as full"
    assert feats([]) == [] and feats([played(1, right=0)]) == []
    assert days_of([*rounds, played(2, right=0, wrong=0)]) == {r.day for r in rounds}
