"""Files: whole or not at all, within bounds, and under names that were free."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from game.persistence.files import copy_aside, set_aside, write_whole
from recognizer.files import read_bounded


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "settings.toml"
    write_whole(path, "hand = 'linkshändig'\n")
    assert path.read_bytes() == "hand = 'linkshändig'\n".encode()
    write_whole(path, b"\xff\x00")
    assert path.read_bytes() == b"\xff\x00"
    assert names(path.parent) == ["settings.toml"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "hand.json"
    write_whole(path, "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os if call == "fsync" else Path, call, full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["hand.json"]


def test_drafts_of_a_killed_game_do_not_pile_up(tmp_path: Path) -> None:
    path = tmp_path / "[odd] name.json"
    old, young = (tmp_path / f"{path.name}.new-1-{n}" for n in (1, 2))
    for draft in (old, young):
        draft.write_text("half of i")
    os.utime(old, (1e9, 1e9))
    write_whole(path, "whole")
    assert names(tmp_path) == sorted([path.name, young.name])


def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match="no regular file"):
            read_bounded(path, 100)
        with pytest.raises(OSError, match="no regular file"):
            write_whole(path, "")
    assert pipe.is_fifo()


def test_reading_has_a_bound(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(FileNotFoundError):
        read_bounded(path, 5)
    path.write_bytes(b"12345")
    assert read_bounded(path, 5) == b"12345"
    with pytest.raises(ValueError, match="larger"):
        read_bounded(path, 4)


def test_files_set_aside_keep_their_content_under_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    aside = []
    for number in range(4):
        path.write_text(f"{number}")
        aside.append(copy_aside(path) if number % 2 else set_aside(path))
        assert path.exists() == bool(number % 2)
    assert len(set(aside)) == 4
    assert [kept.read_text() for kept in aside] == ["0", "1", "2", "3"]
    assert all(kept.name.startswith("settings.toml.broken-") for kept in aside)


def test_a_file_that_cannot_be_set_aside_leaves_no_trace(tmp_path: Path) -> None:
    for aside in (set_aside, copy_aside):
        with pytest.raises(FileNotFoundError):
            aside(tmp_path / "nothing")
    assert names(tmp_path) == []


def test_names_of_what_is_set_aside_are_free(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for number in range(4):
        path.write_text(str(number))
        assert set_aside(path).name.startswith("settings.toml.broken-")
    assert {kept.read_text() for kept in tmp_path.iterdir()} == {"0", "1", "2", "3"}


def test_the_same_content_is_copied_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("hand = 3")
    assert copy_aside(path) == copy_aside(path)
    path.write_text("hand = 4")
    copy_aside(path)
    assert len(names(tmp_path)) == 3
