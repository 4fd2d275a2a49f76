"""The player's pace: learned, bounded, and kept."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognizer.endpointing.pace import MEDIANS, MEMORY, SPREADS, Pace, Pause

SECONDS = st.floats(allow_nan=True, allow_infinity=True)


def test_half_of_the_pauses_outlast_the_median() -> None:
    pause = Pause(0.25, 0.5)
    assert pause.lasting(0.5) == pytest.approx(0.25)
    assert pause.lasting(1.0) == 0.0
    # One deviation above the mean of a normal distribution lie 15.9 % of it.
    assert pause.lasting(0.158655) == pytest.approx(0.25 * math.exp(0.5), rel=1e-3)


def test_learns_towards_what_it_sees() -> None:
    pause = Pause(0.25, 0.45)
    for _ in range(200):
        pause.learn(0.4)
    assert pause.median == pytest.approx(0.4, rel=0.02)
    assert pause.spread == SPREADS[0], "they were all alike"


def test_one_odd_pause_moves_little() -> None:
    pause = Pause(0.25, 0.45)
    pause.learn(2.9)
    assert pause.median < 0.3


@pytest.mark.parametrize("seconds", [0.0, 0.001, 3.5, 1e9, -1.0, math.nan, math.inf])
def test_absurd_pauses_are_passed_over(seconds: float) -> None:
    pause = Pause(0.25, 0.45)
    pause.learn(seconds)
    assert pause == Pause(0.25, 0.45)


@settings(deadline=None)
@given(st.lists(SECONDS, max_size=300))
def test_learning_is_bounded(pauses: list[float]) -> None:
    pause = Pause(0.25, 0.45)
    for seconds in pauses:
        pause.learn(seconds)
    assert MEDIANS[0] <= pause.median <= MEDIANS[1]
    assert SPREADS[0] <= pause.spread <= SPREADS[1]
    assert pause.seen <= MEMORY


def test_it_never_stops_learning() -> None:
    pause = Pause(0.25, 0.45)
    for _ in range(500):
        pause.learn(0.15)
    for _ in range(200):
        pause.learn(0.5)
    assert pause.median > 0.4


def test_habits_start_as_usual_and_go_both_ways() -> None:
    pace = Pace()
    assert pace.habit("7") == 1.0
    for _ in range(10):
        pace.learn_habit("7", 0.85, went_on=False)
        pace.learn_habit("0", 0.1, went_on=True)
    assert pace.habit("7") < 0.25 and pace.habit("0") > 2
    assert pace.habit("7+") == 1.0
    for _ in range(100):
        pace.learn_habit("7", 0.85, went_on=True)
    assert pace.habit("7") > 0.9, "habits change"


def test_comes_back_as_it_was_kept() -> None:
    pace = Pace()
    for seconds in (0.2, 0.3, 0.31):
        pace.stroke.learn(seconds)
    pace.learn_habit("?", 0.9, went_on=True)
    again = Pace.from_table(pace.as_table())
    assert again.as_table() == pace.as_table()
    assert again.stroke.median == pytest.approx(pace.stroke.median, abs=1e-4)
    assert again.digit == Pace().digit


def test_nothing_learned_is_nothing_kept() -> None:
    assert Pace().as_table() == {}
    assert Pace.from_table({}) == Pace()


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["stroke", "digit", "7", "7+", "x", ""]), st.lists(SECONDS)))
def test_whatever_stands_in_the_file_the_pace_is_bounded(table: dict[str, list[float]]) -> None:
    pace = Pace.from_table(table)
    for pause in (pace.stroke, pace.digit):
        assert MEDIANS[0] <= pause.median <= MEDIANS[1]
        assert SPREADS[0] <= pause.spread <= SPREADS[1]
        assert 0 <= pause.seen <= MEMORY
    assert 0 < pace.habit("7") < 100
