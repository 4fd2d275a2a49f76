"""Where the game keeps what a player did: settings and scores."""

from __future__ import annotations

import datetime
from pathlib import Path

import platformdirs

APP_NAME = "digit-dash"
SETTINGS_FILE = "settings.toml"
DATABASE_FILE = "digit-dash.db"
MY_HAND_FILE = "my-hand.json"


def default_data_dir() -> Path:
    """The folder that this system keeps for the game's data."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def aside_name(path: Path) -> Path:
    """A free name beside a damaged file, such as `settings.toml.broken-20260102-030405`."""
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    candidate = path.with_name(f"{path.name}.broken-{stamp}")
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{path.name}.broken-{stamp}-{number}")
        number += 1
    return candidate
