"""The doctor tells what works and what does not, makes nothing and tells nothing personal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from stored import play

from game import doctor, version
from game.__main__ import main
from game.doctor import Finding, examine
from game.language.catalogues import languages
from game.persistence.paths import DATABASE_FILE
from game.persistence.players import Players
from game.persistence.storage import Storage
from recognizer import available_backends


def by_name(data: Path) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(data)}


def test_everything_is_looked_at_and_nothing_made(tmp_path: Path) -> None:
    data = tmp_path / "not" / "yet"
    found = by_name(data)
    assert list(found)[:4] == ["version", "Python", "packages", "languages"]
    assert set(found["languages"].found.split(", ")) == {of.code for of in languages()}
    assert "numpy" in found["packages"].found and "pygame-ce" in found["packages"].found
    for name in available_backends():
        assert found[f"recognizer {name}"].found.startswith("reads a 7 in ")
    assert found["data"].found.endswith("(not made yet)")
    assert not any(found[what].ails for what in ("data", "free space", "players", "clipboard"))
    assert list(tmp_path.iterdir()) == []


def test_names_scores_and_the_home_folder_are_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    data = tmp_path / "data"
    mia = Players(data).add("Mia Berg", "sky")
    storage = Storage(mia.folder)
    play(storage, 2)
    storage.close()
    main(["doctor", "--data-dir", str(data)])
    said = capsys.readouterr().out
    assert "Mia" not in said and str(tmp_path) not in said
    assert f"  data: ~{os.sep}data\n" in said
    assert "database 1: " in said or "database 2: " in said


def test_what_is_damaged_is_marked_and_the_rest_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(b"no database at all" * 100)
    found = by_name(tmp_path)
    assert found["database 1"].ails
    assert "clipboard" in found
    assert main(["doctor", "--data-dir", str(tmp_path)]) == 1
    assert "\n! database 1: " in capsys.readouterr().out


def test_a_recognizer_that_reads_nonsense_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "SEVEN", [[(0.0, 0.0), (1.0, 100.0)]])  # a one
    name, *_ = available_backends()
    (found,) = (of for of in doctor._recognizers() if of.what == f"recognizer {name}")
    assert found.ails and "where a 7 is written" in found.found


def test_the_version_names_every_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"digit-dash {version.program_version()}, models: ")
    assert all(f"{name} " in said for name in available_backends())
