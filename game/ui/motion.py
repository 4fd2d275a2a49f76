"""Motion: easing curves and values that move over time, in seconds.

With *reduced motion* whatever only pleases stands still at once: what pops up is there, what runs
up has arrived, nothing shakes or flies. What says something by moving, such as a clock's bar or a
pen that shows how a digit is written, asks nobody.
"""

from __future__ import annotations

import math

_reduced = False


def reduce(reduced: bool) -> None:
    """Switch reduced motion on or off."""
    global _reduced
    _reduced = reduced


def is_reduced() -> bool:
    """Whether whatever only pleases stands still."""
    return _reduced


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """The value, kept within bounds."""
    return min(high, max(low, value))


def ease_out(share: float) -> float:
    """Fast first, then settling; from 0 to 1. With reduced motion, there as soon as it began."""
    if _reduced:
        return 1.0 if share > 0.0 else 0.0
    return float(1.0 - (1.0 - clamp(share)) ** 3)


def ease_in_out(share: float) -> float:
    """Slow at both ends; from 0 to 1."""
    s = clamp(share)
    return s * s * (3.0 - 2.0 * s)


def overshoot(share: float) -> float:
    """Past the goal and back, for things that pop up; from 0 to 1. With reduced motion, there."""
    if _reduced:
        return 1.0
    s = clamp(share) - 1.0
    return 1.0 + 2.7 * s**3 + 1.7 * s**2


def shake(seconds: float, length: float, waves: float = 4.0) -> float:
    """A swing between -1 and 1 that dies away within `length` seconds, where things may."""
    if _reduced:
        return 0.0
    share = clamp(seconds / length)
    return math.sin(share * waves * math.tau) * (1.0 - share) ** 2


def blend(a: tuple[int, int, int], b: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """The colour between two, at a share from 0 to 1."""
    s = clamp(share)
    return (
        round(a[0] + (b[0] - a[0]) * s),
        round(a[1] + (b[1] - a[1]) * s),
        round(a[2] + (b[2] - a[2]) * s),
    )


class Glide:
    """A number that follows its goal smoothly, whatever the frame rate."""

    def __init__(self, value: float, seconds: float = 0.15) -> None:
        self.value = value
        self.goal = value
        self._seconds = seconds  # s in which about two thirds of the way are done
        self._moved = False  # by the last step: what it arrived at is still to be drawn

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds; with reduced motion, all the way."""
        before = self.value
        if _reduced:
            self.value = self.goal
        else:
            self.value += (self.goal - self.value) * (1.0 - math.exp(-dt / self._seconds))
        if abs(self.goal - self.value) < 1e-3:
            self.value = self.goal
        self._moved = self.value != before

    @property
    def resting(self) -> bool:
        """Whether it has arrived, and was there already before the last step."""
        return self.value == self.goal and not self._moved
