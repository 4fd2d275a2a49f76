"""Scoring: what a right answer earns, and what a round has come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BASE_POINTS = 100  # points, for any right answer
DIGIT_POINTS = 50  # points, for each further digit of a longer answer
SPEED_BONUS = 50  # points, at FAST_SECONDS or quicker
FAST_SECONDS = 1.0  # s from prompt to last pen-lift: full bonus
SLOW_SECONDS = 4.0  # s: no bonus any more
DIGIT_SECONDS = 0.8  # s by which both of them grow with each further digit
STREAK_STEP = 5  # right answers in a row that raise the multiplier by one
MAX_MULTIPLIER = 4


def multiplier(streak: int) -> int:
    """The factor that the next right answer earns after `streak` right ones in a row."""
    return min(MAX_MULTIPLIER, 1 + streak // STREAK_STEP)


def points_for(seconds: float, streak: int, digits: int = 1) -> int:
    """Points for a right answer written in `seconds` after `streak` right ones in a row."""
    beyond_first = digits - 1
    haste = (SLOW_SECONDS + beyond_first * DIGIT_SECONDS - seconds) / (SLOW_SECONDS - FAST_SECONDS)
    bonus = round(SPEED_BONUS * min(1.0, max(0.0, haste)) / 10) * 10
    return (BASE_POINTS + beyond_first * DIGIT_POINTS + bonus) * multiplier(streak)


class Scoring:
    """What a right answer earns; a wrong one costs the streak, never points."""

    def points(self, seconds: float, streak: int, digits: int = 1) -> int:
        """Points for one that took `seconds`, after `streak` right ones in a row."""
        raise NotImplementedError

    def multiplier(self, streak: int) -> int:
        """The factor that is in them then, as the screen shows it; 1 where there is none."""
        return 1


@dataclass(frozen=True)
class SpeedPoints(Scoring):
    """More for longer answers, a bonus for speed, and a multiplier for the streak."""

    thinking_seconds: float = 0.0  # s a prompt that cost nothing of the bonus

    def points(self, seconds: float, streak: int, digits: int = 1) -> int:
        """Points with bonus and multiplier."""
        return points_for(max(0.0, seconds - self.thinking_seconds), streak, digits)

    def multiplier(self, streak: int) -> int:
        """One more for every `STREAK_STEP`."""
        return multiplier(streak)


@dataclass(frozen=True)
class FlatPoints(Scoring):
    """The same for every right answer."""

    each: int = 1

    def points(self, seconds: float, streak: int, digits: int = 1) -> int:
        """That."""
        return self.each


@dataclass(frozen=True)
class DigitPoints(Scoring):
    """The same for every digit of a right answer."""

    each: int = 10

    def points(self, seconds: float, streak: int, digits: int = 1) -> int:
        """So many for each."""
        return self.each * digits


@dataclass(frozen=True)
class NoPoints(Scoring):
    """Nothing is counted."""

    def points(self, seconds: float, streak: int, digits: int = 1) -> int:
        """Nothing."""
        return 0


@dataclass
class Score:
    """The running score of a player in a round."""

    points: int = 0
    streak: int = 0
    longest_streak: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def answered(self) -> int:
        """How many answers were judged right or wrong."""
        return self.right + self.wrong

    @property
    def accuracy(self) -> float | None:
        """Share of right answers from 0 to 1, or None before the first answer."""
        return self.right / self.answered if self.answered else None

    def take_right(self, points: int) -> None:
        """Count a right answer and what it earned."""
        self.points += points
        self.streak += 1
        self.longest_streak = max(self.longest_streak, self.streak)
        self.right += 1

    def take_wrong(self) -> None:
        """Count a wrong answer: it costs the streak, never points."""
        self.streak = 0
        self.wrong += 1


@dataclass(frozen=True)
class Tally:
    """What a round has come to, over all its players."""

    seconds: float  # played, pauses left out
    points: int
    longest_streak: int
    right: int
    wrong: int

    @property
    def answered(self) -> int:
        """How many answers were judged right or wrong."""
        return self.right + self.wrong


def tally(scores: Iterable[Score], seconds: float) -> Tally:
    """What the players' scores come to together."""
    all_scores = list(scores)
    return Tally(
        seconds,
        sum(score.points for score in all_scores),
        max((score.longest_streak for score in all_scores), default=0),
        sum(score.right for score in all_scores),
        sum(score.wrong for score in all_scores),
    )
