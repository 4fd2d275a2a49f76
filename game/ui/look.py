"""The look and feel of the player's settings: palette, text size, motion, and their keys."""

from __future__ import annotations

from game.persistence.settings import Settings
from game.ui import keys, motion, theme


def adopt(settings: Settings) -> None:
    """Take palette, motion and keys that the player wants, from now on."""
    theme.use(settings.theme, safe=settings.safe_colours)
    motion.reduce(settings.reduced_motion)
    keys.adopt(settings.keys)


def enlargement(settings: Settings) -> float:
    """How many times larger than usual the player wants to read."""
    return theme.TEXT_SIZES[settings.text_size]
