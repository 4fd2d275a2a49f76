"""What became better is said where it is no chance, and only of like with like."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from made_rounds import ROUNDS, TODAY, played

from game.rules.confusion import Confusion
from game.rules.figures import RoundFigures, Spread
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


def some(
    ago: int, right: int, of: int, mode: str = "dash", each: float = 2.0
) -> list[RoundFigures]:
    """Two rounds of a day with so many right answers of all together."""
    half, wrong = right // 2, of - right
    return [
        played(ago, right=half, wrong=wrong // 2, mode=mode, each=each),
        played(ago, right=right - half, wrong=wrong - wrong // 2, mode=mode, each=each),
    ]


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (some(1, 20, 20, each=2.6), some(0, 20, 20),
         "Your answers in Dash come 0.6 s faster than in your first 2 rounds."),
        (some(1, 20, 20), some(0, 20, 20, each=2.6),
         "In Dash you take 0.6 s longer than in your first 2 rounds. That comes and goes."),
        (some(1, 40, 60), some(0, 58, 60),
         "In Dash 97% are right now; in your first 2 rounds it was 67%."),
        (some(1, 20, 20), some(0, 20, 20),
         "Dash is much as it was in your first 2 rounds: 2.0 s a right answer."),
        (some(1, 0, 20), some(0, 0, 20), "Dash is much as it was in your first 2 rounds."),
        (some(15, 0, 20), some(0, 0, 20), "Dash is much as it was two weeks ago."),
        (some(0, 20, 20), [],
         "It is too early to say what became better: play a mode 4 times or more, and this line"
         " will tell."),
    ],
)  # fmt: skip
def test_what_can_be_said_of_a_mode(
    before: list[RoundFigures], now: list[RoundFigures], words: str
) -> None:
    assert said([*before, *now]) == words


def test_the_greatest_gain_of_several_modes_is_told_and_at_most_two_sentences() -> None:
    sevens = Confusion([("7", "1")] * 8 + [("7", "7")] * 12)
    much = [*some(15, 30, 60, "sums", each=4.0), *some(1, 54, 60, "sums", each=2.0)]
    little = [*some(15, 48, 60, "zen", each=3.0), *some(1, 58, 60, "zen", each=2.0)]
    for rounds in ([*much, *little], [*little, *much]):
        assert said(rounds, sevens) == (
            "Your answers in Sums come 2.0 s faster than two weeks ago."
            " Your 7s were read right 12 of 12 times lately, 0 of 8 before."
        )
        as_fast = [replace(each, seconds=Spread()) for each in rounds]
        assert said(as_fast) == "In Sums 90% are right now; two weeks ago it was 50%."


def test_where_nothing_is_better_the_mode_that_was_played_most_is_named() -> None:
    most = [*some(15, 50, 50, "sums"), *some(1, 50, 50, "sums")]
    less = [*some(15, 20, 20, "zen"), *some(1, 60, 60, "zen")]
    for rounds in ([*most, *less], [*less, *most]):
        assert said(rounds) == "Sums is much as it was two weeks ago: 2.0 s a right answer."


def test_of_the_digits_the_one_that_became_surest_is_named_and_none_that_did_not() -> None:
    def read(digit: str, before: int, now: int) -> list[tuple[str, str]]:
        """Twelve readings earlier and twelve lately, so many of them right."""
        right, wrong = (digit, digit), (digit, "?")
        return [wrong] * (12 - before) + [right] * before + [wrong] * (12 - now) + [right] * now

    rounds = [*some(15, 20, 20), *some(1, 20, 20)]
    better = Confusion([*read("3", 5, 12), *read("4", 0, 12), *read("6", 4, 12)])
    assert said(rounds, better).startswith("Your 4s were read right 12 of 12 times lately, 0 of 12")
    for same_or_worse in (read("3", 12, 0), read("3", 12, 12), read("3", 6, 7)):
        assert said(rounds, Confusion(same_or_worse)).startswith("Dash is much as it was")


@pytest.mark.parametrize(
    ("now", "before", "is_told"),
    [
        ((14, 15), (9, 15), True),
        ((14, 15), (10, 15), False),
        ((14, 15), (41, 60), True),
        ((14, 15), (42, 60), False),
        ((60, 60), (12, 15), True),
        ((60, 60), (13, 15), False),
        ((18, 20), (12, 20), True),
        ((18, 20), (13, 20), False),
        ((1946, 2000), (1900, 2000), False),  # no chance, but nothing that one would notice
    ],
)
def test_what_chance_makes_of_so_few_answers_is_no_gain(
    now: tuple[int, int], before: tuple[int, int], is_told: bool
) -> None:
    """Right answers of all; the bounds are those of Agresti and Caffo's interval."""
    assert ("are right now" in said([*some(15, *before), *some(1, *now)])) is is_told


def test_this_week_is_seven_days_and_two_weeks_ago_are_ten_to_twenty_four() -> None:

    def told(earlier: int, lately: int) -> str:
        return said([*some(earlier, 20, 20, each=3.0), *some(lately, 20, 20)])

    for ago in (10, 24):
        assert "faster than two weeks ago" in told(ago, 6)
    for earlier, lately in ((9, 6), (25, 6), (24, 7)):
        assert "faster than in your first 2 rounds" in told(earlier, lately)


def test_the_first_rounds_are_beside_the_last_ones_alone() -> None:
    between = [played(0, each=9.0) for _ in range(8)]
    rounds = [played(0, each=3.0) for _ in range(5)] + between + [played(0) for _ in range(5)]
    assert said(rounds) == "Your answers in Dash come 1.0 s faster than in your first 5 rounds."


@given(ROUNDS)
def test_there_is_always_something_to_say(rounds: list[RoundFigures]) -> None:
    told = said(sorted(rounds, key=lambda each: each.began))
    assert told.endswith(".") and 20 < len(told) < 200
