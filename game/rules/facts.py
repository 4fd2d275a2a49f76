"""Facts: the small pieces of arithmetic that one knows by heart, or does not yet.

A fact is a sum with its result. 3 × 9 and 9 × 3 are one fact, and so is 3 × ? = 27. What was wrong
or slow comes more often, and nobody says so: a deck is told how much each fact needs to be asked
again, from 0 to 1, and deals by that. Where the needs come from is not the rules' business.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.rules.outcome import Outcome
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt

Needs = Mapping[str, float]  # by the key of a fact: how much it should be asked again, 0 to 1

SLOW = 1.7  # times the usual thinking: longer than that, and it had to be worked out
QUICK = 0.6  # times the usual thinking: it came by itself
USUAL_SECONDS = 2.5  # s of thinking, for who has not answered enough yet
LEAST_ANSWERS = 5  # right ones, from which the usual thinking of a player is known

_SUM = re.compile(rf"(\d+|\?) ([{PLUS}{MINUS}{TIMES}{DIVIDED}]) (\d+|\?)(?: = (\d+))?")


class Grade(enum.IntEnum):
    """How well a fact was known; the numbers are those of FSRS."""

    AGAIN = 1  # wrong, or not in time
    HARD = 2  # right, after long thinking
    GOOD = 3
    EASY = 4  # at once


@dataclass(frozen=True)
class Fact:
    """Two numbers and a sign, as they are shown; of + and × the smaller number comes first."""

    first: int
    sign: str
    second: int

    @property
    def key(self) -> str:
        """Such as "3 × 9": by that it is kept."""
        return f"{self.first} {self.sign} {self.second}"

    @property
    def result(self) -> int:
        """What it comes to; a division leaves nothing over."""
        if self.sign == PLUS:
            return self.first + self.second
        if self.sign == MINUS:
            return self.first - self.second
        if self.sign == TIMES:
            return self.first * self.second
        return self.first // self.second


def fact(first: int, sign: str, second: int) -> Fact:
    """The fact of two numbers in any order."""
    if sign in (PLUS, TIMES):
        first, second = min(first, second), max(first, second)
    return Fact(first, sign, second)


def named(key: str) -> Fact | None:
    """The fact of that key, or None where it is none."""
    found = _SUM.fullmatch(key)
    if found is None or found[4] or "?" in key:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == DIVIDED and (second == 0 or first % second):
        return None
    return fact(first, found[2], second)


def fact_asked(prompt: Prompt) -> Fact | None:
    """The fact that a prompt asks for, or None where it asks for something else."""
    if prompt.disguise not in (Disguise.SUM, Disguise.MISSING) or not prompt.asks:
        return None
    found = _SUM.fullmatch(prompt.text)
    if found is None or prompt.text.count("?") != (prompt.disguise is Disguise.MISSING):
        return None
    first, second = (found[n].replace("?", prompt.answer) for n in (1, 3))
    asked = named(f"{first} {found[2]} {second}")
    result = found[4] or prompt.answer
    return asked if asked is not None and str(asked.result) == result else None


def grade(outcome: Outcome, usual: float = USUAL_SECONDS) -> Grade | None:
    """How well the fact of an answer was known, by `usual` seconds of thinking; None: not known.

    Only the time before the first ink tells: who writes slowly may well know it by heart.
    """
    if outcome.is_wrong:
        return Grade.AGAIN
    if not outcome.is_right:
        return None
    thinking = outcome.thinking_seconds
    if thinking is None:
        return Grade.GOOD
    if thinking > SLOW * usual:
        return Grade.HARD
    return Grade.EASY if thinking < QUICK * usual else Grade.GOOD


def grades(outcomes: Sequence[Outcome]) -> list[tuple[Fact, Grade]]:
    """The facts of a round's answers, in their order, by how well they were known."""
    asked = [(found, outcome) for outcome in outcomes if (found := fact_asked(outcome.prompt))]
    thinking = sorted(
        outcome.thinking_seconds
        for _, outcome in asked
        if outcome.is_right and outcome.thinking_seconds is not None
    )
    usual = thinking[len(thinking) // 2] if len(thinking) >= LEAST_ANSWERS else USUAL_SECONDS
    graded = ((found, grade(outcome, usual)) for found, outcome in asked)
    return [(found, each) for found, each in graded if each is not None]
