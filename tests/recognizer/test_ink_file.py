"""The file of labelled ink: it comes back as it was written, and what is no such file is named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from recognizer.ink_file import ANSWER, APPEAL, InkFileError, LabelledInk, ink_lines, read_ink_file

HEAD = '{"format": "digit-dash-ink", "version": 1}'
GOOD = '{"label": "7", "source": "appeal", "strokes": [[[0, 0, 0], [5, 9, 0.25]]]}'


def entry(**changes: object) -> str:
    return json.dumps({**json.loads(GOOD), **changes})


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "ink.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    strokes = [np.array([[1.5, -2.0, 0.0], [3.25, 4.0, 0.5]]), np.array([[7.0, 8.0, 1.0]])]
    given = [LabelledInk("7", APPEAL, strokes), LabelledInk("42", ANSWER, strokes[:1])]
    path = tmp_path / "ink.jsonl"
    path.write_text("".join(ink_lines(given)), encoding="utf-8")
    first, second = read_ink_file(path)
    assert (first.label, first.source) == ("7", "appeal")
    assert [s.tolist() for s in first.strokes] == [s[:, :2].tolist() for s in strokes]
    assert (second.label, second.source, len(second.strokes)) == ("42", "answer", 1)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines[1]["strokes"] == [s.tolist() for s in strokes], "the times are kept in the file"


def test_points_without_times_empty_lines_and_later_fields_are_taken(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, "", entry(strokes=[[[1, 2], [3, 4]]], mood="merry"), "")
    (only,) = read_ink_file(path)
    assert [s.tolist() for s in only.strokes] == [[[1.0, 2.0], [3.0, 4.0]]]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([GOOD], "line 1: this is no file of labelled ink; write such a file with: python -m game"),
        (["hello"], "line 1: this is no JSON object."),
        (["[" * 100_000], "line 1: this is no JSON object."),
        (['{"format": "digit-dash-ink", "version": 9}'], "line 1: its version is 9"),
        ([HEAD, GOOD, "{"], "line 3: this is no JSON object."),
        ([HEAD, "[]"], "line 2: this is no JSON object."),
        ([HEAD, entry(label="seven")], "line 2: the label 'seven' is not a row of digits."),
        ([HEAD, entry(label="٣")], "line 2: the label '٣' is not a row of digits."),
        ([HEAD, entry(label=7)], "line 2: the label 7 is not a row of digits."),
        ([HEAD, entry(label="9" * 5_000)], "line 2: the label '999999999999...9999999999999' is"),
        ([HEAD, entry(label="")], "line 2: the label '' is not a row of digits."),
        ([HEAD, entry(source="rumour")], "line 2: the source 'rumour' is none of appeal,"),
        ([HEAD, entry(strokes="none")], "line 2: there are no strokes."),
        ([HEAD, entry(strokes=[])], "line 2: there is no ink in the strokes."),
        ([HEAD, entry(strokes=[[[1, 2], [3]]])], "line 2: Stroke 1 does not hold points"),
        ([HEAD, entry(strokes=[[[1, float("nan")]]])], "line 2: Stroke 1 has a coordinate"),
        ([HEAD, entry(strokes=[[[1, 10**400]]])], "line 2: Stroke 1 lies absurdly far out."),
    ],
)
def test_bad_files_are_one_sentence_with_the_line(
    tmp_path: Path, lines: list[str], words: str
) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(InkFileError) as told:
        read_ink_file(path)
    assert str(told.value).startswith(f"{path}, {words}")


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    empty, picture = tmp_path / "empty", tmp_path / "picture.png"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    for path, words in (
        (tmp_path / "missing", "cannot be read"), (tmp_path, "cannot be read"),
        (empty, "is empty"), (picture, "line 1: it is no text in UTF-8"),
    ):  # fmt: skip
        with pytest.raises(InkFileError, match=words) as told:
            read_ink_file(path)
        assert str(path) in str(told.value)
