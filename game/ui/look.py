"""The look and feel of the player's settings: palette, text size, motion, keys and language."""

from __future__ import annotations

import pygame.system

from game import language
from game.language.catalogues import ENGLISH, catalogue, chosen
from game.persistence.settings import Settings
from game.ui import keys, motion, theme

_spoken = ENGLISH


def adopt(settings: Settings) -> None:
    """Take palette, motion, keys and language that the player wants, from now on."""
    speak(settings.language)
    theme.use(settings.theme, safe=settings.safe_colours)
    motion.reduce(settings.reduced_motion)
    keys.adopt(settings.keys)


def speak(wish: str = "") -> None:
    """Use the language of that code from now on, or else the machine's, as far as it is known."""
    global _spoken
    _spoken = chosen(wish, _preferred())
    language.use(catalogue(_spoken))


def spoken() -> str:
    """The code of the language that is in use."""
    return _spoken


def _preferred() -> list[str]:
    return [locale["language"] for locale in pygame.system.get_pref_locales()]


def enlargement(settings: Settings) -> float:
    """How many times larger than usual the player wants to read."""
    return theme.TEXT_SIZES[settings.text_size]
