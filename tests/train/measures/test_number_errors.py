"""The kinds of errors in whole numbers, their lists and their sheet."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from train.forms.numbers import WrittenNumber
from train.measures import number_errors
from train.measures.number_errors import CUT_ELSEWHERE, MISREAD, REFUSED, TOO_FEW, TOO_MANY
from train.measures.numbers import NumberOutcome

LINE = np.array([[0.0, 0.0], [3.0, 50.0]])


def outcome(*pairs: tuple[str, str], told: dict[int, str] | None = None) -> NumberOutcome:
    numbers = tuple(WrittenNumber(asked, "UNIPEN", 7, [LINE]) for asked, _ in pairs)
    return NumberOutcome("some numbers", numbers, tuple(read for _, read in pairs), told or {})


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
    (error,) = number_errors.number_errors(outcome((asked, read))).values()
    assert (error.kind, error.pairs) == (kind, pairs)
    assert (error.asked, error.read, error.writer) == (asked, read, 7)


def test_errors_stand_at_the_places_of_their_numbers() -> None:
    found = number_errors.number_errors(
        outcome(("1", "1"), ("18", "1"), ("7", "1"), told={1: "18", 2: "1"})
    )
    assert list(found) == [1, 2]
    assert found[1].cured
    assert not found[2].cured


def test_all_errors_are_listed_and_counted(tmp_path: Path) -> None:
    cnn = outcome(("18", "1"), ("71", "11"), ("7", "1"), ("2", "2"), told={0: "18", 1: "11"})
    summary = number_errors.write_number_errors({"CNN": cnn, "KNN": outcome(("2", "2"))}, tmp_path)
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
    number_errors.draw_number_errors(outcome(("42", "1")), tmp_path / "new" / "errors.png")
    sheet = cv2.imread(str(tmp_path / "new" / "errors.png"))
    assert sheet.shape[1] > 1_000
    assert (sheet < 100).any()


def test_a_sheet_without_errors_is_empty_paper(tmp_path: Path) -> None:
    number_errors.draw_number_errors(outcome(("1", "1")), tmp_path / "e.png")
    assert (cv2.imread(str(tmp_path / "e.png")) == 255).all()
