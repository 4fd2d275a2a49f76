"""The tables of further strokes: counted, cautious where little was seen."""

import numpy as np
import pytest

from recognizer import Digit, Reading
from train.data.unipen import PenDigit
from train.fitting.continuation import Seen, certainty, runners_up, seen_strokes, shares

LINE = np.array([[0.0, 0.0], [3.0, 50.0]])


class Straw:
    """Reads so many strokes as that digit, and the next one as the runner-up."""

    def read(self, strokes: list[object], length: int | None = None) -> Reading:
        assert length == 1
        probabilities = np.full(10, 0.01, np.float32)
        probabilities[len(strokes)], probabilities[len(strokes) + 1] = 0.8, 0.1
        return Reading("straw", 0.1, (Digit(len(strokes), probabilities, (0, 0, 1, 1)),))


def seven(went_on: bool, confidence: float = 0.96, runner_up: int = 1) -> Seen:
    return Seen(7, runner_up, confidence, 1, went_on)


def test_every_stroke_is_read() -> None:
    seen = seen_strokes(Straw(), PenDigit(4, 1, [LINE, LINE, LINE]))
    assert [(one.value, one.runner_up, one.strokes) for one in seen] == [
        (1, 2, 1),
        (2, 3, 2),
        (3, 4, 3),
    ]
    assert [one.went_on for one in seen] == [True, True, False]


def test_columns() -> None:
    assert seven(True).column(0.9) == 0 and seven(True, 0.5).column(0.9) == 1
    assert Seen(7, 1, 0.96, 3, False).column(0.9) == 2
    assert Seen(None, 1, 0.96, 2, False).column(0.9) == 3


def test_certain_is_what_nearly_all_finished_digits_reach() -> None:
    seen = [seven(False, 0.5)] + [seven(False, 0.947)] * 99 + [seven(True, 0.1)] * 50
    assert certainty(seen) == pytest.approx(0.94)


def test_shares_are_close_to_what_was_counted_and_never_below() -> None:
    many = shares([seven(True)] * 600 + [seven(False)] * 400, 0.9)[7][0]
    few = shares([seven(True)] * 6 + [seven(False)] * 4, 0.9)[7][0]
    assert 0.6 < many < 0.63 < few < 0.85


def test_what_was_never_seen_to_go_on_may_still_do_so() -> None:
    rare = shares([seven(False)] * 30, 0.9)[7][0]
    common = shares([seven(False)] * 1000, 0.9)[7][0]
    assert 0 < common < 0.005 < 0.02 < rare < 0.1


def test_a_runner_up_counts_where_it_tells() -> None:
    seen = [seven(True, runner_up=1)] * 90 + [seven(False, runner_up=1)] * 10
    seen += [seven(True, runner_up=9)] * 10 + [seven(False, runner_up=9)] * 90
    seen += [seven(True, runner_up=3)] * 3  # too few
    found = runners_up(seen, 0.9)
    assert set(found) == {(7, 1), (7, 9)}
    assert found[7, 1] > 0.85 and found[7, 9] < 0.2
