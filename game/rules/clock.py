"""Clocks: one that is never wrong by an hour, and the stopwatch of a round.

A machine's clock may jump: it is set, or the machine or the program sleeps. Nobody has played in
such a moment, so it does not count.
"""

from __future__ import annotations

import math
from collections.abc import Callable

Clock = Callable[[], float]  # returns seconds; only differences matter

LONGEST_HOLD = 5.0  # s: a reader that never answers must not keep a round for ever
# s between two looks at the clock: the program looks at it in every frame, and even a busy machine
# draws some in that time. What is longer is a sleep, of the program or of the whole machine.
LONGEST_FRAME = 1.5


class SteadyClock:
    """A clock that goes neither back nor in leaps, whatever the one it follows does.

    A step back and a step longer than `longest` seconds count as no time at all.
    """

    def __init__(self, clock: Clock, longest: float = math.inf) -> None:
        self._clock = clock
        self._longest = longest
        self._seen = clock()
        self._now = self._seen
        self._slept = False

    def __call__(self) -> float:
        """Seconds, never less than at the call before."""
        now = self._clock()
        step, self._seen = now - self._seen, now
        if step > self._longest:
            self._slept = True
        elif step > 0:
            self._now += step
        return self._now

    def has_slept(self) -> bool:
        """Whether a leap was left out since this was last asked."""
        slept, self._slept = self._slept, False
        return slept


class RoundClock:
    """The stopwatch of a round: started, paused and resumed, and held for a moment.

    It stands still while the round is paused, and is held for the time that the reader itself
    takes: that is not the player's. `seconds` is where it is up, if ever.
    """

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = SteadyClock(clock)
        self._used = 0.0  # s, up to the last pause
        self._since: float | None = None  # clock time of the last start, None while standing
        self._held_at: float | None = None  # clock time since which it is held

    @property
    def running(self) -> bool:
        """Whether the round is on; also while its clock is held."""
        return self._since is not None

    def start(self) -> None:
        """Let time pass, from the start or from where it was paused."""
        if self._since is None:
            self._since = self._clock()

    def pause(self) -> None:
        """Stop the time."""
        self._used = self.elapsed()
        self._since = self._held_at = None

    def hold(self) -> None:
        """Let a running clock stand still until `release`, but not longer than `LONGEST_HOLD`."""
        if self._since is not None and self._held_at is None:
            self._held_at = self._clock()

    def release(self) -> None:
        """Let the time pass again."""
        self._used = self.elapsed()
        if self._since is not None:
            self._since = self._clock()
        self._held_at = None

    def elapsed(self) -> float:
        """Seconds played so far, pauses and the reader's own time left out."""
        if self._since is None:
            return self._used
        now = self._clock()
        held = 0.0 if self._held_at is None else min(now - self._held_at, LONGEST_HOLD)
        return self._used + (now - self._since) - held

    def remaining(self) -> float:
        """Seconds left, never below zero; without end where the clock never is up."""
        return max(0.0, self.seconds - self.elapsed())
