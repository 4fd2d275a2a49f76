"""How long the game waits for a hand that stops to think: the player's choice, beside the pace.

The pace learns how long this player's pauses last; patience says what may be lost by judging too
soon, and how long the longest pause is that is still waited for. People pause 0.27 s within a digit
(the median of 25 people's pauses in DigiLeTs), one time in ten 0.58 s and one in a hundred 1.35 s.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Patience:
    """What is waited for; seconds count from the last pen-lift.

    `risk` and `numbers_risk` are the chances that the pen comes down again at which ink is judged:
    of one digit, and of several, of which it is less certain which ink makes which digit.
    `unfinished_risk` is the same where digits are missing: waiting longer costs a whole one less.
    """

    risk: float = 0.005
    numbers_risk: float = 0.0015
    unfinished_risk: float = 0.001
    # The longest for ink that looks whole and is read with certainty, and for what is doubtful or
    # cannot be read: half a four is no digit yet, and to say so sooner helps no one.
    longest: float = 1.2
    longest_doubtful: float = 2.0
    unreadable: float = 1.0  # the shortest for what cannot be read
    unfinished: tuple[float, float] = (2.2, 2.8)  # the shortest and the longest for a missing digit
    # The shortest for a digit that goes on as often as not: a 5 without its roof, a 7 or a 4
    # without its bar.
    likely: float = 0.0


QUICK = Patience(
    risk=0.015,
    numbers_risk=0.005,
    longest=0.9,
    longest_doubtful=1.5,
    unreadable=0.8,
    unfinished=(1.6, 2.2),
)
NORMAL = Patience()
CALM = Patience(
    risk=0.002,
    numbers_risk=0.001,
    longest=2.0,
    longest_doubtful=2.6,
    unreadable=1.8,
    unfinished=(2.8, 4.0),
    likely=1.7,
)
PATIENCE = {"quick": QUICK, "normal": NORMAL, "calm": CALM}
