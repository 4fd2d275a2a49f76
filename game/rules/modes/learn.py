"""Learn to write: every digit traced over its model, copied beside it, and written from memory."""

from __future__ import annotations

import enum
import random
from collections.abc import Sequence
from functools import partial

from game.language import N_
from game.rules.best import NoGoal
from game.rules.deck import Deck
from game.rules.digit_models import FORMS
from game.rules.ending import OnWish
from game.rules.modes.guess_option import HIDDEN, guess_option
from game.rules.modes.mode import Level, Mode, Rules
from game.rules.prompt import WORDS, Disguise, Prompt
from game.rules.scoring import NoPoints
from game.rules.timing import Untimed

DIGITS = "1234567890"  # in the order in which they are learned


class Step(enum.Enum):
    """How a digit is asked for; the value is what the card says."""

    # Translators: a digit that is shown in grey.
    TRACE = N_("Write over it")
    COPY = N_("Copy it")
    MEMORY = N_("From memory")


STEPS = (Step.TRACE, Step.COPY, Step.MEMORY)


class LearnDeck(Deck):
    """One digit after the other, each by all of its steps, round and round."""

    def __init__(self, rng: random.Random, steps: Sequence[Step] = STEPS) -> None:
        self._steps = list(steps)
        self._dealt = 0

    def deal(self) -> Prompt:
        """The next step of a digit; its name is shown, since its model is to be looked at."""
        place, step = divmod(self._dealt, len(self._steps))
        digit = DIGITS[place % len(DIGITS)]
        self._dealt += 1
        return Prompt(digit, Disguise.WORD, WORDS[int(digit)], caption=self._steps[step].value)


def step_of(prompt: Prompt) -> Step:
    """How a prompt of this mode asks; raises ValueError for a prompt of another one."""
    return Step(prompt.caption)


def _level(key: str, title: str, meaning: str, steps: Sequence[Step]) -> Level:
    deck = partial(LearnDeck, steps=steps)
    return Level(key, title, meaning, Rules(deck, 1, Untimed(), NoPoints(), (OnWish(),)))


MODE = Mode(
    key="learn",
    title=N_("Learn to write"),
    tagline=N_("See how each digit goes, write over it, copy it."),
    order=100,
    levels=(
        _level("steps", N_("Step by step"), N_("Over the model, beside it, from memory."), STEPS),
        # Translators: to write over what is shown.
        _level("trace", N_("Trace"), N_("Over the model, from the dot on."), STEPS[:1]),
        _level("copy", N_("Copy"), N_("Beside the model."), STEPS[1:2]),
        _level("memory", N_("Memory"), N_("Without the model."), STEPS[2:]),
    ),
    gauges=frozenset(),
    goal=NoGoal(),
    help=N_("Begin at the dot and follow the arrows. No clock and no marks."),
    options=(*FORMS, guess_option(HIDDEN)),
)
