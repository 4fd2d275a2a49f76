"""What became better is said where it is no chance, and only of like with like."""

from __future__ import annotations

from hypothesis import given
from made_rounds import ROUNDS, TODAY, played

from game.rules.confusion import Confusion
from game.rules.figures import RoundFigures
from game.rules.improvement import what_improved

NONE = Confusion([])


def said(rounds: list[RoundFigures], confusion: Confusion = NONE) -> str:
    return what_improved(rounds, confusion, TODAY, lambda mode: mode.capitalize())


def test_faster_than_two_weeks_ago() -> None:
    before = [played(ago, each=3.0) for ago in (20, 18, 15)]
    now = [played(ago, each=2.2) for ago in (4, 2, 0)]
    assert said([*before, *now]) == "Your answers in Dash come 0.8 s faster than two weeks ago."
    slower = said([*(played(20, each=2.0) for _ in range(3)), *(played(1) for _ in range(3))])
    assert "faster" not in slower


def test_slower_is_said_without_blame_and_nothing_is_made_up() -> None:
    before = [played(ago, each=2.0) for ago in (20, 18, 15)]
    slower = [played(ago, each=2.6) for ago in (4, 2, 0)]
    assert said([*before, *slower]) == (
        "In Dash you take 0.6 s longer than two weeks ago. That comes and goes."
    )
    same = [played(ago, each=2.0) for ago in (4, 2, 0)]
    assert said([*before, *same]) == ("Dash is much as it was two weeks ago: 2.0 s a right answer.")


def test_other_modes_are_not_compared() -> None:
    easy = [played(ago, mode="dash", each=1.0) for ago in (2, 1, 0)]
    hard = [played(ago, mode="sums", each=6.0) for ago in (20, 18, 15)]
    assert "too early" in said([*hard[:1], *easy[:1]])
    assert "faster" not in said([*hard, *easy])


def test_ten_rounds_in_one_evening_are_enough() -> None:
    rounds = [played(0, each=3.0 - 0.1 * n) for n in range(10)]
    assert "s faster than in your first 5 rounds" in said(rounds)


def test_surer_answers_and_a_digit_that_is_read() -> None:
    before = [played(ago, right=60, wrong=30) for ago in (20, 18)]
    now = [played(ago, right=60, wrong=2) for ago in (4, 2)]
    assert said([*before, *now]) == ("In Dash 97% are right now; two weeks ago it was 67%.")
    sevens = Confusion([("7", "1"), ("7", "7")] * 10 + [("7", "7")] * 12)
    told = said([*before, *now], sevens)
    assert told.startswith("Your 7s were read right 12 of 12 times lately, 10 of 20 before.")
    few = Confusion([("7", "1")] * 3 + [("7", "7")] * 12)
    assert "7s" not in said([*before, *now], few)


def test_little_is_no_proof() -> None:
    assert said([]).startswith("Play a few rounds")
    assert said([played(0, right=0, wrong=0)]).startswith("Play a few rounds")
    assert "too early" in said([played(20), played(1)])
    few = [*(played(20, right=2, each=9.0) for _ in range(2)),
           *(played(1, right=2, each=1.0) for _ in range(2))]  # fmt: skip
    assert "faster" not in said(few)


@given(ROUNDS)
def test_there_is_always_something_to_say(rounds: list[RoundFigures]) -> None:
    told = said(sorted(rounds, key=lambda each: each.began))
    assert told.endswith(".") and 20 < len(told) < 200
