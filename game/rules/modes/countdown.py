"""Countdown: from a number take away the same again and again, as far as you get."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from game.language import N_, _
from game.rules.deck import Deck
from game.rules.ending import Lives
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.outcome import Outcome
from game.rules.prompt import MINUS, Disguise, Prompt
from game.rules.scoring import FlatPoints
from game.rules.timing import CountDown

SECONDS = 90.0
LIVES = 3


class CountdownDeck(Deck):
    """100, 93, 86 ...: the start is shown, then only the step; after a mistake the right number.

    When nothing can be taken away any more, a new start follows.
    """

    def __init__(self, rng: random.Random, starts: Sequence[int], steps: Sequence[int]) -> None:
        self._rng, self._starts, self._steps = rng, starts, steps
        self._now = self._step = 0
        self._tell = True  # whether the number is shown

    def deal(self) -> Prompt:
        """One step further down."""
        if self._now < self._step or self._step == 0:
            self._now, self._step = self._rng.choice(self._starts), self._rng.choice(self._steps)
            self._tell = True
        shown = f"{self._now} " if self._tell else ""
        caption = N_("And again")
        if self._tell:
            caption = _("Take {number} away").format(number=self._step)
        self._now, self._tell = self._now - self._step, False
        text = f"{shown}{MINUS} {self._step}"
        return Prompt(str(self._now), Disguise.CHAIN, text, caption=caption)

    def learn(self, outcome: Outcome) -> None:
        """Who went astray is shown where to go on."""
        self._tell = outcome.is_wrong


def _level(
    key: str, title: str, meaning: str, starts: Sequence[int], steps: Sequence[int]
) -> Level:
    rules = Rules(
        partial(CountdownDeck, starts=starts, steps=steps),
        most_digits=len(str(max(starts))),
        timing=CountDown(SECONDS),
        scoring=FlatPoints(1),
        endings=(Lives(LIVES),),
    )
    return Level(key, title, meaning, rules)


MODE = Mode(
    key="countdown",
    title=N_("Countdown"),
    tagline=N_("100, 93, 86 ... as far as you get in 90 seconds."),
    order=70,
    levels=(
        _level(
            "easy", N_("Easy"), N_("Twos, threes and fives, from 50 to 60."), range(50, 61),
            (2, 3, 5),
        ),
        _level("normal", N_("Normal"), N_("Sevens, from 100."), (100,), (7,)),
        _level(
            "hard", N_("Hard"), N_("Eights to seventeens, from 300 or more."),
            range(300, 400), (8, 9, 12, 13, 17),
        ),
    ),
    usual="normal",
    gauges=frozenset({Gauge.SCORE, Gauge.LIVES}),
    help=N_(
        "Write what is left, then take the same away from that, and again. Three mistakes end it."
    ),
)  # fmt: skip
