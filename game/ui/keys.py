"""The keys that a player may choose: what each does, where it usually is, and where it is now.

A widget takes an `Action` among its keys and follows wherever that is. Keys with one use everywhere
(Enter, Esc, Tab, the arrows, digits) stay where they are.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from functools import cache

import pygame

from game.language import N_, _, pgettext


class Action(enum.Enum):
    """What a key of the player's choice does: its name in the settings, title, meaning, place."""

    UNDO = ("undo", N_("Take back"), N_("The last stroke is taken back."), pygame.K_z)
    CLEAR = ("clear", N_("Clear"), N_("The sheet is empty again."), pygame.K_c)
    PAUSE = ("pause", N_("Pause"), N_("A round stands still."), pygame.K_p)
    AGAIN = ("again", N_("Start again"), N_("The round begins anew."), pygame.K_r)
    MISREAD = ("misread", N_("It was misread"), N_("The last answer was right."), pygame.K_a)
    SCREEN = ("screen", N_("Full screen"), N_("Fills the screen, or not."), pygame.K_F11)
    HELP = ("help", N_("All keys"), N_("Shows what every key does."), pygame.K_F1)

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
NAMES: dict[int, Callable[[], str]] = {  # short where there is little room for it
    pygame.K_ESCAPE: lambda: pgettext("a key", "Esc"),
    pygame.K_RETURN: lambda: pgettext("a key", "Enter"),
    pygame.K_DELETE: lambda: pgettext("a key", "Del"),
    pygame.K_TAB: lambda: pgettext("a key", "Tab"),
    pygame.K_SPACE: lambda: pgettext("a key", "Space"),
    pygame.K_BACKSPACE: lambda: pgettext("a key", "Backspace"),
    pygame.K_INSERT: lambda: pgettext("a key", "Insert"),
    pygame.K_HOME: lambda: pgettext("a key", "Home"),
    pygame.K_END: lambda: pgettext("a key", "End"),
    pygame.K_PAGEUP: lambda: pgettext("a key", "Page up"),
    pygame.K_PAGEDOWN: lambda: pgettext("a key", "Page down"),
    pygame.K_LEFT: lambda: pgettext("a key", "Left"),
    pygame.K_RIGHT: lambda: pgettext("a key", "Right"),
    pygame.K_UP: lambda: pgettext("a key", "Up"),
    pygame.K_DOWN: lambda: pgettext("a key", "Down"),
    pygame.K_LSHIFT: lambda: pgettext("a key", "Left shift"),
    pygame.K_RSHIFT: lambda: pgettext("a key", "Right shift"),
    pygame.K_LCTRL: lambda: pgettext("a key", "Left ctrl"),
    pygame.K_RCTRL: lambda: pgettext("a key", "Right ctrl"),
    pygame.K_LALT: lambda: pgettext("a key", "Left alt"),
    pygame.K_RALT: lambda: pgettext("a key", "Right alt"),
    pygame.K_CAPSLOCK: lambda: pgettext("a key", "Caps lock"),
}

_places: dict[Action, int] = {action: action.usual for action in Action}


def key_name(key: int) -> str:
    """What a key is called on the player's keyboard; a rare one has its English name."""
    return NAMES[key]() if key in NAMES else pygame.key.name(key).capitalize()


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
        sentence = _("{key} has a use of its own everywhere, so it stays as it is.")
        return now, sentence.format(key=key_name(key))
    if key in HELD:
        return now, _("{key} only works together with other keys.").format(key=key_name(key))
    if not name or _code(name) != key:
        return now, _("That key has no name by which it could be kept.")
    other = next((each for each in Action if key_of(each) == key), None)
    now[action.key] = name
    if other is None:
        # Translators: {action} is what a key does, such as "Take back".
        sentence = _("{action}: {key} from now on.")
        return now, sentence.format(action=_(action.title), key=key_name(key))
    now[other.key] = pygame.key.name(key_of(action))
    # Translators: {action} is what a key does, such as "Clear"; {other} is another key.
    return now, _("{key} was for “{action}”, which has {other} now.").format(
        key=key_name(key), action=_(other.title), other=key_name(key_of(action))
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
