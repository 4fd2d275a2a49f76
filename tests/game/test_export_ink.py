"""`export-ink`: all labelled ink, each piece once, and no file is lost over it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from child import ROOT, run_python
from limits import close, closed_folder, common_user, no_room_anywhere

from game.__main__ import main
from game.persistence.hand_samples import MyHand
from game.persistence.paths import MY_HAND_FILE
from game.persistence.storage import Answer, Storage
from recognizer.ink_file import read_ink_file

LEFT = [[[100.0, 100.0, 0.0], [140.0, 300.0, 0.2]]]
RIGHT = [[[400.0, 100.0, 0.6], [440.0, 300.0, 0.8]], [[400.0, 200.0, 1.0], [440.0, 200.0, 1.1]]]
BOXES = [[100.0, 100.0, 140.0, 300.0], [400.0, 100.0, 440.0, 300.0]]


def answer(
    expected: str, read: str, ink: list[list[list[float]]], boxes: list[list[float]]
) -> Answer:
    verdict = "right" if read == expected else "unreadable" if "?" in read else "wrong"
    return Answer(
        expected, "sum", expected, read, verdict, verdict == "right", 1.0, 0, "cnn", 0.9, [], ink,
        boxes,
    )  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a round of each kind of answer, and a hand."""
    folder = tmp_path / "data"
    storage = Storage(folder)
    number = storage.begin_round("sums", "cnn", None)
    for kept in (
        answer("7", "7", RIGHT, BOXES[1:]),  # right: an answer
        answer("3", "8", LEFT, BOXES[:1]),  # wrong, and the player was silent: nothing
        answer("1", "7", LEFT, BOXES[:1]),  # wrong, and put right
        answer("42", "42", LEFT + RIGHT, BOXES),  # right: two digits
        answer("57", "57", [LEFT[0] + RIGHT[0]], BOXES),  # joined up: only the whole number
        answer("9", "?", RIGHT[:1], BOXES[1:]),  # not read, and put right
    ):
        storage.add_answer(number, kept)
    storage.add_appeal(number, 2, "1", [0] * 6)
    storage.add_appeal(number, 5, "4")
    storage.close()
    hand = MyHand(folder / MY_HAND_FILE)
    hand.add("1", [np.array(stroke) for stroke in LEFT], "appeal")  # the same ink as above
    hand.add("8", [np.array(stroke) for stroke in RIGHT], "calibration")
    return folder


def test_everything_is_written_once_with_its_source(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ink.jsonl"
    assert main(["export-ink", str(path), "--data-dir", str(data)]) == 0
    told = capsys.readouterr()
    assert told.out == (
        f"Wrote 7 pieces of labelled ink to {path}: 2 by appeal, 1 by calibration, 4 by answer.\n"
    )
    assert told.err == ""
    ink = read_ink_file(path)
    assert [(piece.label, piece.source, len(piece.strokes)) for piece in ink] == [
        ("7", "answer", 2), ("1", "appeal", 1), ("4", "answer", 1), ("2", "answer", 2),
        ("57", "answer", 1), ("4", "appeal", 1), ("8", "calibration", 2),
    ]  # fmt: skip
    assert ink[2].strokes[0].tolist() == [point[:2] for point in LEFT[0]]
    assert [child.name for child in tmp_path.iterdir() if child.name.startswith("ink")] == [
        "ink.jsonl"
    ]


def test_an_existing_file_is_overwritten_only_by_force(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ink.jsonl"
    path.write_text("precious")
    words = ["export-ink", str(path), "--data-dir", str(data)]
    assert main(words) == 1
    assert path.read_text() == "precious"
    assert "--force" in capsys.readouterr().err
    assert main([*words, "--force"]) == 0
    assert len(read_ink_file(path)) == 7


@pytest.mark.parametrize("place", ["missing/ink.jsonl", "file/ink.jsonl", "folder"])
def test_a_place_that_cannot_be_written_is_one_sentence(
    data: Path, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    words = ["export-ink", str(tmp_path / place), "--force", "--data-dir", str(data)]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert f"{tmp_path / place} cannot be written (" in told and told.count("\n") == 1
    assert not list(tmp_path.rglob("*.new"))


def test_nothing_to_export_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "empty"
    path = tmp_path / "ink.jsonl"
    assert main(["export-ink", str(path), "--data-dir", str(folder)]) == 1
    assert capsys.readouterr().err == (
        f"There is no labelled ink in {folder}: play a round first.\n"
    )
    assert not path.exists() and not folder.exists()


def test_a_hand_without_rounds_is_enough(data: Path, tmp_path: Path) -> None:
    (data / "digit-dash.db").unlink()
    path = tmp_path / "ink.jsonl"
    assert main(["export-ink", str(path), "--data-dir", str(data)]) == 0
    assert [piece.label for piece in read_ink_file(path)] == ["1", "8"]


def test_what_cannot_be_read_is_told_and_the_rest_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for tail in ("", "-wal", "-shm"):
        (data / f"digit-dash.db{tail}").unlink(missing_ok=True)
    (data / "digit-dash.db").write_bytes(b"no database " * 1000)
    path = tmp_path / "ink.jsonl"
    assert main(["export-ink", str(path), "--data-dir", str(data)]) == 0
    assert "was damaged" in capsys.readouterr().err
    assert len(read_ink_file(path)) == 2


def test_the_file_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["export-ink"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "FILE" in told and told.count("\n") == 1


def test_it_needs_no_window(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "ink.jsonl"
    code = (
        "import sys; from game.__main__ import main;"
        f"main(['export-ink', {str(path)!r}, '--data-dir', {str(data)!r}]);"
        "assert 'pygame' not in sys.modules"
    )
    done = run_python("-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert path.exists()


def test_a_folder_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It does not say that nothing was played."""
    (tmp_path / "data").write_text("no folder")
    words = ["export-ink", str(tmp_path / "ink.jsonl"), "--data-dir", str(tmp_path / "data")]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "cannot be read" in told and "play a round" not in told


def test_a_hand_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / MY_HAND_FILE).mkdir()
    words = ["export-ink", str(tmp_path / "ink.jsonl"), "--data-dir", str(tmp_path)]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "cannot be read" in told and "play a round" not in told


def test_a_ragged_stroke_costs_one_piece(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ROOT / "tests" / "fixtures" / "my-hand-one-point-without-time.json"
    (tmp_path / MY_HAND_FILE).write_bytes(case.read_bytes())
    path = tmp_path / "ink.jsonl"
    assert main(["export-ink", str(path), "--data-dir", str(tmp_path)]) == 0
    assert "the other entries apply" in capsys.readouterr().err
    assert len(read_ink_file(path)) == len(json.loads(case.read_text())["samples"]) - 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_force_replaces_files_alone(data: Path, tmp_path: Path) -> None:
    pipe, link, precious = tmp_path / "pipe", tmp_path / "link", tmp_path / "precious"
    precious.write_text("precious")
    os.mkfifo(pipe)
    link.symlink_to(os.devnull)
    draft = tmp_path / "ink.jsonl.new"  # the name that a draft once had
    draft.symlink_to(precious)
    for place in (pipe, link):
        assert main(["export-ink", str(place), "--force", "--data-dir", str(data)]) == 1
    assert pipe.is_fifo() and link.is_symlink()
    assert main(["export-ink", str(tmp_path / "ink.jsonl"), "--data-dir", str(data)]) == 0
    assert precious.read_text() == "precious" and draft.is_symlink()
    link.unlink()
    link.symlink_to(precious)
    assert main(["export-ink", str(link), "--force", "--data-dir", str(data)]) == 0
    assert precious.read_text() == "precious" and len(read_ink_file(link)) == 7


@pytest.mark.parametrize("room", [0, 100])  # bytes; the ink needs some 900
@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_what_was_there(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], room: int, force: bool
) -> None:
    path = tmp_path / "ink.jsonl"
    words = ["export-ink", str(path), "--data-dir", str(data)]
    if force:
        path.write_text("precious")
        words.append("--force")
    with no_room_anywhere(room):
        assert main(words) == 1
    told = capsys.readouterr()
    assert f"{path} cannot be written (" in told.err and told.out == ""
    assert "Traceback" not in told.err
    assert [file.name for file in tmp_path.glob("ink*")] == (["ink.jsonl"] if force else [])
    assert not force or path.read_text() == "precious"
    assert main(words) == 0, "nothing of the answers was lost over it"
    assert len(read_ink_file(path)) == 7


def test_a_closed_folder_is_read_but_not_written_into(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export-ink", str(tmp_path / "before.jsonl"), "--data-dir", str(data)]) == 0
    capsys.readouterr()
    with closed_folder() as folder:
        shutil.copytree(data, folder / "data")
        close(folder)
        names = sorted(folder.rglob("*"))
        words = ["export-ink", str(folder / "ink.jsonl"), "--data-dir", str(folder / "data")]
        with common_user():
            assert main(words) == 1
        told = capsys.readouterr()
        assert f"{folder / 'ink.jsonl'} cannot be written (Permission denied)." in told.err
        assert sorted(folder.rglob("*")) == names
        path = folder.parent / "ink.jsonl"
        folder.parent.chmod(0o777)
        with common_user():
            assert main(["export-ink", str(path), *words[2:]]) == 0
        assert sorted(folder.rglob("*")) == names
        assert path.read_bytes() == (tmp_path / "before.jsonl").read_bytes()


def test_what_waits_beside_a_locked_database_is_written_as_well(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "ink.jsonl"
    with closing(sqlite3.connect(data / "digit-dash.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        storage = Storage(data)
        number = storage.begin_round("dash", "cnn", None)
        storage.add_answer(number, answer("5", "5", [[[1.0, 1.0, 0.0], [9.0, 9.0, 0.5]]], []))
        storage.close(0.0)
        assert main(["export-ink", str(path), "--data-dir", str(data)]) == 0
    assert len(read_ink_file(path)) == 8
    assert len(list(data.glob("*.waiting-*"))) == 1, "it still waits"
