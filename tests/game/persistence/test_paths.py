"""Paths: one folder for everything."""

from __future__ import annotations

from game.persistence.paths import default_data_dir


def test_data_folder_is_the_games_own() -> None:
    assert default_data_dir().name == "digit-dash"
