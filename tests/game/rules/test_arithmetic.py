"""Arithmetic: every sum is right, of one to three digits, and rounds become harder."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.arithmetic import (
    DIFFICULTIES,
    LARGEST_ANSWER,
    MIDDLE,
    NORMAL,
    RETURN_AFTER,
    WARM_UP,
    Difficulty,
    Kind,
    SumDeck,
    hide_operand,
    make_sum,
)
from game.rules.facts import fact, fact_asked
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt

KINDS = sorted({k for d in DIFFICULTIES for bag in d.bags for k in bag}, key=repr)
SEEDS = st.integers(0, 2**32)


def solve(text: str) -> int:
    """Work a sum out as a player would."""
    first, sign, second = text.split()
    a, b = int(first), int(second)
    if sign == DIVIDED:
        assert a % b == 0, f"{text} has a remainder"
    return {PLUS: a + b, MINUS: a - b, TIMES: a * b, DIVIDED: a // b}[sign]


@pytest.mark.parametrize("kind", KINDS)
def test_every_sum_has_its_answer(kind: Kind) -> None:
    for seed in range(200):
        prompt = make_sum(kind, random.Random(seed))
        assert prompt.disguise is Disguise.SUM
        assert kind.sign in prompt.text
        assert prompt.answer == str(solve(prompt.text))
        assert 0 <= int(prompt.answer) <= LARGEST_ANSWER


def test_no_sum_can_leave_the_range_whatever_is_drawn() -> None:
    for kind in KINDS:
        if kind.sign == PLUS:
            assert kind.largest <= LARGEST_ANSWER
        elif kind.sign == TIMES:
            assert max(kind.firsts) * max(kind.seconds) <= LARGEST_ANSWER
        elif kind.sign == DIVIDED:
            assert max(kind.firsts) <= LARGEST_ANSWER and min(kind.seconds) > 0


def test_a_kind_without_any_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="No sum"):
        Kind(PLUS, (9,), (9,), largest=10)


@pytest.mark.parametrize("difficulty", DIFFICULTIES, ids=lambda each: each.key)
def test_every_difficulty_has_all_four_signs(difficulty: Difficulty) -> None:
    assert {kind.sign for bag in difficulty.bags for kind in bag} == {PLUS, MINUS, TIMES, DIVIDED}


def test_each_difficulty_is_harder_than_the_one_before() -> None:
    digits = []
    for difficulty in DIFFICULTIES:
        decks = [SumDeck(random.Random(seed), difficulty.bags) for seed in range(60)]
        digits.append(sum(len(deck.deal().text) for deck in decks for _ in range(15)))
    assert digits == sorted(set(digits))


@pytest.mark.parametrize("seed", range(25))
def test_a_round_has_answers_of_every_length_and_no_repeats(seed: int) -> None:
    deck = SumDeck(random.Random(seed))
    dealt = [deck.deal() for _ in range(30)]
    assert {len(prompt.answer) for prompt in dealt} == {1, 2, 3}
    # The warm-up and the seven after it are what even a slow player sees.
    assert 3 in {len(prompt.answer) for prompt in dealt[: len(WARM_UP) + len(MIDDLE)]}
    assert all(a.answer != b.answer for a, b in itertools.pairwise(dealt))
    assert {prompt.text.split()[1] for prompt in dealt} == {PLUS, MINUS, TIMES, DIVIDED}


def test_rounds_start_easily_and_become_harder() -> None:
    digits: list[Counter[int]] = [Counter() for _ in NORMAL.bags]
    for seed in range(200):
        deck = SumDeck(random.Random(seed))
        for bag, group in zip(NORMAL.bags, digits, strict=True):
            group.update(len(deck.deal().answer) for _ in bag)
    warm_up, middle, hard = digits
    assert warm_up[3] == 0
    assert 0 < middle[3] < hard[3]
    assert warm_up[1] / warm_up.total() > middle[1] / middle.total() > hard[1] / hard.total() > 0


def test_same_seed_same_sums() -> None:
    one, two = SumDeck(random.Random("s")), SumDeck(random.Random("s"))
    assert [one.deal() for _ in range(30)] == [two.deal() for _ in range(30)]
    other = SumDeck(random.Random("t"))
    assert [one.deal() for _ in range(30)] != [other.deal() for _ in range(30)]


# --- numbers left out ---------------------------------------------------------------------------


def in_full(prompt: Prompt) -> tuple[str, str]:
    """A sum and its result, from a prompt of either form."""
    if prompt.disguise is Disguise.SUM:
        return prompt.text, prompt.answer
    text, _, result = prompt.text.replace("?", prompt.answer).partition(" = ")
    return text, result


@given(seed=SEEDS, kind=st.sampled_from(KINDS))
def test_a_number_that_is_left_out_follows_from_the_others(seed: int, kind: Kind) -> None:
    rng = random.Random(seed)
    whole = make_sum(kind, rng)
    prompt = hide_operand(whole, rng)
    assert in_full(prompt) == (whole.text, whole.answer)
    assert 1 <= len(prompt.answer) <= 3
    if prompt.disguise is Disguise.MISSING:
        fits = [
            n
            for n in range(1000)
            if (made := prompt.text.partition(" = ")[0].replace("?", str(n)))
            and f"{DIVIDED} 0" not in made
            and exactly(made) == int(whole.answer)
        ]
        assert fits == [int(prompt.answer)], "and from nothing else"


def exactly(text: str) -> float:
    first, sign, second = text.split()
    a, b = int(first), int(second)
    if sign == DIVIDED:
        return a / b
    return {PLUS: a + b, MINUS: a - b, TIMES: a * b}[sign]


def test_nothing_is_left_out_where_zero_leaves_a_doubt() -> None:
    zero = Prompt("0", Disguise.SUM, f"0 {TIMES} 7")
    assert hide_operand(zero, random.Random(1)) == zero


# --- what should come again -----------------------------------------------------------------------


def outcome_of(prompt: Prompt, right: bool) -> Outcome:
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    return Outcome(prompt, prompt.answer, verdict, 1.0, 0)


@settings(max_examples=30)
@given(seed=SEEDS, at=st.integers(0, 12))
def test_a_sum_that_went_wrong_comes_again_a_little_later(seed: int, at: int) -> None:
    deck = SumDeck(random.Random(seed))
    for _ in range(at):
        deck.learn(outcome_of(deck.deal(), right=True))
    wrong = deck.deal()
    deck.learn(outcome_of(wrong, right=False))
    after = [deck.deal() for _ in range(RETURN_AFTER + 3)]
    assert wrong in after[RETURN_AFTER - 1 :]
    assert all(a.answer != b.answer for a, b in itertools.pairwise([wrong, *after]))
    quiet = SumDeck(random.Random(seed), personal=False)
    same = SumDeck(random.Random(seed))
    for _ in range(30):
        prompt = quiet.deal()
        quiet.learn(outcome_of(prompt, right=False))
        assert prompt == same.deal(), "where all get the same, mistakes change nothing"


def test_facts_that_need_it_come_more_often_and_once_a_round() -> None:
    needs = {f"7 {TIMES} 8": 0.4, f"6 {TIMES} 9": 0.3, f"48 {DIVIDED} 6": 0.3, f"13 {MINUS} 8": 0.4}

    def met(needs: dict[str, float]) -> Counter[str]:
        found: Counter[str] = Counter()
        for seed in range(150):
            deck = SumDeck(random.Random(seed))
            deck.favour(needs)
            asked = [fact_asked(deck.deal()) for _ in range(20)]
            found.update(fact.key for fact in asked if fact is not None and fact.key in needs)
        return found

    usual, favoured = met({}), met(needs)
    usual_count = sum(usual[key] for key in needs)
    assert sum(favoured[key] for key in needs) > 4 * max(10, usual_count)
    assert set(favoured) == set(needs)


@given(
    seed=SEEDS,
    needs=st.dictionaries(
        st.sampled_from(
            [f"7 {TIMES} 8", f"0 {TIMES} 1", f"8 {DIVIDED} 3", "nonsense", f"5 {PLUS} 6"]
        ),
        st.floats(0, 1),
    ),
)
def test_no_need_makes_a_false_sum(seed: int, needs: dict[str, float]) -> None:
    deck = SumDeck(random.Random(seed), missing=0.5)
    deck.favour(needs)
    for _ in range(25):
        text, result = in_full(deck.deal())
        assert solve(text) == int(result)


@pytest.mark.parametrize(
    ("kind", "asked", "shown"),
    [
        (Kind(PLUS, range(1, 10), range(1, 10), largest=10), (4, PLUS, 6), [(4, 6), (6, 4)]),
        (Kind(PLUS, range(1, 10), range(1, 10), largest=10), (5, PLUS, 6), []),
        (Kind(PLUS, range(11, 90), range(3, 10)), (4, PLUS, 20), [(20, 4)]),
        (Kind(MINUS, range(8, 21), range(2, 9)), (13, MINUS, 8), [(13, 8)]),
        (Kind(MINUS, range(8, 21), range(2, 9)), (13, MINUS, 9), []),
        (Kind(MINUS, range(8, 21), range(2, 9)), (21, MINUS, 8), []),
        (Kind(TIMES, (2, 5, 10), range(1, 11)), (3, TIMES, 5), [(5, 3)]),
        (Kind(TIMES, (2, 5, 10), range(1, 11)), (2, TIMES, 5), [(2, 5), (5, 2)]),
        (Kind(TIMES, (2, 5, 10), range(1, 11)), (3, TIMES, 4), []),
        (Kind(DIVIDED, range(1, 11), (2, 5, 10)), (40, DIVIDED, 5), [(40, 5)]),
        (Kind(DIVIDED, range(1, 11), (2, 5, 10)), (40, DIVIDED, 8), []),
        (Kind(DIVIDED, range(1, 11), (2, 5, 10)), (60, DIVIDED, 5), []),
        (Kind(DIVIDED, range(1, 11), (2, 5, 10)), (5, TIMES, 8), []),
    ],
)
def test_a_fact_comes_again_only_as_a_sum_of_the_level(
    kind: Kind, asked: tuple[int, str, int], shown: list[tuple[int, int]]
) -> None:
    """Nobody who plays up to ten meets 5 + 6 there, however badly it is known."""
    assert kind.pairs_of(fact(*asked)) == shown


def test_without_needs_nothing_changes() -> None:
    one, two = SumDeck(random.Random(5)), SumDeck(random.Random(5))
    two.favour({"nonsense": 1.0, f"7 {TIMES} 8": 0.0})
    assert [one.deal() for _ in range(40)] == [two.deal() for _ in range(40)]
