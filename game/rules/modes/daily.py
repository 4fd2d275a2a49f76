"""Daily: one challenge a day, the same for all who play it; the first round of a day counts."""

from __future__ import annotations

from functools import partial

from game.language import N_
from game.rules.arithmetic import DIFFICULTIES, MOST_DIGITS, Difficulty, SumDeck
from game.rules.attempts import OnceADay
from game.rules.best import LeastTime
from game.rules.ending import AfterAnswers
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.scoring import NoPoints
from game.rules.timing import CountUp

KEY = "daily"
ANSWERS = 15
PENALTY = 5.0  # s that a mistake costs; the help names it
MISSING = {"easy": 0.0, "normal": 0.2, "hard": 0.4}  # share of sums that leave a number out


def _rules(difficulty: Difficulty) -> Rules:
    # Nothing of the player is in the deck, or it would not be the same for all.
    deck = partial(SumDeck, bags=difficulty.bags, missing=MISSING[difficulty.key], personal=False)
    return Rules(deck, MOST_DIGITS, CountUp(), NoPoints(), (AfterAnswers(ANSWERS),))


MODE = Mode(
    key=KEY,
    title=N_("Daily"),
    tagline=N_("Today's fifteen sums, the same for everyone."),
    order=25,
    levels=tuple(
        Level(difficulty.key, difficulty.title, difficulty.meaning, _rules(difficulty))
        for difficulty in DIFFICULTIES
    ),
    usual="normal",
    gauges=frozenset({Gauge.PROGRESS}),
    goal=LeastTime(penalty=PENALTY),
    attempts=OnceADay(KEY),
    help=N_("The first round of a day counts, at any level. A mistake adds 5 seconds."),
    shows_next=True,
)
