"""My list: sums and numbers of one's own, or from a teacher, in order, mixed, or until known."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial

from game.language import N_
from game.rules.best import LeastTime
from game.rules.deck import Deck
from game.rules.ending import AfterAnswers
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.outcome import Outcome
from game.rules.prompt import Prompt
from game.rules.prompt_list import PromptList, read_prompts
from game.rules.scoring import NoPoints, Tally
from game.rules.timing import CountUp

PENALTY = 5.0  # s that a mistake costs; the help names it
RETURN_AFTER = 2  # prompts: then one that went wrong comes again
ORDER, MIXED, KNOWN = "order", "mixed", "known"
# What is played where no list was chosen.
# Translators: the name of a list, of the multiplication table of 7.
SAMPLE = read_prompts(N_("Sevens"), "\n".join(f"7*{n}" for n in range(1, 11)))


class ListDeck(Deck):
    """The prompts of a list, one after the other, and then from the first one on again."""

    def __init__(self, rng: random.Random, prompts: Sequence[Prompt], mixed: bool = False) -> None:
        self._rng, self._prompts, self._mixed = rng, list(prompts), mixed
        self._waiting: list[Prompt] = []
        self._last: Prompt | None = None

    def deal(self) -> Prompt:
        """The next one."""
        if not self._waiting:
            self._waiting = self._shuffled() if self._mixed else self._prompts[:]
        self._last = self._waiting.pop(0)
        return self._last

    def _shuffled(self) -> list[Prompt]:
        """In any order, but the one that was last does not come first."""
        prompts = self._rng.sample(self._prompts, len(self._prompts))
        if prompts[0] is self._last:
            prompts.append(prompts.pop(0))
        return prompts


class KnownDeck(Deck):
    """The prompts of a list, mixed; what went wrong comes again until it was right once.

    One prompt is dealt ahead. Behind the last one that is the same again: it is asked only where
    the answer was wrong.
    """

    def __init__(self, rng: random.Random, prompts: Sequence[Prompt]) -> None:
        self._waiting = rng.sample(list(prompts), len(prompts))
        self._last = self._waiting[0]

    def deal(self) -> Prompt:
        """The next one."""
        if self._waiting:
            self._last = self._waiting.pop(0)
        return self._last

    def learn(self, outcome: Outcome) -> None:
        """What went wrong waits again, not quite at the end of the line."""
        if outcome.is_wrong:
            self._waiting.insert(RETURN_AFTER, outcome.prompt)


class AllRight(AfterAnswers):
    """So many right answers, however many wrong ones there are between them."""

    def done(self, tally: Tally) -> int:
        """The right ones."""
        return tally.right


def _rules(
    prompts: PromptList,
    make_deck: Callable[[random.Random, Sequence[Prompt]], Deck],
    ending: type[AfterAnswers] = AfterAnswers,
) -> Rules:
    """The rules of a list, which must hold something."""
    return Rules(
        lambda rng: make_deck(rng, prompts.prompts),
        prompts.most_digits,
        timing=CountUp(),
        scoring=NoPoints(),
        endings=(ending(len(prompts.prompts)),),
    )


RULES: dict[str, Callable[[PromptList], Rules]] = {
    ORDER: partial(_rules, make_deck=ListDeck),
    MIXED: partial(_rules, make_deck=partial(ListDeck, mixed=True)),
    KNOWN: partial(_rules, make_deck=KnownDeck, ending=AllRight),
}


def with_list(level: Level, prompts: PromptList) -> Rules:
    """The rules of a level with the player's own list."""
    return RULES[level.key](prompts)


def _level(key: str, title: str, meaning: str) -> Level:
    return Level(key, title, meaning, RULES[key](SAMPLE))


MODE = Mode(
    key="list",
    title=N_("My list"),
    tagline=N_("Your own sums and numbers, or a teacher's."),
    order=110,
    levels=(
        _level(ORDER, N_("In order"), N_("Once through, as it is written.")),
        _level(MIXED, N_("Mixed"), N_("Once through, in any order.")),
        _level(KNOWN, N_("Until known"), N_("What goes wrong comes again until it is right.")),
    ),
    usual=MIXED,
    gauges=frozenset({Gauge.PROGRESS}),
    goal=LeastTime(penalty=PENALTY),
    help=N_("Answer the whole list. The clock counts up; a mistake adds 5 seconds."),
    with_list=with_list,
    shows_next=True,
)
