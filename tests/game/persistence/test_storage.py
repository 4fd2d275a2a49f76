"""Storage: written at once, migrated, and never at the cost of what is already there."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from game.persistence.schema import MIGRATIONS, migrate
from game.persistence.storage import Answer, RoundSummary, Storage
from game.rules.scoring import Score

SUMMARY = RoundSummary(60.0, 1200, 7, 10, 2)
INK = [[[1.0, 2.0, 0.0], [3.0, 4.0, 0.1]]]


def answer(read: str = "7", correct: bool | None = True) -> Answer:
    verdict = {True: "right", False: "wrong", None: "unreadable"}[correct]
    return Answer(
        "3 + 4", "sum", "7", read, verdict, correct, 1.25, 150, "cnn", 0.98, [[0.1] * 10], INK
    )


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return list(db.execute(query))


def test_answers_are_on_disk_at_once(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", "seed")
    storage.add_answer(number, answer())
    storage.add_answer(number, answer("1", False))
    storage.add_answer(number, answer("?", None))
    # Seen by another connection while the game is still running: a crash would lose nothing.
    kept = rows(
        storage.path,
        "SELECT round_id, prompt, expected, read, correct, seconds, backend, ink FROM answers",
    )
    assert [row[3:5] for row in kept] == [("7", 1), ("1", 0), ("?", None)]
    assert kept[0][:3] == (number, "3 + 4", "7")
    assert json.loads(str(kept[0][7])) == INK
    assert rows(storage.path, "SELECT state FROM rounds") == [("running",)]
    storage.close()


def test_best_score_counts_finished_rounds_of_the_mode_only(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.best_score("dash") is None
    for score, state, mode in (
        (500, "finished", "dash"), (900, "finished", "dash"), (5000, "abandoned", "dash"),
        (7000, "finished", "sums"),
    ):  # fmt: skip
        number = storage.begin_round(mode, "cnn", None)
        storage.end_round(number, state, RoundSummary(60, score, 1, 1, 0))
    storage.close()
    again = Storage(tmp_path)
    assert again.best_score("dash") == 900
    assert again.notices == [] and again.keeps_scores
    again.close()


def test_format_and_journal(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert rows(storage.path, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(storage.path, "PRAGMA journal_mode") == [("wal",)]
    storage.close()


def test_migration_starts_where_the_file_is() -> None:
    db = sqlite3.connect(":memory:")
    migrate(db)
    db.execute("INSERT INTO rounds (mode, backend, started_at) VALUES ('dash', 'cnn', 'now')")
    db.commit()
    migrate(db)  # nothing left to do, nothing lost
    assert db.execute("SELECT COUNT(*) FROM rounds").fetchone() == (1,)


def test_failed_migration_leaves_the_old_format(monkeypatch: pytest.MonkeyPatch) -> None:
    db = sqlite3.connect(":memory:")
    broken = (*MIGRATIONS, ("CREATE TABLE extra (x)", "THIS IS NO SQL"))
    monkeypatch.setattr("game.persistence.schema.MIGRATIONS", broken)
    with pytest.raises(sqlite3.Error):
        migrate(db)
    assert db.execute("PRAGMA user_version").fetchone() == (len(broken) - 1,)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    assert "answers" in tables and "extra" not in tables


@pytest.mark.parametrize(
    "damage", [b"this was a database once" * 300, b"SQLite format 3\0" + b"x" * 5000]
)
def test_damaged_file_is_kept_aside_and_a_new_one_begun(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "digit-dash.db"
    path.write_bytes(damage)
    storage = Storage(tmp_path)
    (aside,) = tmp_path.glob("digit-dash.db.broken-*")
    assert aside.read_bytes() == damage
    assert len(storage.notices) == 1 and aside.name in storage.notices[0]
    assert storage.keeps_scores
    storage.add_answer(storage.begin_round("dash", "cnn", None), answer())
    storage.close()
    assert len(rows(path, "SELECT * FROM answers")) == 1


def test_damage_in_the_middle_is_found(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    for _ in range(200):
        storage.add_answer(number, answer())
    storage.close()
    content = bytearray(storage.path.read_bytes())
    content[4096:40960] = b"\xaa" * (40960 - 4096)
    storage.path.write_bytes(content)
    again = Storage(tmp_path)
    (aside,) = tmp_path.glob("digit-dash.db.broken-*")
    assert aside.read_bytes() == bytes(content)
    assert again.keeps_scores
    again.close()


def test_newer_format_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "digit-dash.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE future (x)")
        db.execute("PRAGMA user_version = 99")
    storage = Storage(tmp_path)
    assert not storage.keeps_scores
    assert "newer version" in storage.notices[0]
    storage.add_answer(storage.begin_round("dash", "cnn", None), answer())  # in memory
    storage.close()
    assert rows(path, "PRAGMA user_version") == [(99,)]
    assert rows(path, "SELECT name FROM sqlite_master WHERE type='table'") == [("future",)]
    assert not list(tmp_path.glob("*.broken-*"))


def test_locked_file_gives_a_sentence_and_the_game_plays(tmp_path: Path) -> None:
    Storage(tmp_path).close()
    other = sqlite3.connect(tmp_path / "digit-dash.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    storage = Storage(tmp_path)
    assert not storage.keeps_scores and "locked" in storage.notices[0]
    storage.add_answer(storage.begin_round("dash", "cnn", None), answer())
    storage.close()
    other.execute("ROLLBACK")
    assert rows(tmp_path / "digit-dash.db", "SELECT * FROM answers") == []
    other.close()


def test_an_answer_behind_a_lock_is_written_later(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    other = sqlite3.connect(storage.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    storage.add_answer(number, answer("1", False))
    assert "tried again" in storage.notices[0]
    other.execute("ROLLBACK")
    storage.add_answer(number, answer())
    assert rows(storage.path, "SELECT read FROM answers ORDER BY id") == [("1",), ("7",)]
    other.close()
    storage.close()


def test_the_end_of_the_game_waits_for_a_lock(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    other = sqlite3.connect(storage.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    storage.add_answer(number, answer())
    assert rows(storage.path, "SELECT * FROM answers") == []
    release = threading.Timer(0.5, other.execute, ["ROLLBACK"])
    release.start()
    storage.close()
    release.join()
    other.close()
    assert rows(tmp_path / "digit-dash.db", "SELECT read FROM answers") == [("7",)]


def test_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    storage = Storage(tmp_path / "file")
    assert not storage.keeps_scores
    assert "cannot be used" in storage.notices[0]
    number = storage.begin_round("dash", "cnn", None)
    storage.end_round(number, "finished", SUMMARY)
    assert storage.best_score("dash") == 1200  # at least until the game ends
    storage.close()


def test_folder_that_vanishes_in_mid_game(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    storage = Storage(folder)
    storage._db.close()  # as if the disk were gone
    shutil.rmtree(folder)
    number = storage.begin_round("dash", "cnn", None)
    storage.add_answer(number, answer())
    assert storage.keeps_scores, "it was made anew"
    storage.close()
    assert rows(folder / "digit-dash.db", "SELECT read FROM answers") == [("7",)]


def test_folder_that_vanishes_for_good(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    storage = Storage(folder)
    number = storage.begin_round("dash", "cnn", None)
    shutil.rmtree(folder)
    folder.write_text("")
    storage.add_answer(number, answer())
    assert not storage.keeps_scores
    assert "cannot be used" in storage.notices[0]
    assert len(storage.answers(number)) == 1, "at least until the game ends"
    storage.close()


def test_rounds_of_a_killed_game_are_given_up(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    lost, wrote_lately, young, finished = (
        storage.begin_round("dash", "cnn", None) for _ in range(4)
    )
    storage.add_answer(lost, answer())
    storage.add_answer(wrote_lately, answer())
    storage.end_round(finished, "finished", SUMMARY)
    long_ago, lately = "2020-01-01T10:00:00.000+00:00", "2020-01-01T10:00:30.000+00:00"
    with storage._db as db:
        db.execute("UPDATE rounds SET started_at = ? WHERE id != ?", (long_ago, young))
        db.execute("UPDATE answers SET created_at = ? WHERE round_id = ?", (lately, lost))
    other = Storage(tmp_path)  # a second game, while the first still runs
    states = dict(rows(storage.path, "SELECT id, state FROM rounds"))
    assert states == {
        lost: "abandoned", wrote_lately: "running", young: "running", finished: "finished",
    }  # fmt: skip
    assert rows(storage.path, f"SELECT ended_at FROM rounds WHERE id = {lost}") == [(lately,)]
    storage.end_round(lost, "finished", SUMMARY)  # it was only paused for long
    assert other.best_score("dash") == SUMMARY.score
    assert dict(rows(storage.path, "SELECT id, state FROM rounds"))[lost] == "finished"
    other.close()
    storage.close()


def three_answers(storage: Storage, number: int) -> list[Answer]:
    given = [
        replace(
            answer(),
            boxes=[[1.0, 2.0, 3.0, 4.0]],
            digit_ink=[[[[0.1 + 0.2, 1 / 3, 0.0], [3.0, 4.0, 0.1]]], []],  # to the last bit
            thinking_seconds=0.75,
            writing_seconds=0.5,
            shown_seconds=2.25,
            judged_seconds=4.5,
        ),
        answer("1", False),
        answer("?", None),
    ]
    for one in given:
        storage.add_answer(number, one)
    return given


def test_past_rounds_and_their_answers_come_back_as_they_were(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    first = storage.begin_round("dash", "cnn", None)
    given = three_answers(storage, first)
    storage.end_round(first, "finished", SUMMARY)
    empty, second = (storage.begin_round("sums", "cnn", None) for _ in range(2))
    storage.end_round(empty, "finished", SUMMARY)
    storage.add_answer(second, answer())
    assert [past.number for past in storage.past_rounds()] == [first], "the second one still runs"
    storage.end_round(second, "abandoned", SUMMARY)
    storage.close()
    again = Storage(tmp_path)
    newest, oldest = again.past_rounds()
    assert (newest.number, newest.mode, newest.state) == (second, "sums", "abandoned")
    assert (oldest.number, oldest.mode, oldest.state) == (first, "dash", "finished")
    assert oldest.summary == SUMMARY
    assert again.answers(first) == given
    assert all(one.given_at[:2] == "20" for one in again.answers(first)), "when they were given"
    assert len(again.answers()) == 4
    again.close()


def test_an_appeal_is_kept_with_its_answer_and_scores_the_round_again(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number, other = (storage.begin_round("dash", "cnn", None) for _ in range(2))
    storage.add_answer(other, answer("1", False))
    three_answers(storage, number)
    storage.end_round(number, "finished", SUMMARY)
    ended = rows(storage.path, f"SELECT ended_at, state FROM rounds WHERE id = {number}")
    storage.add_appeal(number, 2, "7")
    better = Score(1500, streak=3, longest_streak=8, right=11, wrong=1)
    storage.add_appeal(number, 1, "7", [150, 140, 0], better)
    # Seen by another connection: a crash would lose nothing.
    kept = rows(
        storage.path,
        "SELECT read, verdict, points, label, counted FROM appeals"
        " JOIN answers ON answers.id = answer_id ORDER BY answers.id",
    )
    assert kept == [("1", "wrong", 140, "7", 1), ("?", "unreadable", 0, "7", 0)]
    assert [(a.points, a.appeal, a.counted) for a in storage.answers(number)] == [
        (150, None, False), (140, "7", True), (0, "7", False),
    ]  # fmt: skip
    assert storage.best_score("dash") == 1500
    (past,) = storage.past_rounds()
    assert past.summary == RoundSummary(60.0, 1500, 8, 11, 1)
    assert rows(storage.path, f"SELECT ended_at, state FROM rounds WHERE id = {number}") == ended
    assert [a.appeal for a in storage.answers(other)] == [None]
    storage.add_appeal(number, 99, "7")  # of an answer that is not there: nothing happens
    assert len(rows(storage.path, "SELECT * FROM appeals")) == 2
    storage.close()


def test_an_appeal_behind_a_lock_comes_after_its_answer(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    other = sqlite3.connect(storage.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    storage.add_answer(number, answer("1", False))
    storage.add_appeal(number, 0, "7", [100])
    assert rows(storage.path, "SELECT * FROM appeals") == []
    other.execute("ROLLBACK")
    assert [(a.points, a.appeal) for a in storage.answers(number)] == [(100, "7")]
    other.close()
    storage.close()


def test_a_database_of_the_first_version_is_read_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "digit-dash.db"
    with closing(sqlite3.connect(path)) as db:
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute(
            "INSERT INTO rounds (mode, backend, started_at, state, seconds, score, longest_streak,"
            " right_answers, wrong_answers) VALUES"
            " ('dash', 'cnn', '2026-01-01T10:00:00.000+00:00', 'finished', 60, 1200, 7, 10, 2)"
        )
        db.execute(
            "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read, verdict,"
            " correct, seconds, points, backend, confidence, probabilities, ink)"
            " VALUES (1, 'then', '3 + 4', 'sum', '7', '1', 'wrong', 0, 1.25, 150, 'cnn', 0.98, ?,"
            " ?)",
            (json.dumps([[0.1] * 10]), json.dumps(INK)),
        )
        db.commit()
    storage = Storage(tmp_path)
    assert storage.notices == [] and storage.keeps_scores
    (past,) = storage.past_rounds()
    assert (past.summary, past.started_at[:4]) == (SUMMARY, "2026")
    assert storage.answers(past.number) == [answer("1", False)]
    storage.add_appeal(past.number, 0, "7")
    assert storage.answers(past.number)[0].appeal == "7"
    storage.close()
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


@pytest.mark.parametrize(
    "damage",
    ["", "no JSON", "7", '{"a": 1}', "[[1]]", "[[[1, 2]]]", '[[["x", 1, 2]]]', "[[[NaN, 1, 2]]]"],
)
def test_altered_ink_is_no_ink(tmp_path: Path, damage: str) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    storage.add_answer(number, answer())
    with storage._db as db:
        db.execute("UPDATE answers SET ink = ?, boxes = ?, probabilities = ?", (damage,) * 3)
    (altered,) = storage.answers(number)
    assert altered.ink == []
    assert (altered.read, altered.expected) == ("7", "7")
    storage.close()
