"""Figures: sums that hold whatever was played, and weeks without holes."""

from __future__ import annotations

import itertools
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rounds import ROUNDS, TODAY, played, spread

from game.rules.best import LeastTime, MostPoints, NoGoal
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
    assert sum(week.seconds.count for week in weeks) == sum(r.seconds.count for r in inside)
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
    quickest = marks(rounds, LeastTime(penalty=5.0))
    assert [mark.best for mark in quickest] == [60.0, 60.0, 58.0]
    assert marks(rounds, NoGoal()) == []
    assert marks([played(1, finished=False), played(1, right=0)], MostPoints()) == []


def test_feats_name_the_first_day_on_which_they_were_done() -> None:
    rounds = [played(5, right=9), played(3, right=12), played(1, right=12), played(1, right=2)]
    assert [(f.words, (TODAY - f.day).days) for f in feats(rounds)] == [
        ("12", 3), ("12", 3), ("14", 1),
    ]  # fmt: skip
    assert feats([]) == [] and feats([played(1, right=0)]) == []
    assert days_of([*rounds, played(2, right=0, wrong=0)]) == {r.day for r in rounds}
