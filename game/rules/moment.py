"""The moment to judge: a short pause after a pen-lift, in which the pen may come down again.

A number that is not yet whole is waited for longer: after the "4" of "42" the hand still has to
travel. Whether it is whole depends on how many digits are there, never on which.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from game.rules.judge import ReadingLike

PAUSE_SECONDS = 0.45  # s after the last pen-lift: time enough for the roof of a five
UNFINISHED_SECONDS = 1.2  # s while digits are missing: time enough to think of the next one

R = TypeVar("R", bound=ReadingLike)


class Moment(Generic[R]):
    """Waits for two things: the pause after the last pen-lift, and the reading of that very ink."""

    def __init__(
        self, pause: float = PAUSE_SECONDS, unfinished: float = UNFINISHED_SECONDS
    ) -> None:
        self._pause = pause
        self._unfinished = unfinished
        self._whole = True  # until the reading says otherwise
        self._ticket: int | None = None
        self._lifted_at = 0.0
        self._reading: R | None = None

    @property
    def waiting(self) -> bool:
        """Whether written ink is waiting to be judged."""
        return self._ticket is not None

    def pen_lifted(self, now: float, ticket: int) -> None:
        """The ink is as it is now; its reading was asked for under this ticket."""
        self._ticket, self._lifted_at, self._reading = ticket, now, None
        self._whole = True

    def cancel(self) -> None:
        """The pen is down again or the ink is gone: whatever comes back is about older ink."""
        self._ticket, self._reading = None, None

    def reading_came(self, ticket: int, reading: R, *, whole: bool = True) -> bool:
        """Take a reading; return False where it is of older ink and was dropped.

        `whole` says whether the number looks finished.
        """
        if ticket != self._ticket:
            return False
        self._reading, self._whole = reading, whole
        return True

    def share(self, now: float) -> float:
        """How much of the pause has passed, from 0 to 1."""
        if self._ticket is None:
            return 0.0
        pause = self._pause if self._whole else self._unfinished
        return min(1.0, max(0.0, (now - self._lifted_at) / pause))

    def due(self, now: float, *, hurry: bool = False) -> R | None:
        """The reading to judge now, or None while it is too early.

        `hurry` waives the pause of a number that is whole; half a number still gets its time.
        """
        if self._reading is None:
            return None
        if (hurry and self._whole) or self.share(now) >= 1.0:
            return self._reading
        return None
