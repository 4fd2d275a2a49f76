"""`python -m recognizer`: JSON in, JSON out, and a sentence for everything else."""

import io
import json
import os
from pathlib import Path

import cv2
import pytest

from recognizer.__main__ import main
from recognizer.ink_file import InkFileError, read_ink_file


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
        ('{"strokes": ' + "[" * 40 + "]" * 40 + "}", "nested more than 32 levels"),
        ('{"strokes": [[[40, 10], [1' + "0" * 400 + ", 60], [40, 120]]]}", "absurdly far out"),
        ('{"strokes": [[[40, 10], [1' + "0" * 5_000 + ", 60]]]}", "holds no JSON"),
        ('{"strokes": ' + str([[[1, 1]]] * 6_000) + "}", "more than 5,000 strokes"),
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


def test_an_unknown_backend_and_an_absurd_length_are_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ink.json"
    path.write_text('{"strokes": [[[40, 10], [40, 120]]]}')
    assert main(["--backend", "psychic", str(path)]) == 2
    assert "installed are cnn" in capsys.readouterr().err
    assert main(["--length", str(10**12), str(path)]) == 2
    assert "it must be 1 to 64" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_a_pipe_a_device_and_a_folder_are_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        assert main([str(path)]) == 2
        assert capsys.readouterr().err == f"{path} cannot be read: it is no regular file.\n"
    with pytest.raises(InkFileError, match="it is no regular file"):
        read_ink_file(pipe)


def test_an_endless_input_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Endless:
        @staticmethod
        def read(count: int) -> bytes:
            assert 0 < count < 100_000_000
            return b" " * count

    class Input:
        buffer = Endless

    monkeypatch.setattr("sys.stdin", Input)
    assert main(["-"]) == 2
    assert "The standard input is larger than" in capsys.readouterr().err


CASES = Path(__file__).parents[1] / "fixtures" / "cases"


def test_pictures_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASES / "speck-one-dot-far-away.png"
    assert main([str(case)]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["text"] == "3"
    x0, y0, x1, y1 = reading["digits"][0]["box"]
    assert x1 - x0 < 100, "the box is the digit's"
    assert y1 - y0 < 100
    photo = tmp_path / "photo.jpeg"
    photo.write_bytes(cv2.imencode(".jpg", cv2.imread(str(case)))[1].tobytes())
    assert main(["--backend", "yolo", "--length", "1", str(photo)]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "3"


def test_a_picture_comes_through_the_standard_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Input:
        buffer = io.BytesIO((CASES / "thin-pen-1px-on-100px.png").read_bytes())

    monkeypatch.setattr("sys.stdin", Input)
    assert main(["-"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == "9"


@pytest.mark.parametrize(
    "content", [b"GIF89a\x01\x00", b"%PDF-1.7\n", b"RIFF\x00\x00\x00\x00WEBP", b"\x00\x01\x02"]
)
def test_other_files_are_told_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "picture.gif"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    said = capsys.readouterr().err
    assert "is no PNG or JPEG picture and holds no JSON" in said
    assert "save a picture as PNG, or write strokes as --help shows them." in said
    assert said.count("\n") == 1


def test_a_damaged_picture_and_one_too_large_are_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "picture.png"
    whole = (CASES / "thin-pen-1px-on-100px.png").read_bytes()
    path.write_bytes(whole[:20])
    assert main([str(path)]) == 2
    assert capsys.readouterr().err == "The picture is damaged: it does not say how large it is.\n"
    path.write_bytes(whole[:16] + b"\x00\x00\xff\xff\x00\x00\xff\xff" + whole[24:])
    assert main([str(path)]) == 2
    assert capsys.readouterr().err == "The picture is larger than 20,000 pixels a side.\n"


def test_help_tells_of_pictures_and_strokes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert "PNG or JPEG" in said
    assert '"strokes"' in said
