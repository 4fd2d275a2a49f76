"""The clock of a round: counts down, and stands still while the round is paused.

It is held, too, for the time that the reader itself takes: that is not the player's.
"""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]  # returns seconds; only differences matter


LONGEST_HOLD = 5.0  # s: a reader that never answers must not keep a round for ever


class RoundClock:
    """A countdown that can be started, paused and resumed, and held for a moment."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
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
        """Seconds left, never below zero."""
        return max(0.0, self.seconds - self.elapsed())
