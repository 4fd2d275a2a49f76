"""A player with something of every kind, made by the game's own code."""

from __future__ import annotations

from pathlib import Path

from game.persistence.hand_samples import CALIBRATION, MyHand
from game.persistence.lists import ListFolder
from game.persistence.paths import LISTS_FOLDER, MY_HAND_FILE, PICTURES_FOLDER
from game.persistence.players import Player, Players
from game.persistence.records import Answer, RoundSummary
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage

_INK = [[[1.0, 2.0, 0.0], [3.0, 40.0, 0.1], [3.5, 80.0, 0.2]]]


def answer(number: int) -> Answer:
    """One of a few answers, all of them different."""
    verdict = ("right", "wrong", "unreadable")[number % 3]
    return Answer(
        f"{number} + 4", "sum", str(number + 4), "7", verdict, verdict == "right", 1.25, 150, "cnn",
        0.98, [[0.1] * 10], _INK, [[1.0, 2.0, 3.5, 80.0]], thinking_seconds=0.5,
        writing_seconds=0.7, shown_seconds=2.0 * number, judged_seconds=2.0 * number + 1.25,
    )  # fmt: skip


def play(storage: Storage, answers: int = 4) -> None:
    """A finished round, with an appeal."""
    number = storage.begin_round("sums", "cnn", None)
    for n in range(answers):
        storage.add_answer(number, answer(n))
    storage.add_appeal(number, 1, "5", None, None)
    storage.end_round(number, "finished", RoundSummary(60.0, 1200, 7, 10, 2))


def make(root: Path) -> Player:
    """Mia, who has played, shown her hand, written a list and kept a picture."""
    mia = Players(root).add("Mia", "sky")
    storage = Storage(mia.folder)
    play(storage)
    storage.close()
    file = SettingsFile.load(mia.folder)
    file.settings.volume = 0.25
    file.save()
    MyHand(mia.folder / MY_HAND_FILE).add("7", _INK, CALIBRATION)
    ListFolder(mia.folder / LISTS_FOLDER).write("Eights", "8*2\n")
    (mia.folder / PICTURES_FOLDER).mkdir()
    (mia.folder / PICTURES_FOLDER / "daily-2026-01-02.png").write_bytes(b"a picture")
    return mia
