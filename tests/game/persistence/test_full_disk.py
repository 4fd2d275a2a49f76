"""A full disk: answers wait elsewhere, or in memory until there is room or the player leaves."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from limits import no_room_anywhere
from stored import answer, play, prompts, rows

from game.persistence import elsewhere
from game.persistence import storage as module
from game.persistence.journal import waiting
from game.persistence.records import connect
from game.persistence.storage import Storage
from game.scenes.leaving import TRY_SECONDS, Leaving
from game.scenes.notice import Notice
from game.scenes.title import Title


@contextmanager
def no_journal_in(folder: Path) -> Iterator[None]:
    """As on a disk that has room for no file in one folder."""
    usual = elsewhere.opener

    def opener(path: str, flags: int) -> int:
        if Path(path).is_relative_to(folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return usual(path, flags)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elsewhere, "opener", opener)
        yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nothing can be written into the database, as on a full disk."""
    other = connect(str(folder / "digit-dash.db"), 0.0)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.fixture(autouse=True)
def short_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSING_SECONDS", 0.3)
    monkeypatch.setattr(module, "CLOSING_PAUSE", 0.01)


def numbered(count: int) -> list[str]:
    return [str(n) for n in range(count)]


def test_memory_holds_what_finds_no_room_until_there_is_some(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, 5)
    with no_room_anywhere():
        play(storage, 7, first=5)
        number = storage.begin_round("dash", "cnn", None)
        storage.add_answer(number, answer(prompt="12"))
        assert storage.only_in_memory == 8
        storage.try_again()
        assert storage.only_in_memory == 8
    assert any("make room" in notice for notice in storage.notices)
    storage.try_again()
    assert storage.only_in_memory == 0
    storage.close()
    assert prompts(tmp_path) == numbered(13)
    assert rows(storage.path, "PRAGMA integrity_check") == [("ok",)]
    assert waiting(storage.path) == []


def test_the_end_of_the_game_waits_for_room_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = Storage(tmp_path)
    naps = 0

    def nap(_seconds: float) -> None:
        nonlocal naps
        naps += 1
        if naps == 3:  # somebody empties the bin
            room.__exit__(None, None, None)

    room = no_room_anywhere()
    room.__enter__()
    play(storage, 3)
    monkeypatch.setattr(module.time, "sleep", nap)
    storage.close()
    assert (naps, storage.only_in_memory) == (3, 0)
    monkeypatch.undo()
    assert prompts(tmp_path) == numbered(3)
    again = Storage(tmp_path)
    with no_room_anywhere():
        play(again, 2, first=3)
        again.close(0.05)
    assert again.only_in_memory == 2
    assert prompts(tmp_path) == numbered(3), "lost, as was said"


def test_answers_wait_elsewhere_and_the_next_start_takes_them_in(
    tmp_path: Path, elsewhere_folder: Path
) -> None:
    folder = tmp_path / "data"
    storage = Storage(folder)
    play(storage, 4)
    with locked(folder), no_journal_in(folder):
        play(storage, 6, first=4)
        assert storage.only_in_memory == 0
        (journal,) = elsewhere_folder.iterdir()
        assert journal.stat().st_mode & 0o777 == 0o600, "nobody else reads it"
        assert any(str(journal) in notice for notice in storage.notices)
        storage.close()
    assert prompts(folder) == numbered(10)
    assert list(elsewhere_folder.iterdir()) == []


def test_the_order_is_kept_where_the_place_changes_in_mid_round(
    tmp_path: Path, elsewhere_folder: Path
) -> None:
    folder = tmp_path / "data"
    storage = Storage(folder)
    with locked(folder):
        number = storage.begin_round("dash", "cnn", None)
        storage.add_answer(number, answer(prompt="0"))
        with no_journal_in(folder):
            storage.add_answer(number, answer(prompt="1"))
        storage.add_answer(number, answer(prompt="2"))  # there is room again
        storage.add_appeal(number, 1, "8")
        storage.close()
    assert len(waiting(storage.path)) == 2
    again = Storage(folder)
    assert [(a.prompt, a.appeal) for a in again.answers()] == [("0", None), ("1", "8"), ("2", None)]
    again.close()
    assert waiting(storage.path) == []


def test_what_others_put_elsewhere_is_not_taken_in(tmp_path: Path, elsewhere_folder: Path) -> None:
    folder, strangers = tmp_path / "data", tmp_path / "strangers"
    for each in (folder, strangers):
        storage = Storage(each)
        with locked(each), no_journal_in(each):
            play(storage, 2)
            storage.close()
    journals = sorted(elsewhere_folder.iterdir())
    assert len(journals) == 2 and len(waiting(folder / "digit-dash.db")) == 1
    (mine,) = waiting(folder / "digit-dash.db")
    (theirs,) = set(journals) - {mine}
    link = mine.with_name(mine.name.replace(".waiting-", ".waiting-a"))
    link.symlink_to(theirs)
    assert waiting(folder / "digit-dash.db") == [mine], "a link is nobody's journal"
    if os.getuid() == 0:
        os.chown(mine, 4242, 4242)
        assert waiting(folder / "digit-dash.db") == []


# --- the window -----------------------------------------------------------------------------------


def test_the_player_is_asked_before_answers_are_lost(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive()
    driver.frames(2)
    with no_room_anywhere():
        play(driver.app.storage, 3)
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        driver.frames(2)
        assert driver.app.running and isinstance(driver.app.scene, Leaving)
        assert "3 answers" in driver.app.scene.sentences[0]
        driver.key(pygame.K_ESCAPE)
        driver.frames(2)
        assert isinstance(driver.app.scene, Title | Notice)
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        driver.frames(2)
        assert driver.app.running and isinstance(driver.app.scene, Leaving), "asked once more"
        driver.click(button(driver.app.scene, "Try again").rect.center)
        driver.frames(2)
        assert driver.app.running
    driver.frames(round(TRY_SECONDS * 60) + 10)
    assert not driver.app.running, "it tried again by itself"
    driver.close()
    assert prompts(tmp_path) == numbered(3)


@pytest.mark.parametrize("how", ["the button", "the window's cross"])
def test_the_player_may_leave_all_the_same(
    drive: Callable[..., Driver], capsys: pytest.CaptureFixture[str], how: str
) -> None:
    driver = drive()
    driver.frames(2)
    with no_room_anywhere():
        play(driver.app.storage, 1)
        driver.app.quit()
        assert isinstance(driver.app.scene, Leaving)
        if how == "the button":
            driver.frames(2)
            driver.click(button(driver.app.scene, "Leave without them").rect.center)
        else:
            pygame.event.post(pygame.event.Event(pygame.QUIT))
        driver.frames(1)
        assert not driver.app.running
        driver.close()
    assert "no file and are lost: 1" in capsys.readouterr().err


def test_nobody_is_asked_where_everything_is_kept(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.frames(2)
    play(driver.app.storage, 1)
    driver.app.quit()
    assert not driver.app.running
