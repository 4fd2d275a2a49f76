"""The moment to judge: at once where the ink is surely complete, else when the pen stays away.

After each pen-lift the ink is read. What was read says how likely a further stroke is
(`recognizer.endpointing.continuation`), and the player's pace says how long such a stroke takes to
come (`recognizer.endpointing.pace`). With every instant in which the pen stays up it becomes less
likely that it comes down again; when that chance has fallen to what the player's patience allows
(`recognizer.endpointing.patience`), the ink is judged. So a six
is judged in the very frame of its reading, and a five waits for its roof.

Of the answer only its number of digits is known here, never which digits they are.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recognizer.endpointing.continuation import (
    LIKELIEST,
    chance,
    is_doubtful,
    name,
    owner,
    usual_chance,
)
from recognizer.endpointing.pace import Pace
from recognizer.endpointing.patience import NORMAL, Patience
from recognizer.endpointing.two_readings import is_whole, more_confident
from recognizer.reading import Reading, is_readable
from recognizer.types import Box

LIKELY = 0.4  # chance of a further stroke from which on the least of `Patience.likely` is waited
REACTION = 0.25  # s after a verdict in which no one can have begun to answer the next prompt

Clock = Callable[[], float]  # returns seconds; only differences matter


class Call(enum.Enum):
    """What to do with the ink now."""

    WAIT = "wait"
    ACCEPT = "accept"
    CANNOT_READ = "cannot read"


@dataclass(frozen=True)
class Decision:
    """A call, and the reading that it is about; none while waiting."""

    call: Call
    reading: Reading | None = None


@dataclass(frozen=True)
class _Hope:
    """What was expected of the ink when the pen was up, to learn from what came."""

    unfinished: bool  # whether digits were missing
    last: tuple[str, float] | None  # of the last digit: what was read, and the usual chance


class Endpointer:
    """Takes the pen and the readings of one answer after the other, and says when to judge.

    Times are seconds of `clock`. The pace learns from what the pen does; the patience is chosen.
    """

    def __init__(self, clock: Clock, pace: Pace | None = None, patience: Patience = NORMAL) -> None:
        self.pace = Pace() if pace is None else pace
        self.patience = patience
        self._clock = clock
        self._pen_is_down = False
        self._digits = 1
        self._strokes: Sequence[Box] = ()
        self._ticket: int | None = None  # of the reading that is waited for, or was taken
        self._reading: Reading | None = None
        self._wait = 0.0  # s after the pen-lift
        self._lifted_at: float | None = None
        self._gap_from: float | None = None  # the last pen-lift, where a pause can be learned
        self._hope: _Hope | None = None
        self._judged_at: float | None = None

    # --- what happens -----------------------------------------------------------------------------

    def pen_down(self, at: float) -> None:
        """The pen touches the paper: whatever is still being read is older ink."""
        self._learn_pause(at)
        self._pen_is_down = True
        self._ticket, self._reading, self._judged_at = None, None, None
        self._gap_from, self._hope = None, None

    def pen_up(
        self, at: float, ticket: int, strokes: Sequence[Box], digits: int, *, written: bool = True
    ) -> None:
        """The pen leaves the paper; the reading of the ink was asked for under this ticket.

        `strokes` are the boxes of all strokes in the order of writing, and `digits` says how many
        the answer has. `written` is False where the same ink is read anew, as after a break: there
        is no pause of the hand to learn from then.
        """
        self._pen_is_down = False
        self._ticket, self._reading = ticket, None
        self._strokes, self._digits = list(strokes), digits
        self._lifted_at = at
        self._gap_from = at if written else None
        self._hope, self._judged_at = None, None

    def cancel(self) -> None:
        """The ink is gone or taken back: what comes back is about older ink."""
        self._pen_is_down = False
        self._ticket, self._reading = None, None
        self._gap_from, self._hope, self._judged_at = None, None, None

    def reading_came(self, ticket: int, reading: Reading, free: Reading | None = None) -> bool:
        """Take a reading; return False where it is of older ink and was dropped.

        `free` is the same ink read without knowing how many digits it has, where that was done.
        """
        if ticket != self._ticket or self._pen_is_down:
            return False
        whole = True
        if free is not None:
            reading = more_confident(reading, free)
            whole = is_whole(reading, free, self._digits)
        self._reading = reading
        self._hope = self._expect(reading, whole=whole)
        self._wait = self._to_wait(reading, whole=whole)
        return True

    def judged(self) -> None:
        """The ink was judged: nothing more came of it, or so it seems."""
        self._learn_habit(went_on=False)
        self._ticket, self._reading = None, None
        self._judged_at = self._clock()

    # --- what is to be done -----------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether written ink is waiting to be judged."""
        return self._ticket is not None

    @property
    def reading(self) -> Reading | None:
        """The reading of the ink as it is now, once it has come."""
        return self._reading

    @property
    def wait(self) -> float:
        """Seconds from the last pen-lift to the verdict, now that the reading is there."""
        return self._wait

    def decide(self) -> Decision:
        """Whether to wait, to accept what was read, or to say that it cannot be read."""
        if self._reading is None or self._lifted_at is None or self.share() < 1.0:
            return Decision(Call.WAIT)
        complete = is_readable(self._reading) and len(self._reading.text) >= self._digits
        return Decision(Call.ACCEPT if complete else Call.CANNOT_READ, self._reading)

    def share(self) -> float:
        """How much of the wait has passed, from 0 to 1; 0 while nothing has been read."""
        if self._reading is None or self._lifted_at is None:
            return 0.0
        waited = self._clock() - self._lifted_at
        return 1.0 if waited >= self._wait else max(0.0, waited / self._wait)

    # --- how long to wait -------------------------------------------------------------------------

    def _to_wait(self, reading: Reading, *, whole: bool) -> float:
        """The seconds after the pen-lift in which a further stroke is likely enough to be awaited.

        If a stroke comes with the chance p, and its pause outlasts t with the chance s, then p s /
        (p s + 1 - p) is left of it when nothing has come until t. This is solved for t.
        """
        patience = self.patience
        if not whole:
            least, most = patience.unfinished
            return min(max(self.pace.digit.lasting(patience.unfinished_risk), least), most)
        too_long = len(reading.digits) > self._digits
        likely = chance(reading.digits, self._strokes, self.pace, too_long=too_long)
        likely = min(likely, LIKELIEST)
        risk = patience.risk if self._digits == 1 else patience.numbers_risk
        if likely <= risk:
            return 0.0
        outlasting = risk / (1.0 - risk) * (1.0 - likely) / likely
        least = patience.likely if likely >= LIKELY else 0.0
        most = patience.longest
        if not is_readable(reading):
            least = max(least, patience.unreadable)
        if not is_readable(reading) or any(is_doubtful(digit) for digit in reading.digits):
            most = patience.longest_doubtful
        return min(max(self.pace.stroke.lasting(outlasting), least), most)

    # --- learning ---------------------------------------------------------------------------------

    def _expect(self, reading: Reading, *, whole: bool) -> _Hope:
        last = None
        if whole and reading.digits and self._strokes:
            owners = [owner(stroke, reading.digits) for stroke in self._strokes]
            digit, count = reading.digits[owners[-1]], owners.count(owners[-1])
            last = (name(digit, count), usual_chance(digit, count))
        return _Hope(not whole, last)

    def _learn_pause(self, at: float) -> None:
        """The pen is down again: after how long, if that says anything."""
        if self._gap_from is None or self._hope is None:
            return
        too_soon = self._judged_at is not None
        if self._judged_at is not None and at - self._judged_at >= REACTION:
            return  # the next answer
        self._learn_habit(went_on=True, known=too_soon)
        pause = self.pace.digit if self._hope.unfinished else self.pace.stroke
        pause.learn(at - self._gap_from)

    def _learn_habit(self, *, went_on: bool, known: bool = False) -> None:
        """Count what became of the last digit; it was counted before where it is `known`."""
        if self._hope is not None and self._hope.last is not None:
            read, expected = self._hope.last
            self.pace.learn_habit(read, 0.0 if known else expected, went_on=went_on)
