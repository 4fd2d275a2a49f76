"""My list: the lists by name, a file from the command line, and a round with what they ask."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from playing import rows

from game.rules.modes.my_list import KNOWN, MODE, ORDER, SAMPLE
from game.scenes import doors, places
from game.scenes.list_changes import DropList, RenameList
from game.scenes.list_editor import ListEditor
from game.scenes.lists import Lists
from game.scenes.notice import Notice
from game.scenes.pause import Pause
from game.scenes.play import Play
from game.scenes.result import Result

SIZES = [(360, 320), (960, 600), (1280, 720), (2560, 1440), (720, 1180)]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "lists" / f"{name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def opened(driver: Driver, place: places.Lists | None = None) -> Lists:
    driver.app.go(places.Title())
    return driver.lay(place or places.Lists(), Lists)


def playing(driver: Driver) -> Play:
    scene = driver.app.scenes[0]
    assert isinstance(scene, Play)
    return scene


def asked(play: Play) -> list[str]:
    assert play.level.own is not None
    return [prompt.text for prompt in play.level.own.prompts]


def names(scene: Lists) -> list[str]:
    return [tile.words.title for tile in scene.tiles]


def test_without_a_list_there_is_one_to_try(drive: Callable[..., Driver]) -> None:
    driver = drive()
    assert names(opened(driver)) == [SAMPLE.name]
    driver.key(pygame.K_RETURN)
    assert asked(playing(driver)) == [prompt.text for prompt in SAMPLE.prompts]


def test_a_list_of_the_folder_is_chosen_played_and_remembered(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    write(tmp_path, "Eights", "8*2\n8*3")
    write(tmp_path, "Nines", "9*2\n9*")
    driver = drive()
    scene = opened(driver)
    assert names(scene) == ["Eights", "Nines"]
    driver.click(scene.tiles[1].rect.center)
    assert scene.found is not None and [f.line for f in scene.found.faults] == [2]
    assert scene.tiles[1].words.line == "1 to ask, 1 left out"
    driver.key(pygame.K_p)
    play = playing(driver)
    assert asked(play) == ["9 × 2"]
    driver.until(lambda: play.round.clock.running, frame_seconds=0.05)
    driver.recognizer.answer = lambda: "18"
    driver.write_number("18", play.writing_area)
    driver.until(lambda: isinstance(driver.app.scene, Result))
    assert rows(tmp_path, "SELECT mode FROM rounds") == [(MODE.stored_as(play.level),)]
    driver.key(pygame.K_RETURN)
    assert asked(playing(driver)) == ["9 × 2"], "played again, the same list"
    table = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert table["choices"]["list"]["list"] == "Nines" and table["last_mode"] == "list"
    driver.app.go(places.Title())
    driver.key(pygame.K_RETURN)
    assert driver.shown(Lists).name == "Nines"
    assert driver.shown(Lists).tiles[1].words.foot.startswith("Best")


def test_starting_again_asks_the_same_list(drive: Callable[..., Driver], tmp_path: Path) -> None:
    write(tmp_path, "Eights", "8*2\n8*3")
    driver = drive()
    opened(driver)
    driver.key(pygame.K_RETURN)
    for keys in ([pygame.K_r], [pygame.K_p, pygame.K_r]):
        before = playing(driver)
        driver.until(lambda: playing(driver).round.clock.running, frame_seconds=0.05)
        for key in keys:
            driver.key(key)
        assert playing(driver) is not before
        assert asked(playing(driver)) == ["8 × 2", "8 × 3"]
    assert not isinstance(driver.app.scene, Pause)


def test_a_file_without_faults_is_played_at_once(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    path = tmp_path / "homework.txt"
    path.write_text("7*8\n12/4")
    driver = drive(mode="list", level=KNOWN, file=path)
    assert asked(playing(driver)) == ["7 × 8", "12 ÷ 4"]
    assert playing(driver).level.key == KNOWN


def test_faults_of_a_file_are_seen_first(drive: Callable[..., Driver], tmp_path: Path) -> None:
    path = tmp_path / "homework.txt"
    path.write_text("7*8\nseven\n12/4")
    write(tmp_path, "Eights", "8*2")
    driver = drive(mode="list", level=ORDER, file=path)
    scene = driver.shown(Lists)
    assert names(scene) == ["homework", "Eights"] and scene.name is None
    driver.key(pygame.K_RETURN)
    assert asked(playing(driver)) == ["7 × 8", "12 ÷ 4"] and playing(driver).level.key == ORDER


@pytest.mark.parametrize("content", [b"\xff\xfe7", b"", None])
def test_a_file_that_is_no_list_is_told(
    drive: Callable[..., Driver], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "homework.txt"
    if content is not None:
        path.write_bytes(content)
    driver = drive(mode="list", file=path)
    scene = driver.shown(Lists)
    assert "homework" in scene.trouble and scene.found is None
    driver.frames(2)
    driver.key(pygame.K_RETURN)
    assert driver.app.scene is scene, "there is nothing to play"


def test_a_level_goes_with_a_file_or_alone() -> None:
    assert doors.start("list") == places.Lists()
    file = Path("facts.txt")
    assert doors.start("list", KNOWN, file) == places.Lists(file, KNOWN)
    with pytest.raises(ValueError, match="no level 'brutal'; it has order, mixed, known"):
        doors.start("list", "brutal", file)
    assert doors.start("list", KNOWN) == places.Lists(None, KNOWN)


def test_all_lists_are_reached_by_turning(drive: Callable[..., Driver], tmp_path: Path) -> None:
    for n in range(23):
        write(tmp_path, f"List {n:02d}", "7*8")
    driver = drive(size=(960, 600))
    scene = opened(driver)
    seen = [names(scene)]
    while len(seen) < 20 and (len(seen) < 2 or seen[-1] != seen[0]):
        driver.click(button(scene, "More lists").rect.center)
        seen.append(names(scene))
    assert sorted({name for page in seen for name in page}) == [f"List {n:02d}" for n in range(23)]
    assert seen[-1] == seen[0], "and then from the beginning"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 3, 40])
def test_it_fits_every_window(
    drive: Callable[..., Driver], tmp_path: Path, size: tuple[int, int], count: int
) -> None:
    for n in range(count):
        write(tmp_path, f"A list with quite a long name {n}", "7*8\n" * 150 + "7*\n" * 40)
    driver = drive(size=size)
    scene = opened(driver)
    driver.frames(2)
    whole = pygame.Rect((0, 0), size)
    rects = [widget.rect for widget in scene.widgets]
    assert all(whole.contains(rect) for rect in rects)
    for n, rect in enumerate(rects):
        assert rect.collidelist(rects[n + 1 :]) == -1


# --- a list that is made here ---------------------------------------------------------------------


def type_out(driver: Driver, words: str) -> None:
    for sign in words:
        key = pygame.K_RETURN if sign == "\n" else pygame.K_0
        unicode = "\r" if sign == "\n" else sign
        driver.post(pygame.KEYDOWN, key=key, mod=0, unicode=unicode, scancode=0)
        driver.frames(1)


def test_a_list_is_typed_kept_and_played(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    driver.until(lambda: driver.app.desk.ready)
    opened(driver)
    driver.key(pygame.K_n)
    editor = driver.shown(ListEditor)
    type_out(driver, "7*8\n5-9\n\n3*?=2")
    driver.key(pygame.K_BACKSPACE)
    driver.click(button(editor, "2").rect.center)
    driver.click(button(editor, "7").rect.center)
    assert editor.lines == ["7*8", "5-9", "3*?=27"]
    driver.click(button(editor, "Keep").rect.center)
    scene = driver.shown(Lists)
    assert names(scene) == ["My list"] and scene.name == "My list"
    assert (tmp_path / "lists" / "My list.txt").read_text() == "7*8\n5-9\n3*?=27\n"
    assert scene.found is not None and [fault.line for fault in scene.found.faults] == [2]
    driver.key(pygame.K_RETURN)
    assert asked(playing(driver)) == ["7 × 8", "3 × ? = 27"]


def test_a_second_list_has_another_name_and_nothing_leaves_nothing(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    write(tmp_path, "My list", "7*8")
    driver = drive()
    opened(driver)
    for leave in ("Cancel", "Keep"):
        driver.key(pygame.K_n)
        editor = driver.shown(ListEditor)
        assert editor.name == "My list 2"
        driver.click(button(editor, leave).rect.center)
        assert names(driver.shown(Lists)) == ["My list"]


def test_a_list_that_cannot_be_kept_is_told(drive: Callable[..., Driver], tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("in the way")
    driver = drive()
    editor = driver.lay(places.ListEditor(), ListEditor)
    type_out(driver, "7*8")
    driver.click(button(editor, "Keep").rect.center)
    assert driver.app.scene is editor and "cannot be kept" in editor.trouble


@pytest.mark.parametrize("size", SIZES)
def test_the_editor_fits_every_window(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    driver = drive(size=size)
    editor = driver.lay(places.ListEditor(), ListEditor)
    type_out(driver, "7*8\n" * 3)
    driver.frames(2)
    rects = [widget.rect for widget in editor.widgets]
    assert all(pygame.Rect((0, 0), size).contains(rect) for rect in rects)
    for n, rect in enumerate(rects):
        assert rect.collidelist(rects[n + 1 :]) == -1


# --- another name, or away ------------------------------------------------------------------------


def test_a_list_gets_another_name_and_stays_the_one_that_is_chosen(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    write(tmp_path, "Eights", "8*2")
    write(tmp_path, "Nines", "9*2")
    driver = drive()
    driver.click(opened(driver).tiles[1].rect.center)
    driver.key(pygame.K_RETURN)  # played, so it is remembered
    scene = opened(driver)
    assert scene.name == "Nines"
    driver.click(button(scene, "Rename").rect.center)
    naming = driver.shown(RenameList)
    for _ in "Nines":
        driver.key(pygame.K_BACKSPACE)
    for label in ("t", "e", "n", "Space", "b"):  # pressed letters begin a word with a capital
        driver.click(button(naming, label).rect.center)
    type_out(driver, "ig!")
    assert naming.name == "Ten Big!"
    driver.key(pygame.K_RETURN)
    scene = driver.shown(Lists)
    assert names(scene) == ["Eights", "Ten Big!"] and scene.name == "Ten Big!"
    assert (tmp_path / "lists" / "Ten Big!.txt").read_text() == "9*2"
    assert opened(drive()).name == "Ten Big!"


@pytest.mark.parametrize("typed", ["", "  ", "eights", "..", "x" * 60])
def test_a_name_that_cannot_be_is_told_or_cut_and_nothing_is_lost(
    drive: Callable[..., Driver], tmp_path: Path, typed: str
) -> None:
    write(tmp_path, "Eights", "8*2")
    write(tmp_path, "Nines", "9*2")
    driver = drive()
    naming = driver.lay(places.RenameList("Nines"), RenameList)
    for _ in "Nines":
        driver.key(pygame.K_BACKSPACE)
    type_out(driver, typed)
    driver.key(pygame.K_RETURN)
    if typed.startswith("x"):
        assert driver.app.lists.names() == ["Eights", "x" * 40]
        return
    assert driver.app.scene is naming and naming.trouble
    driver.frames(2)
    driver.key(pygame.K_ESCAPE)
    assert driver.app.lists.names() == ["Eights", "Nines"]


def test_a_list_is_deleted_after_a_question(drive: Callable[..., Driver], tmp_path: Path) -> None:
    write(tmp_path, "Eights", "8*2")
    driver = drive()
    scene = opened(driver)
    driver.click(button(scene, "Delete").rect.center)
    driver.key(pygame.K_ESCAPE)
    assert names(driver.shown(Lists)) == ["Eights"]
    driver.key(pygame.K_DELETE)
    driver.click(button(driver.shown(DropList), "Delete it").rect.center)
    scene = driver.shown(Lists)
    assert names(scene) == [SAMPLE.name] and not list((tmp_path / "lists").iterdir())
    driver.key(pygame.K_DELETE)
    assert driver.app.scene is scene, "the list to try stays"


def test_a_list_that_cannot_be_deleted_is_told(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "Eights", "8*2")
    driver = drive()
    opened(driver)
    driver.key(pygame.K_DELETE)

    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    driver.click(button(driver.shown(DropList), "Delete it").rect.center)
    notice = driver.shown(Notice)
    assert "The list Eights cannot be deleted" in notice.sentences[0]


@pytest.mark.parametrize("size", SIZES)
def test_renaming_fits_every_window(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    driver = drive(size=size)
    naming = driver.lay(places.RenameList("A list with quite a long name 7"), RenameList)
    driver.frames(2)
    rects = [widget.rect for widget in naming.widgets]
    assert all(pygame.Rect((0, 0), size).contains(rect) for rect in rects)
    for n, rect in enumerate(rects):
        assert rect.collidelist(rects[n + 1 :]) == -1
