"""The number test sets and their figures, with a recognizer that is a stand-in."""

import numpy as np
import pytest

from recognizer import Digit, Reading
from train.forms.numbers import WrittenNumber
from train.measures import numbers as number_scores
from train.measures.numbers import NumberOutcome

LINE = np.array([[0.0, 0.0], [3.0, 50.0]])


class Always42:
    """Reads 42 in everything, and keeps what it was told of the length."""

    def __init__(self) -> None:
        self.told: list[int | None] = []

    def read(self, strokes: object, length: int | None = None) -> Reading:
        self.told.append(length)
        probabilities = np.full(10, 0.1, np.float32)
        box = (0.0, 0.0, 1.0, 1.0)
        return Reading("fake", 0.1, tuple(Digit(v, probabilities, box) for v in (4, 2)))


@pytest.fixture
def outcome() -> NumberOutcome:
    numbers = [WrittenNumber(label, kind, 1, [LINE]) for label, kind in (("42", "a"), ("7", "b"))]
    return NumberOutcome("some numbers", (*numbers, numbers[0]), ("42", "1", "?2"))


def test_a_number_counts_only_where_all_of_it_is_right(outcome: NumberOutcome) -> None:
    assert outcome.right.tolist() == [True, False, False]
    assert outcome.accuracy == pytest.approx(1 / 3)
    assert outcome.by_kind == {"a": 0.5, "b": 0.0}


@pytest.mark.usefixtures("drawn_sets")
def test_the_sets_are_read_and_limited() -> None:
    reader = Always42()
    plain = number_scores.read_pendigits_numbers(reader, None, 20)
    wrong = np.flatnonzero(~plain.right).tolist()
    assert reader.told[:20] == [None] * 20, "how many digits a number has is not told"
    assert reader.told[20:] == [len(plain.numbers[place].label) for place in wrong]
    assert plain.told == dict.fromkeys(wrong, "42")
    hard = number_scores.read_hard_numbers(Always42(), None, 2)
    assert len(plain.numbers) == 20
    assert len(hard.by_kind) == 5
    assert len(hard.numbers) == 10
    assert number_scores.read_unipen_numbers(Always42(), None) is None
    again = number_scores.read_pendigits_numbers(Always42(), None, 20)
    assert [number.label for number in plain.numbers] == [n.label for n in again.numbers]
    median, slow = number_scores.number_latency(Always42(), None)
    assert 0 < median <= slow
