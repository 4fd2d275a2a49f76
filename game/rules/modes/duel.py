"""Duel: two at one screen, in turn or on halves of the paper; both get the same problems."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from game.language import N_
from game.rules.arithmetic import DIFFICULTIES, MOST_DIGITS, Bag, Kind, make_sum
from game.rules.best import NoGoal
from game.rules.deck import Deck
from game.rules.ending import AfterAnswers
from game.rules.modes.mode import HALVES, PAPER, SECOND_PLAYER, Gauge, Level, Mode, Rules
from game.rules.options import Choice, Option
from game.rules.prompt import Prompt
from game.rules.scoring import SpeedPoints
from game.rules.timing import Untimed
from game.rules.turns import Alternate

PROBLEMS = 10  # for each
SECOND = Option(
    SECOND_PLAYER, N_("Player 2"), N_("A level of their own, or the same."),
    (Choice("same", N_("As player 1")), *(Choice(each.key, each.title) for each in DIFFICULTIES)),
    ("same",),
)  # fmt: skip
SHARED = Option(
    # Translators: the sheet that two write on.
    PAPER, N_("Paper"), N_("One sheet in turn, or a half for each."),
    # Translators: one after the other, or each on a half of the paper.
    (Choice("turn", N_("In turn")), Choice(HALVES, N_("Halves"))),
    ("turn",),
)  # fmt: skip


class DuelDeck(Deck):
    """The same problems for each player, but not at once: nobody gets what was just answered.

    The second player begins in the middle, so each sees half of the problems before the other. The
    problem there is a twin of the first one, and so on: of one kind, with as many digits to write.
    So the orders are equally hard, and earn the same in the same streak.
    """

    def __init__(self, rng: random.Random, bags: Sequence[Bag]) -> None:
        firsts: list[Prompt] = []
        seconds: list[Prompt] = []
        for kind in _kinds(rng, bags):
            # At the end of the one half comes the beginning of the other.
            before = [side[n].answer for side in (firsts, seconds) for n in (0, -1) if side]
            first, second = _twins(kind, rng, before)
            firsts.append(first)
            seconds.append(second)
        self._problems = firsts + seconds
        self._next = 0

    def seat(self, player: int, players: int) -> None:
        """Begin where that player does."""
        self._next = player * PROBLEMS // players

    def deal(self) -> Prompt:
        """The next problem."""
        prompt = self._problems[self._next % PROBLEMS]
        self._next += 1
        return prompt


def _kinds(rng: random.Random, bags: Sequence[Bag]) -> list[Kind]:
    """The kind of each pair of twins: every second one of those that a round of sums would have."""
    kinds: list[Kind] = []
    for n in range(PROBLEMS):
        bag = bags[min(n, len(bags) - 1)]
        kinds += rng.sample(list(bag), len(bag))
    return kinds[1:PROBLEMS:2]


def _twins(kind: Kind, rng: random.Random, before: Sequence[str]) -> tuple[Prompt, Prompt]:
    """Two sums of a kind with answers of one length, which are not among those `before`."""
    while True:
        first, second = make_sum(kind, rng), make_sum(kind, rng)
        answers = {first.answer, second.answer}
        if len(answers - set(before)) == 2 and len(first.answer) == len(second.answer):
            return first, second


MODE = Mode(
    key="duel",
    title=N_("Duel"),
    tagline=N_("Two players, in turn or at once, ten sums."),
    order=75,
    levels=tuple(
        Level(
            difficulty.key,
            difficulty.title,
            difficulty.meaning,
            Rules(
                partial(DuelDeck, bags=difficulty.bags),
                MOST_DIGITS,
                timing=Untimed(),
                scoring=SpeedPoints(thinking_seconds=1.0),
                endings=(AfterAnswers(2 * PROBLEMS),),
            ),
        )
        for difficulty in DIFFICULTIES
    ),
    usual="normal",
    gauges=frozenset({Gauge.TURN, Gauge.PROGRESS}),
    goal=NoGoal(),
    turns=Alternate(),
    help=N_(
        "Answer in turn, or both at once: then the next sums come when both have answered. "
        "Both get the same ten; the orders differ, but are equally hard. "
        "Quick and right in a row earns more."
    ),
    options=(SECOND, SHARED),
)
