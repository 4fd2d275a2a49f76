"""A round's answers and what they earned, while it is played and when it is looked at later."""

from __future__ import annotations

import statistics

from game.rules.appeals import Ruling, counted_in, rule_on, score_again
from game.rules.modes import Mode
from game.rules.outcome import Outcome
from game.rules.scoring import Score


class Answered:
    """A round's answers in their order, with its score."""

    def __init__(self, mode: Mode) -> None:
        self.mode = mode
        self.score = Score()
        self.outcomes: list[Outcome] = []

    def ruling(self, outcome: Outcome, claim: str) -> Ruling:
        """What the rules would say to "it was `claim`", of an answer of this round."""
        return rule_on(outcome, claim, counted_in(self.outcomes))

    def appeal(self, outcome: Outcome, claim: str) -> Ruling:
        """Take the player's word that it was `claim`; where it counts, the round is scored again.

        Only once for each answer: it is asked for what the player meant, not for what would help.
        """
        if outcome.appeal is not None:
            raise ValueError(f"It was said before that this answer was {outcome.appeal}.")
        ruling = self.ruling(outcome, claim)
        outcome.appeal, outcome.counted = claim, ruling is Ruling.COUNTS
        if outcome.counted:
            self.score = score_again(self.outcomes, self.mode.thinking_seconds)
        return ruling

    def median_seconds(self) -> float | None:
        """Median writing time in seconds of the right answers, or None without any."""
        times = [outcome.seconds for outcome in self.outcomes if outcome.is_right]
        return statistics.median(times) if times else None
