"""Who plays: chosen in one tap, made, changed and deleted; a guest leaves nothing behind."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver, LearningRecognizer, button
from playing import Game
from stored import rows

from game.persistence.players import Players, find_players
from game.scenes import places
from game.scenes.notice import Notice
from game.scenes.player_editor import DeletePlayer, PlayerEditor
from game.scenes.player_import import ImportPlayer
from game.scenes.players import WhoPlays
from game.scenes.title import Title
from game.ui.widgets import Button

SIZES = [(360, 320), (800, 600), (1280, 720), (900, 1200), (3840, 2160)]


def names(root: Path) -> list[str]:
    return [player.name for player in find_players(root).players]


def opened(driver: Driver) -> WhoPlays:
    driver.app.go(places.Title())
    driver.key(pygame.K_p)
    return driver.shown(WhoPlays)


def tap(driver: Driver, name: str) -> None:
    (tile,) = [tile for tile in opened(driver).tiles if tile.name == name]
    driver.click(tile.rect.center)


def type_out(driver: Driver, words: str) -> None:
    driver.frames(1)
    for letter in words:
        driver.post(pygame.KEYDOWN, key=ord(letter.lower()), mod=0, unicode=letter, scancode=0)
        driver.post(pygame.TEXTINPUT, text=letter)
    driver.frames(1)


# --- choosing -------------------------------------------------------------------------------------


def test_one_tap_chooses_and_everything_is_theirs(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    (tmp_path / "settings.toml").write_text('hand = "left"\nvolume = 0.25\nlast_mode = "sums"\n')
    (mia.folder / "settings.toml").write_text("volume = 0.5\n")
    driver = drive()
    assert driver.shown(Title).chip.name == "Player 1"
    app = driver.app
    before = app.storage
    tap(driver, "Mia")
    assert driver.shown(Title).chip.name == "Mia" and app.player.key == mia.key
    assert (app.settings.volume, app.settings.hand) == (0.5, "right")
    assert app.storage is not before and app.storage.path.parent == mia.folder
    assert app.hand is app.desk.hand and app.hand.path.parent == mia.folder
    assert app.lists.folder.parent == app.pictures.folder.parent == mia.folder
    app.settings.volume = 0.75
    app.save_settings()
    assert tomllib.loads((mia.folder / "settings.toml").read_text())["volume"] == 0.75
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["volume"] == 0.25
    assert drive().app.player.key == mia.key, "who played last begins"


def test_the_hand_is_that_of_the_one_who_plays(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    Players(tmp_path).add("Mia", "sky")
    (tmp_path / "settings.toml").write_text("volume = 0.5")
    fake = LearningRecognizer()
    driver = drive(fake)
    driver.until(lambda: driver.app.desk.ready)
    driver.app.hand.add("7", [[[0, 0, 0], [1, 1, 0.1]]], "appeal")
    driver.until(lambda: bool(fake.taught) and len(fake.taught[-1]) == 1)
    tap(driver, "Mia")
    driver.until(lambda: len(fake.taught[-1]) == 0)
    assert driver.app.hand.samples == ()
    tap(driver, "Player 1")
    driver.until(lambda: len(fake.taught[-1]) == 1)


def test_who_plays_already_just_goes_back(drive: Callable[..., Driver], tmp_path: Path) -> None:
    Players(tmp_path).add("Mia", "sky")
    (tmp_path / "settings.toml").write_text("volume = 0.5")
    driver = drive()
    storage = driver.app.storage
    opened(driver)
    driver.key(pygame.K_RETURN)
    assert isinstance(driver.app.scene, Title) and driver.app.storage is storage


def test_a_round_that_is_going_on_stays_with_its_player(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    (tmp_path / "settings.toml").write_text("volume = 0.5")
    game = Game(drive)
    game.give()
    game.driver.app.play_as(mia)
    assert isinstance(game.driver.app.scenes[0], Title)
    database = tmp_path / "digit-dash.db"
    assert rows(database, "SELECT state FROM rounds") == [("abandoned",)]
    assert rows(database, "SELECT COUNT(*) FROM answers") == [(1,)]
    assert rows(mia.database, "SELECT COUNT(*) FROM rounds") == [(0,)]
    assert not list(tmp_path.glob("digit-dash.db-wal")), "and it was closed"


def test_answers_in_no_file_keep_their_player(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    (tmp_path / "settings.toml").write_text("volume = 0.5")
    driver = drive()
    first = driver.app.player
    monkeypatch.setattr(type(driver.app.storage), "only_in_memory", 2)
    driver.app.play_as(mia)
    assert "no room" in driver.shown(Notice).sentences[0] and driver.app.player == first
    monkeypatch.undo()
    driver.app.play_as(mia)
    assert driver.app.player == mia


@pytest.mark.parametrize("option", ["player", "guest"])
def test_the_command_line_says_who_plays(
    drive: Callable[..., Driver], tmp_path: Path, option: str
) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    driver = drive(**{option: mia.key if option == "player" else True})
    assert driver.shown(Title).chip.name == ("Mia" if option == "player" else "Guest")


def test_a_player_who_cannot_be_read_is_told_of_at_the_start(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    (mia.folder / "player.json").write_text("no card")
    driver = drive()
    assert str(mia.folder) in driver.shown(Notice).sentences[0]
    driver.frames(20)
    driver.key(pygame.K_ESCAPE)
    assert isinstance(driver.app.scene, Title)


# --- a guest --------------------------------------------------------------------------------------


def test_a_guest_plays_and_nothing_of_it_is_kept(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text('volume = 0.25\nhand = "left"\n')
    game = Game(drive)
    driver = game.driver
    driver.app.go(places.Title())
    before = {path.name for path in tmp_path.iterdir()}
    tap(driver, "Guest")
    title = driver.shown(Title)
    assert title.chip.name == "Guest" and title.chip.line == "Nothing is kept"
    assert (driver.app.settings.volume, driver.app.settings.hand) == (0.25, "right")
    folder = driver.app.player.folder
    driver.app.go(places.Round("dash"))
    play = driver.app.scenes[0]
    game.play = play  # type: ignore[assignment]
    driver.until(lambda: game.play.round.clock.running, frame_seconds=0.05)
    game.give()
    assert rows(folder / "digit-dash.db", "SELECT COUNT(*) FROM answers") == [(1,)]
    driver.app.hand.add("7", [[[0, 0, 0], [1, 1, 0.1]]], "appeal")
    driver.app.save_settings()
    tap(driver, "Player 1")
    assert not folder.exists()
    assert {path.name for path in tmp_path.iterdir()} == before
    assert rows(tmp_path / "digit-dash.db", "SELECT COUNT(*) FROM answers") == [(0,)]


def test_a_guest_leaves_nothing_when_the_game_ends(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive(guest=True)
    folder = driver.app.player.folder
    assert folder.is_dir() and not driver.app.players.all()[0].database.exists()
    driver.app.close()
    assert not folder.exists() and not (tmp_path / "players").exists()
    driver.close = lambda: None  # type: ignore[method-assign]


# --- making and changing --------------------------------------------------------------------------


def test_the_offered_name_may_be_kept_without_a_keyboard(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    driver = drive()
    scene = opened(driver)
    driver.click(button(scene, "New player").rect.center)
    editor = driver.shown(PlayerEditor)
    assert editor.name == "Player 2"
    colours = editor.swatches
    driver.click((colours.rect.right - 3, colours.rect.centery))
    driver.click(button(editor, "Keep").rect.center)
    assert driver.shown(Title).chip.name == "Player 2"
    player = driver.app.player
    assert player.colour == colours.options[-1][0]
    assert driver.app.settings.volume == 0.25, "the machine's loudness is taken over"
    assert names(tmp_path) == ["Player 1", "Player 2"]


def test_a_name_is_typed_rubbed_out_and_kept(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    driver = drive()
    opened(driver)
    driver.post(pygame.KEYDOWN, key=pygame.K_n, mod=0, unicode="n", scancode=0)
    driver.frames(3)
    driver.post(pygame.TEXTINPUT, text="n")  # of the key that led here
    driver.frames(1)
    editor = driver.shown(PlayerEditor)
    type_out(driver, "Jo Annq")
    driver.key(pygame.K_BACKSPACE)
    type_out(driver, "é")
    assert editor.name == "Jo Anné"
    driver.key(pygame.K_RETURN)
    assert driver.app.player.name == "Jo Anné"


def test_a_name_is_pressed_without_a_keyboard(drive: Callable[..., Driver]) -> None:
    driver = drive(size=(800, 600))
    driver.app.go(places.Title())
    editor = driver.lay(places.PlayerEditor(), PlayerEditor)
    for label in ("m", "i", "o", "Rub out", "a", "Space", "b"):
        driver.click(button(editor, label).rect.center)
    assert editor.name == "Mia B"
    driver.click(button(editor, "Keep").rect.center)
    assert driver.app.player.name == "Mia B"


def test_a_window_too_low_for_a_pad_has_none(drive: Callable[..., Driver]) -> None:
    driver = drive(size=(400, 320))
    driver.app.go(places.Title())
    editor = driver.lay(places.PlayerEditor(), PlayerEditor)
    labels = {widget.label for widget in editor.widgets if isinstance(widget, Button)}
    assert labels == {"Cancel", "Keep"}


def test_a_name_that_is_taken_or_none_is_told(drive: Callable[..., Driver], tmp_path: Path) -> None:
    Players(tmp_path).add("Mia", "sky")
    driver = drive()
    editor = driver.lay(places.PlayerEditor(), PlayerEditor)
    type_out(driver, "mia")
    driver.key(pygame.K_RETURN)
    assert "Mia plays here already" in editor.trouble and driver.app.scene is editor
    for _ in range(4):
        driver.key(pygame.K_BACKSPACE)
    driver.key(pygame.K_RETURN)
    assert "needs a name" in editor.trouble
    driver.key(pygame.K_ESCAPE)
    assert names(tmp_path) == ["Mia"]


def test_a_player_is_renamed_beside_their_tile(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    driver = drive()
    scene = opened(driver)
    driver.click(button(scene, "Change").rect.center)
    editor = driver.shown(PlayerEditor)
    type_out(driver, "0")
    driver.click(button(editor, "Keep").rect.center)
    assert scene.tiles[0].name == "Player 10"
    driver.key(pygame.K_ESCAPE)
    assert driver.shown(Title).chip.name == "Player 10" == driver.app.player.name


def test_buttons_are_pressed_by_enter_and_not_typed(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    driver = drive()
    editor = driver.lay(places.PlayerEditor("first"), PlayerEditor)
    driver.frames(1)
    for _ in range(3):
        driver.key(pygame.K_TAB)
    assert button(editor, "Delete").focused
    type_out(driver, " ")
    assert isinstance(driver.app.scene, DeletePlayer) and editor.name == "Player 1"


# --- deleting -------------------------------------------------------------------------------------


def delete(driver: Driver, name: str) -> None:
    player = driver.app.players.named(name)
    assert player is not None
    driver.app.go(places.Title())
    driver.app.lay(places.Players())
    driver.app.lay(places.PlayerEditor(player.key))
    for label in ("Delete", "Delete", "Yes, delete for good"):
        driver.frames(20)
        driver.click(button(driver.app.scene, label).rect.center)


def test_one_who_does_not_play_is_deleted_after_two_questions(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    mia = Players(tmp_path).add("Mia", "sky")
    driver = drive()
    storage = driver.app.storage
    for keeps in (1, 2):
        driver.app.go(places.Title())
        driver.app.lay(places.PlayerEditor(mia.key))
        for _ in range(keeps):
            driver.frames(20)
            driver.click(button(driver.app.scene, "Delete").rect.center)
        driver.frames(20)
        driver.key(pygame.K_ESCAPE)
        assert isinstance(driver.app.scene, PlayerEditor) and mia.folder.exists()
    delete(driver, "Mia")
    assert not mia.folder.exists() and driver.app.storage is storage
    assert [tile.name for tile in driver.shown(WhoPlays).tiles] == ["Player 1", "Guest"]


def test_one_who_plays_makes_room_for_another(drive: Callable[..., Driver], tmp_path: Path) -> None:
    mia = Players(tmp_path).add("Mia", "sky")
    game = Game(drive)
    game.give()
    driver = game.driver
    tap(driver, "Mia")
    driver.app.go(places.Title())
    delete(driver, "Mia")
    assert not mia.folder.exists() and driver.app.player.name == "Player 1"
    delete(driver, "Player 1")
    assert driver.app.player.name == "Player 1" and driver.app.storage.past_rounds() == []
    driver.app.storage.begin_round("dash", "cnn", None)
    assert driver.app.storage.keeps_scores and driver.app.storage.notices == []


def test_what_cannot_be_deleted_is_told(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.25")
    mia = Players(tmp_path).add("Mia", "sky")
    other = Driver(tmp_path, player=mia.key)
    driver = drive()
    delete(driver, "Mia")
    assert "another window" in driver.shown(Notice).sentences[0] and mia.folder.exists()
    other.app.storage.close()
    other.app._seat.leave()


# --- files ----------------------------------------------------------------------------------------


def test_out_into_a_file_and_in_again(drive: Callable[..., Driver], tmp_path: Path) -> None:
    game = Game(drive)
    game.give()
    driver = game.driver
    driver.app.go(places.Title())
    editor = driver.lay(places.PlayerEditor("first"), PlayerEditor)
    driver.click(button(editor, "Export").rect.center)
    driver.until(lambda: isinstance(driver.app.scene, Notice))
    (file,) = (tmp_path / "exports").iterdir()
    assert str(file) in driver.shown(Notice).sentences[0]
    scene = opened(driver)
    driver.click(button(scene, "Import").rect.center)
    (tile,) = driver.shown(ImportPlayer).tiles
    driver.click(tile.rect.center)
    driver.until(lambda: isinstance(driver.app.scene, Notice))
    driver.frames(20)
    driver.key(pygame.K_ESCAPE)
    assert [t.name for t in driver.shown(WhoPlays).tiles] == ["Player 1", "Player 2", "Guest"]
    tap(driver, "Player 2")
    assert len(driver.app.storage.answers()) == 1


def test_a_file_is_dropped_onto_the_window(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    opened(driver)
    path = tmp_path / "other.zip"
    path.write_text("no player")
    driver.post(pygame.DROPFILE, file=str(path))
    driver.frames(1)
    driver.until(lambda: "other.zip" in driver.shown(ImportPlayer).told)
    driver.post(pygame.DROPFILE, file=str(tmp_path / "nowhere.zip"))
    driver.until(lambda: "nowhere.zip" in driver.shown(ImportPlayer).told)
    driver.frames(2)


# --- the picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 3, 60])
def test_everything_fits_every_window(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int], count: int
) -> None:
    everyone = Players(tmp_path)
    for n in range(count):
        everyone.add(f"{n} Maximiliane-Josephine", "sky")
        (tmp_path / "exports").mkdir(exist_ok=True)
        (tmp_path / "exports" / f"{n} Maximiliane-Josephine.digit-dash.zip").write_bytes(b"PK")
    driver = drive(size=size)
    driver.app.go(places.Title())
    for place in (
        places.Title(), places.Players(), places.PlayerEditor(), places.PlayerEditor("first"),
        places.ImportPlayer(),
    ):  # fmt: skip
        driver.app.lay(place)
        driver.frames(2)
        whole = pygame.Rect((0, 0), size)
        rects = [widget.rect for widget in driver.app.scene.widgets]
        assert all(whole.contains(rect) for rect in rects), place
        for n, rect in enumerate(rects):
            assert rect.collidelist(rects[n + 1 :]) == -1, place


@pytest.mark.parametrize("size", [(800, 600), (1280, 720), (900, 1200)])
def test_who_plays_now_is_in_sight_first(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int]
) -> None:
    everyone = Players(tmp_path)
    added = [everyone.add(f"Child {n:02}", "sky") for n in range(40)]
    driver = drive(size=size, player=added[37].key)
    assert [tile.name for tile in opened(driver).tiles if tile.chosen] == ["Child 37"]


@pytest.mark.parametrize("size", [(800, 600), (1280, 720), (900, 1200)])
def test_all_players_are_reached_by_turning(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int]
) -> None:
    everyone = Players(tmp_path)
    wanted = {everyone.add(f"Child {n}", "sky").name for n in range(40)} | {"Guest"}
    driver = drive(size=size)
    scene = opened(driver)
    seen: set[str] = set()
    for _ in range(20):
        assert scene.tiles[-1].name == "Guest", "always in sight"
        seen |= {tile.name for tile in scene.tiles}
        assert all(tile.tells_all for tile in scene.tiles)
        more = [w for w in scene.widgets if isinstance(w, Button) and w.label == "More"]
        driver.click(more[0].rect.center)
    assert seen == wanted
