"""The player's labelled ink: all that is known to be a digit or a number, from scores and hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from game.ink.strokes import as_arrays, ink_by_digit
from game.language import _
from game.persistence.files import reason
from game.persistence.hand_samples import APPEAL, HandSample, MyHand
from game.persistence.paths import DATABASE_FILE, MY_HAND_FILE
from game.persistence.storage import Answer, Storage
from recognizer import ink_file
from recognizer.ink_file import LabelledInk, is_label


@dataclass(frozen=True)
class FoundInk:
    """The labelled ink of a data folder, and sentences about what cannot be read in it."""

    samples: list[LabelledInk]
    notices: list[str]


def find_ink(folder: Path) -> FoundInk:
    """The labelled ink in a data folder; nothing is made there where nothing is."""
    answers: list[Answer] = []
    samples: Sequence[HandSample] = ()
    notices: list[str] = []
    try:
        there = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        there = set()
    except OSError as error:
        told = _("The folder {folder} cannot be read ({reason}).")
        return FoundInk([], [told.format(folder=folder, reason=reason(error))])
    if any(name.startswith(DATABASE_FILE) for name in there):  # opening would make an empty one
        storage = Storage(folder)
        answers = storage.answers()
        storage.close()
        notices += storage.notices
    if MY_HAND_FILE in there:
        hand = MyHand(folder / MY_HAND_FILE)
        samples = hand.samples
        notices += hand.notices
    return FoundInk(labelled_ink(answers, samples), notices)


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
