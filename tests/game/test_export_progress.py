"""`export`: every answer once, as a table and as JSON; no formula, and no file is lost over it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import SUMMARY, answer

from game.__main__ import main
from game.persistence.export import FORMULA, OF_ANSWER, OF_ROUND, as_csv
from game.persistence.players import Players
from game.persistence.storage import Storage


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two rounds: one whose prompts and seed somebody meant to be formulas, and one never ended."""
    folder = tmp_path / "data"
    storage = Storage(folder)
    number = storage.begin_round("list:known", "cnn", "=1+1")
    for prompt in ("=HYPERLINK(0)", "+1", "-2", "@SUM(A1)", "\t=1", "3 × 4"):
        storage.add_answer(number, replace(answer(prompt=prompt), thinking_seconds=0.5))
    storage.add_answer(number, answer("1", False, '7, "or" so'))
    storage.add_appeal(number, 6, "7", [100] * 7)
    storage.end_round(number, "finished", SUMMARY)
    number = storage.begin_round("sums:hard", "svm", None)
    storage.add_answer(number, answer("?", None, "8"))
    storage.begin_round("dash", "cnn", None)  # in which nothing was answered
    storage.close()
    return folder


def exported(data: Path, path: Path) -> int:
    return main(["export", str(path), "--data-dir", str(data)])


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_and_json_tell_the_same(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(data, tmp_path / "a.csv") == exported(data, tmp_path / "a.JSON") == 0
    told = capsys.readouterr()
    assert told.out.startswith(f"Wrote 8 answers of 2 rounds to {tmp_path / 'a.csv'}.\n")
    lines = table(tmp_path / "a.csv")
    document: dict[str, Any] = json.loads((tmp_path / "a.JSON").read_text("utf-8"))
    assert (document["format"], document["version"]) == ("digit-dash-answers", 1)
    answers = [(r, a) for r in document["rounds"] for a in r["answers"]]
    assert len(lines) == len(answers) == 8
    for line, (of_round, each) in zip(lines, answers, strict=True):
        assert tuple(line) == (*OF_ROUND, *OF_ANSWER)
        known = {**of_round, **each}
        for name, cell in line.items():
            value = known[name]
            shown = "" if value is None else str(int(value) if isinstance(value, bool) else value)
            assert cell.removeprefix("'") == shown
    first, put_right, unread = lines[0], lines[6], lines[7]
    assert (first["mode"], first["mode_title"]) == ("list:known", "My list: Until known")
    assert (first["right"], first["seconds"], first["thinking_seconds"]) == ("1", "1.25", "0.5")
    assert (put_right["verdict"], put_right["appeal"], put_right["right"]) == ("wrong", "7", "1")
    assert (unread["verdict"], unread["right"], unread["round_seconds"]) == ("unreadable", "", "")
    assert put_right["prompt"] == '7, "or" so' and unread["round"] == "2"


def test_no_cell_is_a_formula(data: Path, tmp_path: Path) -> None:
    exported(data, tmp_path / "a.csv")
    cells = [cell for line in table(tmp_path / "a.csv") for cell in line.values()]
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@")]
    assert "'=HYPERLINK(0)" in cells and "'=1+1" in cells and "3 × 4" in cells


@given(st.text(max_size=20))
def test_whatever_stands_in_a_text_the_table_keeps_its_shape(words: str) -> None:
    of_round = dict.fromkeys(OF_ROUND, 1) | {"seed": words}
    of_answer = dict.fromkeys(OF_ANSWER) | {"prompt": words, "right": True}
    made = as_csv([(of_round, [of_answer, of_answer])]).encode("utf-8", "replace").decode("utf-8")
    names, *rows = list(csv.reader(io.StringIO(made[1:], newline="")))
    assert len(rows) == 2 and all(len(row) == len(names) for row in rows)
    for row in rows:
        cell = row[names.index("prompt")]
        assert not cell.lstrip(" ").startswith(tuple(FORMULA))


def test_an_existing_file_is_overwritten_only_by_force(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("precious")
    assert exported(data, path) == 1 and path.read_text() == "precious"
    assert "--force" in capsys.readouterr().err
    assert main(["export", str(path), "--force", "--data-dir", str(data)]) == 0
    assert len(table(path)) == 8


@pytest.mark.parametrize("place", ["missing/a.csv", "file/a.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_one_sentence(
    data: Path, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.csv").mkdir()
    words = ["export", str(tmp_path / place), "--force", "--data-dir", str(data)]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert f"{tmp_path / place} cannot be written (" in told and told.count("\n") == 1


def test_nothing_to_export_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "empty"
    assert exported(folder, tmp_path / "a.csv") == 1
    assert capsys.readouterr().err == f"There are no answers in {folder}: play a round first.\n"
    assert not folder.exists() and not (tmp_path / "a.csv").exists()


def test_the_ending_says_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        exported(tmp_path, tmp_path / "a.xlsx")
    assert ended.value.code == 2
    assert "ends neither in .csv nor in .json" in capsys.readouterr().err


def test_whose_answers_they_are_is_said_by_name(data: Path, tmp_path: Path) -> None:
    mia = Players(data).add("Mia", "sky")
    storage = Storage(mia.folder)
    number = storage.begin_round("dash", "cnn", None)
    storage.add_answer(number, answer(prompt="hers"))
    storage.close()
    words = ["export", str(tmp_path / "mia.csv"), "--player", "mia", "--data-dir", str(data)]
    assert main(words) == 0
    assert [line["prompt"] for line in table(tmp_path / "mia.csv")] == ["hers"]
