"""My list: every prompt is asked once, in order or mixed, or until each was right once."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from clocks import FakeClock
from hypothesis import given
from hypothesis import strategies as st
from readings import reading_of

from game.rules.modes.my_list import KNOWN, MIXED, MODE, ORDER, PENALTY, SAMPLE
from game.rules.prompt_list import PromptList, read_prompts
from game.rules.round import Round

LINES = st.lists(st.integers(0, 99).map(str), min_size=1, max_size=12)


def begun(prompts: PromptList, level: str, seed: int) -> Round:
    game = Round(MODE, random.Random(seed), FakeClock(), [MODE.level(level, own=prompts)])
    game.start()
    return game


def answer(game: Round, right: bool) -> str:
    asked = game.prompt.answer
    wrong = "".join(str((int(digit) + 1) % 10) for digit in asked)
    game.submit(reading_of(asked if right else wrong), 1.0)
    if not game.is_complete:
        game.next_prompt()
    return asked


@given(lines=LINES, seed=st.integers(0, 2**32), mistakes=st.sets(st.integers(0, 11)))
@pytest.mark.parametrize("level", [ORDER, MIXED])
def test_once_through(level: str, lines: list[str], seed: int, mistakes: set[int]) -> None:
    game = begun(read_prompts("x", "\n".join(lines)), level, seed)
    asked = []
    while not game.is_complete:
        upcoming = game.upcoming
        assert (upcoming is None) == (len(asked) == len(lines) - 1), "the last one has none behind"
        asked.append(answer(game, len(asked) not in mistakes))
        assert upcoming is None or game.prompt is upcoming
    assert asked == lines if level == ORDER else Counter(asked) == Counter(lines)


@given(lines=LINES, seed=st.integers(0, 2**32), mistakes=st.sets(st.integers(0, 30), max_size=20))
def test_until_each_was_right(lines: list[str], seed: int, mistakes: set[int]) -> None:
    game = begun(read_prompts("x", "\n".join(lines)), KNOWN, seed)
    right: Counter[str] = Counter()
    asked = 0
    while not game.is_complete:
        knows = asked not in mistakes
        right[answer(game, knows)] += knows
        asked += 1
    assert right == Counter(lines), "each once, and none is asked again that was right"
    assert asked == len(lines) + len([n for n in mistakes if n < asked])


def test_the_order_follows_from_the_seed() -> None:
    orders = []
    for seed in (1, 1, 2):
        game = begun(SAMPLE, MIXED, seed)
        orders.append([answer(game, True) for _ in SAMPLE.prompts])
    assert orders[0] == orders[1] != orders[2]


def test_a_list_has_a_best_of_its_own() -> None:
    sevens, other = SAMPLE, read_prompts("Sevens", "7*8")
    names = {MODE.stored_as(MODE.level(MIXED, own=own)) for own in (None, sevens, other)}
    assert len(names) == 3
    stored = MODE.stored_as(MODE.level(KNOWN, own=other))
    assert MODE.stored_level(stored).key == KNOWN
    game = begun(other, ORDER, 1)
    answer(game, True)
    assert game.is_complete and MODE.goal.penalty == PENALTY


def test_the_paper_has_room_for_the_longest_answer() -> None:
    assert MODE.level(ORDER, own=read_prompts("x", "7\n99*99\n1")).rules.most_digits == 4
