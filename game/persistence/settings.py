"""Settings: what the player chose, in a small TOML file."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import tomli_w

from game.persistence.paths import SETTINGS_FILE, aside_name

HANDS = ("right", "left")


@dataclass
class Settings:
    """The player's choices; every field has a default and a check of its own."""

    backend: str = "cnn"
    hand: str = "right"
    volume: float = 0.7  # 0 is silent, 1 is full
    full_screen: bool = False
    use_my_hand: bool = True  # whether the player's own samples help the recognizer
    calibration_offered: bool = False  # whether a new player was asked for samples once
    # The rhythm of the player's pen, as `recognizer.endpointing.pace` learned it; empty before
    # that.
    pace: dict[str, list[float]] = field(default_factory=dict)
    unknown: dict[str, Any] = field(
        default_factory=dict
    )  # entries of a newer version, kept as they are


@dataclass
class SettingsFile:
    """The file behind the settings, and what happened when it was read."""

    path: Path
    settings: Settings
    notices: list[str] = field(default_factory=list)  # sentences for the player

    @classmethod
    def load(cls, data_dir: Path) -> SettingsFile:
        """Read the settings; a damaged file is set aside and its readable entries are used."""
        path = data_dir / SETTINGS_FILE
        file = cls(path, Settings())
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return file
        except OSError as error:
            file.notices.append(
                f"The settings in {path} cannot be read ({_reason(error)}), so the usual apply."
            )
            return file
        try:
            table = tomllib.loads(raw.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError):
            file._set_aside("is damaged", keep_original=False)
            return file
        bad = _fill(file.settings, table)
        if bad:
            file._set_aside(f"has an unusable entry ({', '.join(bad)})", keep_original=True)
        return file

    def save(self) -> str | None:
        """Write the settings; return a sentence where that was not possible."""
        table = dict(self.settings.unknown)
        for entry in fields(Settings):
            if entry.name != "unknown":
                table[entry.name] = getattr(self.settings, entry.name)
        # Written beside it, then renamed: a crash leaves the old file or the new, never half.
        draft = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(tomli_w.dumps(table).encode("utf-8"))
            draft.replace(self.path)
        except OSError as error:
            return f"The settings cannot be kept in {self.path} ({_reason(error)})."
        return None

    def _set_aside(self, what: str, *, keep_original: bool) -> None:
        aside = aside_name(self.path)
        rest = "the other entries apply" if keep_original else "the usual settings apply"
        try:
            if keep_original:
                shutil.copy2(self.path, aside)
            else:
                self.path.replace(aside)
        except OSError as error:
            self.notices.append(
                f"The settings file {self.path} {what} and cannot be set aside"
                f" ({_reason(error)}); {rest}."
            )
        else:
            self.notices.append(f"The settings file {what}. It is kept as {aside.name}; {rest}.")


def _fill(settings: Settings, table: dict[str, Any]) -> list[str]:
    """Take over what is usable and return the names of the entries that are not."""
    bad = []
    for name, value in table.items():
        check = _CHECKS.get(name)
        if check is None:
            settings.unknown[name] = value
        elif check(value):
            setattr(settings, name, float(value) if name == "volume" else value)
        else:
            bad.append(name)
    return bad


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0


def _is_pace(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(numbers, list)
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
        for numbers in value.values()
    )


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "backend": lambda value: isinstance(value, str) and value != "",
    "hand": lambda value: value in HANDS,
    "volume": _is_share,
    "full_screen": lambda value: isinstance(value, bool),
    "pace": _is_pace,
    "use_my_hand": lambda value: isinstance(value, bool),
    "calibration_offered": lambda value: isinstance(value, bool),
}


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
