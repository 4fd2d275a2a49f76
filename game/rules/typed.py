"""Typed answers: an option for hands that cannot write. A round of them is stored apart."""

from __future__ import annotations

from game.language import N_
from game.rules.options import Choice, Chosen, Option

TYPED = "typed"  # the choice, and who read the answers where a round is stored
ANSWERS = Option(
    "answers", N_("Answers"), N_("Typed ones are kept apart."),
    (Choice("written", N_("Written")), Choice(TYPED, N_("Typed"))), ("written",),
)  # fmt: skip


def is_typed(chosen: Chosen) -> bool:
    """Whether the answers of a round are typed, by what was chosen for it."""
    return chosen.get(ANSWERS.key) == (TYPED,)
