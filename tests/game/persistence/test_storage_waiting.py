"""Behind a lock, on a full disk, in two windows: everything is kept, and once."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from stored import SUMMARY, answer, play, prompts, rows

from game.persistence import entries
from game.persistence import storage as module
from game.persistence.journal import waiting
from game.persistence.storage import BUSY_SECONDS, Storage


@pytest.fixture(autouse=True)
def no_long_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CLOSING_SECONDS", 0.1)


@contextmanager
def locked(folder: Path, kind: str = "IMMEDIATE") -> Iterator[None]:
    other = sqlite3.connect(folder / "digit-dash.db", isolation_level=None)
    if kind == "EXCLUSIVE":
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute(f"BEGIN {kind}")
    yield
    other.close()


def numbered(*spans: range) -> list[str]:
    return [str(n) for span in spans for n in span]


def test_what_waits_survives_the_next_round(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, 10)
    with locked(tmp_path):
        play(storage, 15, first=10)
        number = storage.begin_round("dash", "cnn", None)
        storage.add_answer(number, answer(prompt="25"))
    storage.add_answer(number, answer(prompt="26"))
    assert [row[0] for row in rows(storage.path, "SELECT prompt FROM answers ORDER BY id")] == (
        numbered(range(27))
    )
    assert waiting(storage.path) == []
    assert len(storage.answers(number)) == 2, "the round is known by the number it was begun with"
    storage.add_appeal(number, 1, "7")
    assert [each.appeal for each in storage.answers(number)] == [None, "7"]
    storage.close()


def test_a_lock_that_outlasts_the_game_costs_nothing(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with locked(tmp_path):
        play(storage, 30)
        storage.close()
    assert rows(storage.path, "SELECT * FROM answers") == []
    assert prompts(tmp_path) == numbered(range(30))
    assert rows(storage.path, "SELECT state, score FROM rounds") == [("finished", SUMMARY.score)]
    assert waiting(storage.path) == []
    assert prompts(tmp_path) == numbered(range(30)), "not twice"


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_lock_at_the_start_does_not_cost_the_session(tmp_path: Path, kind: str) -> None:
    before = Storage(tmp_path)
    play(before, 3)
    before.close()
    with locked(tmp_path, kind):
        storage = Storage(tmp_path)
        assert not storage.keeps_scores and "locked" in storage.notices[0]
        if kind == "IMMEDIATE":
            assert len(storage.answers()) == 3, "reading is possible behind such a lock"
        play(storage, 2, first=3)
    storage._next_open = 0.0  # the pause after the last attempt is over
    play(storage, 2, first=5)
    assert storage.keeps_scores
    assert len(storage.past_rounds()) == 3
    storage.close()
    assert prompts(tmp_path) == numbered(range(7))


def test_a_lock_is_waited_for_once_and_told_once(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    with locked(tmp_path):
        start = time.perf_counter()
        for _ in range(20):
            storage.add_answer(number, answer())
        # Not twenty times: the frames would stand still one after the other.
        assert time.perf_counter() - start < 10 * BUSY_SECONDS
        assert len(storage.notices) == 1 and "tried again" in storage.notices[0]
    storage.close()


def test_a_full_disk_keeps_what_waits(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    (pages,) = storage._db.execute("PRAGMA page_count").fetchone()
    storage._db.execute(f"PRAGMA max_page_count = {pages}")
    for n in range(60):
        storage.add_answer(number, answer(prompt=str(n)))
    assert "full" in storage.notices[0]
    assert waiting(storage.path)
    storage._db.execute("PRAGMA max_page_count = 1000000")
    storage.add_answer(number, answer(prompt="60"))
    assert waiting(storage.path) == []
    storage.close()
    assert prompts(tmp_path) == numbered(range(61))


def test_a_journal_is_taken_in_once_although_it_could_not_be_removed(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with locked(tmp_path):
        play(storage, 4)
        storage.close()
    (journal,) = waiting(storage.path)
    content = journal.read_bytes()
    for _ in range(3):
        assert prompts(tmp_path) == numbered(range(4))
        journal.write_bytes(content)


def test_a_second_window_takes_in_what_the_first_still_waits_with(tmp_path: Path) -> None:
    first = Storage(tmp_path)
    with locked(tmp_path):
        number = first.begin_round("dash", "cnn", None)
        for n in range(5):
            first.add_answer(number, answer(prompt=str(n)))
    second = Storage(tmp_path)
    assert len(second.answers()) == 5
    first.add_answer(number, answer(prompt="5"))
    assert [each.prompt for each in first.answers(number)] == numbered(range(6))
    second.close()
    first.close()
    assert prompts(tmp_path) == numbered(range(6))


@pytest.mark.parametrize(
    "damage",
    [b"\xff\xfe\n", b"[1, 2]\n", b'{"line": 9}\n', b'{"line": "x"}\n', b"[" * 5000 + b"\n",
     b'{"line": 8, "kind": "drop", "round": "", "values": {}}\n'],
)  # fmt: skip
def test_a_damaged_line_of_a_journal_costs_itself(tmp_path: Path, damage: bytes) -> None:
    storage = Storage(tmp_path)
    with locked(tmp_path):
        play(storage, 4)
        storage.close()
    (journal,) = waiting(storage.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[2] = damage  # the second answer
    journal.write_bytes(b"".join(lines) + b'{"line": 99, "kind": "ans')  # and a kill's last words
    again = Storage(tmp_path)
    assert [each.prompt for each in again.answers()] == ["0", "2", "3"]
    assert "damaged" in again.notices[0] and again.keeps_scores
    again.close()
    (aside,) = tmp_path.glob("*.waiting-*.broken-*")
    assert damage in aside.read_bytes()
    assert waiting(storage.path) == []


@pytest.mark.parametrize(
    ("sound", "odd"),
    [
        (rb'"line": \d+', rb'"line": 9223372036854775808'),
        (rb'"round": "[^"]*"', rb'"round": "#%s"' % (b"9" * 5000)),
        (rb'"round": "[^"]*"', rb'"round": "\\ud800"'),
    ],
)
def test_what_no_database_can_hold_costs_its_line_alone(
    tmp_path: Path, sound: bytes, odd: bytes
) -> None:
    """It used to cost the database: a sound one was set aside, at every start."""
    storage = Storage(tmp_path)
    with locked(tmp_path):
        play(storage, 4)
        storage.close()
    (journal,) = waiting(storage.path)
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[2] = re.sub(sound, lambda found: odd, lines[2], count=1)
    journal.write_bytes(b"".join(lines))
    again = Storage(tmp_path)
    assert [each.prompt for each in again.answers()] == ["0", "2", "3"]
    assert again.keeps_scores
    again.close()
    assert list(tmp_path.glob("digit-dash.db.broken-*")) == []
    assert waiting(storage.path) == []


def test_a_newer_version_gets_what_was_played_meanwhile(tmp_path: Path) -> None:
    play(storage := Storage(tmp_path), 2)
    storage.close()
    with sqlite3.connect(storage.path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute("ALTER TABLE rounds ADD COLUMN place TEXT")
        db.execute(f"PRAGMA user_version = {version + 1}")
    db.close()
    before = storage.path.read_bytes()
    old = Storage(tmp_path)
    assert not old.keeps_scores and "newer version" in old.notices[0]
    play(old, 2, first=2)
    old.close()
    assert storage.path.read_bytes() == before, "left untouched"
    with sqlite3.connect(storage.path) as db:
        db.execute(f"PRAGMA user_version = {version}")  # as the newer version would read it
        db.execute("ALTER TABLE rounds DROP COLUMN place")
    db.close()
    assert prompts(tmp_path) == numbered(range(4))


def test_two_windows_on_one_folder(tmp_path: Path) -> None:
    windows = [Storage(tmp_path) for _ in range(2)]
    numbers = [window.begin_round("dash", "cnn", None) for window in windows]
    for n in range(171):
        windows[n % 2].add_answer(numbers[n % 2], answer(prompt=str(n)))
    for window, number in zip(windows, numbers, strict=True):
        window.end_round(number, "finished", SUMMARY)
        window.close()
    assert prompts(tmp_path) == numbered(range(171))
    assert rows(windows[0].path, "PRAGMA integrity_check") == [("ok",)]


def test_a_round_of_a_killed_game_is_told_by_its_answers_at_once(tmp_path: Path) -> None:
    killed = Storage(tmp_path)
    number = killed.begin_round("dash", "cnn", None)
    for correct in (True, True, False, None, True):
        killed.add_answer(number, answer("7" if correct else "1", correct))
    killed.add_appeal(number, 2, "7", [150, 150, 100, 0, 150])
    killed.add_answer(number, replace(answer("?", False), verdict="late", points=0))
    again = Storage(tmp_path)  # the killed game's connection is still there, as after a kill
    (past,) = again.past_rounds()
    assert past.state == "abandoned"
    assert past.summary.score == 150 + 150 + 100 + 0 + 150
    assert (past.summary.right_answers, past.summary.wrong_answers) == (4, 1)
    assert past.summary.longest_streak == 4
    assert past.summary.seconds == pytest.approx(6 * 1.25)
    again.close()
    killed.close()


def test_entries_of_a_version_that_knew_fewer_values_are_still_entries() -> None:
    new = entries.answer_given("key", replace(answer(), shown_seconds=1.0, judged_seconds=2.0))
    old = new.as_json()
    values = dict(new.values)
    del values["shown_seconds"], values["judged_seconds"], values["seat"]
    read = entries.Entry.from_json({**old, "values": values})
    assert read.values == {**new.values, "shown_seconds": None, "judged_seconds": None}
    del values["ink"]
    with pytest.raises(ValueError):
        entries.Entry.from_json({**old, "values": values})
