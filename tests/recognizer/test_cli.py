"""`python -m recognizer`: JSON in, JSON out, and a sentence for everything else."""

import io
import json
from pathlib import Path

import pytest

from recognizer.__main__ import main


def test_a_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ink.json"
    path.write_text('{"strokes": [[[40, 10], [40, 120]]]}')
    assert main([str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "1"


def test_the_standard_input_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Input:
        buffer = io.BytesIO(b'{"strokes": []}')

    monkeypatch.setattr("sys.stdin", Input)
    assert main(["--backend", "cnn", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == ""


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "holds no JSON"),
        ("[1]", 'a list "strokes"'),
        ('{"strokes": 1}', 'a list "strokes"'),
        ('{"strokes": [1]}', "shape"),
        ('{"strokes": [[[0, null]]]}', "not a finite number"),
        ('{"strokes": [[[0, 1e999]]]}', "not a finite number"),
        ("[" * 100_000, "holds no JSON"),
    ],
)
def test_bad_files_end_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, complaint: str
) -> None:
    path = tmp_path / "ink.json"
    path.write_text(content)
    assert main([str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert complaint in printed.err
    assert printed.err.count("\n") == 1


def test_a_file_that_is_not_text_or_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ink.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert main([str(path)]) == 2
    assert main([str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
