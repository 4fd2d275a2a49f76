"""`python -m game export-ink FILE`: the player's labelled ink in one file, to train on.

The file is described in `recognizer.ink_file`. In it stand, each with its source: what the player
says an answer was (appeals), what they wrote when asked to (calibration), and the answers that were
read as what was asked. Of a number each digit stands for itself, where it is clear which ink is
whose; else the whole number.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from game.command_line import Parser
from game.ink.strokes import as_arrays, ink_by_digit
from game.persistence.hand_samples import APPEAL, HandSample, MyHand
from game.persistence.paths import DATABASE_FILE, MY_HAND_FILE
from game.persistence.storage import Answer, Storage
from recognizer import ink_file
from recognizer.ink_file import LabelledInk, ink_lines, is_label

NAME = "export-ink"


def main(arguments: Sequence[str]) -> int:
    """Write the file; return the exit code."""
    given = _parser().parse_args(arguments)
    path: Path = given.file
    if os.path.lexists(path) and not given.force:
        return _fail(f"{path} is there already; name another file, or overwrite it with --force.")
    ink, notices = _collect(given.data_dir)
    for notice in notices:
        print(notice, file=sys.stderr)
    if not ink:
        return _fail(f"There is no labelled ink in {given.data_dir}: play a round first.")
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(ink_lines(ink))
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):  # what cannot be written can perhaps not be removed
            draft.unlink(missing_ok=True)
        return _fail(f"{path} cannot be written ({error.strerror}).")
    counts = Counter(piece.source for piece in ink)
    parts = ", ".join(f"{counts[s]} by {s}" for s in ink_file.SOURCES if counts[s])
    print(f"Wrote {len(ink)} pieces of labelled ink to {path}: {parts}.")
    return 0


def labelled_ink(answers: Iterable[Answer], samples: Iterable[HandSample]) -> list[LabelledInk]:
    """All that is known to be a digit or a number, each piece of ink once."""
    found: list[LabelledInk] = []
    seen = set()
    for piece in (*_of_answers(answers), *_of_hand(samples)):
        # An appeal stands with its answer and in the player's hand, which may have come from
        # another machine.
        outline = tuple(tuple(map(tuple, np.round(s[:, :2], 2).tolist())) for s in piece.strokes)
        key = (piece.label, outline)
        if key not in seen:
            seen.add(key)
            found.append(piece)
    return found


def _of_answers(answers: Iterable[Answer]) -> Iterator[LabelledInk]:
    for answer in answers:
        if answer.appeal is not None:
            label, source = answer.appeal, ink_file.APPEAL
        elif answer.verdict == "right" and answer.read == answer.expected:
            label, source = answer.expected, ink_file.ANSWER
        else:
            continue
        strokes = as_arrays(answer.ink)
        if not strokes or not is_label(label):
            continue
        boxes = [(box[0], box[1], box[2], box[3]) for box in answer.boxes if len(box) == 4]
        for digits, ink in ink_by_digit(label, strokes, boxes) or [(label, strokes)]:
            yield LabelledInk(digits, source, ink)


def _of_hand(samples: Iterable[HandSample]) -> Iterator[LabelledInk]:
    for sample in samples:
        strokes = as_arrays(sample.strokes)
        source = ink_file.APPEAL if sample.source == APPEAL else ink_file.CALIBRATION
        yield LabelledInk(sample.label, source, strokes)


def _collect(folder: Path) -> tuple[list[LabelledInk], list[str]]:
    """The labelled ink of a data folder, and sentences about what cannot be read in it."""
    answers: list[Answer] = []
    samples: Sequence[HandSample] = ()
    notices: list[str] = []
    if (folder / DATABASE_FILE).exists():  # else opening it would make an empty one
        storage = Storage(folder)
        answers = storage.answers()
        storage.close()
        notices += storage.notices
    if (folder / MY_HAND_FILE).exists():
        hand = MyHand(folder / MY_HAND_FILE)
        samples = hand.samples
        notices += hand.notices
    return labelled_ink(answers, samples), notices


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _parser() -> Parser:
    parser = Parser(
        prog=f"digit-dash {NAME}",
        description="Write your labelled ink into one file: what you put right, what you wrote when"
        " asked to, and your right answers.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    parser.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
    parser.add_data_dir()
    return parser
