"""Whole numbers: the test sets, exact matches, the kinds of errors, their lists and sheets."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Digit, Reading
from train.forms.numbers import WrittenNumber
from train.measures import latency, numbers
from train.measures.numbers import CUT_ELSEWHERE, MISREAD, REFUSED, TOO_FEW, TOO_MANY, NumberOutcome
from train.measures.readers import Reader
from train.measures.sheets import draw_sheet
from train.measures.test_sets import TestSets

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


def outcome(*pairs: tuple[str, str], told: dict[int, str] | None = None) -> NumberOutcome:
    written = tuple(WrittenNumber(asked, "UNIPEN", 7, [LINE]) for asked, _ in pairs)
    return NumberOutcome("some numbers", written, tuple(read for _, read in pairs), told or {})


def test_a_number_counts_only_where_all_of_it_is_right() -> None:
    written = [
        WrittenNumber(label, kind, writer, [LINE])
        for label, kind, writer in (("42", "a", 1), ("7", "b", 1), ("42", "a", 2))
    ]
    found = NumberOutcome("some numbers", tuple(written), ("42", "1", "?2"))
    assert found.right.tolist() == [True, False, False]
    assert found.accuracy == found.share.value == pytest.approx(1 / 3)
    assert found.by_kind == {"a": 0.5, "b": 0.0}
    assert found.people.value == pytest.approx(0.25)


@pytest.mark.usefixtures("drawn_sets")
def test_the_sets_are_read_and_limited(reader_of: Callable[..., Reader]) -> None:
    stand_in = Always42()
    sets = TestSets(None, 20)
    plain, hard = numbers.read_all(reader_of(stand_in), sets)
    wrong = np.flatnonzero(~plain.right).tolist()
    assert stand_in.told[:20] == [None] * 20, "how many digits a number has is not told"
    told = stand_in.told[20 : 20 + len(wrong)]
    assert told == [len(plain.numbers[place].label) for place in wrong]
    assert plain.told == dict.fromkeys(wrong, "42")
    assert len(plain.numbers) == 20
    assert len(hard.by_kind) == 5
    assert len(hard.numbers) == 20, "all kinds together are no more than the limit"
    again = TestSets(None, 20).numbers[0]
    assert [number.label for number in plain.numbers] == [n.label for n in again.numbers]
    of = latency.of_a_number(Always42(), sets)
    assert 0 < of.p50 <= of.p99


@pytest.mark.parametrize(
    ("asked", "read", "kind", "pairs"),
    [
        ("18", "1", TOO_FEW, ()),
        ("18", "118", TOO_MANY, ()),
        ("180", "?", TOO_FEW, ()),
        ("180", "1?0", REFUSED, ("8 > ?",)),
        ("187", "197", MISREAD, ("8 > 9",)),
        ("187", "?81", MISREAD, ("1 > ?", "7 > 1")),
        ("187", "737", CUT_ELSEWHERE, ()),
    ],
)
def test_each_error_has_its_kind(asked: str, read: str, kind: str, pairs: tuple[str, ...]) -> None:
    (error,) = outcome((asked, read)).errors.values()
    assert (error.kind, error.pairs) == (kind, pairs)
    assert (error.asked, error.read, error.writer) == (asked, read, 7)


def test_errors_stand_at_the_places_of_their_numbers() -> None:
    found = outcome(("1", "1"), ("18", "1"), ("7", "1"), told={1: "18", 2: "1"}).errors
    assert list(found) == [1, 2]
    assert found[1].cured
    assert not found[2].cured


def test_all_errors_are_listed_and_counted(tmp_path: Path) -> None:
    cnn = outcome(("18", "1"), ("71", "11"), ("7", "1"), ("2", "2"), told={0: "18", 1: "11"})
    summary = numbers.write_errors({"CNN": cnn, "KNN": outcome(("2", "2"))}, tmp_path)
    assert "| CNN | 1 | 0 | 0 | 0 | 2 | 3 | 1 | 7 > 1 (2) |" in summary
    assert "| KNN | 0 | 0 | 0 | 0 | 0 | 0 | 0 | – |" in summary
    text = (tmp_path / "number-errors.md").read_text()
    assert summary in text
    assert "| 71 | 11 | 11 | a digit misread | 7 > 1 | UNIPEN | 7 |" in text
    assert "## KNN" not in text
    listed = json.loads((tmp_path / "number-errors.json").read_text())
    assert [error["asked"] for error in listed["CNN"]] == ["18", "71", "7"]
    assert listed["KNN"] == []


def test_errors_are_drawn(tmp_path: Path) -> None:
    draw_sheet(outcome(("42", "1")).cells(), tmp_path / "new" / "errors.png", (300, 96), 4)
    sheet = cv2.imread(str(tmp_path / "new" / "errors.png"))
    assert sheet.shape[1] > 1_000
    assert (sheet < 100).any()


def test_a_sheet_without_errors_is_empty_paper(tmp_path: Path) -> None:
    draw_sheet(outcome(("1", "1")).cells(), tmp_path / "e.png")
    assert (cv2.imread(str(tmp_path / "e.png")) == 255).all()
