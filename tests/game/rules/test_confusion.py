"""Confusion: only what is known is counted, and what stands out is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.confusion import DIGITS, NOT_READ, Confusion, Mixup, told_digits

READINGS = st.lists(st.tuples(st.sampled_from(DIGITS), st.sampled_from(DIGITS + NOT_READ)))


def test_only_what_is_known_is_counted() -> None:
    assert told_digits("42", "42", "right", "sum", None) == [("4", "4"), ("2", "2")]
    assert told_digits("42", "47", "wrong", "sum", None) == [], "who erred, nobody knows"
    assert told_digits("42", "47", "wrong", "sum", "42") == [("4", "4"), ("2", "7")]
    assert told_digits("7", "1", "wrong", "numeral", None) == [("7", "1")], "it was to be copied"
    assert told_digits("7", "?", "unreadable", "numeral", None) == [("7", "?")]
    assert told_digits("7", "?", "late", "numeral", None) == [], "nothing was written"
    assert told_digits("7", "1", "wrong", "word", "8") == [("8", "1")]
    assert told_digits("42", "4", "unreadable", "sum", "42") == [], "which digit is whose?"
    assert told_digits("?2", "?2", "right", "sum", None) == [("2", "2")], "damaged, or made so"


@given(READINGS)
def test_the_matrix_adds_up(readings: list[tuple[str, str]]) -> None:
    found = Confusion(readings)
    assert sum(found.total(digit) for digit in DIGITS) == len(readings)
    for digit in DIGITS:
        right, count = found.recent(digit)
        assert 0 <= right <= count <= min(20, found.total(digit))
    for mixup in found.mixups():
        assert mixup.written != mixup.read and 2 <= mixup.times <= mixup.of
    assert all(0.07 <= need <= 1 for need in found.needs().values())


def test_what_stands_out_is_said() -> None:
    sevens = [("7", "1")] * 3 + [("7", "7")] * 22
    found = Confusion([*sevens, ("2", "2"), ("3", "8")])
    assert found.mixups() == [Mixup("7", "1", 3, 25)]
    assert found.words() == "Your 7s are read as 1: 3 of 25."
    assert Confusion([("4", "?")] * 2).words() == "Your 4s cannot be read at times: 2 of 2."


def test_what_is_taken_for_another_most_of_the_time_is_named_first_and_no_third() -> None:
    often = [("1", "7")] * 4 + [("1", "1")] * 16
    always = [("6", "0")] * 2
    half = [("4", "9")] * 2 + [("4", "4")] * 2
    found = Confusion([*often, *half, *always])
    assert [mixup.written for mixup in found.mixups()] == ["6", "4", "1"]
    assert found.words() == "Your 6s are read as 0: 2 of 2. Your 4s are read as 9: 2 of 4."
    as_often = Confusion([*[("3", "8")] * 3, ("3", "3"), *[("2", "7")] * 6, *[("2", "2")] * 2])
    assert [mixup.written for mixup in as_often.mixups()] == ["2", "3"], "six times say more"


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([], "No digit has been read yet of which it is known what it was."),
        ([("1", "1")], "Your last digit was read as you meant it."),
        ([("1", "1")] * 3, "All of your last 3 digits were read as you meant them."),
        ([("3", "8")], "Your last digit was misread."),
        ([("1", "1"), ("3", "8")], "Misread of your last 2 digits: 1, none twice alike."),
    ],
)
def test_where_nothing_stands_out_that_is_said(readings: list[tuple[str, str]], words: str) -> None:
    assert Confusion(readings).words() == words


def test_what_was_misread_lately_needs_practice_and_little_is_no_proof() -> None:
    bad = [("7", "1"), ("7", "7")] * 5
    assert Confusion(bad).needs()["7"] == 0.5
    assert Confusion(bad[:4]).needs() == {} and list(Confusion(bad[:5]).needs()) == ["7"]
    assert "7" not in Confusion([*bad, *[("7", "7")] * 20]).needs(), "it was learned"
