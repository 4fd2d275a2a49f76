"""Kills at a chosen system call: `strace` ends a child as it enters one that changes a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("DIGIT_DASH_KILLS", "4"))  # of each story
CALLS = (
    "?write,?pwrite64,?pwritev,?fsync,?fdatasync,?rename,?renameat,?renameat2,?unlink,?unlinkat,"
    "?ftruncate,?fallocate,?mkdir,?mkdirat,?rmdir"
)


def strace_works() -> bool:
    """Whether it is there, and may trace."""
    try:
        return subprocess.run(["strace", "-o", os.devnull, "true"], check=False).returncode == 0
    except FileNotFoundError:
        return False


def traced(folder: Path, code: str, *options: str) -> str:
    """Run code with a folder under strace; return what it said in whole lines until it ended."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.run(
        ["strace", "-f", "-qq", "-o", f"{folder}.trace", "-e", f"trace={CALLS}", *options,
         sys.executable, "-c", code, str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in child.stderr, child.stderr
    return child.stdout[: child.stdout.rfind("\n") + 1]


def calls_of(folder: Path) -> int:
    """How many such calls the last run with that folder made."""
    trace = Path(f"{folder}.trace").read_text().splitlines()
    return sum("(" in line and "resumed>" not in line for line in trace)


def killed(folder: Path, code: str, moment: int) -> str:
    """As `traced`, but killed at that call, counted from 1."""
    return traced(folder, code, "-e", f"inject={CALLS}:signal=KILL:when={moment}")
