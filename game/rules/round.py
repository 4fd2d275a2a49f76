"""A round: the state that prompts, judging, scoring and the clock make together."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass

from game.rules.judge import ReadingLike, Verdict, judge
from game.rules.modes import Mode
from game.rules.prompts import Prompt
from game.rules.round_clock import Clock, RoundClock
from game.rules.scoring import Score


@dataclass(frozen=True)
class Outcome:
    """One judged answer."""

    prompt: Prompt
    read: str  # what the reader made of the ink; "?" where it is no digit, "" where there was none
    verdict: Verdict
    seconds: float  # from the prompt's appearance to the last pen-lift, pauses left out
    points: int  # earned by this answer


class Round:
    """One round of a mode, from `start` until the time is up."""

    def __init__(self, mode: Mode, rng: random.Random, clock: Clock) -> None:
        self.mode = mode
        self.score = Score()
        self.clock = RoundClock(mode.seconds, clock)
        self.outcomes: list[Outcome] = []
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
        verdict = judge(self.prompt.answer, reading)
        points = 0
        if verdict is Verdict.RIGHT:
            writing = max(0.0, seconds - self.mode.thinking_seconds)
            points = self.score.take_right(writing, self.digits)
        elif verdict is Verdict.WRONG:
            self.score.take_wrong()
        outcome = Outcome(self.prompt, reading.text, verdict, seconds, points)
        self.outcomes.append(outcome)
        return outcome

    def next_prompt(self) -> Prompt:
        """Show the next prompt; its time starts now."""
        self.prompt = self._deck.deal()
        self._shown_at = self.clock.elapsed()
        return self.prompt

    def median_seconds(self) -> float | None:
        """Median writing time in seconds of the right answers, or None without any."""
        times = [o.seconds for o in self.outcomes if o.verdict is Verdict.RIGHT]
        return statistics.median(times) if times else None
