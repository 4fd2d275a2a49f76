"""Looking for bytes that break a contract: blindly from seeds, or guided by coverage with atheris.

Guided fuzzing is a process of its own: libFuzzer ends the process that it runs in, and bytes that
kill it must not take this one along.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import scratch
from tests.fuzz.edits import drawn, edited
from tests.fuzz.table import Target, cases, load

ROOT = Path(__file__).parents[2]
LONGEST_INPUT = 100_000  # bytes; the largest seeds are databases
SLOWEST = 60  # s for one input, after which it is a finding, too
_ARTIFACTS = ("crash-", "timeout-", "oom-", "leak-")  # as libFuzzer names its findings
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_COVERAGE = re.compile(r"cov: (\d+) ft: (\d+)")


@dataclass(frozen=True)
class Outcome:
    """What came of fuzzing a target."""

    target: str
    how: str
    runs: int
    seconds: float
    found: tuple[Path, ...] = ()  # files with bytes that break it
    told: str = ""  # of the first of them
    edges: int = 0  # of the instrumented code, that were reached; 0 where nobody counts

    @property
    def line(self) -> str:
        """In a line."""
        reached = f", {self.edges:,} edges" if self.edges else ""
        end = f", FOUND {', '.join(map(str, self.found))}" if self.found else ", nothing found"
        rate = self.runs / max(self.seconds, 1e-9)
        return (
            f"{self.target}: {self.runs:,} runs in {self.seconds:.0f} s ({rate:,.0f}/s, {self.how})"
            f"{reached}{end}"
        )


def is_guided() -> bool:
    """Whether atheris is installed."""
    return importlib.util.find_spec("atheris") is not None


def blind(target: Target, seconds: float, seed: int, findings: Path) -> Outcome:
    """Edit seeds and cases at random, for so long or until something is found."""
    generator = random.Random(f"{seed} {target.name}")
    sound = [*target.seeds, *(path.read_bytes() for path in cases(target.name))]
    began = time.monotonic()
    runs = 0
    while (took := time.monotonic() - began) < seconds:
        data = sound[runs] if runs < len(sound) else generator.choice(sound)
        if runs >= len(sound):  # each of them was tried as it is
            data = edited(data, drawn(generator), sound, target.words)
        runs += 1
        try:
            target.one(data)
        except Exception:
            path = keep(findings, target.name, data)
            return Outcome(target.name, "blind", runs, took, (path,), traceback.format_exc())
    return Outcome(target.name, "blind", runs, took)


def keep(findings: Path, target: str, data: bytes) -> Path:
    """Write bytes that broke a target, under a name of their own."""
    folder = findings / target
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


def guided(name: str, seconds: float, seed: int, findings: Path) -> Outcome:
    """Let atheris look, in a process of its own, for so long or until something is found."""
    with tempfile.TemporaryDirectory(prefix="digit-dash-fuzz-", dir=scratch.best_place()) as folder:
        places = {part: Path(folder) / part for part in ("corpus", "found", "files")}
        for place in places.values():
            place.mkdir()
        target = load(name)
        for n, sound in enumerate((*target.seeds, *(p.read_bytes() for p in cases(name)))):
            (places["corpus"] / f"seed-{n:03}").write_bytes(sound)
        began = time.monotonic()
        done = subprocess.run(
            [
                sys.executable, "-m", "tests.fuzz.guided", name, str(places["corpus"]),
                str(places["found"]), str(round(seconds)), str(seed),
            ],
            cwd=ROOT, env={**os.environ, scratch.ROOT: str(places["files"])},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip
        took = time.monotonic() - began
        found = [path for path in places["found"].iterdir() if path.name.startswith(_ARTIFACTS)]
        kept = tuple(keep(findings, name, path.read_bytes()) for path in found)
    if done.returncode and not kept:
        raise RuntimeError(f"fuzzing {name} failed:\n{done.stderr[-4000:]}")
    runs = _RUNS.search(done.stderr)
    edges = max((int(cov) for cov, _ in _COVERAGE.findall(done.stderr)), default=0)
    told = done.stderr[-6000:] if kept else ""
    return Outcome(name, "atheris", int(runs[1]) if runs else 0, took, kept, told, edges)


def fuzz(name: str, seconds: float, seed: int, findings: Path, *, blindly: bool) -> Outcome:
    """Look for so many seconds by the best means that there are."""
    if blindly or not is_guided():
        return blind(load(name), seconds, seed, findings)
    return guided(name, seconds, seed, findings)
