"""Scoring: points for an answer, a bonus for speed, a multiplier for the streak."""

from __future__ import annotations

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
    further = digits - 1
    haste = (SLOW_SECONDS + further * DIGIT_SECONDS - seconds) / (SLOW_SECONDS - FAST_SECONDS)
    bonus = round(SPEED_BONUS * min(1.0, max(0.0, haste)) / 10) * 10
    return (BASE_POINTS + further * DIGIT_POINTS + bonus) * multiplier(streak)


@dataclass
class Score:
    """The running score of a round."""

    points: int = 0
    streak: int = 0
    longest_streak: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def multiplier(self) -> int:
        """The factor that the next right answer earns."""
        return multiplier(self.streak)

    @property
    def accuracy(self) -> float | None:
        """Share of right answers from 0 to 1, or None before the first answer."""
        answered = self.right + self.wrong
        return self.right / answered if answered else None

    def take_right(self, seconds: float, digits: int = 1) -> int:
        """Count a right answer and return the points it earned."""
        earned = points_for(seconds, self.streak, digits)
        self.points += earned
        self.streak += 1
        self.longest_streak = max(self.longest_streak, self.streak)
        self.right += 1
        return earned

    def take_wrong(self) -> None:
        """Count a wrong answer: it costs the streak, never points."""
        self.streak = 0
        self.wrong += 1
