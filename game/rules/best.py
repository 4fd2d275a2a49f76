"""What it means to be best: the mark that a finished round makes, and which of two is better."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from game.language import figures, ngettext, pgettext
from game.rules.scoring import Tally


class Goal:
    """What a mode's rounds are measured by."""

    penalty: float = 0.0  # s that a mistake adds to the time, where time is what counts

    def mark(self, tally: Tally) -> float | None:
        """A finished round's mark, or None where it made none."""
        raise NotImplementedError

    def better(self, mark: float, other: float) -> bool:
        """Whether a mark is better than another one."""
        return mark > other

    def beats(self, so_far: Tally, best: float) -> bool:
        """Whether a round that is still on has beaten a mark already, whatever comes."""
        mark = self.mark(so_far)
        return mark is not None and self.better(mark, best)

    def words(self, mark: float) -> str:
        """The mark as the player reads it."""
        return figures.number(mark)

    def best(self, tallies: Iterable[Tally]) -> float | None:
        """The best mark of several finished rounds, or None where none made one."""
        best: float | None = None
        for tally in tallies:
            mark = self.mark(tally)
            if mark is not None and (best is None or self.better(mark, best)):
                best = mark
        return best


@dataclass(frozen=True)
class MostPoints(Goal):
    """The more points the better."""

    def mark(self, tally: Tally) -> float:
        """The points."""
        return float(tally.points)


@dataclass(frozen=True)
class LongestRun(Goal):
    """The more right answers in a row the better."""

    def mark(self, tally: Tally) -> float | None:
        """The longest streak."""
        return float(tally.longest_streak) if tally.right else None

    def words(self, mark: float) -> str:
        """Such as "12 in a row"."""
        count = round(mark)
        # Translators: right answers.
        words = ngettext("{count} in a row", "{count} in a row", count)
        return words.format(count=figures.number(count))


@dataclass(frozen=True)
class LeastTime(Goal):
    """The less time the better; mistakes cost seconds."""

    penalty: float = 0.0  # s a mistake

    def mark(self, tally: Tally) -> float | None:
        """The seconds with the penalties; who answered nothing right was not quick."""
        return tally.seconds + self.penalty * tally.wrong if tally.right else None

    def better(self, mark: float, other: float) -> bool:
        """Less is more."""
        return mark < other

    def beats(self, so_far: Tally, best: float) -> bool:
        """Never before the end: time only grows."""
        return False

    def words(self, mark: float) -> str:
        """Minutes and seconds, such as "1:02.4"."""
        minutes, tenths = divmod(round(mark * 10), 600)
        if not minutes:
            return figures.seconds(tenths / 10)
        seconds = figures.number(tenths / 10, 1).zfill(len("00.0"))
        return pgettext("a time", "{minutes}:{seconds}").format(minutes=minutes, seconds=seconds)


@dataclass(frozen=True)
class NoGoal(Goal):
    """Nothing is measured."""

    def mark(self, tally: Tally) -> None:
        """None."""
        return None
