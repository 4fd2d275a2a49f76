"""Turns: who answers which prompt."""

from __future__ import annotations

from dataclasses import dataclass


class Turns:
    """Who is to answer."""

    players: int = 1
    same_problems: bool = True  # whether all get the same prompts, where their levels are the same

    def after(self, turn: int) -> int:
        """Whose turn it is when player `turn`, counted from 0, has had theirs."""
        return (turn + 1) % self.players


@dataclass(frozen=True)
class Solo(Turns):
    """One player."""


@dataclass(frozen=True)
class Alternate(Turns):
    """Several players at one screen, one after the other."""

    players: int = 2
    same_problems: bool = True

    def __post_init__(self) -> None:
        if self.players < 2:
            raise ValueError("It takes two to take turns.")
