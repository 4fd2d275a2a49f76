"""Endings: what ends a round, other than its time.

A mode names none, one or several of these; the first that is reached ends the round.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.rules.scoring import Tally


class Ending:
    """What a round can end by."""

    def reached(self, tally: Tally) -> bool:
        """Whether the round is over by this."""
        raise NotImplementedError


@dataclass(frozen=True)
class AfterAnswers(Ending):
    """So many answers, right or wrong."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("A round has at least one answer.")

    def done(self, tally: Tally) -> int:
        """How many of them were given."""
        return tally.answered

    def reached(self, tally: Tally) -> bool:
        """Whether all were given."""
        return self.done(tally) >= self.count


@dataclass(frozen=True)
class Lives(Ending):
    """Each mistake costs one."""

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("Nobody plays without a life.")

    def left(self, tally: Tally) -> int:
        """How many are left."""
        return max(0, self.count - tally.wrong)

    def reached(self, tally: Tally) -> bool:
        """Whether the last one is gone."""
        return self.left(tally) == 0


@dataclass(frozen=True)
class OnWish(Ending):
    """The player has had enough: there is a button for it all the time."""

    def reached(self, tally: Tally) -> bool:
        """Never by itself."""
        return False
