"""Prompts: every disguise stands for its digit, and the deck is fair and reproducible."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from game.rules.modes.dash import (
    DISGUISES,
    HARD_FROM_PROMPT,
    LARGEST_DIE,
    MODE,
    WARM_UP_PROMPTS,
    PromptDeck,
    can_wear,
    make_prompt,
)
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, WORDS, Disguise, Prompt


def solve(text: str) -> int:
    """Work a sum out as a player would."""
    first, sign, second = text.split()
    a, b = int(first), int(second)
    if sign == DIVIDED:
        assert a % b == 0, f"{text} has a remainder"
    return {PLUS: a + b, MINUS: a - b, TIMES: a * b, DIVIDED: a // max(b, 1)}[sign]


def value(prompt: Prompt) -> int:
    """What a prompt asks for, worked out from what it shows."""
    if prompt.disguise is Disguise.NUMERAL:
        return int(prompt.text)
    if prompt.disguise is Disguise.WORD:
        return WORDS.index(prompt.text)
    if prompt.disguise is Disguise.DICE:
        assert all(1 <= face <= LARGEST_DIE for face in prompt.dice)
        return sum(prompt.dice)
    if prompt.disguise is Disguise.TALLY:
        return int(prompt.text.removeprefix("tally "))
    return solve(prompt.text)


@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("disguise", list(Disguise))
@pytest.mark.parametrize("hard", [False, True])
def test_every_disguise_stands_for_its_digit(digit: int, disguise: Disguise, hard: bool) -> None:
    if not can_wear(digit, disguise):
        with pytest.raises(ValueError, match="cannot be shown"):
            make_prompt(digit, disguise, random.Random(0), hard=hard)
        return
    for seed in range(60):
        prompt = make_prompt(digit, disguise, random.Random(seed), hard=hard)
        assert value(prompt) == digit
        assert prompt.answer == str(digit)


def test_zero_is_never_a_tally_or_dice() -> None:
    assert not can_wear(0, Disguise.TALLY)
    assert not can_wear(0, Disguise.DICE)
    assert can_wear(0, Disguise.SUM)


def test_hard_sums_use_all_four_signs() -> None:
    rng = random.Random(3)
    texts = [make_prompt(6, Disguise.SUM, rng, hard=True).text for _ in range(200)]
    assert {text.split()[1] for text in texts} == {PLUS, MINUS, TIMES, DIVIDED}


@pytest.mark.parametrize("digit", range(10))
def test_easy_sums_stay_small_and_hard_ones_within_the_tables(digit: int) -> None:
    def texts(hard: bool) -> list[list[str]]:
        rng = random.Random(digit)
        dealt = [make_prompt(digit, Disguise.SUM, rng, hard=hard) for _ in range(300)]
        return [prompt.text.split() for prompt in dealt]

    for first, sign, second in texts(hard=False):
        assert sign in (PLUS, MINUS)
        assert int(first) <= max(9, digit + 1) and int(second) <= 9
        assert digit == 0 or sign == MINUS or int(first) > 0, "nothing and 7 is no sum"
    hard = texts(hard=True)
    for first, sign, second in hard:
        assert int(second) <= 9 and int(first) <= (81 if sign == DIVIDED else 18)
    signs = {PLUS, MINUS} if digit == 0 else {PLUS, MINUS, TIMES, DIVIDED}
    assert {sign for _, sign, _ in hard} == signs
    assert max(int(second) for _, sign, second in hard if sign == MINUS) == 9
    divisors = {int(second) for _, sign, second in hard if sign == DIVIDED}
    assert digit == 0 or divisors == set(range(2, 10))


def test_deck_asks_every_digit_equally_often_and_never_twice_running() -> None:
    deck = PromptDeck(random.Random(1))
    digits = [deck.deal().answer for _ in range(500)]
    assert set(Counter(digits).values()) == {50}
    assert all(a != b for a, b in itertools.pairwise(digits))


def test_deck_starts_plainly_and_then_changes_its_disguise_every_time() -> None:
    for seed in range(20):
        deck = PromptDeck(random.Random(seed))
        first = [deck.deal().disguise for _ in range(WARM_UP_PROMPTS)]
        assert Disguise.SUM not in first and Disguise.TALLY not in first
        later = [deck.deal().disguise for _ in range(40)]
        assert all(a is not b for a, b in itertools.pairwise(later))
        assert set(later) == set(DISGUISES)


def test_same_seed_same_prompts() -> None:
    one, two = PromptDeck(random.Random("s")), PromptDeck(random.Random("s"))
    assert [one.deal() for _ in range(30)] == [two.deal() for _ in range(30)]
    other = PromptDeck(random.Random("t"))
    assert [one.deal() for _ in range(30)] != [other.deal() for _ in range(30)]


def test_easy_asks_for_no_sum_and_hard_for_little_else() -> None:
    dealt = {
        level.key: [deck.deal() for deck in [level.rules.make_deck(random.Random(4))] * 60]
        for level in MODE.levels
    }
    sums = {
        key: sum(prompt.disguise is Disguise.SUM for prompt in prompts)
        for key, prompts in dealt.items()
    }
    assert sums["easy"] == 0 < sums["normal"] < 35 < sums["hard"]
    signs = {p.text.split()[1] for p in dealt["hard"][:HARD_FROM_PROMPT] if " " in p.text}
    assert {TIMES, DIVIDED} & signs, "from the first cards on"
    for prompts in dealt.values():
        assert all(value(prompt) == int(prompt.answer) for prompt in prompts)
        assert all(a.answer != b.answer for a, b in itertools.pairwise(prompts))


def test_sums_that_need_it_come_more_often() -> None:
    needs = {
        f"3 {PLUS} 4": 0.5,
        f"9 {MINUS} 5": 0.5,
        f"72 {DIVIDED} 8": 0.5,
        f"990 {MINUS} 983": 1.0,
    }

    def met(needs: dict[str, float]) -> Counter[str]:
        found: Counter[str] = Counter()
        for seed in range(150):
            deck = PromptDeck(random.Random(seed))
            deck.favour(needs)
            dealt = [deck.deal() for _ in range(40)]
            assert all(value(prompt) == int(prompt.answer) for prompt in dealt)
            found.update(prompt.text for prompt in dealt)
        return found

    usual, favoured = met({}), met(needs)
    for key in list(needs)[:3]:
        assert favoured[key] > usual[key] + 15
    assert favoured[f"990 {MINUS} 983"] == 0, "which is no sum for a dash"
