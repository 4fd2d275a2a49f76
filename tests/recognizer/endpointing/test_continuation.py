"""How likely a further stroke is: by what was read, after how many strokes, and by habit."""

from __future__ import annotations

import pytest
from readings import digit

from recognizer.endpointing.continuation import (
    CERTAIN,
    LIKELIEST,
    RUNNERS_UP,
    SHARES,
    TOO_LONG,
    chance,
    name,
    owner,
    usual_chance,
)
from recognizer.endpointing.pace import Pace

LEFT, RIGHT = (0.0, 0.0, 60.0, 100.0), (100.0, 0.0, 160.0, 100.0)


def test_the_tables_hold_shares_of_everything_that_can_be_read() -> None:
    assert set(SHARES) == {*range(10), None}
    assert all(len(row) == 4 and all(0 <= share <= 1 for share in row) for row in SHARES.values())
    assert all(0 <= share <= 1 and pair[0] != pair[1] for pair, share in RUNNERS_UP.items())
    assert 0.5 < CERTAIN < 1


@pytest.mark.parametrize(("more", "less"), [(7, 6), (5, 8), (0, 9), (1, 2), (None, 4)])
def test_what_is_open_goes_on_more_often(more: int | None, less: int) -> None:
    assert usual_chance(digit(more), 1) > 5 * usual_chance(digit(less), 1)


def test_doubt_and_a_single_stroke_raise_it() -> None:
    certain = usual_chance(digit(2), 1)
    assert usual_chance(digit(2, CERTAIN - 0.05), 1) > 10 * certain
    assert usual_chance(digit(7), 2) < 0.1 * usual_chance(digit(7), 1)


def test_the_runner_up_tells() -> None:
    """A five that might be a three has no roof; one that might be a six is done."""
    open_five, closed_five = (digit(5, 0.97, second=(other, 0.02)) for other in (3, 6))
    assert usual_chance(open_five, 1) > 2 * usual_chance(closed_five, 1)


def test_ink_in_which_nothing_was_seen_may_go_on() -> None:
    assert chance([], [LEFT], Pace()) == LIKELIEST


def test_an_answer_that_is_too_long_may_change() -> None:
    digits = [digit(6, box=LEFT), digit(6, box=RIGHT)]
    assert chance(digits, [LEFT, RIGHT], Pace()) < 0.05
    assert chance(digits, [LEFT, RIGHT], Pace(), too_long=True) == TOO_LONG


def test_habits_change_it_but_never_to_certainty() -> None:
    pace, seven = Pace(), [digit(7, box=LEFT)]
    usual = chance(seven, [LEFT], pace)
    for _ in range(12):
        pace.learn_habit(name(seven[0], 1), usual, went_on=False)
    assert 0 < chance(seven, [LEFT], pace) < usual / 3
    for _ in range(90):
        pace.learn_habit(name(seven[0], 1), 0.01, went_on=True)
    assert usual < chance(seven, [LEFT], pace) <= LIKELIEST


def test_a_stroke_belongs_to_the_digit_in_whose_width_it_lies() -> None:
    digits = [digit(4, box=LEFT), digit(2, box=RIGHT)]
    assert [owner(stroke, digits) for stroke in (LEFT, RIGHT)] == [0, 1]
    assert owner((40, 0, 110, 5), digits) == 0
    assert owner((62, 0, 64, 5), digits) == 0 and owner((90, 0, 95, 5), digits) == 1
    assert owner((30, 0, 30, 90), [digit(1, box=(30, 0, 30, 90)), digits[1]]) == 0


def test_names() -> None:
    assert (name(digit(7), 1), name(digit(7), 3), name(digit(None), 1)) == (
        "7",
        "7+",
        "?",
    )
