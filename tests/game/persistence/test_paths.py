"""Paths: one folder for everything, and names that never overwrite."""

from __future__ import annotations

from pathlib import Path

from game.persistence.paths import aside_name, default_data_dir


def test_data_folder_is_the_games_own() -> None:
    assert default_data_dir().name == "digit-dash"


def test_aside_names_are_free(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    names = set()
    for _ in range(4):
        aside = aside_name(path)
        assert aside.name.startswith("settings.toml.broken-")
        assert not aside.exists()
        aside.write_text("")
        names.add(aside)
    assert len(names) == 4
