"""N-back: what is to be written is the answer of the sum so many before."""

from __future__ import annotations

import random

import pytest
from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.facts import fact_asked
from game.rules.modes.n_back import ANSWERS, LOOK_SECONDS, MODE
from game.rules.prompt import MINUS, PLUS
from game.rules.round import Round


def solved(text: str) -> str:
    first, sign, second = text.split()
    return str({PLUS: int(first) + int(second), MINUS: int(first) - int(second)}[sign])


@pytest.mark.parametrize(("key", "back"), [("one", 1), ("two", 2), ("three", 3)])
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32), mistakes=st.sets(st.integers(0, ANSWERS)))
def test_the_answer_of_some_sums_before(key: str, back: int, seed: int, mistakes: set[int]) -> None:
    clock = FakeClock()
    game = Round(MODE, random.Random(seed), clock, [MODE.level(key)])
    game.start()
    shown: list[str] = []
    while not game.is_complete:
        shown.append(game.prompt.text)
        assert len(solved(game.prompt.text)) == 1
        assert fact_asked(game.prompt) is None, "its own answer is not what was written"
        if len(shown) <= back:
            assert not game.prompt.asks
            clock.forward(LOOK_SECONDS)
            assert game.prompt_is_past
        else:
            assert game.prompt.answer == solved(shown[-1 - back])
            wrong = str((int(game.prompt.answer) + 1) % 10)
            right = game.score.answered not in mistakes
            game.submit(reading_of(game.prompt.answer if right else wrong), 1.0)
        if not game.is_complete:
            game.next_prompt()
    assert game.score.answered == ANSWERS and len(shown) == ANSWERS + back


def test_the_card_says_how_many_before() -> None:
    for level, words in zip(MODE.levels, ("the one before", "2 before", "3 before"), strict=True):
        deck = level.rules.make_deck(random.Random(1))
        captions = [deck.deal().caption for _ in range(6)]
        assert captions[0] == "Only remember the answer"
        assert words in captions[-1]
