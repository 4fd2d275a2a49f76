"""What the tests of players share: a folder with something of every kind, and kills."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from stored import INK, play

from game.persistence.hand_samples import CALIBRATION, MyHand
from game.persistence.lists import ListFolder
from game.persistence.players import find_players
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage


def fill(folder: Path, answers: int = 3) -> None:
    """A folder with something of every kind."""
    storage = Storage(folder)
    play(storage, answers)
    storage.close()
    file = SettingsFile.load(folder)
    file.settings.volume = 0.25
    file.save()
    MyHand(folder / "my-hand.json").add("7", INK, CALIBRATION)
    ListFolder(folder / "lists").write("Eights", "8*2\n")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "daily-2026-01-02.png").write_bytes(b"a picture")


def names(root: Path) -> list[str]:
    return [player.name for player in find_players(root).players]


def things(folder: Path) -> list[str]:
    """The names of all that lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def killed_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change of the disk after so many raises as a kill would end it."""
    done = 0

    class Killed(BaseException):
        pass

    def guard(name: str, module: object) -> None:
        real = getattr(module, name)

        def call(*arguments: object, **options: object) -> object:
            nonlocal done
            done += 1
            if done > count:
                raise Killed
            return real(*arguments, **options)

        monkeypatch.setattr(module, name, call)

    for name in ("unlink", "rename", "replace", "rmdir", "mkdir"):
        guard(name, os)
        guard(name, Path)
    guard("rmtree", shutil)
