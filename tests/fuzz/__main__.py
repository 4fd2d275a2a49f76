"""`python -m tests.fuzz TARGET ...`: look for bytes that break what parses or takes ink.

Guided by coverage where atheris is installed, which comes with the extra [test] on Linux. What is
found is written into a folder; `--file FILE` tries such bytes alone, with the whole traceback. Once
it is mended, put the file into tests/fixtures/fuzz/TARGET, where every later run tries it again.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from tests.fuzz.engine import fuzz, is_guided
from tests.fuzz.table import TARGETS, load

ALL = "all"


def main(arguments: list[str] | None = None) -> int:
    """Fuzz; returns 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    targets = "; ".join(f"{name}: {about}" for name, (about, _) in TARGETS.items())
    parser.add_argument("targets", nargs="+", metavar="TARGET", help=f"{ALL}, or of: {targets}")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="N", help="for each target")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), metavar="DIR")
    parser.add_argument("--file", type=Path, metavar="FILE", help="try these bytes alone")
    parser.add_argument("--blind", action="store_true", help="without atheris")
    given = parser.parse_args(arguments)
    names = list(TARGETS) if ALL in given.targets else given.targets
    if unknown := [name for name in names if name not in TARGETS]:
        parser.error(f"there is no {unknown[0]}; there is {', '.join(TARGETS)}")
    if given.file is not None:
        for name in names:
            load(name).one(given.file.read_bytes())
            print(f"{name}: {given.file} is taken as it should be")
        return 0
    if not given.blind and not is_guided():
        print("atheris is not installed: seeds are changed blindly.", file=sys.stderr)
    found = False
    for name in names:
        outcome = fuzz(name, given.seconds, given.seed, given.findings, blindly=given.blind)
        print(outcome.line, flush=True)
        if outcome.told:
            print(outcome.told, file=sys.stderr)
        found = found or bool(outcome.found)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
