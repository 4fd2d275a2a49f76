"""Survival: each answer has less time than the one before, and there are three lives."""

from __future__ import annotations

from functools import partial

from game.language import N_
from game.rules.arithmetic import MOST_DIGITS, SumDeck
from game.rules.ending import Lives
from game.rules.modes.mode import Gauge, Mode, Rules
from game.rules.modes.sum_levels import sum_levels
from game.rules.modes.sum_options import SUM_OPTIONS, tailor_sums
from game.rules.scoring import FlatPoints
from game.rules.timing import AnswerLimit

LIVES = 3
SHRINK = 0.96  # of an answer's time, with every answer
RELIEF = 0.5  # of that, which each right answer in a row takes back
COUNTED = 10  # of them
# s for the first answer and for the last ones. Two seconds are what a quick hand takes to see a sum
# and to write two digits.
TIMES = {"easy": (14.0, 3.0), "normal": (12.0, 2.5), "hard": (14.0, 3.5)}


def _rules(key: str, deck: partial[SumDeck]) -> Rules:
    first, least = TIMES[key]
    timing = AnswerLimit(first, SHRINK, least, RELIEF, COUNTED)
    return Rules(deck, MOST_DIGITS, timing, FlatPoints(1), (Lives(LIVES),))


MODE = Mode(
    key="survival",
    title=N_("Survival"),
    tagline=N_("Less and less time for each sum. Three lives."),
    order=40,
    levels=sum_levels(_rules),
    usual="normal",
    gauges=frozenset({Gauge.SCORE, Gauge.STREAK, Gauge.LIVES}),
    help=N_("Answer before the bar is empty. A mistake costs a life; a streak slows the clock."),
    options=SUM_OPTIONS,
    tailor=tailor_sums,
    shows_next=True,
)
