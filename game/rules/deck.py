"""A deck: where the prompts of a round come from."""

from __future__ import annotations

from game.rules.facts import Needs
from game.rules.outcome import Outcome
from game.rules.prompt import Prompt


class Deck:
    """Deals prompts without end."""

    def deal(self) -> Prompt:
        """The next prompt."""
        raise NotImplementedError

    def learn(self, outcome: Outcome) -> None:
        """Hear what became of a prompt, right or wrong, before the next one is dealt.

        Where the mode shows the next prompt, that one was dealt before the verdict.
        """

    def favour(self, needs: Needs) -> None:
        """Hear, before the first prompt, how much each fact needs to be asked again.

        Where the mode practises digits, how much each of these does, too, by the digit alone.
        """

    def seat(self, player: int, players: int) -> None:
        """Hear, before the first prompt, for which player it deals, counted from 0."""
