"""Halves: a round that several play at once, each a part of their own, on the same problems.

Nobody hurries anybody: the next prompts come when all have answered theirs.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from game.rules.clock import Clock
from game.rules.ending import AfterAnswers
from game.rules.modes.mode import Gauge, Level, Mode
from game.rules.outcome import Outcome
from game.rules.round import PlayedSheet, Round
from game.rules.scoring import Tally, tally
from game.rules.turns import Solo
from recognizer.reading import Reading


class HalvesRound(PlayedSheet):
    """The parts of all players, and their answers in the order in which they were given."""

    def __init__(
        self, mode: Mode, rng: random.Random, clock: Clock, levels: Sequence[Level]
    ) -> None:
        """Deal everyone's first prompt: the same ones for equal levels, but not at the same time.

        Who looks across sees nothing of use.
        """
        super().__init__(mode, levels)
        players, seed = len(self.levels), rng.getrandbits(64)
        alone = replace(mode, turns=Solo(), gauges=mode.gauges - {Gauge.TURN})
        self.parts = [
            Round(
                alone, random.Random(seed), clock, [_part(level, players)], seat=(player, players)
            )
            for player, level in enumerate(self.levels)
        ]
        self.scores = [part.score for part in self.parts]

    def submit(self, player: int, reading: Reading, seconds: float) -> Outcome:
        """Judge a player's answer, as `Round.submit` does."""
        outcome = self.parts[player].submit(reading, seconds)
        self.outcomes.append(outcome)
        return outcome

    def next_prompts(self) -> None:
        """Show everyone their next prompt."""
        for part in self.parts:
            part.next_prompt()

    def start(self) -> None:
        """Start or resume all clocks."""
        for part in self.parts:
            part.start()

    def pause(self) -> None:
        """Stop all clocks."""
        for part in self.parts:
            part.pause()

    @property
    def is_complete(self) -> bool:
        """Whether everybody has answered everything."""
        return all(part.is_complete for part in self.parts)

    def tally(self) -> Tally:
        """What all parts have come to; the time is that of the slowest."""
        return tally(self.scores, max(part.tally().seconds for part in self.parts))


def _part(level: Level, players: int) -> Level:
    """The level with one player's share of its answers."""
    endings = tuple(
        AfterAnswers(ending.count // players) if isinstance(ending, AfterAnswers) else ending
        for ending in level.rules.endings
    )
    return replace(level, rules=replace(level.rules, endings=endings))
