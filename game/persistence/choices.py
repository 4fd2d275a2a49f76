"""Choices: what the player chose for each mode before its last round, as the settings keep it.

What a newer or an older version wrote there, and this one does not know, falls back to the usual.
"""

from __future__ import annotations

from game.persistence.settings import Settings
from game.rules.modes import MODES
from game.rules.modes.mode import Level, Mode

LEVEL, OPTIONS, LIST = "level", "options", "list"


def last_played(settings: Settings) -> Mode:
    """The mode that was played last, or else the first one."""
    return MODES.get(settings.last_mode) or next(iter(MODES.values()))


def chosen_level(settings: Settings, mode: Mode) -> Level:
    """The level that the player chose last, or else the first one, with what they chose beside."""
    kept = settings.choices.get(mode.key, {})
    key, options = kept.get(LEVEL), kept.get(OPTIONS)
    chosen = {
        name: tuple(value) if isinstance(value, list) else (value,)
        for name, value in (options.items() if isinstance(options, dict) else ())
    }
    return mode.level(key if isinstance(key, str) else None, chosen)


def chosen_list(settings: Settings, mode: Mode) -> str | None:
    """The name of the list that the player chose last, for a mode that plays such."""
    name = settings.choices.get(mode.key, {}).get(LIST)
    return name if isinstance(name, str) else None


def rename_list(settings: Settings, mode: Mode, name: str, new: str) -> None:
    """Note the new name of a list, where it is the one that was chosen last."""
    if chosen_list(settings, mode) == name:
        kept = {**settings.choices[mode.key], LIST: new}
        settings.choices = {**settings.choices, mode.key: kept}


def choose(settings: Settings, mode: Mode, level: Level) -> bool:
    """Note what is chosen for a mode; return whether that is another choice than before."""
    before = settings.choices.get(mode.key, {})
    options = {key: list(values) for key, values in level.chosen}
    chosen = {**before, LEVEL: level.key, OPTIONS: options}
    if not options:
        del chosen[OPTIONS]
    if level.own is not None:
        chosen[LIST] = level.own.name
    settings.choices = {**settings.choices, mode.key: chosen}
    return chosen != before


def remember(settings: Settings, mode: Mode, level: Level) -> bool:
    """Note what is played now; return whether that is something else than the last time."""
    another = settings.last_mode != mode.key
    settings.last_mode = mode.key
    return choose(settings, mode, level) or another
