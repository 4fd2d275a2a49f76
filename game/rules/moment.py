"""The moment to judge: a short pause after a pen-lift, in which the pen may come down again."""

from __future__ import annotations

from game.rules.judge import ReadingLike

PAUSE_SECONDS = 0.45  # s after the last pen-lift: time enough for the roof of a five


class Moment:
    """Waits for two things: the pause after the last pen-lift, and the reading of that very ink."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._ticket: int | None = None
        self._lifted_at = 0.0
        self._reading: ReadingLike | None = None

    @property
    def waiting(self) -> bool:
        """Whether written ink is waiting to be judged."""
        return self._ticket is not None

    def pen_lifted(self, now: float, ticket: int) -> None:
        """The ink is as it is now; its reading was asked for under this ticket."""
        self._ticket, self._lifted_at, self._reading = ticket, now, None

    def cancel(self) -> None:
        """The pen is down again or the ink is gone: whatever comes back is about older ink."""
        self._ticket, self._reading = None, None

    def reading_came(self, ticket: int, reading: ReadingLike) -> bool:
        """Take a reading; return False where it is of older ink and was dropped."""
        if ticket != self._ticket:
            return False
        self._reading = reading
        return True

    def share(self, now: float) -> float:
        """How much of the pause has passed, from 0 to 1."""
        if self._ticket is None:
            return 0.0
        return min(1.0, max(0.0, (now - self._lifted_at) / self._pause))

    def due(self, now: float, *, hurry: bool = False) -> ReadingLike | None:
        """The reading to judge now, or None while it is too early; `hurry` waives the pause."""
        if self._reading is not None and (hurry or self.share(now) >= 1.0):
            return self._reading
        return None
