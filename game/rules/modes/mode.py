"""What a mode is: its prompts, its clock, its endings, its points, and what the screen shows.

Every part is a small frozen object of its own (`timing`, `ending`, `scoring`, `best`, `turns`,
`attempts`), so a mode is put together and not programmed; and where none of them does, a mode's
file may bring its own kind.
"""

from __future__ import annotations

import enum
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from game.rules.attempts import Attempts, Unlimited
from game.rules.best import Goal, MostPoints
from game.rules.ending import AfterAnswers, Ending, Lives
from game.rules.outcome import Outcome
from game.rules.prompt import Prompt
from game.rules.scoring import Scoring
from game.rules.timing import Timing
from game.rules.turns import Solo, Turns

LEVEL_MARK = ":"  # between a mode's key and that of a level

EndingT = TypeVar("EndingT", bound=Ending)


class Deck:
    """Deals prompts without end."""

    def deal(self) -> Prompt:
        """The next prompt."""
        raise NotImplementedError

    def learn(self, outcome: Outcome) -> None:
        """Hear what became of the last prompt, right or wrong, before the next one is dealt."""


class Gauge(enum.Enum):
    """What the screen shows around the paper, beside the clock of the mode's timing."""

    SCORE = "score"
    STREAK = "streak"
    LIVES = "lives"  # for a mode that ends by lives
    PROGRESS = "progress"  # for one that ends after a number of answers
    TURN = "turn"  # for one with several players: their scores, and whose turn it is


@dataclass(frozen=True)
class Rules:
    """What a round goes by."""

    make_deck: Callable[[random.Random], Deck]
    most_digits: int  # of an answer
    timing: Timing
    scoring: Scoring
    endings: tuple[Ending, ...] = ()  # beside the end of the time

    def __post_init__(self) -> None:
        if self.most_digits < 1:
            raise ValueError("An answer has at least one digit.")

    def ending(self, kind: type[EndingT]) -> EndingT | None:
        """The ending of a kind, where there is one."""
        return next((ending for ending in self.endings if isinstance(ending, kind)), None)

    @property
    def has_end(self) -> bool:
        """Whether a round of these ever ends."""
        return bool(self.endings) or math.isfinite(self.timing.round_seconds)


@dataclass(frozen=True)
class Level:
    """A difficulty."""

    key: str  # its name on the command line and in the database
    title: str
    meaning: str  # what it means, in a few words for the player
    rules: Rules


@dataclass(frozen=True)
class Mode:
    """A kind of round."""

    key: str  # its name on the command line and in the database
    title: str
    tagline: str
    order: int  # its place among the modes, the smallest first
    levels: tuple[Level, ...]  # the first is played where none is chosen
    gauges: frozenset[Gauge] = frozenset({Gauge.SCORE, Gauge.STREAK})
    goal: Goal = field(default_factory=MostPoints)
    turns: Turns = field(default_factory=Solo)
    attempts: Attempts = field(default_factory=Unlimited)

    def __post_init__(self) -> None:
        if not self.levels or len({level.key for level in self.levels}) < len(self.levels):
            raise ValueError(f"{self.key}: a mode has levels, each under a name of its own.")
        if (Gauge.TURN in self.gauges) != (self.turns.players > 1):
            raise ValueError(f"{self.key}: turns are shown where there are several players.")
        needed: dict[Gauge, type[Ending]] = {Gauge.LIVES: Lives, Gauge.PROGRESS: AfterAnswers}
        for level in self.levels:
            if not level.rules.has_end:
                raise ValueError(f"{self.key}, {level.key}: such a round never ends.")
            for gauge, ending in needed.items():
                if gauge in self.gauges and level.rules.ending(ending) is None:
                    raise ValueError(f"{self.key}, {level.key}: there is no {gauge.value} to show.")

    def stored_as(self, level: Level) -> str:
        """The name under which the database keeps rounds of a level: of the first, the mode's."""
        return self.key if level == self.levels[0] else f"{self.key}{LEVEL_MARK}{level.key}"

    def level(self, key: str | None = None) -> Level:
        """The level of that name, or the first where it is unknown or none was given."""
        return next((level for level in self.levels if level.key == key), self.levels[0])
