"""Killed at a chosen system call: no finished answer is lost, and the next start is clean.

`strace` kills a child as it enters the n-th call that changes a file. The calls of each story are
counted first; DIGIT_DASH_KILLS=1000 tries every one of them.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import kills
import pytest
from kills import CALLS, KILLS, ROOT
from stored import play, prompts, rows

from game.persistence.hand_samples import MyHand
from game.persistence.schema import MIGRATIONS
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage

BEFORE = 20  # answers that are there when the child starts

CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from stored import INK, SUMMARY, answer
from game.persistence.hand_samples import CALIBRATION, MyHand
from game.persistence.settings import SettingsFile
from game.persistence import storage as module
from game.persistence.storage import Storage
module.CLOSING_SECONDS = 0.05  # for the story with a lock
folder = Path(sys.argv[1])
storage = Storage(folder)
number = storage.begin_round("dash", "cnn", None)
for n in ("100", "101", "102"):
    storage.add_answer(number, answer(prompt=n))
    print(n, flush=True)
storage.add_appeal(number, 1, "7")
storage.end_round(number, "finished", SUMMARY)
print("round", flush=True)
hand = MyHand(folder / "my-hand.json")
hand.add("7", INK, CALIBRATION)
print("sample", flush=True)
file = SettingsFile.load(folder)
file.settings.volume = 0.25
file.save()
print("settings", flush=True)
storage.close()
"""
EXPORT = """
import sys
from game.__main__ import main
main(["export-ink", sys.argv[1] + "/ink.jsonl", "--force", "--data-dir", sys.argv[1]])
"""
STORIES = ("free", "new", "locked", "damaged", "half a salvage", "an old version", "export")


pytestmark = pytest.mark.skipif(not kills.strace_works(), reason="no strace, or it may not trace")


@pytest.fixture(scope="module")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each story, as the child finds it."""
    home = tmp_path_factory.mktemp("beginnings")
    for story in STORIES:
        if story == "new":
            (home / story).mkdir()
            continue
        storage = Storage(home / story)
        play(storage, BEFORE)
        storage.close()
        with closing(sqlite3.connect(storage.path, isolation_level=None)) as db:
            if story in ("damaged", "half a salvage"):
                db.execute("PRAGMA user_version = 67")
            elif story == "an old version":
                db.execute("DROP TABLE facts")
                db.execute("DROP INDEX rounds_by_key")
                db.execute("DROP INDEX answers_by_figures")
                db.execute("DROP TABLE journals")
                db.execute("ALTER TABLE rounds DROP COLUMN key")
                for column in (
                    "digit_ink", "thinking_seconds", "writing_seconds", "shown_seconds",
                    "judged_seconds", "seat",
                ):  # fmt: skip
                    db.execute(f"ALTER TABLE answers DROP COLUMN {column}")
                db.execute("PRAGMA user_version = 2")
    half = home / "half a salvage"
    shutil.copy(half / "digit-dash.db", half / "digit-dash.db.salvaged")
    with closing(sqlite3.connect(half / "digit-dash.db.salvaged", isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    (home / "export" / "ink.jsonl").write_text("old\n")
    return home


def traced(folder: Path, story: str, *options: str) -> str:
    """Run the child under strace; return what it said of itself until it ended."""
    code = EXPORT if story == "export" else CHILD.format(tests=str(ROOT / "tests" / "game"))
    return kills.traced(folder, code, *options)


@pytest.mark.parametrize("story", STORIES)
def test_no_call_is_a_bad_moment(tmp_path: Path, beginnings: Path, story: str) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(beginnings / story, whole)
    told = run(whole, story)
    assert story == "export" or told.split()[-1] == "settings"
    calls = kills.calls_of(whole)
    exported = (whole / "ink.jsonl").read_bytes() if story == "export" else b""
    moments = random.Random(story).sample(range(1, calls + 1), min(KILLS, calls))
    for moment in moments:
        folder = tmp_path / f"{moment}"
        shutil.copytree(beginnings / story, folder)
        told = run(folder, story, "-e", f"inject={CALLS}:signal=KILL:when={moment}")
        look_at(folder, story, told, exported)
        shutil.rmtree(folder)


def run(folder: Path, story: str, *options: str) -> str:
    if story != "locked":
        return traced(folder, story, *options)
    with closing(sqlite3.connect(folder / "digit-dash.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        return traced(folder, story, *options)


def look_at(folder: Path, story: str, told: str, exported: bytes) -> None:
    """What is there after a kill: all that the child said was kept."""
    if story == "export":
        content = (folder / "ink.jsonl").read_bytes()
        assert content == exported or (content == b"old\n" and "Wrote" not in told)
    found = prompts(folder)
    before = 0 if story == "new" else BEFORE
    assert found[:before] == [str(n) for n in range(before)]
    kept = [word for word in told.split() if word in ("100", "101", "102")]
    assert found[before:] in (kept, [*kept, str(100 + len(kept))]), (
        "what was on its way may be there"
    )
    storage = Storage(folder)  # and now nothing is left to be mended
    assert storage.notices == []
    if "round" in told:
        assert storage.past_rounds()[0].state == "finished"
        assert [answer.appeal for answer in storage.answers()[-3:]] == [None, "7", None]
    storage.close()
    assert rows(storage.path, "PRAGMA integrity_check") == [("ok",)]
    hand = MyHand(folder / "my-hand.json")
    assert len(hand.samples) >= ("sample" in told) and hand.notices == []
    settings = SettingsFile.load(folder)
    assert settings.notices == []
    assert settings.settings.volume == 0.25 or "settings" not in told
    names = {path.name.split(".broken")[0] for path in folder.glob("*.broken-*")}
    salvaged = story in ("damaged", "half a salvage")
    assert names == ({"digit-dash.db"} if salvaged else set())
    assert not list(folder.glob("*.waiting-*")) and not list(folder.glob("*.salvaged"))
