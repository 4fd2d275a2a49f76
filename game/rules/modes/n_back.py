"""N-back: work out each sum, but write the answer of the one before, or of two or three before."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import replace
from functools import partial

from game.language import N_
from game.rules.arithmetic import Kind, SumDeck
from game.rules.deck import Deck
from game.rules.ending import AfterAnswers
from game.rules.facts import Needs
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.prompt import MINUS, PLUS, Disguise, Glimpse, Prompt
from game.rules.scoring import SpeedPoints
from game.rules.timing import Untimed

ANSWERS = 20
LOOK_SECONDS = 2.5  # s that a sum is shown for which nothing is to be written yet
CAPTIONS = (
    N_("Write the one before"), N_("Write the one 2 before"), N_("Write the one 3 before"),
)  # fmt: skip
# Small ones, with one digit in the answer: the sum is only what is to be remembered.
SUMS = (
    Kind(PLUS, range(1, 9), range(1, 9), largest=9),
    Kind(MINUS, range(5, 15), range(1, 6)),
    Kind(PLUS, range(1, 6), range(1, 6), largest=9),
    Kind(MINUS, range(3, 10), range(1, 9)),
)


class BackDeck(Deck):
    """Sums, each with the answer of the one `back` before; for the first ones nothing is written.

    What became of an answer says nothing about the sum beside it, so the deck learns nothing.
    """

    def __init__(self, rng: random.Random, back: int) -> None:
        self._sums = SumDeck(rng, (SUMS,))
        self._before: deque[str] = deque()
        self._back = back

    def favour(self, needs: Needs) -> None:
        """Of the sums."""
        self._sums.favour(needs)

    def deal(self) -> Prompt:
        """The next sum."""
        prompt = self._sums.deal()
        while len(prompt.answer) > 1:
            prompt = self._sums.deal()
        self._before.append(prompt.answer)
        if len(self._before) <= self._back:
            glimpse = Glimpse(LOOK_SECONDS, N_("Remember it"))
            return replace(
                prompt, answer="", disguise=Disguise.EARLIER, glimpse=glimpse,
                caption=N_("Only remember the answer"),
            )  # fmt: skip
        return replace(
            prompt, answer=self._before.popleft(), disguise=Disguise.EARLIER,
            caption=CAPTIONS[self._back - 1],
        )  # fmt: skip


def _level(key: str, title: str, meaning: str, back: int) -> Level:
    rules = Rules(
        partial(BackDeck, back=back),
        most_digits=1,
        timing=Untimed(),
        scoring=SpeedPoints(thinking_seconds=1.5),
        endings=(AfterAnswers(ANSWERS),),
    )
    return Level(key, title, meaning, rules)


MODE = Mode(
    key="n-back",
    # Translators: as psychologists call it.
    title=N_("N-back"),
    tagline=N_("Work out this sum, write the one before."),
    order=60,
    levels=(
        # Translators: one sum ago.
        _level("one", N_("1 back"), N_("The answer of the sum just before."), 1),
        _level("two", N_("2 back"), N_("The answer of two sums before."), 2),
        _level("three", N_("3 back"), N_("The answer of three sums before."), 3),
    ),
    gauges=frozenset({Gauge.SCORE, Gauge.STREAK, Gauge.PROGRESS}),
    help=N_("Keep the answer of each sum in mind; write that of an earlier one, as the card says."),
)
