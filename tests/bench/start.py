"""From nothing to the first picture and the first answer: the game, and a program with torch.

Both are started again and again, in turn; Python's own start is part of it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.contest import ROOT, WORKERS, BenchError, environment
from tests.bench.results import Duel

AGAINST = "a pygame program that loads torch and a .pt"
LONGEST = 120.0  # s


def measure(times: int, folder: Path) -> list[Duel]:
    """Start both so often."""
    weights = folder / "digits.pt"
    _run("start_torch.py", "--make", str(weights))
    game, other = [], []
    for n in range(times + 1):
        with tempfile.TemporaryDirectory(dir=folder) as data:
            own, theirs = _moments("start_game.py", data), _moments("start_torch.py", str(weights))
        if n:  # the first time, the files come from the disk
            game.append(own)
            other.append(theirs)
    return [
        Duel(what, AGAINST, _median(game, place), _median(other, place), items=times)
        for place, what in enumerate(("start to the first picture", "start to the first answer"))
    ]


def _moments(worker: str, word: str) -> list[float]:
    """Of one start: ms to the first picture and to the first answer."""
    started = time.monotonic()
    said = _run(worker, word)
    moments = [float(moment) for moment in said.split()]
    if len(moments) != 2:
        raise BenchError(f"{worker} said {said!r}.")
    return [(moment - started) * 1e3 for moment in moments]


def _run(worker: str, *words: str) -> str:
    """What a worker says at its end."""
    done = subprocess.run(
        [sys.executable, str(WORKERS / worker), *words], cwd=ROOT, env=environment(own=True),
        capture_output=True, text=True, timeout=LONGEST,
    )  # fmt: skip
    if done.returncode:
        raise BenchError(f"{worker} has ended: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout


def _median(starts: Sequence[Sequence[float]], place: int) -> float:
    return statistics.median(start[place] for start in starts)
