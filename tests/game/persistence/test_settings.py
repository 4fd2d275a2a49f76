"""Settings: kept, checked, and never lost to damage."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from game.persistence.settings import Settings, SettingsFile

FIXTURES = Path(__file__).parents[2] / "fixtures"


def test_defaults_without_a_file(tmp_path: Path) -> None:
    file = SettingsFile.load(tmp_path)
    assert file.settings == Settings("cnn", "right", "normal", 0.7, False)
    assert file.notices == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    file = SettingsFile.load(folder)
    file.settings.hand, file.settings.volume, file.settings.backend = "left", 0.25, "svm"
    assert file.save() is None
    assert SettingsFile.load(folder).settings == file.settings
    assert [p.name for p in folder.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("damage", [b"volume = = 3", b"\xff\xfe\x00", b'hand = "left'])
def test_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(damage)
    file = SettingsFile.load(tmp_path)
    assert file.settings == Settings()
    (aside,) = tmp_path.glob("settings.toml.broken-*")
    assert aside.read_bytes() == damage
    assert len(file.notices) == 1 and aside.name in file.notices[0]
    assert file.save() is None
    assert aside.read_bytes() == damage


@pytest.mark.parametrize(
    ("entry", "name"),
    [('hand = "both"', "hand"), ("volume = 3", "volume"), ("volume = true", "volume"),
     ("full_screen = 1", "full_screen"), ('backend = ""', "backend"), ("volume = nan", "volume")],
)  # fmt: skip
def test_bad_entry_is_named_and_the_others_apply(tmp_path: Path, entry: str, name: str) -> None:
    good = 'backend = "knn"\n' if name != "backend" else 'hand = "left"\n'
    (tmp_path / "settings.toml").write_text(good + entry)
    file = SettingsFile.load(tmp_path)
    assert getattr(file.settings, name) == getattr(Settings(), name)
    assert (file.settings.backend, file.settings.hand) in (("knn", "right"), ("cnn", "left"))
    assert len(file.notices) == 1 and f"({name})" in file.notices[0]
    (aside,) = tmp_path.glob("settings.toml.broken-*")
    assert aside.read_text() == good + entry


def test_entries_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('hand = "left"\npen = "wide"\n[calm]\nslow = true\n')
    file = SettingsFile.load(tmp_path)
    assert file.notices == []
    file.settings.volume = 0.0
    assert file.save() is None
    table = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert table["pen"] == "wide" and table["calm"] == {"slow": True}
    assert table["hand"] == "left" and table["volume"] == 0.0


def test_what_would_be_too_long_to_be_read_again_is_left_out(tmp_path: Path) -> None:
    """Written out, each part of a long list has a line of its own."""
    content = b"volume = 0.25\nlater = 3\nmany = [" + b"1," * 20_000 + b"]\n"
    (tmp_path / "settings.toml").write_bytes(content)
    file = SettingsFile.load(tmp_path)
    (notice,) = file.notices
    assert "many" in notice and "later" not in notice and file.settings.volume == 0.25
    file.settings.hand = "left"
    assert file.save() is None
    again = SettingsFile.load(tmp_path)
    assert (again.notices, again.settings.hand, again.settings.volume) == ([], "left", 0.25)
    assert tomllib.loads((tmp_path / "settings.toml").read_text())["later"] == 3
    (aside,) = tmp_path.glob("settings.toml.broken-*")
    assert aside.read_bytes() == content


def test_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = SettingsFile.load(tmp_path / "file")
    trouble = file.save()
    assert trouble is not None and "settings.toml" in trouble and trouble.endswith(".")


def test_unreadable_file_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    file = SettingsFile.load(tmp_path)
    assert file.settings == Settings()
    assert len(file.notices) == 1 and "cannot be read" in file.notices[0]


DEEP = "[" * 400 + "]" * 400
UNUSABLE = {
    "whole number": f"volume = {'9' * 5000}",
    "hexadecimal": f"pen = 0x{'f' * 6000}",
    "beyond a float": f"[pace]\nstroke = [0x{'f' * 300}, 1, 1]",
    "huge pace": "[pace]\nstroke = [1e300, 1e300, 1e300]",
    "negative pace": "[pace]\ndigit = [-1.0, nan, inf]",
    "nesting": f"pen = {DEEP}",
    "dotted names": f"{'.'.join('a' * 3000)} = 1",
    "inline tables": f"pen = {'{a=' * 300}1{'}' * 300}",
    "zero byte": 'backend = "\\u0000"',
    "zero byte elsewhere": 'pen = ["a\\u0000"]',
    "long name": f'backend = "{"x" * 50_000}"',
    "name of control letters": 'backend = "\\u001b[2J"',
    "too large": "pen = 1\n" + "# nothing\n" * 20_000,
    "raw zero": "pen = 1\n\0",
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_whatever_stands_there_costs_one_sentence_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(UNUSABLE[kind])
    file = SettingsFile.load(tmp_path)
    assert len(file.notices) == 1 and file.notices[0].endswith(".")
    assert file.settings == Settings()
    (aside,) = tmp_path.glob("settings.toml.broken-*")
    assert aside.read_text() == UNUSABLE[kind]
    for _ in range(3):  # later starts
        again = SettingsFile.load(tmp_path)
        assert again.notices == [] and again.save() is None
    assert list(tmp_path.glob("settings.toml.broken-*")) == [aside]


@pytest.mark.parametrize(
    "name", ["settings-whole-number-of-5000-digits.toml", "settings-arrays-nested-400.toml"]
)
def test_files_that_once_ended_the_start(tmp_path: Path, name: str) -> None:
    raw = (FIXTURES / name).read_bytes()
    (tmp_path / "settings.toml").write_bytes(raw)
    file = SettingsFile.load(tmp_path)
    assert len(file.notices) == 1 and file.save() is None
    assert [kept.read_bytes() for kept in tmp_path.glob("*.broken-*")] == [raw]


def test_an_empty_file_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"")
    file = SettingsFile.load(tmp_path)
    assert (file.settings, file.notices) == (Settings(), [])


def test_a_file_that_cannot_be_read_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('hand = "left"')

    def locked(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("game.persistence.settings.read_bounded", locked)
    file = SettingsFile.load(tmp_path)
    assert "cannot be read (Permission denied)" in file.notices[0]
    file.settings.volume = 0.1
    trouble = file.save()
    assert trouble is not None and "cannot be kept" in trouble
    assert path.read_text() == 'hand = "left"'


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('hand = "left"')
    file = SettingsFile.load(tmp_path)
    file.settings.volume = 0.1

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        trouble = file.save()
    assert trouble is not None and "No space left on device" in trouble
    assert path.read_text() == 'hand = "left"'
    assert file.save() is None  # it is not forgotten
    assert SettingsFile.load(tmp_path).settings == Settings(hand="left", volume=0.1)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.toml")
    file = SettingsFile.load(tmp_path)
    assert "cannot be read" in file.notices[0]
    assert file.save() is not None


def test_two_windows_change_different_things(tmp_path: Path) -> None:
    one, other = SettingsFile.load(tmp_path), SettingsFile.load(tmp_path)
    one.settings.hand = "left"
    assert one.save() is None
    other.settings.volume = 0.2
    assert other.save() is None
    one.settings.pace = {"stroke": [0.4, 0.3, 5.0]}
    assert one.save() is None
    found = SettingsFile.load(tmp_path).settings
    assert (found.hand, found.volume, found.pace) == ("left", 0.2, {"stroke": [0.4, 0.3, 5.0]})


SAVING = """
import sys
from pathlib import Path
from game.persistence.settings import SettingsFile

file = SettingsFile.load(Path(sys.argv[1]))
for number in range(100):
    setattr(file.settings, sys.argv[2], number / 100 if sys.argv[2] == "volume" else f"no{number}")
    trouble = file.save()
    if trouble is not None:
        print(trouble)
"""


def test_windows_that_save_all_the_time_undo_nothing(tmp_path: Path) -> None:
    games = [
        subprocess.Popen(
            [sys.executable, "-c", SAVING, str(tmp_path), name],
            env={**os.environ, "PYTHONPATH": str(FIXTURES.parents[1])},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for name in ("volume", "backend")
    ]  # fmt: skip
    assert [game.communicate(timeout=120)[0] for game in games] == ["", ""]
    found = SettingsFile.load(tmp_path).settings
    assert (found.volume, found.backend) == (0.99, "no99")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_file_from_before_there_were_looks_keeps_its_values(tmp_path: Path) -> None:
    old = """backend = "knn"
hand = "left"
patience = "calm"
volume = 0.25
full_screen = false
use_my_hand = false
lesson_offered = true
calibration_offered = true
last_mode = "sums"
[pace]
stroke = [0.4, 0.3, 5.0]
[choices.sums]
level = "hard"
"""
    (tmp_path / "settings.toml").write_text(old)
    file = SettingsFile.load(tmp_path)
    found = file.settings
    assert file.notices == []
    assert (found.backend, found.hand, found.patience) == ("knn", "left", "calm")
    assert found.volume == found.ticks == 0.25, "it was one volume for all"
    assert (found.theme, found.text_size) == ("night", "normal")
    assert not found.safe_colours and not found.reduced_motion
    found.theme = "paper"
    assert file.save() is None
    table = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert {**tomllib.loads(old), "theme": "paper", "ticks": 0.25}.items() <= table.items()


@pytest.mark.parametrize(
    "entry", ['theme = "noon"', "safe_colours = 1", 'text_size = "huge"', "ticks = 2"]
)
def test_an_odd_look_costs_itself_alone(tmp_path: Path, entry: str) -> None:
    (tmp_path / "settings.toml").write_text(f'hand = "left"\n{entry}\n')
    file = SettingsFile.load(tmp_path)
    assert file.settings.hand == "left" and len(file.notices) == 1
    name = entry.split(" ")[0]
    assert getattr(file.settings, name) == getattr(Settings(), name)
