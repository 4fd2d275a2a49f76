"""The number test sets and their figures, with a recognizer that is a stand-in."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Digit, Reading
from train import number_scores
from train.number_scores import NumberOutcome
from train.numbers import WrittenNumber

LINE = np.array([[0.0, 0.0], [3.0, 50.0]])


class Always42:
    """Reads 42 in everything."""

    def read(self, strokes: object, length: int | None = None) -> Reading:
        assert length is None, "how many digits a number has is not told"
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


def test_errors_are_drawn(outcome: NumberOutcome, tmp_path: Path) -> None:
    number_scores.draw_number_errors(outcome, tmp_path / "new" / "errors.png")
    sheet = cv2.imread(str(tmp_path / "new" / "errors.png"))
    assert sheet.shape[1] > 1_000
    assert (sheet < 100).any()


def test_a_sheet_without_errors_is_empty_paper(tmp_path: Path) -> None:
    number = WrittenNumber("1", "a", 1, [LINE])
    number_scores.draw_number_errors(NumberOutcome("x", (number,), ("1",)), tmp_path / "e.png")
    assert (cv2.imread(str(tmp_path / "e.png")) == 255).all()


@pytest.mark.usefixtures("drawn_sets")
def test_the_sets_are_read_and_limited() -> None:
    plain = number_scores.read_pendigits_numbers(Always42(), None, 20)
    hard = number_scores.read_hard_numbers(Always42(), None, 2)
    assert len(plain.numbers) == 20
    assert len(hard.by_kind) == 5
    assert len(hard.numbers) == 10
    assert number_scores.read_unipen_numbers(Always42(), None) is None
    again = number_scores.read_pendigits_numbers(Always42(), None, 20)
    assert [number.label for number in plain.numbers] == [n.label for n in again.numbers]
    median, slow = number_scores.number_latency(Always42(), None)
    assert 0 < median <= slow
