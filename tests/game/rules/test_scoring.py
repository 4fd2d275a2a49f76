"""Scoring: speed pays, streaks multiply, mistakes cost the streak and nothing else."""

from __future__ import annotations

from game.rules.scoring import (
    BASE_POINTS,
    DIGIT_POINTS,
    DIGIT_SECONDS,
    FAST_SECONDS,
    MAX_MULTIPLIER,
    SLOW_SECONDS,
    SPEED_BONUS,
    STREAK_STEP,
    FlatPoints,
    Score,
    SpeedPoints,
    multiplier,
    points_for,
)


def test_speed_bonus_falls_from_full_to_none() -> None:
    assert points_for(FAST_SECONDS, 0) == BASE_POINTS + SPEED_BONUS
    assert points_for(0.0, 0) == BASE_POINTS + SPEED_BONUS
    assert points_for(SLOW_SECONDS, 0) == BASE_POINTS
    assert points_for(60.0, 0) == BASE_POINTS
    earned = [points_for(s / 4, 0) for s in range(2, 20)]
    assert earned == sorted(earned, reverse=True)
    assert all(points % 10 == 0 for points in earned)


def test_streak_multiplies_up_to_a_limit() -> None:
    assert multiplier(0) == multiplier(STREAK_STEP - 1) == 1
    assert multiplier(STREAK_STEP) == 2
    assert multiplier(1000) == MAX_MULTIPLIER
    assert points_for(9.0, STREAK_STEP) == 2 * BASE_POINTS


def test_a_longer_answer_earns_more_and_may_take_longer() -> None:
    assert points_for(60.0, 0, digits=3) == BASE_POINTS + 2 * DIGIT_POINTS
    for digits in (2, 3):
        more, longer = (digits - 1) * DIGIT_POINTS, (digits - 1) * DIGIT_SECONDS
        for tenths in range(80):
            seconds = tenths / 10 + 0.03  # away from where the bonus is rounded
            assert points_for(seconds + longer, 5, digits) == points_for(seconds, 5) + 2 * more
    assert SpeedPoints().points(60.0, 0, digits=2) == BASE_POINTS + DIGIT_POINTS


def test_score_counts() -> None:
    score, scoring = Score(), SpeedPoints()
    assert score.accuracy is None
    first = []
    for _ in range(STREAK_STEP + 1):
        first.append(scoring.points(9.0, score.streak))
        score.take_right(first[-1])
    assert first == [BASE_POINTS] * STREAK_STEP + [2 * BASE_POINTS]
    points = score.points
    score.take_wrong()
    assert score.points == points == sum(first)
    assert (score.streak, score.longest_streak) == (0, STREAK_STEP + 1)
    assert scoring.multiplier(score.streak) == 1
    assert FlatPoints().multiplier(1000) == 1, "where a streak earns nothing, none is shown"
    assert score.accuracy == (STREAK_STEP + 1) / (STREAK_STEP + 2)
