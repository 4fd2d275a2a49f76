"""Survival: every answer has less time; a streak gives some back; three mistakes end it."""

from __future__ import annotations

import random

import pytest
from driving import FakeClock, reading_of

from game.rules.modes.mode import Level
from game.rules.modes.survival import LIVES, MODE
from game.rules.round import Round


@pytest.mark.parametrize("level", MODE.levels, ids=lambda level: level.key)
def test_the_time_shrinks_and_ends_by_the_third_mistake(level: Level) -> None:
    clock = FakeClock()
    game = Round(MODE, random.Random(2), clock, [level])
    game.start()
    limits = []
    for _ in range(25):
        limits.append(game.answer_seconds)
        game.submit(reading_of(game.prompt.answer), 1.0)
        game.next_prompt()
    assert limits == sorted(limits, reverse=True) and limits[-1] < limits[0] * 0.5
    in_a_row = game.answer_seconds
    for lives in range(LIVES, 0, -1):
        assert not game.is_complete, lives
        clock.forward(game.answer_seconds + 0.001)
        assert game.answer_is_late
        game.miss()
        if lives > 1:
            game.next_prompt()
            assert game.answer_seconds < in_a_row, "without the streak the clock is faster"
    assert game.is_complete and game.score.points == 25


def test_even_the_last_answers_can_be_written() -> None:
    """Two seconds are what it takes to see a sum and to write it; nobody gets less."""
    for level in MODE.levels:
        assert level.rules.timing.answer_seconds(10_000, 0) >= 2.5


def test_a_streak_gives_time_back_but_its_end_is_no_cliff() -> None:
    for level in MODE.levels:
        seconds = level.rules.timing.answer_seconds
        assert seconds(20, 10) > seconds(20, 5) > seconds(20, 0)
        assert seconds(20, 20) == seconds(20, 10), "of a long streak the last ten count"
