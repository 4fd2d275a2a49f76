"""Workout: what the player finds hardest, digits and facts, without a clock, until it sits."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from game.language import N_
from game.rules.arithmetic import EASY, MOST_DIGITS, SumDeck
from game.rules.best import NoGoal
from game.rules.confusion import DIGITS
from game.rules.deck import Deck
from game.rules.ending import AfterAnswers
from game.rules.facts import Needs, fact_asked, named
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.outcome import Outcome
from game.rules.prompt import WORDS, Disguise, Prompt
from game.rules.scoring import NoPoints
from game.rules.timing import Untimed

RETURN_AFTER = 3  # prompts: then one that went wrong comes again
DIGIT_SHARE = 0.4  # of the prompts, at most, that are weak digits while there are weak facts


class WorkoutDeck(Deck):
    """The weakest first dealt, each twice: digits to write, and facts to work out.

    Where there is not enough that is weak, as for a new player, easy sums and digits fill the rest.
    """

    def __init__(self, rng: random.Random, answers: int) -> None:
        self._rng, self._answers = rng, answers
        self._sums = SumDeck(rng, EASY.bags)
        self._waiting: list[Prompt] = []
        self._last: Prompt | None = None
        self._dealt = 0
        self._again: list[tuple[int, Prompt]] = []  # with how many will have been dealt by then

    def favour(self, needs: Needs) -> None:
        """Choose what is practised: keys of facts, such as "7 × 8", and digits alone."""
        weakest = sorted(needs, key=lambda key: (-needs[key], key))
        kinds = self._answers // 2  # each comes twice
        facts = [prompt for key in weakest if (prompt := _of_fact(key)) is not None]
        digits = [key for key in weakest if key in tuple(DIGITS)]
        room = max(round(DIGIT_SHARE * kinds), kinds - len(facts))
        some = [Prompt(digit, Disguise.NUMERAL, digit) for digit in digits[:room]]
        chosen = [*some, *facts[: kinds - len(some)]]
        again = [_second(prompt) for prompt in chosen]
        self._waiting = [
            *self._rng.sample(chosen, len(chosen)), *self._rng.sample(again, len(again))
        ]  # fmt: skip

    def learn(self, outcome: Outcome) -> None:
        """What went wrong comes again a little later."""
        if outcome.is_wrong:
            self._again.append((self._dealt + RETURN_AFTER, outcome.prompt))

    def deal(self) -> Prompt:
        """The next one; never the same twice running."""
        self._last = self._come_again() or self._next()
        self._dealt += 1
        return self._last

    def _come_again(self) -> Prompt | None:
        for waiting in self._again:
            due, prompt = waiting
            if due <= self._dealt and not self._was_last(prompt):
                self._again.remove(waiting)
                return prompt
        return None

    def _next(self) -> Prompt:
        for n, prompt in enumerate(self._waiting):
            if not self._was_last(prompt):
                return self._waiting.pop(n)
        if self._dealt % 2 and not self._was_last(prompt := self._sums.deal()):
            return prompt
        others = [d for d in DIGITS if self._last is None or d != self._last.answer]
        return _word(self._rng.choice(others))

    def _was_last(self, prompt: Prompt) -> bool:
        return self._last is not None and prompt.answer == self._last.answer


def _of_fact(key: str) -> Prompt | None:
    """The sum of a fact, where its answer has room on the paper."""
    fact = named(key)
    if fact is None or not 0 <= fact.result < 10**MOST_DIGITS:
        return None
    return Prompt(str(fact.result), Disguise.SUM, fact.key)


def _second(prompt: Prompt) -> Prompt:
    """The same, as it is asked the second time: a digit by its name."""
    return prompt if fact_asked(prompt) is not None else _word(prompt.answer)


def _word(digit: str) -> Prompt:
    return Prompt(digit, Disguise.WORD, WORDS[int(digit)])


def _level(key: str, title: str, meaning: str, answers: int) -> Level:
    deck: Callable[[random.Random], Deck] = partial(WorkoutDeck, answers=answers)
    endings = (AfterAnswers(answers),)
    return Level(key, title, meaning, Rules(deck, MOST_DIGITS, Untimed(), NoPoints(), endings))


MODE = Mode(
    key="workout",
    # Translators: as in a gymnasium.
    title=N_("Workout"),
    tagline=N_("Your weakest digits and sums, without a clock."),
    order=85,
    levels=(
        _level("short", N_("Short"), N_("Twelve answers."), 12),
        _level("long", N_("Long"), N_("Thirty answers."), 30),
    ),
    gauges=frozenset({Gauge.PROGRESS}),
    goal=NoGoal(),
    help=N_("What was wrong, slow or misread lately comes first. Take your time."),
    on_title=False,
    practises_digits=True,
)
