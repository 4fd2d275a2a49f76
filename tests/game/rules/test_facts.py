"""Facts: which one a prompt asks for, and how well it was known."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.arithmetic import NORMAL, hide_operand, make_sum
from game.rules.facts import Grade, fact, fact_asked, grade, grades, named
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt


def answered(
    text: str, answer: str, thinking: float | None, verdict: Verdict = Verdict.RIGHT
) -> Outcome:
    prompt = Prompt(answer, Disguise.SUM, text)
    return Outcome(prompt, answer, verdict, 9.0, 0, thinking_seconds=thinking)


@given(seed=st.integers(0, 2**32), kind=st.sampled_from([k for bag in NORMAL.bags for k in bag]))
def test_a_sum_and_its_missing_numbers_are_one_fact(seed: int, kind: object) -> None:
    rng = random.Random(seed)
    whole = make_sum(kind, rng)  # type: ignore[arg-type]
    asked = fact_asked(whole)
    assert asked is not None and str(asked.result) == whole.answer
    assert fact_asked(hide_operand(whole, rng)) == asked
    assert named(asked.key) == asked


def test_turned_round_it_is_the_same_fact_where_that_is_so() -> None:
    assert fact(9, TIMES, 3) == fact(3, TIMES, 9) and fact(9, TIMES, 3).key == f"3 {TIMES} 9"
    assert fact(4, PLUS, 2) == fact(2, PLUS, 4)
    assert fact(9, MINUS, 3) != fact(3, MINUS, 9)
    assert fact(9, DIVIDED, 3) != fact(3, DIVIDED, 9)


@pytest.mark.parametrize(
    "prompt",
    [
        Prompt("7", Disguise.NUMERAL, "7"),
        Prompt("7", Disguise.TALLY, "tally 7"),
        Prompt("5", Disguise.EARLIER, f"3 {PLUS} 4"),
        Prompt("93", Disguise.CHAIN, f"100 {MINUS} 7"),
        Prompt("5", Disguise.SUM, f"3 {PLUS} 4"),
        Prompt("5", Disguise.SUM, ""),
        Prompt("?", Disguise.SUM, f"1 {DIVIDED} 0"),
        Prompt("3", Disguise.MISSING, f"? {DIVIDED} ? = 1"),
    ],
    ids=lambda prompt: f"{prompt.disguise.value} {prompt.text}",
)
def test_what_is_no_fact(prompt: Prompt) -> None:
    assert fact_asked(prompt) is None


@given(key=st.text(alphabet=f"0123456789{PLUS}{MINUS}{TIMES}{DIVIDED} =?x", max_size=12))
def test_a_key_that_is_none_names_nothing(key: str) -> None:
    found = named(key)
    assert found is None or found.first * found.second >= 0


@pytest.mark.parametrize(
    ("thinking", "verdict", "expected"),
    [
        (0.5, Verdict.RIGHT, Grade.EASY),
        (2.0, Verdict.RIGHT, Grade.GOOD),
        (None, Verdict.RIGHT, Grade.GOOD),
        (5.0, Verdict.RIGHT, Grade.HARD),
        (0.5, Verdict.WRONG, Grade.AGAIN),
        (None, Verdict.LATE, Grade.AGAIN),
        (0.5, Verdict.UNREADABLE, None),
    ],
)
def test_how_well_it_was_known(
    thinking: float | None, verdict: Verdict, expected: Grade | None
) -> None:
    assert grade(answered(f"3 {PLUS} 4", "7", thinking, verdict), usual=2.0) is expected


def test_slow_is_slower_than_the_player_usually_is() -> None:
    """A child that thinks six seconds about every sum finds none of them hard."""
    slow = [answered(f"{n} {PLUS} 4", str(n + 4), 6.0) for n in range(8)]
    odd = answered(f"7 {TIMES} 8", "56", 15.0)
    found = dict(grades([*slow, odd]))
    assert found[fact(7, TIMES, 8)] is Grade.HARD
    assert {each for key, each in found.items() if key.sign == PLUS} == {Grade.GOOD}


def test_the_usual_thinking_is_that_of_five_right_answers_in_the_middle() -> None:
    right = [answered(f"{n} {PLUS} 4", str(n + 4), t) for n, t in enumerate((1, 1, 6, 6, 6))]
    wrong = [answered(f"{n} {MINUS} 1", str(n - 1), 0.1, Verdict.WRONG) for n in range(1, 9)]
    late = [answered(f"1 {TIMES} {n}", str(n), None, Verdict.LATE) for n in range(1, 9)]
    found = grades([*right, *wrong, *late])
    usual_is_six = [Grade.EASY] * 2 + [Grade.GOOD] * 3
    assert [each for fact, each in found if fact.sign == PLUS] == usual_is_six
    few = [each for _, each in grades(right[1:])]
    assert few == [Grade.EASY] + [Grade.HARD] * 3, "of so few it is not known what is usual"


def test_an_appeal_that_counts_makes_it_known() -> None:
    outcome = answered(f"3 {PLUS} 4", "7", 1.0, Verdict.WRONG)
    assert grades([outcome]) == [(fact(3, PLUS, 4), Grade.AGAIN)]
    outcome.counted = True
    assert grades([outcome]) == [(fact(3, PLUS, 4), Grade.EASY)]
