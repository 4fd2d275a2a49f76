"""`python -m tests.bench`: hold the comparisons, print their tables, keep them as JSON."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import inks
from tests.bench.contest import ROOT, BenchError
from tests.bench.results import Results, fill, report
from train.data.folder import DataError

PARTS = ("digit", "page", "start", "ink", "frames")
SHARED = ROOT.parent / "shared" / "data"  # where a data folder may lie beside the checkout


def main() -> int:
    """Measure what is asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="PART,...",
                        help=f"some of {', '.join(PARTS)}")  # fmt: skip
    parser.add_argument("--others", action="store_true",
                        help="against other programs, too: they are downloaded once")  # fmt: skip
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with pens/")
    parser.add_argument("--items", type=int, default=500, metavar="N",
                        help="digits of a contest; half as many numbers")  # fmt: skip
    parser.add_argument("--starts", type=int, default=7, metavar="N", help="of each program")
    parser.add_argument("--screens", nargs="+", default=(), metavar="WORD",
                        help="only screens with one of these words in their names")  # fmt: skip
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH",
                        help="of the window whose frames are timed")  # fmt: skip
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "bench", metavar="DIR")
    parser.add_argument("--install", action="store_true", help="write README's table anew, too")
    given = parser.parse_args()
    if given.install and not (given.others and set(given.only) == set(PARTS)):
        parser.error("argument --install: README shows a whole run, with --others")
    if min(given.items, given.starts) < 2:
        parser.error("there is no median of so few")
    try:
        results = measured(given)
    except (BenchError, DataError) as error:
        print(error, file=sys.stderr)
        return 1
    path = results.save(given.out)
    print(report(results.as_dict()))
    print(f"\nKept in {path}.")
    if given.install:
        readme = ROOT / "README.md"
        try:
            readme.write_text(fill(readme.read_text("utf-8"), results.as_dict()), encoding="utf-8")
        except ValueError as error:
            print(f"{readme} was left as it is: {error}.", file=sys.stderr)
            return 1
        print(f"Written into {readme}.")
    return 0


def measured(given: argparse.Namespace) -> Results:
    """What the parts that are asked for find."""
    if given.data is None and not os.environ.get("DIGIT_DASH_DATA") and SHARED.is_dir():
        given.data = SHARED
    ink = inks.load(given.data)
    results = Results(ink.source, [], [], [])
    with tempfile.TemporaryDirectory(prefix="digit-dash-bench-") as temporary:
        folder = Path(temporary)
        if "digit" in given.only:
            from tests.bench import digit

            results.duels += digit.measure(ink, given.items, folder, others=given.others)
        if "page" in given.only:
            from tests.bench import page

            results.duels += page.measure(ink, given.items // 2, folder)
        if "start" in given.only:
            from tests.bench import start

            results.duels += start.measure(given.starts, folder)
        if "ink" in given.only:
            from tests.bench import growth

            results.curves += growth.measure(ink, min(given.items, 40))
        if "frames" in given.only:
            from tests.bench import frames

            results.frames += frames.measure(folder, given.screens, given.size)
    return results


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it as 1280x720")
    return int(width), int(height)


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if unknown := [part for part in parts if part not in PARTS]:
        raise argparse.ArgumentTypeError(f"there is no {unknown[0]}; there is {', '.join(PARTS)}")
    return parts


if __name__ == "__main__":
    sys.exit(main())
