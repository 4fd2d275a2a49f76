"""Whatever became of a file of the player: the game starts, plays, and loses none of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from child import ROOT
from driving import Driver
from limits import close, closed_folder, common_user
from stored import INK, play, prompts

from game.persistence.hand_samples import APPEAL, MyHand
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage

FILES = ("digit-dash.db", "settings.toml", "my-hand.json")
FOREIGN = (ROOT / "assets" / "pictures" / "title.png").read_bytes()[:5000]


def fill(folder: Path) -> None:
    """A round, a setting and a sample."""
    storage = Storage(folder)
    play(storage, 3)
    storage.close()
    file = SettingsFile.load(folder)
    file.settings.volume, file.settings.calibration_offered = 0.25, True
    assert file.save() is None
    MyHand(folder / "my-hand.json").add("7", INK, APPEAL)


def befall(path: Path, fate: str) -> None:
    """What may become of a file."""
    if path.is_dir():
        path.rmdir()
        return
    content = path.read_bytes() if path.is_file() else b""
    path.unlink()
    if fate == "empty":
        path.touch()
    elif fate == "foreign":
        path.write_bytes(FOREIGN)
    elif fate == "cut in half":
        # Never at the end of a line: what is left of a list of entries would be one, too.
        path.write_bytes(content[: len(content) // 2].rstrip()[:-1])
    elif fate == "noughts":  # what a loss of power makes of a file that was just written
        path.write_bytes(bytes(len(content)))
    elif fate == "a folder":
        path.mkdir()
    elif fate == "a pipe":
        os.mkfifo(path)
    elif fate == "an endless device":
        path.symlink_to("/dev/zero")
    elif fate == "a link to nowhere":
        path.symlink_to(path.with_name("nowhere"))
    elif fate == "a link to itself":
        path.symlink_to(path)


FATES = (
    "empty", "foreign", "cut in half", "noughts", "a folder", "a pipe", "an endless device",
    "a link to nowhere", "a link to itself", "gone",
)  # fmt: skip
IN_THE_WAY = ("a folder", "a pipe", "an endless device", "a link to itself")
DAMAGED = ("foreign", "cut in half", "noughts")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("fate", FATES)
@pytest.mark.parametrize("name", FILES)
def test_the_game_is_played_whatever_became_of_a_file(
    drive: Callable[..., Driver], tmp_path: Path, name: str, fate: str
) -> None:
    path = tmp_path / name
    fill(tmp_path)
    befall(path, fate)
    kind, before = os.lstat(path).st_mode if os.path.lexists(path) else 0, tree(tmp_path)
    driver = drive()
    driver.frames(3)
    # Without its settings the game offers once more to learn the player's hand.
    told = " ".join(getattr(driver.app.scene, "sentences", ()))
    silent = fate in ("gone", "a link to nowhere") or (fate == "empty" and name != "my-hand.json")
    assert (name in told) != silent or (fate in IN_THE_WAY and str(tmp_path) in told), told
    play(driver.app.storage, 1, first=100)
    driver.app.hand.add("3", INK, APPEAL)
    driver.app.settings.volume = 0.75
    driver.app.save_settings()
    driver.close()
    after = tree(tmp_path)
    if fate in DAMAGED:
        assert before[name] in after.values(), "what was there is kept"
    if fate in IN_THE_WAY:
        assert os.lstat(path).st_mode == kind, "it is left as it is"
        befall(path, "gone")
    # Everything else is as it was, and what was done is there.
    answers = [str(n) for n in range(3)] if name != "digit-dash.db" else []
    assert prompts(tmp_path)[-len(answers) - 1 :] == [*answers, "100"]
    labels = [sample.label for sample in MyHand(tmp_path / "my-hand.json").samples]
    assert name == "my-hand.json" or labels == ["7", "3"]
    assert name == "settings.toml" or SettingsFile.load(tmp_path).settings.volume == 0.75


def test_a_closed_folder_is_played_from(drive: Callable[..., Driver]) -> None:
    """A home that cannot be written: its rounds are shown, and what is played waits elsewhere."""
    with closed_folder() as folder:
        fill(folder / "data")
        close(folder)
        names = tree(folder / "data")
        with common_user():
            storage = Storage(folder / "data")
            assert not storage.keeps_scores and len(storage.answers()) == 3
            assert len(storage.past_rounds()) == 1
            play(storage, 2, first=3)
            assert len(storage.answers()) == 5
            storage.close(0.0)
            lost = storage.only_in_memory
            file = SettingsFile.load(folder / "data")
            file.settings.volume = 0.75
            assert "cannot be kept" in (file.save() or "")
            hand = MyHand(folder / "data" / "my-hand.json")
            hand.add("3", INK, APPEAL)
            assert "cannot be kept" in hand.notices[0]
        assert tree(folder / "data") == names
        (folder / "data").chmod(0o755)
        for path in (folder / "data").iterdir():
            path.chmod(0o644)
        assert prompts(folder / "data") == [str(n) for n in range(5 - lost)]
        assert lost == (0 if os.geteuid() else 2)


def tree(folder: Path) -> dict[str, bytes]:
    """The plain files of a folder."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and not p.is_symlink()}
