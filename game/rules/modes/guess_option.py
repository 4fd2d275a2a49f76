"""The option to see while one writes what the reader makes of the ink so far."""

from __future__ import annotations

from game.rules.modes.mode import GUESS, SHOWN
from game.rules.options import Choice, Option

HIDDEN = "hidden"


def guess_option(usual: str) -> Option:
    """It, with what is usual in a mode: `SHOWN` or `HIDDEN`."""
    return Option(
        GUESS, "What I read", "While you write, above it.",
        (Choice(SHOWN, "Shown"), Choice(HIDDEN, "Not shown")), (usual,),
    )  # fmt: skip
