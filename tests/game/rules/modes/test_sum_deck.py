"""Sums: every one is right, of one to three digits, and they become harder."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from game.rules.modes.sums import (
    BAGS,
    HARD,
    LARGEST_ANSWER,
    MIDDLE,
    WARM_UP,
    Kind,
    SumDeck,
    make_sum,
)
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise


def solve(text: str) -> int:
    """Work a sum out as a player would."""
    first, sign, second = text.split()
    a, b = int(first), int(second)
    if sign == DIVIDED:
        assert a % b == 0, f"{text} has a remainder"
    return {PLUS: a + b, MINUS: a - b, TIMES: a * b, DIVIDED: a // b}[sign]


@pytest.mark.parametrize("kind", [*WARM_UP, *MIDDLE, *HARD])
def test_every_sum_has_its_answer(kind: Kind) -> None:
    for seed in range(200):
        prompt = make_sum(kind, random.Random(seed))
        assert prompt.disguise is Disguise.SUM
        assert kind.sign in prompt.text
        assert prompt.answer == str(solve(prompt.text))
        assert 0 <= int(prompt.answer) <= LARGEST_ANSWER


def test_no_sum_can_leave_the_range_whatever_is_drawn() -> None:
    for kind in (kind for bag in BAGS for kind in bag):
        if kind.sign == PLUS:
            assert max(kind.firsts) + max(kind.seconds) <= LARGEST_ANSWER
        elif kind.sign == TIMES:
            assert max(kind.firsts) * max(kind.seconds) <= LARGEST_ANSWER
        else:
            assert min(kind.seconds) > 0


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
    digits: list[Counter[int]] = [Counter() for _ in BAGS]
    for seed in range(200):
        deck = SumDeck(random.Random(seed))
        for bag, group in zip(BAGS, digits, strict=True):
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
