"""`python -m game export FILE`: all rounds and answers as a table (.csv) or as JSON (.json).

Which of the two it is, the file's ending says. The columns are described in game/README.md. Ink is
not in it; that is `export-ink`'s.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from game.command_line import Parser, fail, taken, write_out
from game.persistence.export import WRITERS, found_rounds
from game.persistence.paths import DATABASE_FILE
from game.persistence.storage import Storage

NAME = "export"


def main(arguments: Sequence[str]) -> int:
    """Write the file; return the exit code."""
    parser = _parser()
    given = parser.parse(arguments)
    path: Path = given.file
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        parser.error(f"argument FILE: {path.name} ends neither in {' nor in '.join(WRITERS)}")
    if (trouble := taken(path, given.force)) is not None:
        return fail(trouble)
    folder = parser.player(given).folder
    rounds, notices = [], []
    if any(folder.glob(f"{DATABASE_FILE}*")):  # opening would make an empty one
        storage = Storage(folder)
        rounds = found_rounds(storage.read)
        storage.close()
        notices = storage.notices
    for notice in notices:
        print(notice, file=sys.stderr)
    if not rounds:
        return fail(f"There are no answers in {folder}: play a round first.")
    if (trouble := write_out(path, writer(rounds))) is not None:
        return fail(trouble)
    count = sum(len(answers) for _, answers in rounds)
    print(f"Wrote {count:,} answers of {len(rounds):,} rounds to {path}.")
    return 0


def _parser() -> Parser:
    parser = Parser(
        prog=f"digit-dash {NAME}",
        description="Write all rounds and answers into a file: a table where FILE ends in .csv,"
        " JSON where it ends in .json.",
    )
    parser.add_file_to_write()
    parser.add_data_dir()
    parser.add_player()
    return parser
