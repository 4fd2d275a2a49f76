"""Zen: no clock and no score; write for as long as you like."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from game.language import N_
from game.rules.arithmetic import MOST_DIGITS
from game.rules.best import NoGoal
from game.rules.deck import Deck
from game.rules.ending import OnWish
from game.rules.modes.dash import EASY, PromptDeck
from game.rules.modes.guess_option import guess_option
from game.rules.modes.mode import SHOWN, Level, Mode, Rules
from game.rules.modes.sum_levels import sum_levels
from game.rules.modes.sum_options import SUM_OPTIONS, tailor_sums
from game.rules.scoring import NoPoints
from game.rules.timing import Untimed
from game.rules.typed import ANSWERS


def _rules(deck: Callable[[random.Random], Deck], digits: int) -> Rules:
    return Rules(deck, digits, Untimed(), NoPoints(), (OnWish(),))


MODE = Mode(
    key="zen",
    title=N_("Zen"),
    tagline=N_("No clock, no score. End it when you like."),
    order=80,
    levels=(
        Level(
            "digits",
            N_("Digits"),
            N_("Single digits, to loosen the hand."),
            _rules(partial(PromptDeck, curriculum=EASY), 1),
        ),
        *sum_levels(lambda _, deck: _rules(deck, MOST_DIGITS)),
    ),
    usual="easy",
    gauges=frozenset(),
    goal=NoGoal(),
    help=N_("Write the answers in your own time. The End button is always there."),
    options=(*SUM_OPTIONS, guess_option(SHOWN), ANSWERS),
    tailor=tailor_sums,
    shows_next=True,
)
