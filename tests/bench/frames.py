"""How long a picture of each screen takes to draw: the tour of the screenshots, with a stopwatch.

What is drawn is drawn whole, as after a change that touches all of it; the clock stands still.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "game"))
sys.path.insert(0, str(Path(__file__).parents[1] / "screenshots"))

import numpy as np
from camera import Camera
from tour import shots

from tests.bench.results import Frames

SIZE = (1280, 720)  # px
PICTURES = 150  # of each screen: two of them may be late


class Stopwatch(Camera):
    """Goes where the camera goes, and measures instead of taking a picture."""

    def __init__(
        self, data: Path, folder: Path, only: Sequence[str], size: tuple[int, int] = SIZE
    ) -> None:
        self.measured: list[Frames] = []
        super().__init__(data, folder, size, only)

    def take(self, name: str) -> tuple[str, bool]:
        """Draw what is on the screen now again and again, where that is wanted."""
        if not self.wants(name):
            return name, False
        times = []
        for _ in range(PICTURES):
            started = time.perf_counter()
            self.app.draw()
            times.append((time.perf_counter() - started) * 1e3)
        median, late = np.percentile(times, (50, 99)).tolist()
        self.measured.append(Frames(name, median, late))
        return name, True


def measure(folder: Path, only: Sequence[str], size: tuple[int, int] = SIZE) -> list[Frames]:
    """Every screen of the tour in a window `size` px large, or those with a word in their names."""
    data, pictures = folder / "data", folder / "pictures"
    data.mkdir()
    watch = Stopwatch(data, pictures, only, size)
    try:
        for _ in shots(watch):
            pass
    finally:
        watch.close()
    return watch.measured
