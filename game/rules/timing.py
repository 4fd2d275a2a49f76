"""Timing: how long a round and each of its answers may take, and what the clock on the screen says.

A mode picks one of these, or brings a kind of its own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LAST_SECONDS = 10.0  # s of a round in which the clock on the screen presses
LAST_SHARE = 0.3  # of an answer's time, likewise


@dataclass(frozen=True)
class Face:
    """What the clock on the screen says."""

    seconds: float  # left, or gone where it counts up
    share: float | None = None  # left of the time, from 0 to 1; None where there is no limit
    hurries: bool = False  # whether little is left


class Timing:
    """What may be timed; here nothing is. Seconds, `math.inf` where there is no limit."""

    round_seconds: float = math.inf  # a round's length

    def answer_seconds(self, answered: int, streak: int) -> float:
        """What the next answer may take, after so many answers, the last `streak` of them right."""
        return math.inf

    def face(self, elapsed: float, on_prompt: float, limit: float) -> Face | None:
        """The clock after so long in the round and on this prompt, whose limit is `limit`."""
        return None


@dataclass(frozen=True)
class Untimed(Timing):
    """No clock."""


@dataclass(frozen=True)
class CountDown(Timing):
    """So many seconds for the round, and as many answers as there is time for."""

    round_seconds: float

    def __post_init__(self) -> None:
        if not 0 < self.round_seconds < math.inf:
            raise ValueError(f"A round of {self.round_seconds} s cannot be played.")

    def face(self, elapsed: float, on_prompt: float, limit: float) -> Face:
        """What is left of the round."""
        left = max(0.0, self.round_seconds - elapsed)
        return Face(left, left / self.round_seconds, left <= LAST_SECONDS)


@dataclass(frozen=True)
class CountUp(Timing):
    """A stopwatch: something else ends the round."""

    def face(self, elapsed: float, on_prompt: float, limit: float) -> Face:
        """What the round has taken."""
        return Face(elapsed)


@dataclass(frozen=True)
class AnswerLimit(Timing):
    """A limit for each answer, which shrinks with every one; a streak slows the shrinking.

    After n answers it is first * shrink ** (n - relief * streak), but never under `least`. Of a
    streak only the last `counted` answers count, so that its end is no cliff.
    """

    first: float  # s for the first answer
    shrink: float  # factor an answer
    least: float  # s
    relief: float = 0.0  # of a step, that each right answer in a row takes back
    counted: int = 10**9  # right answers in a row

    def __post_init__(self) -> None:
        if not (0 < self.least <= self.first < math.inf and 0 < self.shrink <= 1):
            raise ValueError("An answer's time must be positive and may only shrink.")
        if not 0 <= self.relief <= 1:
            raise ValueError("A streak takes back between nothing and all of the shrinking.")

    def answer_seconds(self, answered: int, streak: int) -> float:
        """What the next answer may take."""
        steps = max(0.0, answered - self.relief * min(streak, self.counted))
        return max(self.least, self.first * math.pow(self.shrink, steps))

    def face(self, elapsed: float, on_prompt: float, limit: float) -> Face:
        """What is left for this answer."""
        left = max(0.0, limit - on_prompt)
        return Face(left, left / limit, left <= LAST_SHARE * limit)
