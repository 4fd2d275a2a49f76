"""A player in one file: out and in again, and everything that such a file may be instead."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import fill, killed_after, names, things
from stored import answer, prompts

from game.persistence import player_archive, player_export
from game.persistence.player_export import (
    export_player,
    exported_files,
    free_file,
    import_player,
)
from game.persistence.players import Player, Players, PlayersError
from game.persistence.storage import Storage


@pytest.fixture
def mia(tmp_path: Path) -> Player:
    """A player with something of every kind, in a machine of her own."""
    player = Players(tmp_path / "here").add("Mia", "sky")
    fill(player.folder)
    return player


@pytest.fixture
def file(tmp_path: Path, mia: Player) -> Path:
    path = tmp_path / "mia.zip"
    export_player(mia, path)
    return path


def there(tmp_path: Path) -> Players:
    return Players(tmp_path / "there")


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("digit-dash.db")
    }


def test_all_of_a_player_goes_out_and_comes_in(tmp_path: Path, mia: Player, file: Path) -> None:
    came = import_player(there(tmp_path), file)
    assert (came.name, came.colour) == ("Mia", "sky") and came.key != mia.key
    assert content(came.folder) == content(mia.folder)
    assert prompts(came.folder) == ["0", "1", "2"]
    storage = Storage(came.folder)
    assert storage.notices == [] and storage.past_rounds()[0].state == "finished"
    storage.close()
    again = import_player(there(tmp_path), file)
    assert again.name == "Mia 2" and prompts(came.folder) == ["0", "1", "2"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".zip"] == ["mia.zip"]


def test_of_one_who_never_played_there_is_little(tmp_path: Path) -> None:
    ben = Players(tmp_path / "here").add("Ben", "teal")
    export_player(ben, tmp_path / "ben.zip")
    came = import_player(there(tmp_path), tmp_path / "ben.zip")
    assert came.name == "Ben" and [p.name for p in came.folder.iterdir()] == ["player.json"]


def test_what_waits_beside_the_database_is_in_it(tmp_path: Path, mia: Player) -> None:
    storage = Storage(mia.folder)
    number = storage.begin_round("dash", "cnn", None)
    with closing(sqlite3.connect(mia.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        storage.add_answer(number, answer(prompt="late"))
        assert list(mia.folder.glob("*.waiting-*"))
    export_player(mia, tmp_path / "mia.zip")
    came = import_player(there(tmp_path), tmp_path / "mia.zip")
    assert prompts(came.folder) == ["0", "1", "2", "late"]
    storage.close()
    assert prompts(mia.folder) == ["0", "1", "2", "late"]


def test_a_round_may_be_going_on(tmp_path: Path, mia: Player) -> None:
    storage = Storage(mia.folder)
    number = storage.begin_round("dash", "cnn", None)
    storage.add_answer(number, answer(prompt="now"))
    export_player(mia, tmp_path / "mia.zip")
    storage.add_answer(number, answer(prompt="later"))
    storage.close()
    came = import_player(there(tmp_path), tmp_path / "mia.zip")
    assert prompts(came.folder) == ["0", "1", "2", "now"]
    assert prompts(mia.folder)[-1] == "later"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, mia: Player) -> None:
    path = tmp_path / "mia.zip"
    path.write_text("mine")
    with pytest.raises(PlayersError, match="is there already"):
        export_player(mia, path)
    assert path.read_text() == "mine"
    export_player(mia, path, over=True)
    assert zipfile.is_zipfile(path)


def test_a_damaged_database_is_told_and_no_file_is_left(tmp_path: Path, mia: Player) -> None:
    raw = bytearray(mia.database.read_bytes())
    raw[4096:8192] = bytes(4096)
    mia.database.write_bytes(raw)
    with pytest.raises(PlayersError, match="Play as Mia once"):
        export_player(mia, tmp_path / "mia.zip")
    assert not list(tmp_path.glob("mia.zip*"))


def test_files_get_free_names_that_every_system_takes(tmp_path: Path, mia: Player) -> None:
    first = free_file(tmp_path, mia)
    export_player(mia, first)
    second = free_file(tmp_path, mia)
    export_player(mia, second)
    assert [p.name for p in (first, second)] == ["Mia.digit-dash.zip", "Mia 2.digit-dash.zip"]
    assert set(exported_files(tmp_path)) == {first, second}
    for name in ("a/b:c?", "../..", "..."):
        odd = Player("0" * 12, name, "sky", mia.folder)
        assert free_file(tmp_path, odd).parent == tmp_path / "exports"
    assert exported_files(tmp_path / "nowhere") == []


# --- what is no exported player -------------------------------------------------------------------


def refused(tmp_path: Path, path: Path, words: str = ".") -> None:
    """It is refused in a sentence, and nothing is left of the attempt."""
    everyone = there(tmp_path)
    with pytest.raises(PlayersError, match=words) as told:
        import_player(everyone, path)
    assert str(told.value).endswith(".") and "\n" not in str(told.value)
    assert names(everyone.root) == ["Player 1"]
    assert not everyone.home.exists() or things(everyone.home) == []


Change = Callable[[dict[str, bytes], dict[str, object]], None]


def repacked(path: Path, change: Change, **options: int) -> Path:
    """The archive, put together anew with other content; the manifest keeps up, until changed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    if isinstance(listed := manifest["files"], dict):
        for name, raw in files.items():
            digest = hashlib.sha256(raw).hexdigest()
            listed.setdefault(name, {"size": len(raw), "sha256": digest})
    with zipfile.ZipFile(path, "w", options.get("how", zipfile.ZIP_DEFLATED)) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/tmp/evil", "lists/../../evil.txt", "lists/a/b.txt", "lists\\..\\evil.txt",
        "C:\\evil", "evil.py", "players/last.json", "player.json", "in-use.lock", "lists/",
        "digit-dash.db-wal", "digit-dash.db.salvaged", "digit-dash.db.waiting-1.jsonl",
        "lists/.txt", "lists/a\0.txt", "pictures/a.svg", "LISTS/a.txt",
    ],
)  # fmt: skip
def test_no_other_names_come_in(tmp_path: Path, file: Path, name: str) -> None:
    refused(tmp_path, repacked(file, lambda files, _: files.update({name: b"evil"})))
    assert not list(tmp_path.rglob("evil*"))


def _set(key: str, value: object) -> Change:
    return lambda files, manifest: manifest.update({key: value})


def _without_database(files: dict[str, bytes], manifest: dict[str, object]) -> None:
    del files["digit-dash.db"]


def _other_size(files: dict[str, bytes], manifest: dict[str, object]) -> None:
    listed = manifest["files"]
    assert isinstance(listed, dict)
    listed["settings.toml"]["size"] += 1


def _other_content(files: dict[str, bytes], manifest: dict[str, object]) -> None:
    files["settings.toml"] = files["settings.toml"][::-1]


def _large_list(files: dict[str, bytes], manifest: dict[str, object]) -> None:
    files["lists/large.txt"] = b"7*8\n" * 10_000


def _bomb(files: dict[str, bytes], manifest: dict[str, object]) -> None:
    files["my-hand.json"] = bytes(30_000_000)
    listed = manifest["files"]
    assert isinstance(listed, dict)
    del listed["my-hand.json"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set("what", "a cake"), "no exported player"),
        (_set("format", 2), "newer version"),
        (_set("format", "1"), "another program"),
        (_set("files", []), "another program|damaged"),
        (_set("name", 7), "another program"),
        (_set("name", "x" * 1000), "another program"),
        (_without_database, "another program"),
        (_other_size, "another program"),
        (_other_content, "damaged"),
        (_large_list, "more than a player can have"),
        (_bomb, "more than a player can have"),
    ],
)
def test_a_manifest_that_does_not_fit(
    tmp_path: Path, file: Path, change: Change, words: str
) -> None:
    refused(tmp_path, repacked(file, change), words)


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack_are_not_unpacked(tmp_path: Path, file: Path, how: int) -> None:
    refused(tmp_path, repacked(file, lambda files, manifest: None, how=how), "another program")


def test_odd_names_and_colours_become_proper(tmp_path: Path, file: Path) -> None:
    path = repacked(file, lambda _, m: m.update(name="  \u202eaim\n ", colour="ultraviolet"))
    came = import_player(there(tmp_path), path)
    assert (came.name, came.colour) == ("aim", "marigold")
    path = repacked(file, lambda _, m: m.update(name="\n"))
    assert import_player(there(tmp_path), path).name.startswith("Player")


def test_endless_lists_of_files_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(player_archive.MOST_FILES + 1):
            archive.writestr(f"lists/{n}.txt", "")
    refused(tmp_path, path, "more than a player can have")


@pytest.mark.parametrize("kind", ["text", "empty", "zip", "folder", "nothing", "pipe"])
def test_other_files_are_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "other.zip"
    if kind == "text":
        path.write_text("PK is what it begins with")
    elif kind == "empty":
        path.touch()
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("letter.txt", "Dear Mia")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    refused(tmp_path, path)


def _foreign_table(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE answers")


def _trigger(db: sqlite3.Connection) -> None:
    db.execute("CREATE TRIGGER evil AFTER INSERT ON answers BEGIN DELETE FROM answers; END")


def _view(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE rounds RENAME TO others")
    db.execute("CREATE VIEW rounds AS SELECT * FROM others")


def _newer(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA user_version = 150")
    db.execute("CREATE TABLE tomorrow (id)")


def _old(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA user_version = 0")


@pytest.mark.parametrize("change", [_foreign_table, _trigger, _view, _newer, _old])
def test_a_database_that_is_not_ours_is_refused(
    tmp_path: Path, mia: Player, change: Callable[[sqlite3.Connection], None]
) -> None:
    path = tmp_path / "mia.zip"
    export_player(mia, path)
    database = tmp_path / "other.db"
    with zipfile.ZipFile(path) as archive:
        database.write_bytes(archive.read("digit-dash.db"))
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        change(db)

    def exchange(files: dict[str, bytes], manifest: dict[str, object]) -> None:
        files["digit-dash.db"] = database.read_bytes()
        listed = manifest["files"]
        assert isinstance(listed, dict)
        del listed["digit-dash.db"]

    refused(tmp_path, repacked(path, exchange), "newer" if change is _newer else "rounds cannot")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_is_changed_in_a_file_nothing_wrong_comes_in(
    tmp_path: Path, file: Path, mia: Player, seed: int
) -> None:
    rng = random.Random(seed)
    raw = bytearray(file.read_bytes())
    for _ in range(rng.choice((1, 1, 2, 20))):
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    if rng.random() < 0.3:
        del raw[rng.randrange(len(raw)) :]
    path = tmp_path / "changed.zip"
    path.write_bytes(raw)
    everyone = there(tmp_path)
    try:
        came = import_player(everyone, path)
    except PlayersError as error:
        assert "\n" not in str(error)
        assert not everyone.home.exists() or things(everyone.home) == []
        return
    assert content(came.folder).keys() == content(mia.folder).keys(), "what matters is the same"
    assert prompts(came.folder) == ["0", "1", "2"]
    everyone.delete(came)


def test_no_room_is_told(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 1000

    monkeypatch.setattr(player_archive.shutil, "disk_usage", lambda folder: Full())
    refused(tmp_path, file, "no room")


def test_no_kill_leaves_half_an_import(tmp_path: Path, file: Path) -> None:
    moment, finished = 0, False
    while not finished:
        everyone = Players(tmp_path / f"there {moment}")
        with pytest.MonkeyPatch.context() as patch:
            killed_after(moment, patch)
            try:
                import_player(everyone, file)
                finished = True
            except BaseException as error:
                assert type(error).__name__ == "Killed"
        for draft in everyone.home.glob(".new-*"):
            os.utime(draft, (1, 1))
        everyone = Players(everyone.root)
        assert everyone.notices == []
        for player in everyone.all():
            assert player.name in ("Player 1", "Mia")
            if player.name == "Mia":
                assert prompts(player.folder) == ["0", "1", "2"]
        assert {p.name for p in everyone.home.glob("*")} <= {p.key for p in everyone.all()}
        moment += 1
    assert moment > 3


def test_too_much_is_not_exported(
    tmp_path: Path, mia: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_archive, "MOST_BYTES", 1000)
    monkeypatch.setitem(player_archive._SIZES, "digit-dash.db", 1000)
    with pytest.raises(PlayersError, match="more than a player can have"):
        export_player(mia, tmp_path / "mia.zip")
    assert not list(tmp_path.glob("mia.zip*"))
    assert player_export.MOST_BYTES > 1000
