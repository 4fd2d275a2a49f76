"""Players: each a folder; made whole or not at all, found again, deleted for good."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import close, closed_folder, common_user
from people import fill, killed_after, names, things
from stored import prompts

from game.persistence import elsewhere, players
from game.persistence.in_use import InUse
from game.persistence.journal import Journal
from game.persistence.player_card import (
    COLOURS,
    LONGEST_NAME,
    Card,
    free_name,
    initials,
    proper_name,
    read_card,
    write_card,
)
from game.persistence.players import FIRST, Players, PlayersError, find_players
from game.ui import theme

# --- names ----------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_any_text_becomes_a_proper_name_or_none(typed: str) -> None:
    name = proper_name(typed)
    assert name.isprintable() and name == name.strip() and len(name) <= LONGEST_NAME
    assert proper_name(name) == name
    name.encode("utf-8")
    assert 1 <= len(initials(name)) <= 3 or not name


@given(st.lists(st.text(max_size=30), max_size=12))
def test_names_are_never_taken_twice(typed: list[str]) -> None:
    taken: list[str] = []
    for each in typed:
        name = free_name(each, taken)
        assert name == proper_name(name) and name
        assert name.casefold() not in [other.casefold() for other in taken]
        taken.append(name)


@given(st.text(max_size=40))
def test_every_name_is_kept_and_is_no_path(typed: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        root = Path(home) / "data"
        everyone = Players(root)
        if not proper_name(typed):
            with pytest.raises(PlayersError, match="needs a name"):
                everyone.add(typed, "sky")
            assert names(root) == ["Player 1"]
            return
        player = everyone.add(typed, "sky")
        assert player.folder.parent == root / "players"
        assert names(root) == [player.name] == [proper_name(typed)]
        found = Players(root).named(typed)
        assert found == player
        assert [path.name for path in Path(home).iterdir()] == ["data"]


def test_a_number_counts_on() -> None:
    assert free_name("Player 2", ["player 2"]) == "Player 3"
    assert free_name("Mia", ["MIA", "Mia 2"]) == "Mia 3"
    long = "a" * LONGEST_NAME
    assert free_name(long, [long]) == "a" * (LONGEST_NAME - 2) + " 2"


def test_initials_tell_apart() -> None:
    assert [initials(n) for n in ("mia", "Player 12", "Anna Berg", "ß", "日本")] == [
        "M", "P12", "AB", "S", "日",
    ]  # fmt: skip


def test_every_colour_has_a_look() -> None:
    assert set(theme.PLAYER_COLOURS) == set(COLOURS)
    assert len(set(theme.PLAYER_COLOURS.values())) == len(COLOURS)


# --- who there is ---------------------------------------------------------------------------------


def test_present_data_is_the_first_players(tmp_path: Path) -> None:
    fill(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    (first,) = find_players(tmp_path).players
    assert (first.key, first.folder, first.name) == (FIRST, tmp_path, "Player 1")
    assert sorted(path.name for path in tmp_path.iterdir()) == before, "looking changes nothing"
    mia = Players(tmp_path).add("Mia", "sky")
    assert names(tmp_path) == ["Mia", "Player 1"]
    assert (mia.folder / "player.json").exists() and not mia.database.exists()
    assert prompts(tmp_path) == ["0", "1", "2"]


def test_without_data_the_first_one_makes_room_for_others(tmp_path: Path) -> None:
    assert names(tmp_path / "new") == ["Player 1"]
    Players(tmp_path).add("Mia", "sky")
    assert names(tmp_path) == ["Mia"]


def test_names_and_colours_change_and_stay_apart(tmp_path: Path) -> None:
    fill(tmp_path)
    everyone = Players(tmp_path)
    mia = everyone.add("Mia", "sky")
    with pytest.raises(PlayersError, match="Mia plays here already"):
        everyone.add(" mia ", "coral")
    with pytest.raises(PlayersError, match="plays here already"):
        everyone.change(mia, "player 1", "sky")
    assert everyone.change(mia, "MIA", "rose").name == "MIA"
    first = everyone.with_key(FIRST)
    assert first is not None
    everyone.change(first, "Ben", "teal")
    found = {(p.name, p.colour) for p in find_players(tmp_path).players}
    assert found == {("MIA", "rose"), ("Ben", "teal")}


def test_who_played_last_comes_first(tmp_path: Path) -> None:
    fill(tmp_path)
    everyone = Players(tmp_path)
    first = everyone.last()
    everyone.remember(first)
    assert not (tmp_path / "players").exists(), "for one player nothing has to be noted"
    mia = everyone.add("Mia", "sky")
    assert everyone.last() == first
    everyone.remember(mia)
    assert Players(tmp_path).last() == mia
    for content in (b"", b"[]", b'{"last": 3}', b'{"last": "nobody"}', b"\xff" * 5000):
        (tmp_path / "players" / "last.json").write_bytes(content)
        assert Players(tmp_path).last() == first


@pytest.mark.parametrize("content", [b"", b"no json", b"[]", b'{"format": 1, "name": 3}'])
def test_a_damaged_card_costs_a_name_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    fill(tmp_path)
    mia = Players(tmp_path).add("Mia", "sky")
    fill(mia.folder)
    (mia.folder / "player.json").write_bytes(content)
    everyone = Players(tmp_path)
    (notice,) = everyone.notices
    assert str(mia.folder) in notice
    (nameless,) = [p for p in everyone.all() if p.key == mia.key]
    assert nameless.name == "Player 2" and prompts(nameless.folder) == ["0", "1", "2"]
    everyone.change(nameless, "Mia", "sky")
    assert Players(tmp_path).notices == []
    assert [p.read_bytes() for p in mia.folder.glob("player.json.broken-*")] == [content]


def test_a_newer_card_is_left_alone(tmp_path: Path) -> None:
    fill(tmp_path)
    mia = Players(tmp_path).add("Mia", "sky")
    card = json.dumps({"format": 2, "name": {"first": "Mia"}})
    (mia.folder / "player.json").write_text(card)
    everyone = Players(tmp_path)
    assert "newer version" in everyone.notices[0]
    assert names(tmp_path) == ["Player 1"]
    assert (mia.folder / "player.json").read_text() == card


def test_a_folder_that_cannot_be_read_is_named_and_the_others_play() -> None:
    with closed_folder() as folder:
        folder.chmod(0o777)
        with common_user():
            everyone = Players(folder)
            mia, ben = everyone.add("Mia", "sky"), everyone.add("Ben", "teal")
            everyone.remember(mia)
        mia.folder.chmod(0)
        with common_user():
            everyone = Players(folder)
            assert [str(mia.folder) in notice for notice in everyone.notices] == [True]
            assert everyone.last() == ben
        mia.folder.chmod(0o755)


def test_where_nothing_can_be_written_one_sentence_says_so() -> None:
    with closed_folder() as folder:
        fill(folder)
        close(folder)
        with common_user():
            everyone = Players(folder)
            assert names(folder) == ["Player 1"] and everyone.notices == []
            with pytest.raises(PlayersError, match="No player can be kept in"):
                everyone.add("Mia", "sky")
            with pytest.raises(PlayersError, match="cannot be deleted"):
                everyone.delete(everyone.last())
            assert prompts(folder) == ["0", "1", "2"]
            guest, lock = everyone.guest()
            assert guest.folder.parent != folder / "players"
            lock.close()
            everyone.forget(guest)
            assert not guest.folder.exists()


def test_links_and_foreign_folders_are_nobody(tmp_path: Path) -> None:
    fill(tmp_path)
    home = tmp_path / "players"
    home.mkdir()
    (home / "notes").mkdir()
    (home / "0123456789ab").symlink_to(tmp_path)
    assert names(tmp_path) == ["Player 1"]


def test_a_class_is_seen_by_reading_alone(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    everyone = Players(tmp_path)
    for n in range(3):
        fill(everyone.add(f"Child {n}", "sky").folder, 2 + n)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    found = find_players(tmp_path).players
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before
    assert [len(prompts(player.database.parent)) for player in found] == [2, 3, 4, 1]


def test_there_is_an_end_to_players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(players, "MOST_PLAYERS", 2)
    everyone = Players(tmp_path)
    everyone.add("A", "sky")
    everyone.add("B", "sky")
    with pytest.raises(PlayersError, match="room for 2"):
        everyone.add("C", "sky")


# --- who goes -------------------------------------------------------------------------------------


def journal_elsewhere(folder: Path) -> Path:
    journal = Journal(elsewhere.places(folder / "digit-dash.db")[0])
    journal.path.write_text('{"line": 1}\n')
    return journal.path


def test_deleted_is_every_file_of_a_player(tmp_path: Path) -> None:
    fill(tmp_path)
    everyone = Players(tmp_path)
    mia, ben = everyone.add("Mia", "sky"), everyone.add("Ben", "teal")
    for player in (mia, ben):
        fill(player.folder)
    mias, bens = journal_elsewhere(mia.folder), journal_elsewhere(ben.folder)
    everyone.delete(mia)
    assert not mias.exists() and bens.exists()
    assert sorted(path.name for path in (tmp_path / "players").iterdir()) == [ben.key]
    assert names(tmp_path) == ["Ben", "Player 1"]
    assert prompts(tmp_path) == ["0", "1", "2"]


def test_the_first_player_goes_too_and_what_is_not_theirs_stays(tmp_path: Path) -> None:
    fill(tmp_path)
    everyone = Players(tmp_path)
    mia = everyone.add("Mia", "sky")
    fill(mia.folder)
    first = everyone.with_key(FIRST)
    assert first is not None
    for name in ("notes.txt", "digit-dash-notes", "settings.tomlx"):
        (tmp_path / name).write_text("mine")
    for tail in (".broken-20260102-030405", ".waiting-0123.jsonl", "-wal", ".salvaged", ".new-1"):
        (tmp_path / f"digit-dash.db{tail}").write_bytes(b"ink")
    (tmp_path / "pictures" / "holidays.png").write_bytes(b"mine")
    waits = journal_elsewhere(tmp_path)
    everyone.delete(first)
    assert not waits.exists()
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {path for path in left if not path.startswith("players")} == {
        "notes.txt", "digit-dash-notes", "settings.tomlx", "pictures/holidays.png",
    }  # fmt: skip
    assert names(tmp_path) == ["Mia"] and Players(tmp_path).last() == mia
    everyone.delete(mia)
    (fresh,) = find_players(tmp_path).players
    assert fresh.key == FIRST and not fresh.database.exists()


def test_nobody_is_deleted_while_a_game_plays_as_them(tmp_path: Path) -> None:
    everyone = Players(tmp_path)
    mia = everyone.add("Mia", "sky")
    fill(mia.folder)
    lock = InUse(mia.folder)
    with pytest.raises(PlayersError, match="in another window"):
        everyone.delete(mia)
    assert prompts(mia.folder) == ["0", "1", "2"]
    lock.close()
    everyone.delete(mia)
    assert not mia.folder.exists()


@pytest.mark.parametrize("key", ["first", "mia"])
def test_a_kill_in_the_middle_leaves_a_player_or_none(tmp_path: Path, key: str) -> None:
    moment, finished = 0, False
    while not finished:
        root = tmp_path / str(moment)
        fill(root)
        everyone = Players(root)
        mia = everyone.add("Mia", "sky")
        fill(mia.folder)
        gone = mia if key == "mia" else everyone.with_key(FIRST)
        assert gone is not None
        with pytest.MonkeyPatch.context() as patch:
            killed_after(moment, patch)
            try:
                everyone.delete(gone)
                finished = True
            except BaseException as error:
                assert type(error).__name__ == "Killed"
        everyone = Players(root)
        there = {player.key for player in everyone.all()}
        assert everyone.notices == []
        if gone.key in there:
            assert not finished and prompts(gone.folder) == ["0", "1", "2"]
        elif gone is mia:
            assert things(root / "players") == []
        else:
            assert things(root) == ["players"]
        moment += 1
    assert moment > 2


@pytest.mark.parametrize("what", ["add", "change", "guest"])
def test_no_kill_leaves_half_a_player(tmp_path: Path, what: str) -> None:
    moment, finished = 0, False
    while not finished:
        root = tmp_path / str(moment)
        fill(root, 1)
        everyone = Players(root)
        ben = everyone.add("Ben", "teal")
        with pytest.MonkeyPatch.context() as patch:
            killed_after(moment, patch)
            try:
                if what == "add":
                    everyone.add("Mia", "sky")
                elif what == "change":
                    everyone.change(ben, "Mia", "sky")
                else:
                    _, lock = everyone.guest()
                    lock.close()
                finished = True
            except BaseException as error:
                assert type(error).__name__ == "Killed"
        everyone = Players(root)
        assert everyone.notices == []
        there = set(names(root)) - {"Player 1"}
        assert (
            there
            in {
                "add": ({"Ben"}, {"Ben", "Mia"}),
                "change": ({"Ben"}, {"Mia"}),
                "guest": ({"Ben"},),
            }[what]
        )
        assert not list(root.glob("players/.guest-*"))
        moment += 1


def test_drafts_of_killed_games_go_after_a_while(tmp_path: Path) -> None:
    old, new = (tmp_path / "players" / f".new-{n}" for n in "ab")
    for draft in (old, new):
        draft.mkdir(parents=True)
        (draft / "digit-dash.db").write_bytes(b"half")
    os.utime(old, (1, 1))
    Players(tmp_path)
    assert new.exists() and not old.exists(), "somebody may be importing right now"


# --- guests ---------------------------------------------------------------------------------------


def test_of_a_guest_nothing_is_left(tmp_path: Path) -> None:
    fill(tmp_path)
    everyone = Players(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    guest, lock = everyone.guest()
    fill(guest.folder)
    waits = journal_elsewhere(guest.folder)
    everyone.remember(guest)
    assert names(tmp_path) == ["Player 1"], "and nobody sees a guest"
    assert Players(tmp_path).last().key == FIRST
    assert guest.folder.exists(), "a game that is on is not swept away"
    lock.close()
    everyone.forget(guest)
    assert {path.name for path in tmp_path.iterdir()} == before and not waits.exists()


def test_a_guest_of_a_killed_game_goes_at_the_next_start(tmp_path: Path) -> None:
    everyone = Players(tmp_path)
    guest, lock = everyone.guest()
    fill(guest.folder)
    waits = journal_elsewhere(guest.folder)
    lock.close()  # as the system does for a game that is killed
    Players(tmp_path)
    assert not guest.folder.exists() and not waits.exists()


def test_a_card_says_what_it_was_told(tmp_path: Path) -> None:
    for card in (Card("Mia", "sky"), Card("", "sand", deleted=True)):
        write_card(tmp_path, card)
        assert read_card(tmp_path) == card
