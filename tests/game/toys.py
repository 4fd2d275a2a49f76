"""Toy modes: one for everything that a mode must be able to say."""

from __future__ import annotations

import random
from collections import deque

from game.rules.attempts import OnceADay
from game.rules.best import LeastTime, LongestRun, NoGoal
from game.rules.ending import AfterAnswers, Lives, OnWish
from game.rules.modes.mode import Deck, Gauge, Level, Mode, Rules
from game.rules.outcome import Outcome
from game.rules.prompt import Disguise, Glimpse, Prompt
from game.rules.scoring import FlatPoints, NoPoints, SpeedPoints
from game.rules.timing import AnswerLimit, CountDown, CountUp, Timing, Untimed
from game.rules.turns import Alternate


class Digits(Deck):
    """Single digits."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def deal(self) -> Prompt:
        digit = str(self.rng.randrange(10))
        return Prompt(digit, Disguise.NUMERAL, digit)


class Growing(Deck):
    """A number that shows for a second, a digit longer after each right answer."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.length = rng, 1

    def deal(self) -> Prompt:
        number = "".join(str(self.rng.randrange(10)) for _ in range(self.length))
        return Prompt(number, Disguise.NUMERAL, number, glimpse=Glimpse(1.0, "What was it?"))

    def learn(self, outcome: Outcome) -> None:
        self.length = max(1, min(5, self.length + (1 if outcome.is_right else -1)))


class Back(Deck):
    """The sum of now, the answer of two before."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.before: deque[str] = deque()

    def deal(self) -> Prompt:
        a, b = self.rng.randrange(1, 5), self.rng.randrange(1, 5)
        self.before.append(str(a + b))
        if len(self.before) <= 2:
            return Prompt("", Disguise.SUM, f"{a} + {b}", glimpse=Glimpse(1.5, "Remember it"))
        return Prompt(
            self.before.popleft(), Disguise.SUM, f"{a} + {b}", caption="The one two before"
        )


class Missing(Deck):
    """A factor is left out."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def deal(self) -> Prompt:
        a, b = self.rng.randrange(2, 10), self.rng.randrange(2, 10)
        return Prompt(str(b), Disguise.MISSING, f"{a} × ? = {a * b}")


def rules(
    deck: type[Digits | Growing | Back | Missing] = Digits,
    timing: Timing | None = None,
    digits: int = 1,
    **parts: object,
) -> Rules:
    parts.setdefault("scoring", FlatPoints())
    return Rules(deck, digits, timing or Untimed(), **parts)  # type: ignore[arg-type]


def mode(key: str, *made: Rules, **parts: object) -> Mode:
    levels = tuple(
        Level(f"level{n}", f"Level {n}", "harder", rules) for n, rules in enumerate(made)
    )
    parts.setdefault("gauges", frozenset({Gauge.SCORE}))
    return Mode(key, key.title(), "A toy.", 900, levels, **parts)  # type: ignore[arg-type]


SPRINT = mode(
    "toy-sprint",
    rules(timing=CountUp(), endings=(AfterAnswers(3),)),
    rules(timing=CountUp(), endings=(AfterAnswers(6),)),
    gauges=frozenset({Gauge.PROGRESS}),
    goal=LeastTime(penalty=5.0),
)
SURVIVAL = mode(
    "toy-survival",
    rules(timing=AnswerLimit(4.0, 0.5, 1.0, relief=0.5), endings=(Lives(3),)),
    gauges=frozenset({Gauge.SCORE, Gauge.LIVES, Gauge.STREAK}),
    goal=LongestRun(),
)
ZEN = mode(
    "toy-zen", rules(scoring=NoPoints(), endings=(OnWish(),)), gauges=frozenset(), goal=NoGoal()
)
MEMORY = mode(
    "toy-memory",
    rules(Growing, digits=5, endings=(Lives(2), AfterAnswers(8))),
    gauges=frozenset({Gauge.LIVES, Gauge.PROGRESS}),
)
BACK = mode("toy-back", rules(Back, CountDown(20.0)))
MISSING = mode("toy-missing", rules(Missing, CountDown(20.0), scoring=SpeedPoints(1.0)))
DAILY = mode("toy-daily", rules(timing=CountDown(20.0)), attempts=OnceADay("toy-daily"))
DUEL = mode(
    "toy-duel",
    rules(endings=(AfterAnswers(6),)),
    gauges=frozenset({Gauge.TURN, Gauge.PROGRESS}),
    turns=Alternate(),
)
TOYS = (SPRINT, SURVIVAL, ZEN, MEMORY, BACK, MISSING, DAILY, DUEL)
