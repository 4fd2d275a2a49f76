"""Arithmetic: kinds of sums, the deck that deals them, and what is easy and what is hard."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from game.language import N_
from game.rules.deck import Deck
from game.rules.facts import Fact, Needs, fact_asked, named
from game.rules.outcome import Outcome
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt

LARGEST_ANSWER = 999
MOST_DIGITS = 3  # of an answer
RETURN_AFTER = 4  # prompts: then a sum that went wrong comes again
TRIES = 12  # for a sum with another answer than the last one; a small choice may hold none


@dataclass(frozen=True)
class Kind:
    """A kind of sum: its sign, and where its two numbers come from.

    For a division `firsts` are the quotients, so that nothing is left over. An addition may have a
    largest result.
    """

    sign: str
    firsts: Sequence[int]
    seconds: Sequence[int]
    largest: int = LARGEST_ANSWER

    def __post_init__(self) -> None:
        if self.sign == PLUS and min(self.firsts) + min(self.seconds) > self.largest:
            raise ValueError(f"No sum of that kind comes to {self.largest} or less.")

    def pair(self, rng: random.Random) -> tuple[int, int]:
        """Two numbers, as they are shown."""
        while True:
            first, second = rng.choice(self.firsts), rng.choice(self.seconds)
            if self.sign != PLUS or first + second <= self.largest:
                break
        if self.sign == MINUS:
            return max(first, second), min(first, second)
        return (first * second if self.sign == DIVIDED else first), second

    def pairs_of(self, fact: Fact) -> list[tuple[int, int]]:
        """The two numbers of a fact as this kind would show them: in one order, both, or none."""
        first, second = fact.first, fact.second
        if fact.sign != self.sign or (self.sign == PLUS and first + second > self.largest):
            return []
        if self.sign == DIVIDED:
            holds = fact.result in self.firsts and second in self.seconds
            return [(first, second)] if holds else []
        orders = [(a, b) for a, b in {(first, second), (second, first)} if self._deals(a, b)]
        if self.sign == MINUS:
            return [(first, second)] if orders else []
        return sorted(orders)

    def _deals(self, first: int, second: int) -> bool:
        return first in self.firsts and second in self.seconds


Bag = Sequence[Kind]  # kinds of about one difficulty, dealt in any order

# Each difficulty is some bags that follow one another; the last one comes again and again.
FIRST_STEPS: Bag = (
    Kind(PLUS, range(1, 6), range(1, 6)),
    Kind(MINUS, range(3, 11), range(1, 5)),
    Kind(PLUS, range(2, 10), range(1, 10), largest=10),
    Kind(MINUS, range(5, 11), range(1, 6)),
)
UP_TO_TWENTY: Bag = (
    Kind(PLUS, range(3, 15), range(2, 10), largest=20),
    Kind(MINUS, range(8, 21), range(2, 9)),
    Kind(TIMES, (2, 5, 10), range(1, 11)),
    Kind(DIVIDED, range(1, 11), (2, 5, 10)),
    Kind(PLUS, range(1, 11), range(1, 11), largest=20),
)
WARM_UP: Bag = (
    Kind(PLUS, range(1, 10), range(1, 10)),
    Kind(MINUS, range(5, 16), range(1, 10)),
    Kind(PLUS, range(6, 20), range(2, 10)),
    Kind(MINUS, range(10, 20), range(2, 10)),
)
MIDDLE: Bag = (
    Kind(PLUS, range(11, 90), range(3, 10)),
    Kind(MINUS, range(21, 100), range(3, 10)),
    Kind(TIMES, range(2, 10), range(2, 10)),
    Kind(DIVIDED, range(2, 10), range(2, 10)),
    Kind(PLUS, range(50, 100, 10), range(50, 100, 10)),
    Kind(PLUS, range(100, 900, 100), range(2, 100)),
    Kind(MINUS, range(7, 20), range(3, 10)),
)
STEEP: Bag = (
    Kind(PLUS, range(13, 90), range(13, 90)),
    Kind(MINUS, range(41, 100), range(12, 40)),
    Kind(TIMES, range(11, 26), range(3, 10)),
    Kind(TIMES, range(20, 100, 10), range(3, 10)),
    Kind(DIVIDED, range(11, 20), range(3, 7)),
    Kind(PLUS, range(110, 890), range(11, 100)),
    Kind(MINUS, range(120, 1000), range(11, 100)),
    Kind(MINUS, range(31, 50), range(25, 40)),
)
SUMMIT: Bag = (
    Kind(PLUS, range(120, 880), range(110, 880), largest=LARGEST_ANSWER),
    Kind(MINUS, range(401, 1000), range(110, 400)),
    Kind(TIMES, range(12, 50), range(12, 20)),
    Kind(TIMES, range(41, 110), range(6, 10)),
    Kind(DIVIDED, range(21, 90), range(6, 10)),
    Kind(DIVIDED, range(12, 40), range(12, 20)),
)


@dataclass(frozen=True)
class Difficulty:
    """How hard sums are, under the name and in the words of a level."""

    key: str
    title: str
    meaning: str
    bags: Sequence[Bag]


EASY = Difficulty(
    "easy", N_("Easy"), N_("Up to 20, and the tables of 2, 5 and 10."), (FIRST_STEPS, UP_TO_TWENTY)
)
NORMAL = Difficulty(
    "normal", N_("Normal"), N_("All four signs, harder as it goes on."), (WARM_UP, MIDDLE, STEEP)
)
HARD = Difficulty(
    "hard",
    N_("Hard"),
    N_("Hundreds, and long multiplication in the head."),
    (MIDDLE, STEEP, SUMMIT),
)
DIFFICULTIES = (EASY, NORMAL, HARD)


def make_sum(kind: Kind, rng: random.Random) -> Prompt:
    """A sum of that kind; its answer is from 0 to `LARGEST_ANSWER`."""
    first, second = kind.pair(rng)
    return _prompt(first, kind.sign, second)


def hide_operand(prompt: Prompt, rng: random.Random) -> Prompt:
    """The same sum with its result, and one of its numbers left out: "3 × ? = 27".

    Only where the other two leave no doubt; anything times zero stays as it is.
    """
    first, sign, second = prompt.text.split()
    hidden = rng.randrange(2)
    if sign == TIMES and "0" in (first, second):
        return prompt
    shown = [first, second]
    answer, shown[hidden] = shown[hidden], "?"
    return Prompt(answer, Disguise.MISSING, f"{shown[0]} {sign} {shown[1]} = {prompt.answer}")


class SumDeck(Deck):
    """An endless supply of sums, easy ones first; no kind and no answer comes twice running.

    A sum that went wrong comes again a little later, and facts that need it come more often.
    """

    def __init__(
        self,
        rng: random.Random,
        bags: Sequence[Bag] = NORMAL.bags,
        missing: float = 0.0,
        personal: bool = True,
    ) -> None:
        """`missing` is the share of sums that leave a number out.

        A deck that is not `personal` deals the same to all, whatever they get wrong.
        """
        self._rng, self._bags = rng, bags
        self._missing, self._personal = missing, personal
        self._begun = 0  # bags
        self._bag: list[Kind] = []
        self._last_kind: Kind | None = None
        self._last_answer: str | None = None
        self._needs: dict[Fact, float] = {}
        self._wrong: list[tuple[int, Prompt]] = []  # with how many will have been dealt by then
        self._dealt = 0

    def favour(self, needs: Needs) -> None:
        """Deal these facts more often, each once a round."""
        facts = ((named(key), need) for key, need in needs.items())
        wanted = {fact: need for fact, need in facts if fact is not None and need > 0}
        self._needs = wanted if self._personal else {}

    def learn(self, outcome: Outcome) -> None:
        """What went wrong comes again."""
        if self._personal and outcome.is_wrong:
            self._wrong.append((self._dealt + RETURN_AFTER, outcome.prompt))

    def deal(self) -> Prompt:
        """The next sum."""
        prompt = self._come_again() or self._fresh()
        self._last_answer = prompt.answer
        self._dealt += 1
        fact = fact_asked(prompt)
        if fact is not None:
            self._needs.pop(fact, None)
        return prompt

    def _come_again(self) -> Prompt | None:
        for waiting in self._wrong:
            due, prompt = waiting
            if due <= self._dealt and prompt.answer != self._last_answer:
                self._wrong.remove(waiting)
                return prompt
        return None

    def _fresh(self) -> Prompt:
        kind = self._next_kind()
        prompt = self._of_kind(kind)
        for _ in range(TRIES):
            if prompt.answer != self._last_answer:
                break
            prompt = self._of_kind(kind)
        self._last_kind = kind
        return prompt

    def _of_kind(self, kind: Kind) -> Prompt:
        prompt = self._needed(kind) or make_sum(kind, self._rng)
        if self._missing and self._rng.random() < self._missing:
            return hide_operand(prompt, self._rng)
        return prompt

    def _needed(self, kind: Kind) -> Prompt | None:
        """A fact that should be asked again, now and then: the more, the more there are."""
        wanted = [(fact, need) for fact, need in self._needs.items() if kind.pairs_of(fact)]
        total = sum(need for _, need in wanted)
        if not wanted or self._rng.random() >= total / (1.0 + total):
            return None
        fact = self._rng.choices([f for f, _ in wanted], [need for _, need in wanted])[0]
        first, second = self._rng.choice(kind.pairs_of(fact))
        return _prompt(first, kind.sign, second)

    def _next_kind(self) -> Kind:
        if not self._bag:
            self._bag = list(self._bags[min(self._begun, len(self._bags) - 1)])
            self._begun += 1
            self._rng.shuffle(self._bag)
            if self._bag[-1] == self._last_kind:
                self._bag.insert(0, self._bag.pop())
        return self._bag.pop()


def _prompt(first: int, sign: str, second: int) -> Prompt:
    answer = Fact(first, sign, second).result
    return Prompt(str(answer), Disguise.SUM, f"{first} {sign} {second}")
