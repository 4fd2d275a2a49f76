"""Scales: which values an axis names, and where a value lies on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 10.0)  # times a power of ten: what a person counts in


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`, both of them named, and what is named between them."""

    ticks: tuple[float, ...]  # in their order, at least two

    @property
    def low(self) -> float:
        """Where it begins."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """Where it ends."""
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """Where a value lies, 0 to 1; what is beyond the ends lies there."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def scale(low: float, high: float, most: int, *, whole: bool = False) -> Scale:
    """An axis that holds both values in at most `most` steps of a round number.

    With `whole` only whole numbers are named.
    """
    low, high = min(low, high), max(low, high)
    if high - low < 1e-9 * max(1.0, abs(high)):
        high = low + (1.0 if whole or abs(low) < 1e-9 else abs(low))
    least = max((high - low) / max(1, most), 1.0 if whole else 0.0)
    power = 10.0 ** math.floor(math.log10(least))
    for step in (factor * p for p in (power, 10 * power) for factor in STEPS):
        if whole and (step < 1 or step != round(step)):
            continue
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= max(1, most) or step >= 50 * power:
            break
    return Scale(tuple(round(n * step, 10) for n in range(first, max(last, first + 1) + 1)))


def thinned(places: list[tuple[float, float]], gap: float) -> list[int]:
    """Which labels have room, of (middle, width) in px from left to right; the last one always."""
    kept: list[int] = []
    edge = math.inf
    for n in reversed(range(len(places))):
        middle, width = places[n]
        if middle + width / 2 + gap <= edge:
            kept.append(n)
            edge = middle - width / 2
    return kept[::-1]
