"""Killed while a player comes or goes: a whole one is there or none; the next start clears up."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from kills import KILLS, calls_of, killed, strace_works, traced
from people import fill, names, things
from stored import prompts

from game.persistence.player_export import export_player
from game.persistence.players import Players

pytestmark = pytest.mark.skipif(not strace_works(), reason="no strace, or it may not trace")

CHILD = """
import sys
from game.__main__ import main
folder = sys.argv[1]
main({words} + ["--data-dir", folder + "/data"])
"""
STORIES = {
    "import": '["player", "import", folder + "/ben.zip"]',
    "delete": '["player", "delete", "Mia", "--for-good"]',
    "delete the first": '["player", "delete", "Player 1", "--for-good"]',
    "export": '["player", "export", "Mia", folder + "/mia.zip"]',
}


@pytest.mark.parametrize("story", STORIES)
def test_no_call_is_a_bad_moment(tmp_path: Path, story: str) -> None:
    start = tmp_path / "start"
    fill(start / "data")
    fill(Players(start / "data").add("Mia", "sky").folder)
    ben = Players(tmp_path / "elsewhere").add("Ben", "teal")
    fill(ben.folder, 2)
    export_player(ben, start / "ben.zip")
    code = CHILD.format(words=STORIES[story])
    whole = tmp_path / "whole"
    shutil.copytree(start, whole)
    assert traced(whole, code)
    calls = calls_of(whole)
    for moment in random.Random(story).sample(range(1, calls + 1), min(KILLS, calls)):
        folder = tmp_path / f"{moment}"
        shutil.copytree(start, folder)
        told = killed(folder, code, moment)
        look_at(folder, story, told)
        shutil.rmtree(folder)


def look_at(folder: Path, story: str, told: str) -> None:
    """Everyone who is there is there as a whole, and nobody who was not meant is changed."""
    data = folder / "data"
    for draft in data.glob("players/.new-*"):
        os.utime(draft, (1, 1))  # an hour later
    everyone = Players(data)
    assert everyone.notices == []
    before, after = {
        "import": ({"Mia", "Player 1"}, {"Ben", "Mia", "Player 1"}),
        "delete": ({"Mia", "Player 1"}, {"Player 1"}),
        "delete the first": ({"Mia", "Player 1"}, {"Mia"}),
        "export": ({"Mia", "Player 1"}, {"Mia", "Player 1"}),
    }[story]
    assert set(names(data)) in ((after,) if told else (before, after))
    for player in everyone.all():
        count = 2 if player.name == "Ben" else 3
        assert prompts(player.folder) == [str(n) for n in range(count)]
    keys = {player.key for player in everyone.all()}
    assert set(things(data / "players")) <= keys, "nothing half is left"
    if "Player 1" not in names(data):
        assert things(data) == ["players"]
    if story == "export":
        assert (folder / "mia.zip").exists() or not told
