"""Databases of every earlier version, each written by that version's own code, are taken over.

Each file of `fixtures/versions` has three rounds: two whole ones (a sum in them misread, in the
first of those put right by an appeal where that version knew appeals) and one that was left.
"""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from game.persistence.paths import DATABASE_FILE
from game.persistence.player_export import export_player, import_player
from game.persistence.players import Players
from game.persistence.progress import history
from game.persistence.schema import MIGRATIONS
from game.persistence.storage import Storage

FILES = Path(__file__).parents[2] / "fixtures" / "versions"
VERSIONS = range(1, len(MIGRATIONS))
APPEALS_SINCE, BOXES_SINCE, TIMES_SINCE = 2, 2, 5


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest, tmp_path: Path) -> int:
    number: int = request.param
    shutil.copy(FILES / f"digit-dash-version-{number}.db", tmp_path / DATABASE_FILE)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (number,)
    return number


def test_everything_is_taken_over(version: int, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    assert storage.keeps_scores and not storage.notices
    rounds = storage.past_rounds()
    assert sorted((past.mode, past.state) for past in rounds) == [
        ("dash", "abandoned"), ("dash", "finished"), ("sums", "finished"),
    ]  # fmt: skip
    assert storage.best_score("sums") == 200
    answers = storage.answers()
    assert [each.prompt for each in answers] == ["7", "3 + 4", "5"] * 2 + ["9"]
    assert [each.read for each in answers] == ["7", "1", "5"] * 2 + ["9"]
    assert all(len(each.ink[0]) == 6 and len(each.ink[0][0]) == 3 for each in answers)
    appealed = [each.appeal for each in answers if each.appeal is not None]
    assert appealed == (["7"] if version >= APPEALS_SINCE else [])
    assert bool(answers[0].boxes) is (version >= BOXES_SINCE)
    assert (answers[0].shown_seconds is not None) is (version >= TIMES_SINCE)
    storage.close()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_it_plays_on_and_tells_of_progress(version: int, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    number = storage.begin_round("dash", "cnn", None)
    storage.add_answer(number, storage.answers()[0])
    found = history(storage.read, datetime.datetime.now(datetime.UTC))
    assert sum(each.tally.answered for each in found.rounds) >= 7
    storage.close()
    assert len(Storage(tmp_path).answers()) == 8


def test_it_can_be_handed_on(version: int, tmp_path: Path) -> None:
    players = Players(tmp_path)
    file = tmp_path / "handed-on.zip"
    export_player(players.last(), file)
    other = Players(tmp_path / "another machine")
    came = import_player(other, file)
    storage = Storage(came.folder)
    assert len(storage.answers()) == 7
    storage.close()


def test_there_is_a_file_of_every_earlier_version() -> None:
    assert len(list(FILES.iterdir())) == len(VERSIONS)
