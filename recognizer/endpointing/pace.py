"""The player's pace: how long the pen stays up between strokes, and which digits take two of them.

A pause is log-normal: most are alike, a few are much longer, and what is twice the usual is as odd
as half of it. Learning is bounded on every side: no single pause, and no odd player, can make the
game judge too soon or wait for ever.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

# Within one digit: a quarter of a second, and 99 % within 0.8 s. One person's pauses spread by 0.53
# (the logarithm's deviation in DigiLeTs, 25 people); the default timeouts of handwriting inputs
# stand at about the 99th percentile of people's pauses, and people differ very much ("Stroke break
# analysis", MobileHCI 2005, DOI 10.1145/1085777.1085827).
STROKE_MEDIAN = 0.25  # s
STROKE_SPREAD = 0.50  # standard deviation of the logarithm
DIGIT_MEDIAN = 0.35  # s between digits: the hand travels further, and the head counts
DIGIT_SPREAD = 0.50

MEDIANS = (0.10, 0.60)  # s, the least and the most that can be learned
SPREADS = (0.40, 0.70)
PRIOR_WEIGHT = 8.0  # pauses that the medians above are worth
MEMORY = 60.0  # pauses after which older ones begin to be forgotten
SHORTEST, LONGEST = 0.02, 3.0  # s: a bouncing button, and a player whose thoughts are elsewhere
FARTHEST = 2.5  # spreads from the median, beyond which a pause counts no more

HABIT_WEIGHT = 1.5  # further strokes that the usual share of them is worth
HABIT_MEMORY = 20.0  # of them after which older ones count half
STROKE, DIGIT = "stroke", "digit"  # the names under which pauses are kept

_NORMAL = NormalDist()
Table = dict[str, list[float]]


@dataclass
class Pause:
    """The pause before a further stroke, as a log-normal distribution that learns."""

    median: float  # s
    spread: float  # standard deviation of its logarithm
    seen: float = 0.0  # how many were learned from

    def learn(self, seconds: float) -> None:
        """Take one pause that the player made into account; absurd ones are passed over."""
        if not SHORTEST <= seconds <= LONGEST:
            return
        away = math.log(seconds / self.median)
        away = min(max(away, -FARTHEST * self.spread), FARTHEST * self.spread)
        share = 1.0 / (min(PRIOR_WEIGHT + self.seen, MEMORY) + 1.0)
        self.median = _within(self.median * math.exp(away * share), MEDIANS)
        variance = self.spread**2 + (away**2 - self.spread**2) * share
        self.spread = _within(math.sqrt(variance), SPREADS)
        self.seen = min(self.seen + 1.0, MEMORY)

    def lasting(self, share: float) -> float:
        """The seconds that only this share (above 0, up to 1) of the player's pauses outlasts."""
        if share >= 1.0:
            return 0.0
        return self.median * math.exp(self.spread * _NORMAL.inv_cdf(1.0 - share))


@dataclass
class Pace:
    """What the game has learned of a player's rhythm; `as_table` and `from_table` keep it."""

    stroke: Pause = field(default_factory=lambda: Pause(STROKE_MEDIAN, STROKE_SPREAD))
    digit: Pause = field(default_factory=lambda: Pause(DIGIT_MEDIAN, DIGIT_SPREAD))
    # By what was read so far: how many digits went on, and how many were expected to.
    habits: Table = field(default_factory=dict)

    def habit(self, read: str) -> float:
        """How much likelier than usual a further stroke is for this player after reading that."""
        went_on, expected = self.habits.get(read, (0.0, 0.0))
        return (HABIT_WEIGHT + went_on) / (HABIT_WEIGHT + expected)

    def learn_habit(self, read: str, expected: float, *, went_on: bool) -> None:
        """A digit was read as that; it went on, or not, which was `expected` from 0 to 1."""
        entry = self.habits.setdefault(read, [0.0, 0.0])
        entry[0] += went_on
        entry[1] += expected
        if max(entry) > HABIT_MEMORY:
            entry[:] = [count / 2 for count in entry]

    def as_table(self) -> Table:
        """What was learned, as plain lists of numbers."""
        pauses = {STROKE: self.stroke, DIGIT: self.digit}
        table = {
            name: [round(p.median, 4), round(p.spread, 4), p.seen]
            for name, p in pauses.items()
            if p.seen
        }
        return table | {
            read: [round(count, 3) for count in entry] for read, entry in self.habits.items()
        }

    @classmethod
    def from_table(cls, table: Mapping[str, Sequence[float]]) -> Pace:
        """The pace in a table of `as_table`; what is not usable in it is left out."""
        pace = cls()
        for name, numbers in table.items():
            if not all(math.isfinite(number) and number >= 0 for number in numbers):
                continue
            if name in (STROKE, DIGIT):
                if len(numbers) == 3:
                    median, spread, seen = numbers
                    learned = Pause(
                        _within(median, MEDIANS), _within(spread, SPREADS), min(seen, MEMORY)
                    )
                    setattr(pace, name, learned)
            elif len(name) <= 2 and len(numbers) == 2:
                pace.habits[name] = [min(float(count), HABIT_MEMORY) for count in numbers]
        return pace


def _within(number: float, bounds: tuple[float, float]) -> float:
    return min(max(number, bounds[0]), bounds[1])
