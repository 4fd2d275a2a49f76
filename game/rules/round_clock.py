"""The clock of a round: counts down, and stands still while the round is paused."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]  # returns seconds; only differences matter


class RoundClock:
    """A countdown that can be started, paused and resumed."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self._clock = clock
        self._used = 0.0  # s, up to the last pause
        self._since: float | None = None  # clock time of the last start, None while standing

    @property
    def running(self) -> bool:
        """Whether time is passing."""
        return self._since is not None

    def start(self) -> None:
        """Let time pass, from the start or from where it was paused."""
        if self._since is None:
            self._since = self._clock()

    def pause(self) -> None:
        """Stop the time."""
        self._used = self.elapsed()
        self._since = None

    def elapsed(self) -> float:
        """Seconds played so far, pauses left out."""
        running = 0.0 if self._since is None else self._clock() - self._since
        return self._used + running

    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self.seconds - self.elapsed())
