"""What is measured between two laps of play, and whether it grows."""

from __future__ import annotations

import gc
import os
import statistics
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from itertools import combinations
from pathlib import Path

MEBIBYTE = 2**20
WARM_UP = 0.25  # share of the laps in which models load, caches fill and pools reach their size

_PROCESS = Path("/proc/self")


@dataclass(frozen=True)
class Sample:
    """The process after a lap, and the readings and frames of that lap."""

    hours: float  # played so far, by the game's clock
    answers: int  # judged so far
    memory: float  # MiB, resident
    threads: int  # of the process: of libraries, too
    handles: int  # open files and the like
    objects: int  # that Python's collector keeps watch over
    reading: float  # ms of the processor for one reading, the median
    slow_reading: float  # likewise, the 95th percentile
    frame: float  # ms for a frame, the median
    database: float  # MiB; it holds all that was played, and may grow


@dataclass(frozen=True)
class Limit:
    """How much a measure may grow in all the hours after the warm-up."""

    absolute: float
    share: float = 0.0  # of what it usually is, on top


# Memory: what the game keeps of the rounds that were played is some; a leak of a screen's pictures
# is a MiB each. Times: what a processor that others use as well makes of them.
LIMITS = {
    "memory": Limit(24.0),
    "threads": Limit(0.5),
    "handles": Limit(1.5),
    "objects": Limit(5_000.0, 0.03),
    "reading": Limit(0.1, 0.15),
    "slow_reading": Limit(0.5, 0.25),
    "frame": Limit(0.5, 0.25),
}


@dataclass(frozen=True)
class Trend:
    """How a measure went on after the warm-up."""

    measure: str
    usual: float  # the median
    per_hour: float  # the slope by Theil and Sen: the median of those between any two laps
    grown: float  # in all that time, by this slope
    limit: float

    @property
    def is_flat(self) -> bool:
        """Whether it grew by no more than it may."""
        return self.grown <= self.limit

    @property
    def line(self) -> str:
        """In a line."""
        verdict = "flat" if self.is_flat else "GROWS"
        return (
            f"{self.measure:>13}: usually {self.usual:,.3g}, {self.per_hour:+,.3g} an hour,"
            f" {self.grown:+,.3g} in all (may {self.limit:,.3g}): {verdict}"
        )


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """The slope of y over x by Theil and Sen, which odd values do not move; 0 of one point."""
    slopes = [
        (y1 - y0) / (x1 - x0)
        for (x0, y0), (x1, y1) in combinations(zip(x, y, strict=True), 2)
        if x1 != x0
    ]
    return statistics.median(slopes) if slopes else 0.0


def trends(samples: Sequence[Sample]) -> list[Trend]:
    """How each measure went on; of fewer than three laps after the warm-up nothing is said."""
    later = samples[int(len(samples) * WARM_UP) :]
    if len(later) < 3:
        return []
    hours = [sample.hours for sample in later]
    found = []
    for measure, limit in LIMITS.items():
        values = [float(getattr(sample, measure)) for sample in later]
        usual, per_hour = statistics.median(values), slope(hours, values)
        most = limit.absolute + limit.share * usual
        found.append(Trend(measure, usual, per_hour, per_hour * (hours[-1] - hours[0]), most))
    return found


class Meter:
    """Collects the times of readings and frames, and looks at the process between laps."""

    def __init__(self) -> None:
        self.readings: list[float] = []  # ms since the last sample; the reading thread adds to it
        self.frames: list[float] = []

    def sample(self, hours: float, answers: int, database: Path) -> Sample:
        """The process now; the times begin anew."""
        gc.collect()
        readings, self.readings = sorted(self.readings) or [0.0], []
        frames, self.frames = self.frames or [0.0], []
        held = sum(path.stat().st_size for path in database.parent.glob(f"{database.name}*"))
        return Sample(
            hours, answers, resident(), thread_count(), handle_count(), len(gc.get_objects()),
            statistics.median(readings), readings[int(0.95 * (len(readings) - 1))],
            statistics.median(frames), held / MEBIBYTE,
        )  # fmt: skip


def resident() -> float:
    """MiB of memory that the process has; 0 where the system does not say so."""
    try:
        pages = int((_PROCESS / "statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE


def thread_count() -> int:
    """Threads of the process, those of libraries as well where the system lists them."""
    tasks = _PROCESS / "task"
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def handle_count() -> int:
    """Open files, sockets and pipes; 0 where the system does not list them."""
    handles = _PROCESS / "fd"
    return len(list(handles.iterdir())) - 1 if handles.is_dir() else 0  # one is for the look itself


def heading() -> str:
    """The names of what `row` says."""
    return " ".join(f"{field.name:>13}" for field in fields(Sample))


def row(sample: Sample) -> str:
    """A sample as a row of a table."""
    shown = (f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
             for value in asdict(sample).values())  # fmt: skip
    return " ".join(f"{value:>13}" for value in shown)
