"""What was wrong, slow or long ago is asked more often; what is stored of it may be damaged."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stored import SUMMARY, answer, rows

from game.persistence.fact_memory import MEMORIES, needs
from game.persistence.records import Answer, connect
from game.persistence.records import rows as read_rows
from game.persistence.salvage import salvage
from game.persistence.schema import MIGRATIONS, migrate
from game.persistence.storage import Storage
from game.rules.facts import named
from game.rules.prompt import MINUS, PLUS, TIMES

TODAY = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def given_answer(prompt: str, expected: str, right: bool, thinking: float = 1.5) -> Answer:
    made = answer("0" if not right else expected, right, prompt)
    return replace(made, expected=expected, thinking_seconds=thinking)


def play(storage: Storage, *answers: Answer, state: str = "finished") -> int:
    number = storage.begin_round("sums", "cnn", None)
    for each in answers:
        storage.add_answer(number, each)
    storage.end_round(number, state, SUMMARY)
    return number


def test_wrong_facts_need_it_most_and_slow_ones_more_than_known_ones(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    usual = [given_answer(f"{n} {PLUS} 3", str(n + 3), True, 2.0) for n in range(4, 10)]
    wrong = given_answer(f"8 {TIMES} 7", "56", False)
    slow = given_answer(f"9 {TIMES} 6", "54", True, 9.0)
    play(storage, *usual, wrong, slow)
    found = storage.fact_needs()
    assert set(found) == {f"7 {TIMES} 8", f"6 {TIMES} 9"}, "what is known is left to chance"
    assert 1 > found[f"7 {TIMES} 8"] > found[f"6 {TIMES} 9"] > 0
    storage.close()
    again = Storage(tmp_path)
    assert again.fact_needs().keys() == found.keys(), "the next start knows it"
    again.close()


def test_what_is_put_right_is_needed_less(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    wrong, right = (given_answer(f"8 {TIMES} 7", "56", right) for right in (False, True))
    play(storage, wrong)
    before = storage.fact_needs()[f"7 {TIMES} 8"]
    play(storage, right, right)
    assert storage.fact_needs().get(f"7 {TIMES} 8", 0.0) < before
    storage.close()


def test_an_appeal_in_the_round_makes_it_right(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("sums", "cnn", None)
    storage.add_answer(number, given_answer(f"8 {TIMES} 7", "56", False))
    storage.add_appeal(number, 0, "56", [100])
    storage.end_round(number, "finished", SUMMARY)
    assert storage.fact_needs() == {}
    assert rows(storage.path, "SELECT fact FROM facts") == [(f"7 {TIMES} 8",)]
    storage.close()


def test_only_what_asks_for_a_fact_is_one(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    others = [
        replace(given_answer("seven", "7", False), disguise="word"),
        replace(given_answer(f"3 {PLUS} 4", "5", False), disguise="earlier"),
        replace(given_answer(f"3 {PLUS} 4", "7", False), disguise="what is that?"),
        replace(given_answer(f"3 {PLUS} 4", "7", False), verdict="unreadable", correct=None),
        given_answer("", "", False),
    ]
    play(storage, *others, state="abandoned")
    assert rows(storage.path, "SELECT * FROM facts") == []
    play(storage, replace(given_answer(f"? {MINUS} 8 = 5", "13", False), disguise="missing"))
    assert list(storage.fact_needs()) == [f"13 {MINUS} 8"]
    storage.close()


def test_what_was_known_comes_back_when_it_is_long_ago(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, given_answer(f"8 {TIMES} 7", "56", True))
    storage.close()
    with closing(connect(str(tmp_path / "digit-dash.db"), 1.0)) as db:
        db.execute("UPDATE facts SET reviewed_at = ?", (TODAY.isoformat(),))
        later = [
            needs(read_rows(db, MEMORIES), TODAY + datetime.timedelta(days=days))
            for days in (0, 10, 100)
        ]
    found = [each.get(f"7 {TIMES} 8", 0.0) for each in later]
    assert found[0] == 0.0 < found[1] < found[2] < 1


def test_a_clock_that_was_set_back_does_no_harm(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    play(storage, given_answer(f"8 {TIMES} 7", "56", False))
    future = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=900)).isoformat()
    with closing(sqlite3.connect(storage.path)) as db, db:
        db.execute("UPDATE facts SET reviewed_at = ?", (future,))
    play(storage, given_answer(f"8 {TIMES} 7", "56", False))
    assert storage.notices == [] and list(storage.fact_needs()) == [f"7 {TIMES} 8"]
    storage.close()


VALUES = st.one_of(
    st.none(), st.text(max_size=12), st.binary(max_size=8), st.integers(-(2**63), 2**63 - 1),
    st.floats(), st.sampled_from([f"7 {TIMES} 8", f"8 {TIMES} 7", TODAY.isoformat(), "2026"]),
)  # fmt: skip


@given(row=st.fixed_dictionaries(dict.fromkeys(("fact", "stability", "difficulty", "at"), VALUES)))
def test_whatever_stands_in_a_row_costs_that_row_alone(row: dict[str, object]) -> None:
    with closing(connect(":memory:", 1.0)) as db:
        db.execute("CREATE TABLE facts (fact, stability, difficulty, reviewed_at)")
        db.execute("INSERT INTO facts VALUES (:fact, :stability, :difficulty, :at)", row)
        db.execute("INSERT INTO facts VALUES (?, 0.2, 7, ?)", (f"6 {TIMES} 9", TODAY.isoformat()))
        found = needs(read_rows(db, MEMORIES), TODAY)
    assert f"6 {TIMES} 9" in found
    assert all(named(key) is not None and 0 < need <= 1 for key, need in found.items())


def test_a_database_of_the_third_version_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "digit-dash.db"
    with closing(sqlite3.connect(path)) as db, db:
        for statements in MIGRATIONS[:3]:
            for statement in statements:
                db.execute(statement)
        db.execute("PRAGMA user_version = 3")
        db.execute(
            "INSERT INTO rounds (key, mode, backend, started_at) VALUES ('k', 'dash', 'cnn', '')"
        )
    storage = Storage(tmp_path)
    assert storage.notices == [] and storage.fact_needs() == {}
    play(storage, given_answer(f"8 {TIMES} 7", "56", False))
    assert list(storage.fact_needs()) == [f"7 {TIMES} 8"]
    storage.close()
    assert rows(path, "SELECT COUNT(*) FROM rounds") == [(2,)]


def test_what_is_remembered_is_salvaged(tmp_path: Path) -> None:
    with closing(connect(str(tmp_path / "old.db"), 1.0)) as db:
        migrate(db)
        insert = "INSERT INTO facts (fact, stability, difficulty, reviewed_at) VALUES (?, ?, ?, ?)"
        db.execute(insert, (f"7 {TIMES} 8", 0.2, 7.0, TODAY.isoformat()))
        db.execute(insert, (f"6 {TIMES} 9", "?", 7.0, TODAY.isoformat()))
        db.execute(insert, ("nonsense", 0.2, 7.0, TODAY.isoformat()))
    salvage(tmp_path / "old.db", tmp_path / "new.db")
    found = rows(tmp_path / "new.db", MEMORIES)
    assert found == [(f"7 {TIMES} 8", 0.2, 7.0, TODAY.isoformat())]


@pytest.mark.parametrize("locked", [False, True])
def test_a_round_that_waits_in_the_journal_is_reviewed_once(tmp_path: Path, locked: bool) -> None:
    storage = Storage(tmp_path)
    other = sqlite3.connect(storage.path, isolation_level=None)
    if locked:
        other.execute("BEGIN IMMEDIATE")
    play(storage, given_answer(f"8 {TIMES} 7", "56", False))
    if locked:
        other.execute("ROLLBACK")
    other.close()
    storage.close()
    again = Storage(tmp_path)
    ((stability, difficulty),) = rows(storage.path, "SELECT stability, difficulty FROM facts")
    again.close()
    fresh = Storage(tmp_path / "fresh")
    play(fresh, given_answer(f"8 {TIMES} 7", "56", False))
    fresh.close()
    once = rows(tmp_path / "fresh" / "digit-dash.db", "SELECT stability, difficulty FROM facts")
    assert once == [(stability, difficulty)]
