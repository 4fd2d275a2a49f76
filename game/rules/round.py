"""A round: the state that prompts, judging, scoring and the clock make together."""

from __future__ import annotations

import random

from game.rules.answered import Answered
from game.rules.clock import Clock, RoundClock
from game.rules.judge import Verdict, judge
from game.rules.modes import Mode
from game.rules.outcome import Outcome
from game.rules.prompts import Prompt
from recognizer.reading import DigitLike, ReadingLike

# Decimals of what is judged by: it is stored so, and an appeal next week must find the same.
SECONDS_PLACES = 4
PROBABILITY_PLACES = 4


class Round(Answered):
    """One round of a mode, from `start` until the time is up."""

    def __init__(self, mode: Mode, rng: random.Random, clock: Clock) -> None:
        super().__init__(mode)
        self.clock = RoundClock(mode.seconds, clock)
        self._deck = mode.make_deck(rng)
        self.prompt = self._deck.deal()
        self._shown_at = 0.0  # s of round time

    def start(self) -> None:
        """Start or resume the clock."""
        self.clock.start()

    def pause(self) -> None:
        """Stop the clock."""
        self.clock.pause()

    @property
    def time_is_up(self) -> bool:
        """Whether the round's seconds are used up."""
        return self.clock.remaining() <= 0.0

    @property
    def digits(self) -> int:
        """How many digits the present answer has: all that the reader may know of it."""
        return len(self.prompt.answer)

    def seconds_on_prompt(self) -> float:
        """Seconds since the present prompt appeared, pauses left out."""
        return self.clock.elapsed() - self._shown_at

    def submit(self, reading: ReadingLike, seconds: float) -> Outcome:
        """Judge the reading of an answer that took `seconds` to write; only a verdict moves on."""
        seconds = round(seconds, SECONDS_PLACES)
        verdict = judge(self.prompt.answer, reading)
        points = 0
        if verdict is Verdict.RIGHT:
            writing = max(0.0, seconds - self.mode.thinking_seconds)
            points = self.score.take_right(writing, self.digits)
        elif verdict is Verdict.WRONG:
            self.score.take_wrong()
        guesses = [_probabilities(digit) for digit in reading.digits]
        outcome = Outcome(self.prompt, reading.text, verdict, seconds, points, guesses)
        self.outcomes.append(outcome)
        return outcome

    def next_prompt(self) -> Prompt:
        """Show the next prompt; its time starts now."""
        self.prompt = self._deck.deal()
        self._shown_at = self.clock.elapsed()
        return self.prompt


def _probabilities(digit: DigitLike) -> list[float]:
    """Those of 0 to 9, where the reader tells them."""
    return [round(float(p), PROBABILITY_PLACES) for p in getattr(digit, "probabilities", ())]
