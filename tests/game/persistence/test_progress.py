"""Progress is read as it was played: by the storage, from others' files, and from old ones."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from stored import answer, rows

from game.persistence.paths import DATABASE_FILE
from game.persistence.progress import History, history, history_of_file, solo, weakest
from game.persistence.records import Answer, RoundSummary
from game.persistence.schema import MIGRATIONS
from game.persistence.storage import Storage
from game.rules.modes import MODES
from game.rules.prompt import TIMES

NOW = datetime.datetime.now(datetime.UTC)


def told(prompt: str, expected: str, read: str, verdict: str, seconds: float = 2.0) -> Answer:
    disguise = "numeral" if prompt.isdecimal() else "sum"
    known = {"right": True, "wrong": False, "late": False}.get(verdict)
    return replace(
        answer(read, known, prompt), disguise=disguise, expected=expected, verdict=verdict,
        seconds=seconds, thinking_seconds=0.75 * seconds, writing_seconds=0.25 * seconds,
    )  # fmt: skip


def play(storage: Storage, mode: str, answers: Sequence[Answer], ended: bool = True) -> int:
    number = storage.begin_round(mode, "cnn", None)
    for each in answers:
        storage.add_answer(number, each)
    if ended:
        right = sum(a.verdict == "right" for a in answers)
        wrong = sum(a.verdict in ("wrong", "late") for a in answers)
        storage.end_round(number, "finished", RoundSummary(60.0, 100, right, right, wrong))
    return number


def read(storage: Storage) -> History:
    return history(storage.read, NOW)


def test_a_new_player_has_no_history(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    found = read(storage)
    assert found.is_empty and not found.memories and not found.confusion.readings
    storage.close()
    other = history_of_file(tmp_path / "nobody.db", NOW)
    assert other is not None and other.is_empty
    assert not (tmp_path / "nobody.db").exists()


def test_sums_are_those_of_the_answers(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    given = [
        told(f"6 {TIMES} 7", "42", "42", "right", 2.0),
        told(f"6 {TIMES} 8", "48", "43", "wrong", 9.0),
        told("7", "7", "?", "unreadable", 5.0),
        told("7", "7", "7", "right", 4.0),
        told("7", "7", "?", "late", 8.0),
        told("8", "8", "8", "right", 500.0),  # somebody went to the door
    ]
    number = play(storage, "dash", given)
    storage.add_appeal(number, 1, "48", [100] * 6)  # which was right, then
    (found,) = read(storage).rounds
    assert (found.mode, found.finished, found.tally.right) == ("dash", True, 3)
    assert found.seconds.count == 4 and found.seconds.total == pytest.approx(2 + 9 + 4 + 30)
    assert found.seconds.squares == pytest.approx(4 + 81 + 16 + 900)
    assert found.thinking.total == pytest.approx(0.75 * (2 + 9 + 4) + 30)
    assert found.thinking.total + found.writing.total == pytest.approx(found.seconds.total)
    assert abs(found.began - NOW) < datetime.timedelta(minutes=10)
    storage.close()


def test_confusion_and_thinking_are_told_by_digits_and_facts(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = play(storage, "sums", [
        told(f"7 {TIMES} 6", "42", "42", "right", 4.0),
        told(f"6 {TIMES} 7", "42", "47", "wrong"),
        told(f"6 {TIMES} 7", "42", "42", "right", 8.0),
        told("1", "1", "7", "wrong"),
    ])  # fmt: skip
    storage.add_appeal(number, 1, "42")
    typed = replace(told("5", "5", "5", "right"), backend="typed")
    play(storage, "zen;answers=typed", [typed] * 4)  # no hand has written these
    play(storage, "duel", [told("5", "5", "6", "wrong")] * 9)  # who wrote these?
    found = read(storage)
    assert found.confusion.count("2", "7") == 1 and found.confusion.count("4", "4") == 3
    assert found.confusion.count("1", "7") == 1 and found.confusion.total("5") == 0
    assert found.thinking == {f"6 {TIMES} 7": [3.0, 6.0]}
    assert {memory.key for memory in found.memories} == {f"6 {TIMES} 7"}
    assert [each.mode for each in solo(found.rounds)] == ["sums", "zen;answers=typed"]
    storage.close()


def test_rounds_are_told_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    for mode in ("dash", "sums"):
        play(storage, mode, [told("3", "3", "3", "right")])
    storage.close()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as db, db:  # a clock was set meanwhile
        db.execute("UPDATE rounds SET started_at = '2026-01-01T08:00:00+00:00' WHERE id = 2")
    storage = Storage(tmp_path)
    assert [each.mode for each in read(storage).rounds] == ["sums", "dash"]
    storage.close()


def test_a_round_that_was_never_ended_counts_by_its_answers(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, "dash", [told("7", "7", "7", "right"), told("8", "8", "3", "wrong")], ended=False)
    (found,) = read(storage).rounds
    assert (found.finished, found.tally.right, found.tally.wrong) == (False, 1, 1)
    storage.close()


def test_only_who_practises_digits_is_told_of_them(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, "dash", [told("7", "7", "1", "wrong")] * 6)
    assert set(weakest(storage, MODES["workout"])) == {"7"}
    assert weakest(storage, MODES["dash"]) == {}
    storage.close()


def test_what_is_odd_in_a_database_costs_itself_alone(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    for _ in range(4):
        play(storage, "dash", [told("7", "7", "7", "right")])
    storage.close()
    with closing(sqlite3.connect(storage.path)) as db, db:
        db.execute("UPDATE rounds SET started_at = 'yesterday', mode = X'FF00' WHERE id = 1")
        db.execute("UPDATE answers SET seconds = 'long', thinking_seconds = X'00' WHERE id = 2")
        db.execute("UPDATE answers SET seconds = 9e99, verdict = X'FF', read = 12.5 WHERE id = 3")
        db.execute("UPDATE rounds SET right_answers = 'many', seconds = -5 WHERE id = 4")
    again = Storage(tmp_path)
    found = read(again)
    assert len(found.rounds) >= 2 and again.notices == []
    assert all(0 <= (each.seconds.mean or 0) <= 30 for each in found.rounds)
    again.close()


def test_the_files_of_others_are_only_read(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "one")
    play(storage, "dash", [told("7", "7", "7", "right")] * 3)
    storage.close()
    before = storage.path.read_bytes()
    found = history_of_file(storage.path, NOW)
    assert found is not None and found.rounds[0].tally.right == 3
    assert storage.path.read_bytes() == before
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as db, db:  # of a version that knew no thinking, no facts
        for statement in (*MIGRATIONS[0], *MIGRATIONS[1]):
            db.execute(statement)
        db.execute("PRAGMA user_version = 2")
        db.execute(
            "INSERT INTO rounds (mode, backend, started_at, state, seconds, right_answers)"
            " VALUES ('dash', 'cnn', '2026-01-02T12:00:00+00:00', 'finished', 60.0, 3)"
        )
        db.execute(
            "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read, verdict,"
            " correct, seconds, points, backend, ink)"
            " VALUES (1, '', '7', 'numeral', '7', '7', 'right', 1, 2.0, 100, 'cnn', '[]')"
        )
    found = history_of_file(old, NOW)
    assert found is not None and found.rounds[0].tally.right == 3
    assert rows(old, "PRAGMA user_version") == [(2,)], "it is not brought up to date here"
    (tmp_path / "no.db").write_bytes(b"no database " * 1000)
    assert history_of_file(tmp_path / "no.db", NOW) is None


def test_the_sums_are_read_from_the_index(tmp_path: Path) -> None:
    """Without it every page of ink would be read for a few numbers."""
    from game.persistence.progress import _SUMS

    storage = Storage(tmp_path)
    storage.close()
    plan = rows(storage.path, f"EXPLAIN QUERY PLAN {_SUMS}")
    assert any("COVERING INDEX answers_by_figures" in str(step) for step in plan)
