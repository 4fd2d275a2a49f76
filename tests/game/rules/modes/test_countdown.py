"""Countdown: each answer is the one before less the step; after a mistake the card tells it."""

from __future__ import annotations

import random

import pytest
from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.modes.countdown import LIVES, MODE
from game.rules.modes.mode import Level
from game.rules.prompt import MINUS, Disguise
from game.rules.round import Round


@pytest.mark.parametrize("level", MODE.levels, ids=lambda level: level.key)
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32), mistakes=st.sets(st.integers(0, 59), max_size=LIVES - 1))
def test_down_and_down_from_where_one_is(level: Level, seed: int, mistakes: set[int]) -> None:
    game = Round(MODE, random.Random(seed), FakeClock(), [level])
    before: int | None = None
    went_wrong = True  # as at the start: the number is shown
    for n in range(60):
        shown, _, step = game.prompt.text.rpartition(f"{MINUS} ")
        taken, now = int(step), int(game.prompt.answer)
        assert now >= 0 and len(str(now)) <= level.rules.most_digits
        if shown:
            assert int(shown) - taken == now
        if before is not None and (went_wrong or not shown):
            assert now == before - taken
        if not shown:
            assert not went_wrong
        before = now if now >= taken else None
        went_wrong = n in mistakes or before is None
        wrong = "".join(str((int(digit) + 1) % 10) for digit in game.prompt.answer)
        game.submit(reading_of(wrong if n in mistakes else game.prompt.answer), 1.0)
        game.next_prompt()
    assert game.score.points == 60 - len(mistakes)


def test_the_one_that_everybody_knows() -> None:
    game = Round(MODE, random.Random(1), FakeClock())
    assert game.prompt.text == f"100 {MINUS} 7"
    answers = [game.prompt.answer] + [game.next_prompt().answer for _ in range(13)]
    assert answers == [str(n) for n in range(93, 1, -7)]
    assert game.next_prompt().text == f"100 {MINUS} 7", "then it begins anew"


def test_the_number_is_shown_at_the_start_and_after_a_mistake_alone() -> None:
    game = Round(MODE, random.Random(1), FakeClock())
    shown = [(game.prompt.text, game.prompt.caption)]
    for right in (True, True, False, True):
        game.submit(reading_of(game.prompt.answer if right else "00"), 1.0)
        game.next_prompt()
        assert game.prompt.disguise is Disguise.CHAIN
        shown.append((game.prompt.text, game.prompt.caption))
    start, again = "Take 7 away", "And again"
    assert shown == [
        (f"100 {MINUS} 7", start), (f"{MINUS} 7", again), (f"{MINUS} 7", again),
        (f"79 {MINUS} 7", start), (f"{MINUS} 7", again),
    ]  # fmt: skip


def test_three_mistakes_end_it() -> None:
    game = Round(MODE, random.Random(1), FakeClock())
    for left in range(LIVES, 0, -1):
        assert not game.is_complete, left
        game.submit(reading_of("00"), 1.0)
        if left > 1:
            game.next_prompt()
    assert game.is_complete
