"""The keys that a player may choose: what each does, where it usually is, and where it is now.

A widget takes an `Action` among its keys and follows wherever that is. Keys with one use everywhere
(Enter, Esc, Tab, the arrows, digits) stay where they are.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from functools import cache

import pygame


class Action(enum.Enum):
    """What a key of the player's choice does: its name in the settings, title, meaning, place."""

    UNDO = ("undo", "Take back", "The last stroke is taken back.", pygame.K_z)
    CLEAR = ("clear", "Clear", "The sheet is empty again.", pygame.K_c)
    PAUSE = ("pause", "Pause", "A round stands still.", pygame.K_p)
    AGAIN = ("again", "Start again", "The round begins anew.", pygame.K_r)
    MISREAD = ("misread", "It was misread", "The last answer was right.", pygame.K_a)
    SCREEN = ("screen", "Full screen", "Fills the screen, or not.", pygame.K_F11)
    HELP = ("help", "All keys", "Shows what every key does.", pygame.K_F1)

    def __init__(self, key: str, title: str, meaning: str, usual: int) -> None:
        self.key, self.title, self.meaning, self.usual = key, title, meaning, usual


FIXED = frozenset(
    {
        pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE, pygame.K_TAB, pygame.K_ESCAPE,
        pygame.K_BACKSPACE, pygame.K_DELETE, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP,
        pygame.K_DOWN, pygame.K_PAGEUP, pygame.K_PAGEDOWN,
        *(pygame.K_0 + n for n in range(10)),
        pygame.K_KP_0, *(pygame.K_KP_1 + n for n in range(9)),
    }
)  # fmt: skip
HELD = frozenset(
    {
        pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LALT,
        pygame.K_RALT, pygame.K_LMETA, pygame.K_RMETA, pygame.K_MODE, pygame.K_CAPSLOCK,
        pygame.K_NUMLOCK, pygame.K_SCROLLOCK,
    }
)  # fmt: skip
SHORT_NAMES = {pygame.K_ESCAPE: "Esc", pygame.K_RETURN: "Enter", pygame.K_DELETE: "Del"}

_places: dict[Action, int] = {action: action.usual for action in Action}


def key_name(key: int) -> str:
    """What a key is called where there is little room for it."""
    return SHORT_NAMES.get(key) or pygame.key.name(key).capitalize()


def key_of(action: Action) -> int:
    """The key that does it now."""
    return _places[action]


def unless_chosen(key: int) -> tuple[int, ...]:
    """That key, where the player has not chosen it for anything."""
    return () if key in _places.values() else (key,)


def adopt(chosen: Mapping[str, str]) -> None:
    """Take the keys that the settings name; where that cannot be, all are where they usually are.

    `chosen` are names of keys by names of actions.
    """
    places = {action: _code(chosen.get(action.key, "")) or action.usual for action in Action}
    if len(set(places.values())) < len(places):
        places = {action: action.usual for action in Action}
    _places.update(places)


def choose(chosen: Mapping[str, str], action: Action, key: int) -> tuple[dict[str, str], str]:
    """What the settings name after the player chose a key for an action, and a sentence about it.

    A key with a fixed use is refused; one that belongs to another action is swapped.
    """
    name = pygame.key.name(key)
    now = {**chosen}
    if key == key_of(action):
        return now, ""
    if key in FIXED:
        return now, f"{key_name(key)} has a use of its own everywhere, so it stays as it is."
    if key in HELD:
        return now, f"{key_name(key)} only works together with other keys."
    if not name or _code(name) != key:
        return now, "That key has no name by which it could be kept."
    other = next((each for each in Action if key_of(each) == key), None)
    now[action.key] = name
    if other is None:
        return now, f"{action.title}: {key_name(key)} from now on."
    now[other.key] = pygame.key.name(key_of(action))
    return now, (
        f"{key_name(key)} was for “{other.title}”, which has {key_name(key_of(action))} now."
    )


def _code(name: str) -> int | None:
    """The key of a name, where there is one that may be chosen."""
    key = _codes().get(name)
    return None if key in FIXED or key in HELD else key


@cache
def _codes() -> dict[str, int]:
    """All keys by their names; the settings are read before there is a keyboard to ask."""
    keys = (getattr(pygame, name) for name in dir(pygame) if name.startswith("K_"))
    return {name: key for key in keys if (name := pygame.key.name(key))}
