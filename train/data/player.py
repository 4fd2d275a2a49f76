"""Labelled ink of a player as pen digits to train on: `--extra FILE` (see `recognizer.ink_file`).

It joins the training's pen strokes only: what is measured stays what it was.
"""

from collections.abc import Sequence
from pathlib import Path

from recognizer.ink_file import InkFileError, read_ink_file
from train.data.folder import DataError
from train.data.unipen import PenDigit

PLAYER = -1  # the writer's number; those of pendigits are counted from 0


def load_extra(path: Path) -> list[PenDigit]:
    """The single digits of a file of labelled ink; ink of longer numbers is passed over.

    Raises DataError, with a sentence that names the file and the line, for anything else than such
    a file, and where there is no single digit in it.
    """
    try:
        entries = read_ink_file(path)
    except InkFileError as error:
        raise DataError(f"The extra ink cannot be used: {error}") from error
    digits = [
        PenDigit(int(entry.label), PLAYER, list(entry.strokes))
        for entry in entries
        if len(entry.label) == 1
    ]
    if not digits:
        raise DataError(f"The extra ink cannot be used: {path} holds no single digit.")
    return digits


def as_one_writer(extra: Sequence[PenDigit], writers: Sequence[PenDigit]) -> list[PenDigit]:
    """The extra digits, repeated until they weigh about as much as one writer of the others.

    A player who put a dozen digits right would not be heard among thousands.
    """
    number = len({digit.writer for digit in writers})
    usual = len(writers) // max(1, number)
    return [*extra] * max(1, round(usual / len(extra)))
