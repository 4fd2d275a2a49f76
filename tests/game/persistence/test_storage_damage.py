"""Damaged databases: the game starts, the file is kept under another name, and answers survive."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pygame
import pytest
from driving import Driver
from stored import answer, play, prompts, rows

from game.persistence import opening
from game.persistence.schema import MIGRATIONS, columns
from game.persistence.storage import Storage

CASES = Path(__file__).parents[2] / "fixtures" / "databases"
COUNT = 40


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with COUNT answers."""
    storage = Storage(tmp_path_factory.mktemp("sound"))
    play(storage, COUNT)
    storage.close()
    return storage.path.read_bytes()


def asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("digit-dash.db.broken-*"))


# What the cases' names stand for, and how many of their answers must be there in the end.
@pytest.mark.parametrize(
    ("name", "answers", "set_aside"),
    [
        ("digit-dash-damaged-table-names.db", 0, True),
        ("digit-dash-user-version-minus-3.db", 0, True),
        ("digit-dash-one-letter-of-three-answers-not-utf8.db", 3, False),
        ("digit-dash-prompt-with-nul.db", 3, False),
        ("digit-dash-score-is-text.db", 3, False),
    ],
)
def test_the_cases(
    drive: Callable[..., Driver], tmp_path: Path, name: str, answers: int, set_aside: bool
) -> None:
    content = (CASES / name).read_bytes()
    (tmp_path / "digit-dash.db").write_bytes(content)
    storage = Storage(tmp_path)
    assert storage.keeps_scores
    assert len(storage.answers()) >= answers
    assert len(storage.notices) == int(set_aside)
    storage.close()
    assert [kept.read_bytes() for kept in asides(tmp_path)] == [content] * set_aside
    look_at_everything(drive)


def look_at_everything(drive: Callable[..., Driver]) -> None:
    """The title, the review of every round and answer, as a player would."""
    driver = drive()
    driver.frames(2)
    for key in (pygame.K_RETURN, pygame.K_r):  # a notice first, if there is one
        driver.key(key)
        driver.frames(2)
    for key in (pygame.K_RIGHT, pygame.K_DOWN, pygame.K_LEFT, pygame.K_ESCAPE):
        driver.key(key)
        driver.frames(2)


@pytest.mark.parametrize(("page", "times"), [(1, 40), (2, 120)], ids=["first page", "all others"])
def test_no_single_byte_ends_the_game_or_hides_the_answers(
    tmp_path: Path, sound: bytes, page: int, times: int
) -> None:
    rng = random.Random(page)
    path = tmp_path / "digit-dash.db"
    for _ in range(times):
        content = bytearray(sound)
        at = rng.randrange(4096) if page == 1 else rng.randrange(4096, len(sound))
        content[at] ^= rng.randrange(1, 256)
        path.write_bytes(content)
        storage = Storage(tmp_path)
        assert storage.keeps_scores, (at, storage.notices)
        # A byte outside the first page may have stood for a page of answers.
        assert len(storage.answers()) >= (COUNT if page == 1 else COUNT // 2), at
        play(storage, 1, first=1000)
        storage.close()
        assert all(kept.read_bytes() == content for kept in asides(tmp_path)), at
        assert "1000" in prompts(tmp_path), at
        for file in tmp_path.iterdir():
            file.unlink()


@pytest.mark.parametrize(
    ("known", "version"),
    [
        (1, 0),
        (1, 2),
        (1, 9),
        (2, 1),
        (2, 3),
        (2, 66),
        (3, 2),
        (3, 4),
        *((4, n) for n in (0, 1, 2, 3, 5, 68, 200, 255)),
    ],
)
def test_a_version_that_the_tables_belie_is_damage(
    tmp_path: Path, sound: bytes, known: int, version: int
) -> None:
    """One changed byte makes a database of any version known here look older or newer."""
    path = tmp_path / "digit-dash.db"
    if known == len(MIGRATIONS):
        path.write_bytes(sound)
    else:
        path.write_bytes(b"")
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for statements in MIGRATIONS[:known]:
                for statement in statements:
                    db.execute(statement)
            db.execute("INSERT INTO rounds (mode, backend, started_at) VALUES ('dash', '', 'then')")
            for n in range(COUNT):
                db.execute(
                    "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read,"
                    " verdict, seconds, points, backend, ink)"
                    " VALUES (1, 'then', ?, 'sum', '7', '7', 'right', 1.0, 100, 'cnn', '[]')",
                    (str(n),),
                )
    content = bytearray(path.read_bytes())
    content[63] = version
    path.write_bytes(content)
    storage = Storage(tmp_path)
    assert storage.keeps_scores, storage.notices
    storage.close()
    assert prompts(tmp_path) == [str(n) for n in range(COUNT)]
    (aside,) = asides(tmp_path)
    if version > len(MIGRATIONS):  # nothing was written into it before that was seen
        assert aside.read_bytes() == content


def test_every_version_is_known_by_its_tables() -> None:
    """Else a damaged number could not be told from a newer format."""
    seen: list[set[tuple[str, str]]] = []
    with closing(sqlite3.connect(":memory:")) as db:
        for statements in MIGRATIONS:
            for statement in statements:
                db.execute(statement)
            assert columns(db) not in seen
            seen.append(columns(db))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "alteration",
    [
        "ALTER TABLE answers DROP COLUMN boxes",
        "DROP TABLE appeals",
        "DROP TABLE journals",
        "CREATE TRIGGER t BEFORE INSERT ON answers BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER t BEFORE UPDATE ON rounds BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER t BEFORE INSERT ON answers WHEN NEW.prompt = '70'"
        " BEGIN SELECT RAISE(ABORT, 'no'); END",
        "PRAGMA user_version = -3",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 70000",
    ],
)
def test_a_database_that_cannot_be_written_loses_nothing(
    tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch, alteration: str, large: bool
) -> None:
    if large:
        monkeypatch.setattr(opening, "CHECKED_BYTES", 0)  # as if it were too large to check
    path = tmp_path / "digit-dash.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(alteration)
    storage = Storage(tmp_path)
    play(storage, 79, first=COUNT)
    assert len(storage.notices) == 1
    storage.close()
    assert prompts(tmp_path) == [str(n) for n in range(COUNT + 79)]
    assert len(asides(tmp_path)) == 1


def test_damage_in_a_large_file_is_found_in_play_and_mended_at_the_next_start(
    tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CHECKED_BYTES", 0)
    path = tmp_path / "digit-dash.db"
    path.write_bytes(sound)
    storage = Storage(tmp_path)
    leaf = sound.rindex(b"39sum7") // 4096 * 4096  # the page of the last answers
    with path.open("r+b") as file:
        file.seek(leaf)
        file.write(b"\xaa" * 200)
    storage._db.execute("PRAGMA shrink_memory")
    seen = len(storage.answers())
    assert seen < COUNT
    play(storage, 5, first=100)
    storage.close()
    found = prompts(tmp_path)
    assert found[-5:] == [str(n) for n in range(100, 105)]
    assert len(found) >= seen + 5
    assert len(asides(tmp_path)) == 1


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "digit-dash.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipes (cake)")
        db.execute("INSERT INTO recipes VALUES ('lemon')")
        db.commit()
    before = path.read_bytes()
    storage = Storage(tmp_path)
    play(storage, 1)
    storage.close()
    (aside,) = asides(tmp_path)
    assert aside.read_bytes() == before
    assert "another program" in storage.notices[0]


def test_an_empty_file_and_what_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "digit-dash.db"
    path.touch()
    play(storage := Storage(tmp_path), 2)
    assert storage.notices == []
    storage.close()
    assert len(rows(path, "SELECT * FROM answers")) == 2
    path.unlink()
    path.mkdir()
    storage = Storage(tmp_path)
    assert not storage.keeps_scores and "no regular file" in storage.notices[0]
    play(storage, 2, first=2)
    storage.close()
    path.rmdir()
    assert prompts(tmp_path) == ["2", "3"]


def test_a_kill_while_it_is_set_aside_is_made_good(
    tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "digit-dash.db"
    damaged = sound[:60] + b"\xff" * 4 + sound[64:]
    path.write_bytes(damaged)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for step in ("salvage", "set_aside", "sync_folder"):
        with monkeypatch.context() as patch:
            patch.setattr(opening, step, killed)
            with pytest.raises(KeyboardInterrupt):
                Storage(tmp_path)
    assert prompts(tmp_path) == [str(n) for n in range(COUNT)]
    assert damaged in [kept.read_bytes() for kept in asides(tmp_path)]


# --- values of another kind -----------------------------------------------------------------------

COLUMNS = {
    "rounds": (
        "mode", "backend", "seed", "started_at", "ended_at", "state", "seconds", "score",
        "longest_streak", "right_answers", "wrong_answers", "key",
    ),
    "answers": (
        "created_at", "prompt", "disguise", "expected", "read", "verdict", "correct", "seconds",
        "points", "backend", "confidence", "probabilities", "ink", "boxes", "digit_ink",
        "thinking_seconds", "writing_seconds", "shown_seconds", "judged_seconds", "seat",
    ),
    "appeals": ("created_at", "label", "counted"),
}  # fmt: skip
VALUES: tuple[object, ...] = (
    b"\xff\x00", "a\x00b", "", "abc" * 5000, 10**18, -5, 1e300, "٣", "[[1e999]]", "[" * 900,
    f"[[[1{'0' * 400}, 1, 1]]]", "9999-12-31T23:59:59+00:00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column"), [(table, name) for table in COLUMNS for name in COLUMNS[table]]
)
def test_no_value_of_another_kind_costs_more_than_itself(
    tmp_path: Path, sound: bytes, table: str, column: str
) -> None:
    path = tmp_path / "digit-dash.db"
    for value in VALUES:
        path.write_bytes(sound)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("INSERT INTO appeals VALUES (1, 'then', '7', 1)")
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = 1", (value,))
        storage = Storage(tmp_path)
        assert storage.notices == [], value
        assert len(storage.answers()) == COUNT, value
        (past,) = storage.past_rounds()
        assert len(storage.answers(past.number)) == COUNT, value
        assert isinstance(storage.best_score("dash"), int | None)
        whole = answer(prompt="1")
        assert storage.answers()[1] == whole, "the other rows are as they were"
        storage.close()


@pytest.mark.parametrize("value", [b"\xff\x00", "a\x00b", "abc" * 5000, -5, ""])
def test_the_screens_show_a_database_of_odd_values(
    drive: Callable[..., Driver], tmp_path: Path, sound: bytes, value: object
) -> None:
    path = tmp_path / "digit-dash.db"
    path.write_bytes(sound)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("INSERT INTO appeals VALUES (2, 'then', '7', 1)")
        for table, columns in COLUMNS.items():
            for column in columns:
                if column not in ("mode", "key"):
                    db.execute(f"UPDATE {table} SET {column} = ?", (value,))
    look_at_everything(drive)
    storage = Storage(tmp_path)
    assert len(storage.answers()) == COUNT
    storage.close()


def test_a_read_only_folder_is_read(tmp_path: Path, sound: bytes) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "digit-dash.db").write_bytes(sound)
    copy = opening.copy_to_read(folder / "digit-dash.db", 0.0)
    assert copy is not None
    assert copy.execute("SELECT COUNT(*) FROM answers").fetchone() == (COUNT,)
    copy.close()
    shutil.rmtree(folder)
    assert opening.copy_to_read(folder / "digit-dash.db", 0.0) is not None, "an empty one"
