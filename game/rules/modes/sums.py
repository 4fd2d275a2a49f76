"""Sums: answers of one to three digits, harder as the round goes on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from game.rules.modes.mode import Deck, Level, Mode, Rules
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt
from game.rules.scoring import SpeedPoints
from game.rules.timing import CountDown

LARGEST_ANSWER = 999


@dataclass(frozen=True)
class Kind:
    """A kind of sum: its sign, and where its two numbers come from.

    For a division `firsts` are the quotients, so that nothing is left over.
    """

    sign: str
    firsts: Sequence[int]
    seconds: Sequence[int]


# Each group is dealt as a shuffled bag. The bags follow one another; the last one comes again.
WARM_UP = (
    Kind(PLUS, range(1, 10), range(1, 10)),
    Kind(MINUS, range(5, 16), range(1, 10)),
    Kind(PLUS, range(6, 20), range(2, 10)),
    Kind(MINUS, range(10, 20), range(2, 10)),
)
MIDDLE = (
    Kind(PLUS, range(11, 90), range(3, 10)),
    Kind(MINUS, range(21, 100), range(3, 10)),
    Kind(TIMES, range(2, 10), range(2, 10)),
    Kind(DIVIDED, range(2, 10), range(2, 10)),
    Kind(PLUS, range(50, 100, 10), range(50, 100, 10)),
    Kind(PLUS, range(100, 900, 100), range(2, 100)),
    Kind(MINUS, range(7, 20), range(3, 10)),
)
HARD = (
    Kind(PLUS, range(13, 90), range(13, 90)),
    Kind(MINUS, range(41, 100), range(12, 40)),
    Kind(TIMES, range(11, 26), range(3, 10)),
    Kind(TIMES, range(20, 100, 10), range(3, 10)),
    Kind(DIVIDED, range(11, 20), range(3, 7)),
    Kind(PLUS, range(110, 890), range(11, 100)),
    Kind(MINUS, range(120, 1000), range(11, 100)),
    Kind(MINUS, range(31, 50), range(25, 40)),
)
BAGS = (WARM_UP, MIDDLE, HARD)


class SumDeck(Deck):
    """An endless supply of sums, easy ones first; no answer and no kind comes twice running."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._bags = 0  # how many were begun
        self._bag: list[Kind] = []
        self._last_kind: Kind | None = None
        self._last_answer: str | None = None

    def deal(self) -> Prompt:
        """Return the next sum."""
        kind = self._next_kind()
        prompt = make_sum(kind, self._rng)
        while prompt.answer == self._last_answer:
            prompt = make_sum(kind, self._rng)
        self._last_kind, self._last_answer = kind, prompt.answer
        return prompt

    def _next_kind(self) -> Kind:
        if not self._bag:
            self._bag = list(BAGS[min(self._bags, len(BAGS) - 1)])
            self._bags += 1
            self._rng.shuffle(self._bag)
            if self._bag[-1] == self._last_kind:
                self._bag.insert(0, self._bag.pop())
        return self._bag.pop()


def make_sum(kind: Kind, rng: random.Random) -> Prompt:
    """A sum of that kind; its answer is from 0 to `LARGEST_ANSWER`."""
    first, second = rng.choice(kind.firsts), rng.choice(kind.seconds)
    if kind.sign == MINUS:
        first, second = max(first, second), min(first, second)
        answer = first - second
    elif kind.sign == TIMES:
        answer = first * second
    elif kind.sign == DIVIDED:
        answer, first = first, first * second
    else:
        answer = first + second
    return Prompt(str(answer), Disguise.SUM, f"{first} {kind.sign} {second}")


MODE = Mode(
    key="sums",
    title="Sums",
    tagline="90 seconds of sums. Write one, two or three digits.",
    order=20,
    help="Work the sum out and write its answer.",
    shows_next=True,
    levels=(
        Level(
            "normal",
            "Normal",
            "All four signs, harder as it goes on.",
            Rules(
                SumDeck,
                most_digits=3,
                # About as many answers as in Dash: there is more to think and more to write.
                timing=CountDown(90.0),
                scoring=SpeedPoints(thinking_seconds=1.0),
            ),
        ),
    ),
)
