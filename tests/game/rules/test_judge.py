"""Judging: right, wrong, and the fair third: cannot read."""

from __future__ import annotations

import pytest
from readings import reading_of

from game.rules.judge import Verdict, judge
from recognizer.reading import MIN_CONFIDENCE


@pytest.mark.parametrize(
    ("expected", "read", "verdict"),
    [
        ("7", "7", Verdict.RIGHT),
        ("7", "1", Verdict.WRONG),
        ("42", "42", Verdict.RIGHT),
        ("42", "47", Verdict.WRONG),
        ("42", "4", Verdict.UNREADABLE),
        ("142", "42", Verdict.UNREADABLE),
        ("4", "42", Verdict.WRONG),
        ("7", "?", Verdict.UNREADABLE),
        ("42", "4?", Verdict.UNREADABLE),
        ("7", "", Verdict.UNREADABLE),
    ],
)
def test_verdicts(expected: str, read: str, verdict: Verdict) -> None:
    assert judge(expected, reading_of(read)) is verdict


def test_a_guess_is_neither_right_nor_wrong() -> None:
    assert judge("7", reading_of("7", MIN_CONFIDENCE - 0.01)) is Verdict.UNREADABLE
    assert judge("7", reading_of("1", MIN_CONFIDENCE - 0.01)) is Verdict.UNREADABLE
    assert judge("7", reading_of("7", MIN_CONFIDENCE + 0.01)) is Verdict.RIGHT


@pytest.mark.parametrize("read", ["?7", "4?7", "??"])
def test_a_number_is_unreadable_where_one_digit_is(read: str) -> None:
    assert judge("47", reading_of(read)) is Verdict.UNREADABLE
