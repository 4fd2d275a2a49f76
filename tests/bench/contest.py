"""A contest: programs in processes of their own are asked the same things in turn.

Each times itself, from the item to the answer. Nobody always follows the same one, and what the
machine does beside it slows all of them alike; so medians of one run can be compared, and nothing
else can.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
WORKERS = Path(__file__).parent / "workers"
WARM_UP = 10  # items of each before it counts
CLOSING_SECONDS = 10.0
Strokes = Sequence[NDArray[Any]]


class BenchError(Exception):
    """A sentence: why something could not be measured."""


@dataclass(frozen=True)
class Answer:
    """What came of one item, and how long it took."""

    ms: float
    text: str


class Answers(Protocol):
    """Whoever can be asked for an item by its number."""

    def answer(self, item: int) -> Answer: ...


@dataclass(frozen=True)
class Program:
    """A program that reads: its worker, further words for it, and the Python it runs in."""

    name: str
    worker: str
    items: Path
    words: Sequence[str] = ()
    python: str = sys.executable
    own: bool = True  # whether it sees this checkout


@dataclass
class Contestant:
    """A running worker."""

    program: Program
    _errors: Any = field(default_factory=tempfile.TemporaryFile)

    def __post_init__(self) -> None:
        of = self.program
        command = [of.python, WORKERS / of.worker, of.items, *of.words]
        self._process = subprocess.Popen(
            [str(word) for word in command], cwd=of.items.parent, env=environment(own=of.own),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True,
        )  # fmt: skip
        self._heard()  # that it is ready

    def answer(self, item: int) -> Answer:
        """Its answer to an item; raises BenchError where it has died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{item}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._dead() from None
        said = self._heard()
        return Answer(float(said["ms"]), str(said["text"]))

    def _heard(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._dead()
        return json.loads(line)

    def _dead(self) -> BenchError:
        self._process.wait()
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "replace").strip().splitlines()[-1:]
        return BenchError(f"{self.program.name} has ended: {' '.join(last) or 'without a word'}")

    def close(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._errors.close()


def environment(*, own: bool) -> dict[str, str]:
    """A worker's environment: without a screen, without telemetry, with the checkout if `own`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    # Set where an old OpenBLAS would compute wrongly; a current one they only slow down.
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        kept.pop(name, None)
    quiet = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "ORT_DISABLE_TELEMETRY": "1"}
    return {**kept, **quiet, **({"PYTHONPATH": str(ROOT)} if own else {})}


def hold(
    contestants: Mapping[str, Answers], items: int, warm_up: int = WARM_UP
) -> dict[str, list[Answer]]:
    """Ask all of them for every item, in turn, each time beginning with another one."""
    names = list(contestants)
    for item in range(min(warm_up, items)):
        for name in names:
            contestants[name].answer(item)
    answers: dict[str, list[Answer]] = {name: [] for name in names}
    for item in range(items):
        first = item % len(names)
        for name in names[first:] + names[:first]:
            answers[name].append(contestants[name].answer(item))
    return answers


def run(programs: Sequence[Program], items: int) -> dict[str, list[Answer]]:
    """Start the programs, hold the contest, and end them."""
    with ExitStack() as stack:
        contestants = {}
        for program in programs:
            contestants[program.name] = contestant = Contestant(program)
            stack.callback(contestant.close)
        return hold(contestants, items)


def median(answers: Sequence[Answer]) -> float:
    """The median time, ms."""
    return statistics.median(answer.ms for answer in answers)


def right(answers: Sequence[Answer], expected: Sequence[str]) -> int:
    """How many answers are what was written."""
    return sum(a.text == text for a, text in zip(answers, expected, strict=True))


def keep_strokes(path: Path, inks: Sequence[Strokes]) -> Path:
    """Write strokes for the workers."""
    rows = [[stroke[:, :2].tolist() for stroke in ink] for ink in inks]
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def keep_pictures(path: Path, pictures: Sequence[NDArray[np.uint8]]) -> Path:
    """Write pictures for the workers."""
    arrays: dict[str, Any] = {str(n): picture for n, picture in enumerate(pictures)}
    np.savez(path, **arrays)
    return path
