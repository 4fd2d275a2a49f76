"""`python -m tests.soak`: a bot plays for eight hours of the game's clock, which runs faster here.

It goes through all modes and nearly all screens, lap after lap, in one run of the real game without
a screen. After each lap memory, threads, open files and the times of readings and frames are looked
at; in the end a robust slope says whether one of them grows. Linux alone tells all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "game"))

from tests.soak.lap import Evening
from tests.soak.measures import Sample, heading, row, trends


def main() -> int:
    """Play; returns 1 where something grows."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0, metavar="N", help="of the game's clock")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where all samples go")
    given = parser.parse_args()
    began = time.monotonic()
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="digit-dash-soak-") as folder:
        evening = Evening(Path(folder), given.seed)
        print(heading(), flush=True)
        while evening.hours < given.hours:
            samples.append(evening.lap())
            print(row(samples[-1]), flush=True)
        evening.close()
    found = trends(samples)
    for trend in found:
        print(trend.line)
    print(
        f"{evening.hours:.1f} hours in {(time.monotonic() - began) / 60:.1f} minutes,"
        f" {evening.laps} laps, {evening.answers:,} answers, {evening.unread} given up."
    )
    for notice in dict.fromkeys(evening.notices):
        print(f"The game said: {notice}")
    if given.json is not None:
        document = {
            "samples": [asdict(sample) for sample in samples],
            "trends": [{**asdict(trend), "is_flat": trend.is_flat} for trend in found],
            "notices": evening.notices,
        }
        given.json.write_text(json.dumps(document, indent=1) + "\n")
    return 0 if found and all(trend.is_flat for trend in found) else 1


if __name__ == "__main__":
    sys.exit(main())
