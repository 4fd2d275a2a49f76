"""Killed at any moment: every answer that was kept is there, once, and the file is whole.

A child process plays, says of each answer when it is kept, and is killed with SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from stored import INK, play, prompts, rows

from game.persistence.schema import MIGRATIONS
from game.persistence.storage import Storage

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("DIGIT_DASH_KILLS", "8"))  # of each kind; a night takes more

CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from stored import SUMMARY, answer
from game.persistence.storage import Storage
print("begins", flush=True)
storage = Storage(Path(sys.argv[1]))
n = int(sys.argv[2])
while True:
    number = storage.begin_round("dash", "cnn", None)
    for _ in range(5):
        storage.add_answer(number, answer(prompt=str(n)))
        print(n, flush=True)
        n += 1
    storage.add_appeal(number, 2, "7")
    storage.end_round(number, "finished", SUMMARY)
"""


def kill_one(folder: Path, first: int, seconds: float) -> list[str]:
    """Play for so long after the first word, then die; return the prompts that were kept."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD.format(tests=str(ROOT / "tests" / "game")), str(folder),
         str(first)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "begins\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    told = child.stdout.read()
    child.stdout.close()
    child.wait()
    return told.split()[: told.count("\n")]


@pytest.mark.parametrize("is_locked", [False, True], ids=["free", "behind a lock"])
def test_no_kill_costs_an_answer(tmp_path: Path, is_locked: bool) -> None:
    rng = random.Random(int(is_locked))
    Storage(tmp_path).close()
    path = tmp_path / "digit-dash.db"
    kept: list[str] = []
    for kill in range(KILLS):
        other = sqlite3.connect(path, isolation_level=None)
        if is_locked:
            other.execute("BEGIN IMMEDIATE")
        kept += kill_one(tmp_path, 100_000 * kill, rng.uniform(0.0, 0.8 if is_locked else 0.3))
        other.close()
        found = prompts(tmp_path)
        assert len(set(found)) == len(found), "none twice"
        assert set(kept) <= set(found)
        # What was on its way when the kill came may be there or not.
        assert len(found) <= len(kept) + kill + 1
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert len(kept) > KILLS
    assert not list(tmp_path.glob("*.broken-*")) and not list(tmp_path.glob("*.waiting-*"))


@pytest.mark.parametrize("kind", ["an old version", "damaged"])
def test_no_kill_at_the_start_costs_an_answer(tmp_path: Path, kind: str) -> None:
    """In the midst of a migration, or while a damaged file is set aside."""
    rng = random.Random(kind)
    sound = tmp_path / "sound"
    if kind == "damaged":
        storage = Storage(sound)
        play(storage, 600)
        storage.close()
        with closing(sqlite3.connect(storage.path)) as db:
            db.execute("PRAGMA user_version = -3")
    else:
        sound.mkdir()
        old_version(sound / "digit-dash.db", 600)
    content = (sound / "digit-dash.db").read_bytes()
    for kill in range(KILLS):
        folder = tmp_path / f"{kill}"
        folder.mkdir()
        (folder / "digit-dash.db").write_bytes(content)
        kept = kill_one(folder, 100_000, rng.uniform(0.0, 0.1))
        found = prompts(folder)
        assert found[:600] == [str(n) for n in range(600)]
        assert set(kept) <= set(found[600:])
        assert rows(folder / "digit-dash.db", "PRAGMA integrity_check") == [("ok",)]


def old_version(path: Path, count: int) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in MIGRATIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
        db.execute("INSERT INTO rounds (mode, backend, started_at) VALUES ('dash', 'cnn', 'then')")
        db.executemany(
            "INSERT INTO answers (round_id, created_at, prompt, disguise, expected, read, verdict,"
            " correct, seconds, points, backend, ink)"
            " VALUES (1, 'then', ?, 'sum', '7', '7', 'right', 1, 1.0, 100, 'cnn', ?)",
            [(str(n), json.dumps(INK)) for n in range(count)],
        )
        db.commit()
