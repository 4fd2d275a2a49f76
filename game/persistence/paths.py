"""Where the game keeps what a player did: settings and scores."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "digit-dash"
SETTINGS_FILE = "settings.toml"
DATABASE_FILE = "digit-dash.db"
MY_HAND_FILE = "my-hand.json"
LISTS_FOLDER = "lists"
PICTURES_FOLDER = "pictures"
PLAYERS_FOLDER = "players"  # of all but the first
EXPORTS_FOLDER = "exports"


def default_data_dir() -> Path:
    """The folder that this system keeps for the game's data.

    Raises RuntimeError where nobody says which home is the player's.
    """
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
