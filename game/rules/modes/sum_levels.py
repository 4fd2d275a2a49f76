"""The levels of a mode that asks sums: one for each difficulty."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from game.rules.arithmetic import DIFFICULTIES, SumDeck
from game.rules.modes.mode import Level, Rules


def sum_levels(rules: Callable[[str, partial[SumDeck]], Rules]) -> tuple[Level, ...]:
    """A level for each difficulty; `rules` makes its rules of its key and of its deck of sums."""
    return tuple(
        Level(each.key, each.title, each.meaning, rules(each.key, partial(SumDeck, bags=each.bags)))
        for each in DIFFICULTIES
    )
