"""Workout asks what is weakest first, each twice, and again what goes wrong."""

from __future__ import annotations

import itertools
import random

import pytest
from clocks import FakeClock
from hypothesis import given
from hypothesis import strategies as st
from readings import reading_of

from game.rules.facts import Needs, fact, fact_asked, named
from game.rules.modes.workout import MODE
from game.rules.outcome import Outcome
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt
from game.rules.round import Round

NUMBERS = st.integers(1, 12)
FACTS = st.builds(
    lambda a, sign, b: fact(a * b if sign == DIVIDED else a + b, sign, b).key,
    NUMBERS, st.sampled_from((PLUS, MINUS, TIMES, DIVIDED)), NUMBERS,
)  # fmt: skip
KEYS = st.one_of(FACTS, st.sampled_from("0123456789"))
NEEDS = st.dictionaries(KEYS, st.floats(0.07, 1.0), max_size=40)


def played(needs: Needs, level: str, seed: int, right: bool = True) -> list[Outcome]:
    game = Round(MODE, random.Random(seed), FakeClock(), [MODE.level(level)], needs)
    game.start()
    for _ in range(200):
        text = game.prompt.answer if right or game.outcomes else "9" * 3
        game.submit(reading_of(text[: len(game.prompt.answer)]), 1.0)
        if game.is_complete:
            return game.outcomes
        game.next_prompt()
    raise AssertionError("it never ends")


def key(prompt: Prompt) -> str:
    """By what a need names what is asked."""
    asked = fact_asked(prompt)
    return prompt.answer if asked is None else asked.key


@given(NEEDS, st.sampled_from([level.key for level in MODE.levels]), st.integers(0, 2**32))
def test_a_round_ends_and_never_asks_for_the_same_digits_twice_running(
    needs: Needs, level: str, seed: int
) -> None:
    outcomes = played(needs, level, seed)
    assert len(outcomes) == {"short": 12, "long": 30}[level]
    answers = [outcome.prompt.answer for outcome in outcomes]
    assert all(one != other for one, other in itertools.pairwise(answers))


@given(NEEDS, st.integers(0, 2**32))
def test_what_needs_it_most_is_asked_twice(needs: Needs, seed: int) -> None:
    by_answer = {named(k).result if named(k) else int(k): k for k in needs}  # type: ignore[union-attr]
    needs = {k: needs[k] for k in by_answer.values()}  # equal answers would keep apart
    asked = [key(outcome.prompt) for outcome in played(needs, "long", seed)]
    facts = sorted((k for k in needs if len(k) > 1), key=lambda k: (-needs[k], k))
    digits = sorted((k for k in needs if len(k) == 1), key=lambda k: (-needs[k], k))
    for first in (*facts[:3], *digits[:3]):
        assert asked.count(first) >= 2


def test_what_went_wrong_comes_again_soon() -> None:
    needs = {f"{n} {TIMES} 7": 0.1 * n for n in range(2, 8)}
    outcomes = played(needs, "short", 3, right=False)
    first = outcomes[0].prompt
    assert outcomes[0].is_wrong
    assert first.text in [outcome.prompt.text for outcome in outcomes[3:6]]


def test_a_weak_digit_is_asked_as_a_numeral_and_then_by_its_name() -> None:
    sevens = [o.prompt for o in played({"7": 0.9}, "short", 2) if o.prompt.answer == "7"]
    assert sevens[0] == Prompt("7", Disguise.NUMERAL, "7")
    assert sevens[1] == Prompt("7", Disguise.WORD, "seven")


def test_weak_digits_leave_room_for_weak_facts_and_fill_it_where_those_are_few() -> None:
    digits = dict.fromkeys("0123456789", 0.9)
    many = {fact(n, TIMES, 7).key: 0.5 for n in range(2, 12)}
    few = dict(list(many.items())[:2])
    for facts, of_digits in ((many, 2), (few, 4)):  # of six kinds in a short round
        asked = {key(o.prompt) for o in played({**digits, **facts}, "short", 5)}
        assert len(asked & set(digits)) == of_digits
        assert len(asked & set(facts)) == 6 - of_digits


def test_a_fact_that_comes_to_nothing_is_practised_too() -> None:
    nothing = fact(5, MINUS, 5).key
    assert [key(o.prompt) for o in played({nothing: 0.9}, "short", 1)].count(nothing) == 2


def test_who_is_new_gets_sums_and_digits_in_turn() -> None:
    kinds = [o.prompt.disguise for o in played({}, "long", 4)]
    assert kinds[::2] == [Disguise.WORD] * 15
    assert kinds[1::2].count(Disguise.SUM) >= 12, "but for a sum that comes to the digit before"


def test_who_is_new_gets_easy_sums_and_digits() -> None:
    asked = [outcome.prompt for outcome in played({}, "short", 1)]
    assert {prompt.disguise for prompt in asked} == {Disguise.SUM, Disguise.WORD}
    assert all(len(prompt.answer) <= 2 for prompt in asked)


@pytest.mark.parametrize("odd", ["", "12", "7 ×", f"1 {TIMES} 1 {TIMES} 1", f"999 {TIMES} 999"])
def test_needs_that_it_cannot_ask_are_passed_over(odd: str) -> None:
    assert len(played({odd: 1.0}, "short", 1)) == 12
