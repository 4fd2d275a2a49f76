"""Sprint: so many sums against the stopwatch; a mistake adds seconds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from game.language import N_
from game.rules.arithmetic import MOST_DIGITS, SumDeck
from game.rules.best import LeastTime
from game.rules.ending import AfterAnswers
from game.rules.modes.mode import Gauge, Level, Mode, Rules
from game.rules.modes.sum_levels import sum_levels
from game.rules.modes.sum_options import SUM_OPTIONS, tailor_sums
from game.rules.options import Choice, Chosen, Option
from game.rules.scoring import NoPoints
from game.rules.timing import CountUp

PENALTY = 5.0  # s that a mistake costs; the help names it
SPLIT_EVERY = 5  # answers
LENGTH = Option(
    "length", N_("Length"), N_("A short one, or the long one."),
    (Choice("20", N_("20 sums")), Choice("100", N_("100 sums"))), ("20",),
)  # fmt: skip


def tailor(level: Level, chosen: Chosen) -> Rules:
    """As long as was chosen, of the sums that were chosen."""
    ending = AfterAnswers(int(chosen[LENGTH.key][0]))
    return replace(tailor_sums(level, chosen), endings=(ending,))


def _rules(_: str, deck: partial[SumDeck]) -> Rules:
    length = AfterAnswers(int(LENGTH.default[0]))
    return Rules(deck, MOST_DIGITS, CountUp(), NoPoints(), (length,))


MODE = Mode(
    key="sprint",
    title=N_("Sprint"),
    tagline=N_("20 sums, or 100, as quick as you can."),
    order=30,
    levels=sum_levels(_rules),
    usual="normal",
    gauges=frozenset({Gauge.PROGRESS, Gauge.SPLITS}),
    goal=LeastTime(penalty=PENALTY),
    help=N_("Answer all the sums. The clock counts up, and a mistake adds 5 seconds."),
    options=(LENGTH, *SUM_OPTIONS),
    tailor=tailor,
    shows_next=True,
    split_every=SPLIT_EVERY,
)
