"""Two readings of one number: the surer one counts, and only a whole number is judged soon."""

from __future__ import annotations

import pytest
from readings import reading_of

from game.rules.judge import Verdict, judge
from recognizer.endpointing.two_readings import is_whole, more_confident
from recognizer.reading import MIN_CONFIDENCE


def test_the_lone_four_of_a_forty_two_is_no_fourteen() -> None:
    """As the CNN read it: "14" when told two digits, "4" freely."""
    known, free = reading_of("14", 0.9), reading_of("4", 0.96)
    chosen = more_confident(known, free)
    assert chosen is free
    assert not is_whole(chosen, free, 2)
    assert judge("42", chosen) is Verdict.UNREADABLE


def test_a_lone_one_is_no_eleven() -> None:
    """As the CNN read it, equally sure of both."""
    known, free = reading_of("11", 0.95), reading_of("1", 0.95)
    assert more_confident(known, free) is free


def test_an_answer_that_is_too_long_does_not_pass() -> None:
    """A written 395 was read as 35 when told two digits."""
    known, free = reading_of("35", 0.83), reading_of("395", 0.96)
    chosen = more_confident(known, free)
    assert is_whole(chosen, free, 2)
    assert judge("35", chosen) is Verdict.WRONG


def test_knowing_the_length_settles_what_is_in_doubt() -> None:
    """Digits that touch are one mark to a free reader."""
    known, free = reading_of("42", 0.9), reading_of("?")
    chosen = more_confident(known, free)
    assert chosen is known
    assert not is_whole(chosen, free, 2), "it might still be the half of something"
    assert judge("42", chosen) is Verdict.RIGHT


def test_equals() -> None:
    known, free = reading_of("42"), reading_of("42")
    assert more_confident(known, free) is known
    assert is_whole(known, free, 2)


@pytest.mark.parametrize("text", ["4?", "41"])
def test_as_many_marks_as_digits_are_not_enough(text: str) -> None:
    doubtful = reading_of(text, MIN_CONFIDENCE - 0.1)
    assert not is_whole(doubtful, doubtful, 2)


def test_one_digit_is_always_whole_and_nothing_is_the_least_sure() -> None:
    nothing, some = reading_of(""), reading_of("4", 0.2)
    assert is_whole(nothing, nothing, 1)
    assert more_confident(nothing, some) is some
    assert more_confident(some, nothing) is some
