"""The soak's judgement on made-up laps, and a short round of its bot; see `tests.soak`."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "game"))

from tests.soak.measures import LIMITS, Meter, Sample, row, slope, trends

STILL = Sample(0.0, 0, 300.0, 5, 40, 200_000, 0.8, 2.0, 3.0, 1.0)
LAPS = 30


def laps(change: Callable[[Sample, int], Sample]) -> list[Sample]:
    """Eight hours of laps around the same values, a few of them odd."""
    rng = random.Random(3)
    made = []
    for n in range(LAPS):
        sample = replace(
            STILL,
            hours=8 * (n + 1) / LAPS,
            memory=300 + rng.uniform(-4, 4) + (80 if n in (9, 20) else 0),
            reading=0.8 * rng.uniform(0.9, 1.1),
            slow_reading=2.0 * rng.uniform(0.7, 1.4),
        )
        made.append(change(sample, n))
    return made


def growing(measure: str, change: Callable[[Sample, int], Sample]) -> bool:
    """Whether that measure alone is said to grow."""
    grown = {trend.measure for trend in trends(laps(change)) if not trend.is_flat}
    assert grown <= {measure}
    return bool(grown)


def test_noise_and_outliers_are_no_growth() -> None:
    found = trends(laps(lambda sample, n: sample))
    assert [trend.measure for trend in found] == list(LIMITS)
    assert all(trend.is_flat and "flat" in trend.line for trend in found)


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("memory", lambda s, n: replace(s, memory=s.memory + 2.0 * n)),
        ("threads", lambda s, n: replace(s, threads=s.threads + n // 10)),
        ("handles", lambda s, n: replace(s, handles=s.handles + n // 4)),
        ("objects", lambda s, n: replace(s, objects=s.objects + 1000 * n)),
        ("reading", lambda s, n: replace(s, reading=s.reading * (1 + n / LAPS))),
    ],
)
def test_what_grows_is_told(measure: str, change: Callable[[Sample, int], Sample]) -> None:
    assert growing(measure, change)


def test_warming_up_is_no_growth() -> None:
    assert not growing("memory", lambda s, n: replace(s, memory=s.memory - 150 * (n < 5)))


def test_slopes_by_theil_and_sen() -> None:
    assert slope([0, 1, 2, 3], [1, 3, 5, 7]) == pytest.approx(2.0)
    assert slope([0, 1, 2, 3, 4], [1, 3, 99, 7, 9]) == pytest.approx(2.0)
    assert slope([1], [1]) == 0.0


def test_of_few_laps_nothing_is_said() -> None:
    assert trends([STILL, STILL]) == []


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells")
def test_the_process_is_measured(tmp_path: Path) -> None:
    meter = Meter()
    meter.readings += [1.0, 2.0, 9.0]
    (tmp_path / "some.db").write_bytes(bytes(2**20))
    before = meter.sample(0.5, 3, tmp_path / "some.db")
    assert before.memory > 10 and before.threads >= 1 and before.handles > 2
    assert (before.reading, before.database) == (2.0, 1.0)
    with (tmp_path / "some.db").open("rb"):
        after = meter.sample(0.5, 3, tmp_path / "some.db")
    assert after.handles == before.handles + 1
    assert after.reading == 0.0, "the times begin anew"
    assert str(before.threads) in row(before)
