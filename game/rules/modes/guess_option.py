"""The option to see while one writes what the reader makes of the ink so far."""

from __future__ import annotations

from game.language import N_
from game.rules.modes.mode import GUESS, SHOWN
from game.rules.options import Choice, Option

HIDDEN = "hidden"


def guess_option(usual: str) -> Option:
    """It, with what is usual in a mode: `SHOWN` or `HIDDEN`."""
    return Option(
        # Translators: what the computer takes the ink for.
        GUESS, N_("What I read"), N_("While you write, above it."),
        (Choice(SHOWN, N_("Shown")), Choice(HIDDEN, N_("Not shown"))), (usual,),
    )  # fmt: skip
