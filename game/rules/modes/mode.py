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
from dataclasses import dataclass, field, replace
from typing import TypeVar

from game.rules.attempts import Attempts, Unlimited
from game.rules.best import Goal, MostPoints
from game.rules.deck import Deck as Deck
from game.rules.ending import AfterAnswers, Ending, Lives
from game.rules.options import (
    GIVEN,
    SEPARATOR,
    Chosen,
    Option,
    as_words,
    from_words,
    settle,
    unusual,
)
from game.rules.prompt_list import PromptList
from game.rules.scoring import Scoring
from game.rules.timing import Timing
from game.rules.turns import Solo, Turns

SECOND_PLAYER = "second"  # an option: the level of player two, by its key, where it is another
PAPER, HALVES = "paper", "halves"  # an option, and its choice where all players write at once
GUESS, SHOWN = "guess", "shown"  # an option, and its choice where the reader's guess is in sight
PRACTICE = "practice"  # in the name of what does not count
LEVEL_MARK = ":"  # between a mode's key and that of a level
OWN = "own"  # names the player's list where a round is stored

EndingT = TypeVar("EndingT", bound=Ending)


class Gauge(enum.Enum):
    """What the screen shows around the paper, beside the clock of the mode's timing."""

    SCORE = "score"
    STREAK = "streak"
    LIVES = "lives"  # for a mode that ends by lives
    PROGRESS = "progress"  # for one that ends after a number of answers
    SPLITS = "splits"  # for one with split times: the last one
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
    """A difficulty. Title and meaning are marked, and translated where they are shown."""

    key: str  # its name on the command line and in the database
    title: str
    meaning: str  # what it means, in a few words for the player
    rules: Rules
    # What the player chose beside it, where that is not what is usual; `Mode.level` puts it there.
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    own: PromptList | None = None  # the list that is played, where the mode plays such


def as_it_is(level: Level, chosen: Chosen) -> Rules:
    """The level's own rules, whatever was chosen."""
    return level.rules


@dataclass(frozen=True)
class Mode:
    """A kind of round. What the player reads of it is marked, and translated where it is shown."""

    key: str  # its name on the command line and in the database
    title: str
    tagline: str
    order: int  # its place among the modes, the smallest first
    levels: tuple[Level, ...]  # from the easiest on
    gauges: frozenset[Gauge] = frozenset({Gauge.SCORE, Gauge.STREAK})
    goal: Goal = field(default_factory=MostPoints)
    turns: Turns = field(default_factory=Solo)
    attempts: Attempts = field(default_factory=Unlimited)
    usual: str = ""  # the key of the level that is played where none is chosen; empty: the first
    help: str = ""  # one line: what to do, for who never played it; empty: the tagline says it
    options: tuple[Option, ...] = ()  # what can be chosen before a round, beside the level
    # What the choices make of a level's rules. It is given every option, also those left alone.
    tailor: Callable[[Level, Chosen], Rules] = as_it_is
    # What a list of the player's own makes of them, where the mode plays such lists.
    with_list: Callable[[Level, PromptList], Rules] | None = None
    split_every: int = 0  # answers, after each of which the time is noted; 0: it never is
    shows_next: bool = False  # whether the prompt after the present one is in sight
    on_title: bool = True  # whether the title has a tile for it; else another screen leads there
    practises_digits: bool = False  # whether it asks for the digits that are misread, too

    def __post_init__(self) -> None:
        if (Gauge.SPLITS in self.gauges) != (self.split_every > 0):
            raise ValueError(f"{self.key}: split times are shown where they are taken.")
        if self.usual and self.usual not in {level.key for level in self.levels}:
            raise ValueError(f"{self.key}: there is no level {self.usual!r}.")
        if self.shows_next and self.turns.players > 1:
            raise ValueError(f"{self.key}: with several players the next prompt is not theirs.")
        if self.options and len({o.key for o in self.options}) < len(self.options):
            raise ValueError(f"{self.key}: each option has a name of its own.")
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

    def level(
        self, key: str | None = None, chosen: Chosen | None = None, own: PromptList | None = None
    ) -> Level:
        """The level of that name, or the usual one where it is unknown or none was given.

        `chosen` is what the player chose of the options, `own` a list of theirs for a mode that
        plays such: both are in the level's rules.
        """
        levels = {level.key: level for level in self.levels}
        level = levels.get(key or "") or levels.get(self.usual) or self.levels[0]
        if own is not None and self.with_list is not None:
            level = replace(level, rules=self.with_list(level, own), own=own)
        different = unusual(self.options, chosen or {})
        if not different:
            return level
        rules = self.tailor(level, settle(self.options, different))
        return replace(level, rules=rules, chosen=tuple(different.items()))

    def line_up(self, level: Level) -> list[Level]:
        """The level of each player, where the first one has that."""
        key = dict(level.chosen).get(SECOND_PLAYER, ("",))[0]
        others = self.level(key) if key in {each.key for each in self.levels} else level
        return [level] + [others] * (self.turns.players - 1)

    def is_halved(self, level: Level) -> bool:
        """Whether the players of a level share the paper and write at once, by their choice."""
        return dict(level.chosen).get(PAPER) == (HALVES,)

    def shows_guess(self, level: Level) -> bool:
        """Whether the player of a level sees what the reader makes of the ink so far."""
        return settle(self.options, dict(level.chosen)).get(GUESS) == (SHOWN,)

    def stored_as(self, level: Level, counts: bool = True) -> str:
        """The name under which the database keeps rounds of a level with what was chosen.

        So bests are compared among equal conditions alone. Of the usual level, and of options left
        alone, nothing is in the name: "sums", "sums:hard", "sums:hard;signs=plus,minus". A round
        that does not count has a word more.
        """
        named = "" if level.key == self.level().key else f"{LEVEL_MARK}{level.key}"
        own = "" if level.own is None else f"{SEPARATOR}{OWN}{GIVEN}{level.own.mark}"
        practice = "" if counts else f"{SEPARATOR}{PRACTICE}"
        return f"{self.key}{named}{as_words(self.options, dict(level.chosen))}{own}{practice}"

    def stored_level(self, name: str) -> Level:
        """The level that was stored by that name, with what was chosen."""
        level, _, words = name.partition(SEPARATOR)
        return self.level(level.partition(LEVEL_MARK)[2], from_words(words))


def mode_key(name: str) -> str:
    """The key of the mode that a round was stored by."""
    return name.partition(SEPARATOR)[0].partition(LEVEL_MARK)[0]


def is_counted(name: str) -> bool:
    """Whether a round that was stored by that name counts."""
    return PRACTICE not in name.split(SEPARATOR)
