"""Players on the command line: listed, made, renamed, exported, imported, deleted."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from stored import INK, play, prompts

from game.__main__ import main
from game.persistence.hand_samples import CALIBRATION, MyHand
from game.persistence.players import Players, find_players
from game.persistence.storage import Storage


def told(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, code: int = 0) -> str:
    """What a command says, in one line a sentence; it must end with that code."""
    try:
        ended = main([*words, "--data-dir", str(folder)])
    except SystemExit as error:
        assert isinstance(error.code, int)
        ended = error.code
    shown = capsys.readouterr()
    assert ended == code, shown
    assert (shown.out if code else shown.err) == ""
    return shown.err if code else shown.out


def test_from_the_first_to_the_last_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = tmp_path / "data", tmp_path / "mia.zip"
    assert told(capsys, data, "players").split() == [
        "Player", "1", "marigold", str(data), "(played", "last)",
    ]  # fmt: skip
    assert not data.exists(), "looking makes nothing"
    told(capsys, data, "player", "add", "Mia Berg", "--colour", "sky")
    mia = Players(data).named("mia berg")
    assert mia is not None and mia.colour == "sky"
    storage = Storage(mia.folder)
    play(storage, 2)
    storage.close()
    told(capsys, data, "player", "rename", "Mia Berg", "Mia")
    assert str(file) in told(capsys, data, "player", "export", "Mia", str(file))
    assert zipfile.is_zipfile(file)
    assert "--force" in told(capsys, data, "player", "export", "Mia", str(file), code=1)
    told(capsys, data, "player", "export", "Mia", str(file), "--force")
    assert '--player "Mia 2"' in told(capsys, data, "player", "import", str(file))
    assert "--for-good" in told(capsys, data, "player", "delete", "Mia", code=1)
    assert prompts(mia.folder) == ["0", "1"]
    told(capsys, data, "player", "delete", "Mia", "--for-good")
    (left,) = find_players(data).players
    assert left.name == "Mia 2" and prompts(left.folder) == ["0", "1"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["player"], 2, "COMMAND"),
        (["player", "promote", "Mia"], 2, "promote"),
        (["player", "add", ""], 1, "needs a name"),
        (["player", "add", "player 1"], 1, "plays here already"),
        (["player", "add", "Mia", "--colour", "ultraviolet"], 2, "ultraviolet"),
        (["player", "add", "\udcff"], 2, "not UTF-8"),
        (["player", "rename", "Nobody", "Mia"], 1, "Nobody here is called 'Nobody'"),
        (["player", "rename", "Player 1", "\n"], 1, "needs a name"),
        (["player", "export", "Nobody", "x.zip"], 1, "Nobody here is called"),
        (["player", "export", "Player 1", "/no/such/folder/x.zip"], 1, "no folder /no/such"),
        (["player", "import", "/no/such/file.zip"], 1, "cannot be read"),
        (["player", "delete", "Nobody", "--for-good"], 1, "there is Player 1"),
        (["players", "all"], 2, "unrecognized arguments: all"),
        (["--player", "Nobody", "--frames", "1"], 2, "nobody here is called 'Nobody'"),
        (["--player", "Player 1", "--guest", "--frames", "1"], 2, "a guest has no name"),
        (["export-ink", "ink.jsonl", "--player", "Nobody"], 2, "nobody here is called"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, says: str
) -> None:
    (tmp_path / "settings.toml").write_text("volume = 0.5")
    said = told(capsys, tmp_path, *words, code=code)
    assert says in said and said.count("\n") == 1


def test_ink_is_exported_of_the_player_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    mia = Players(data).add("Mia", "sky")
    storage = Storage(data)
    play(storage, 1)
    storage.close()
    MyHand(mia.folder / "my-hand.json").add("3", INK, CALIBRATION)
    out = tmp_path / "ink.jsonl"
    assert "1 by calibration" in told(capsys, data, "export-ink", str(out), "--player", "MIA")
    assert "1 by answer" in told(capsys, data, "export-ink", str(out), "--force")
