"""Settings: kept, checked, and never lost to damage."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from game.persistence.settings import Settings, SettingsFile


def test_defaults_without_a_file(tmp_path: Path) -> None:
    file = SettingsFile.load(tmp_path)
    assert file.settings == Settings("cnn", "right", 0.7, False)
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
