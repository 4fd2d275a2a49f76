"""Figures of rounds that were never played, for tests of what is reckoned from them."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from game.rules.figures import RoundFigures, Spread
from game.rules.scoring import Tally
from game.rules.streak import DAY

TODAY = datetime.date(2026, 11, 28)
NOON = datetime.time(12)


def spread(values: list[float]) -> Spread:
    return Spread(len(values), sum(values), sum(v * v for v in values))


def played(
    ago: int, right: int = 10, wrong: int = 1, seconds: float = 60.0, points: int = 1000,
    mode: str = "dash", each: float = 2.0, finished: bool = True,
) -> RoundFigures:  # fmt: skip
    began = datetime.datetime.combine(TODAY - ago * DAY, NOON)
    times = [each + 0.2 * (n % 3 - 1) for n in range(right)]
    thinking, writing = spread([t * 0.6 for t in times]), spread([t * 0.4 for t in times])
    tally = Tally(seconds, points, right, right, wrong)
    return RoundFigures(mode, began, finished, tally, spread(times), thinking, writing)


ROUNDS = st.lists(
    st.builds(played, st.integers(0, 200), st.integers(0, 30), st.integers(0, 9)), max_size=30
)
