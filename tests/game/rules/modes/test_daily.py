"""Daily: the same for all on a day, whoever they are; once a day it counts."""

from __future__ import annotations

import datetime
import random

import pytest
from driving import FakeClock, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.modes.daily import ANSWERS, MODE, PENALTY
from game.rules.modes.mode import Level, is_counted
from game.rules.prompt import MINUS, PLUS, TIMES
from game.rules.round import Round

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2100, 1, 1))


def answers(level: Level, day: datetime.date, seed: int, mistakes: set[int]) -> list[str]:
    """All prompts of a round in which some answers are wrong."""
    rng = MODE.attempts.rng(random.Random(seed), day)
    game = Round(MODE, rng, FakeClock(), [level], needs={f"7 {TIMES} 8": float(seed % 2)})
    asked = []
    while not game.is_complete:
        asked.append(game.prompt.text)
        wrong = "".join(str((int(digit) + 1) % 10) for digit in game.prompt.answer)
        game.submit(reading_of(wrong if len(asked) in mistakes else game.prompt.answer), 1.0)
        if not game.is_complete:
            game.next_prompt()
    return asked


@pytest.mark.parametrize("level", MODE.levels, ids=lambda level: level.key)
@settings(max_examples=30)
@given(day=DAYS, seeds=st.tuples(st.integers(), st.integers()), mistakes=st.sets(st.integers(1, 9)))
def test_all_get_the_same_on_a_day(
    level: Level, day: datetime.date, seeds: tuple[int, int], mistakes: set[int]
) -> None:
    one, other = answers(level, day, seeds[0], set()), answers(level, day, seeds[1], mistakes)
    assert one == other and len(one) == ANSWERS
    assert one != answers(level, day + datetime.timedelta(1), seeds[0], set())


def test_harder_levels_leave_more_numbers_out() -> None:
    days = [datetime.date(2026, 3, 1) + datetime.timedelta(n) for n in range(20)]
    left_out = [
        sum("?" in text for day in days for text in answers(level, day, 1, set()))
        for level in MODE.levels
    ]
    assert left_out == sorted(set(left_out)) and left_out[0] == 0


def test_the_day_is_one_that_stays_the_same_in_later_versions() -> None:
    """Who changes a deck changes everybody's challenge: on purpose only."""
    day = datetime.date(2026, 3, 20)
    assert answers(MODE.level("easy"), day, 1, set())[:4] == [
        f"4 {PLUS} 3", f"10 {MINUS} 5", f"5 {PLUS} 5", f"10 {MINUS} 4",
    ]  # fmt: skip


@pytest.mark.parametrize("level", MODE.levels, ids=lambda level: level.key)
def test_a_round_that_does_not_count_is_stored_apart(level: Level) -> None:
    counted, practice = MODE.stored_as(level), MODE.stored_as(level, counts=False)
    assert is_counted(counted) and not is_counted(practice)
    assert MODE.stored_level(practice) == MODE.stored_level(counted) == level


def test_practice_makes_no_best() -> None:
    game = Round(MODE, random.Random(1), FakeClock(), counts=False)
    game.submit(reading_of(game.prompt.answer), 1.0)
    assert not game.is_worth_a_mark
    assert MODE.goal.penalty == PENALTY
