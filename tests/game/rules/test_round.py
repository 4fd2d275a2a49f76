"""A round: judging moves the score, and only a verdict counts."""

from __future__ import annotations

import random

import pytest
from clocks import FakeClock
from readings import reading_of

from game.rules.judge import Verdict
from game.rules.modes import MODES
from game.rules.modes.dash import MODE as DASH
from game.rules.modes.mode import Mode
from game.rules.modes.n_back import MODE as N_BACK
from game.rules.modes.sums import MODE as SUMS
from game.rules.round import Round
from game.rules.scoring import (
    BASE_POINTS,
    DIGIT_POINTS,
    FAST_SECONDS,
    SPEED_BONUS,
    multiplier,
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def game(clock: FakeClock) -> Round:
    game = Round(DASH, random.Random(5), clock)
    game.start()
    return game


def test_registry_knows_dash() -> None:
    assert MODES["dash"] is DASH
    rules = DASH.level().rules
    assert rules.timing.round_seconds == 60
    assert rules.most_digits == 1


def test_registry_knows_sums() -> None:
    assert MODES["sums"] is SUMS
    assert SUMS.level().rules.most_digits == 3


THINKING = 1.0  # s that Sums gives to think


def test_sums_are_judged_as_numbers_and_thinking_is_free(clock: FakeClock) -> None:
    game = Round(SUMS, random.Random(5), clock)
    game.start()
    earned = set()
    for _ in range(20):
        assert game.digits == len(game.prompt.answer)
        short = game.submit(reading_of(game.prompt.answer[:-1]), 1.0)
        assert short.verdict is Verdict.UNREADABLE
        outcome = game.submit(reading_of(game.prompt.answer), FAST_SECONDS + THINKING)
        assert outcome.verdict is Verdict.RIGHT
        earned.add((game.digits, outcome.points // multiplier(game.score.streak - 1)))
        game.next_prompt()
    full = BASE_POINTS + SPEED_BONUS
    assert earned == {(1, full), (2, full + DIGIT_POINTS), (3, full + 2 * DIGIT_POINTS)}
    assert game.score.wrong == 0


@pytest.mark.parametrize(("mode", "thinking"), [(DASH, 0.0), (SUMS, THINKING), (N_BACK, 1.5)])
def test_to_think_is_free_for_as_long_as_the_mode_gives(mode: Mode, thinking: float) -> None:
    points = mode.level().rules.scoring.points
    assert points(thinking + FAST_SECONDS, 0) == BASE_POINTS + SPEED_BONUS
    assert points(thinking + FAST_SECONDS + 0.5, 0) < BASE_POINTS + SPEED_BONUS


def test_right_answer(game: Round) -> None:
    prompt = game.prompt
    outcome = game.submit(reading_of(prompt.answer), 1.5)
    assert outcome.verdict is Verdict.RIGHT
    assert outcome.points == game.score.points > 0
    assert game.next_prompt().answer != prompt.answer


def test_wrong_answer_costs_the_streak(game: Round) -> None:
    game.submit(reading_of(game.prompt.answer), 1.0)
    points = game.score.points
    game.next_prompt()
    outcome = game.submit(reading_of(str((int(game.prompt.answer) + 1) % 10)), 1.0)
    assert (outcome.verdict, outcome.points) == (Verdict.WRONG, 0)
    assert (game.score.streak, game.score.points) == (0, points)


def test_unreadable_costs_nothing_and_keeps_prompt_and_streak(game: Round) -> None:
    game.submit(reading_of(game.prompt.answer), 1.0)
    prompt = game.next_prompt()
    outcome = game.submit(reading_of("?"), 1.0)
    assert outcome.verdict is Verdict.UNREADABLE
    assert game.score.streak == 1
    assert game.score.accuracy == 1.0
    assert game.prompt is prompt


def test_seconds_on_prompt_leave_pauses_out(game: Round, clock: FakeClock) -> None:
    clock.forward(2)
    assert game.seconds_on_prompt() == 2
    game.next_prompt()
    clock.forward(1)
    game.pause()
    clock.forward(100)
    game.start()
    clock.forward(0.5)
    assert game.seconds_on_prompt() == pytest.approx(1.5)


def test_time_runs_out(game: Round, clock: FakeClock) -> None:
    clock.forward(59.9)
    assert not game.time_is_up
    clock.forward(0.2)
    assert game.time_is_up


def test_median_is_of_right_answers_only(game: Round) -> None:
    assert game.median_seconds() is None
    for seconds, text in ((1.0, None), (2.0, None), (9.0, None), (50.0, "?")):
        game.submit(reading_of(text or game.prompt.answer), seconds)
        game.next_prompt()
    assert game.median_seconds() == 2.0


def test_an_outcome_knows_when_it_was_asked_and_judged(game: Round, clock: FakeClock) -> None:
    clock.forward(2.0)
    first = game.submit(reading_of(game.prompt.answer), 1.5)
    game.next_prompt()
    clock.forward(1.0)
    game.pause()
    clock.forward(9.0)  # a pause is none of the round's time
    game.start()
    unread = game.submit(reading_of("?"), 1.0)
    clock.forward(0.5)
    second = game.submit(reading_of(game.prompt.answer), 1.25)
    times = [(o.shown_at, o.judged_at) for o in (first, unread, second)]
    assert times == [(0.0, 2.0), (2.0, 3.0), (2.0, 3.5)]
