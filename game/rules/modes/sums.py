"""Sums: answers of one to three digits, harder as the round goes on."""

from __future__ import annotations

from functools import partial

from game.language import N_
from game.rules.arithmetic import MOST_DIGITS, SumDeck
from game.rules.modes.mode import Mode, Rules
from game.rules.modes.sum_levels import sum_levels
from game.rules.modes.sum_options import SUM_OPTIONS, tailor_sums
from game.rules.scoring import SpeedPoints
from game.rules.timing import CountDown


def _rules(_: str, deck: partial[SumDeck]) -> Rules:
    # About as many answers as in Dash: there is more to think and more to write.
    return Rules(deck, MOST_DIGITS, CountDown(90.0), SpeedPoints(thinking_seconds=1.0))


MODE = Mode(
    key="sums",
    title=N_("Sums"),
    tagline=N_("90 seconds of sums, up to three digits each."),
    order=20,
    levels=sum_levels(_rules),
    usual="normal",
    help=N_("Work the sum out and write its answer."),
    options=SUM_OPTIONS,
    tailor=tailor_sums,
    shows_next=True,
)
