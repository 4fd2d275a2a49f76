"""Sprint: the clock shows what mistakes add, and every fifth answer leaves a split time."""

from __future__ import annotations

import random

import pytest
from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.modes.sprint import MODE, PENALTY, SPLIT_EVERY
from game.rules.round import Round


@settings(max_examples=30)
@given(
    seed=st.integers(0, 2**32),
    length=st.sampled_from(["20", "100"]),
    level=st.sampled_from(MODE.levels),
    mistakes=st.sets(st.integers(0, 99)),
    times=st.lists(st.floats(0.3, 20.0), min_size=100, max_size=100),
)
def test_the_time_is_that_of_all_answers_and_five_seconds_a_mistake(
    seed: int, length: str, level: object, mistakes: set[int], times: list[float]
) -> None:
    clock = FakeClock()
    chosen = MODE.level(level.key, {"length": (length,)})  # type: ignore[attr-defined]
    game = Round(MODE, random.Random(seed), clock, [chosen])
    game.start()
    for n, seconds in enumerate(times[: int(length)]):
        assert (not game.is_complete and game.upcoming is not None) or n == int(length) - 1
        clock.forward(seconds)
        wrong = "".join(str((int(digit) + 1) % 10) for digit in game.prompt.answer)
        made = wrong if n in mistakes else game.prompt.answer
        game.submit(reading_of(made), game.seconds_on_prompt())
        if not game.is_complete:
            game.next_prompt()
    assert game.is_complete and game.score.answered == int(length)
    whole = sum(times[: int(length)])
    penalties = PENALTY * len([n for n in mistakes if n < int(length)])
    if game.score.right:
        assert MODE.goal.mark(game.tally()) == pytest.approx(whole + penalties, abs=0.05)
    assert len(game.splits) == int(length) // SPLIT_EVERY
    assert game.splits == sorted(game.splits)
    assert game.splits[-1] == pytest.approx(whole + penalties, abs=0.05)


def test_a_mistake_is_on_the_clock_at_once() -> None:
    clock = FakeClock()
    game = Round(MODE, random.Random(1), clock)
    game.start()
    clock.forward(3.0)
    face = game.face()
    assert face is not None and face.seconds == 3.0
    wrong = "".join(str((int(digit) + 1) % 10) for digit in game.prompt.answer)
    game.submit(reading_of(wrong), 3.0)
    face = game.face()
    assert face is not None and face.seconds == 3.0 + PENALTY


def test_what_cannot_be_read_costs_nothing_and_is_no_split() -> None:
    game = Round(MODE, random.Random(1), FakeClock())
    for _ in range(SPLIT_EVERY):
        game.submit(reading_of("?"), 1.0)
    assert game.splits == []
