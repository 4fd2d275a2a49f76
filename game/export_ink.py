"""`python -m game export-ink FILE`: the player's labelled ink in one file, to train on.

The file is described in `recognizer.ink_file`. In it stand, each with its source: what the player
says an answer was (appeals), what they wrote when asked to (calibration), and the answers that were
read as what was asked. Of a number each digit stands for itself, where it is clear which ink is
whose; else the whole number.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from game.command_line import Parser, fail, taken, write_out
from game.persistence.labelled_ink import find_ink
from recognizer import ink_file
from recognizer.ink_file import ink_lines

NAME = "export-ink"


def main(arguments: Sequence[str]) -> int:
    """Write the file; return the exit code."""
    parser = _parser()
    given = parser.parse(arguments)
    folder = parser.player(given).folder
    path: Path = given.file
    if (trouble := taken(path, given.force)) is not None:
        return fail(trouble)
    found = find_ink(folder)
    for notice in found.notices:
        print(notice, file=sys.stderr)
    ink = found.samples
    if not ink and found.notices:
        return fail(f"So no labelled ink was found in {folder}, and nothing is written.")
    if not ink:
        return fail(f"There is no labelled ink in {folder}: play a round first.")
    if (trouble := write_out(path, "".join(ink_lines(ink)))) is not None:
        return fail(trouble)
    counts = Counter(piece.source for piece in ink)
    parts = ", ".join(f"{counts[s]} by {s}" for s in ink_file.SOURCES if counts[s])
    print(f"Wrote {len(ink)} pieces of labelled ink to {path}: {parts}.")
    return 0


def _parser() -> Parser:
    parser = Parser(
        prog=f"digit-dash {NAME}",
        description="Write your labelled ink into one file: what you put right, what you wrote when"
        " asked to, and your right answers.",
    )
    parser.add_file_to_write()
    parser.add_data_dir()
    parser.add_player()
    return parser
