"""Learn: every digit by all steps of its level, round and round."""

from __future__ import annotations

import random

import pytest
from clocks import FakeClock
from readings import reading_of

from game.rules.modes.learn import DIGITS, MODE, STEPS, Step, step_of
from game.rules.modes.mode import Level
from game.rules.prompt import WORDS, Disguise
from game.rules.round import Round


@pytest.mark.parametrize("level", MODE.levels, ids=lambda level: level.key)
def test_each_digit_by_each_step(level: Level) -> None:
    game = Round(MODE, random.Random(1), FakeClock(), [level])
    asked: list[tuple[str, Step]] = []
    for _ in range(2 * len(DIGITS) * len(STEPS)):
        prompt = game.prompt
        asked.append((prompt.answer, step_of(prompt)))
        assert prompt.disguise is Disguise.WORD
        assert prompt.text == WORDS[int(prompt.answer)], "the numeral would give its form away"
        game.submit(reading_of(prompt.answer), 1.0)
        assert not game.is_complete
        game.next_prompt()
    steps = list(dict.fromkeys(step for _, step in asked))
    assert sorted(DIGITS) == list("0123456789")
    once = [(digit, step) for digit in DIGITS for step in steps]
    assert asked[: len(once)] == once == asked[len(once) : 2 * len(once)]
    assert steps == (list(STEPS) if level.key == "steps" else [Step[level.key.upper()]])


def test_nothing_is_counted_and_the_player_ends_it() -> None:
    game = Round(MODE, random.Random(1), FakeClock())
    game.submit(reading_of("1"), 1.0)
    assert game.score.points == 0 and MODE.goal.mark(game.tally()) is None
    assert game.face() is None and game.ends_on_wish
