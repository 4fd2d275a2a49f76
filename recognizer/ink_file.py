"""The file of labelled ink: what a player wrote, and what it says. The game writes it, training
reads it.

Text in UTF-8, one JSON object a line. The first line is
`{"format": "digit-dash-ink", "version": 1}`; every further one is one piece of writing:

    {"label": "7", "source": "appeal", "strokes": [[[x, y, t], ...], ...]}

`label` is the digits that were written, `source` one of `SOURCES`. A point is x to the right and y
down, in any unit, and seconds where times are known. Other fields are for later versions and are
passed over.
"""

import json
import reprlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recognizer.files import open_regular, parse_json
from recognizer.strokes import clean_strokes
from recognizer.types import Stroke

FORMAT = "digit-dash-ink"
VERSION = 1
APPEAL = "appeal"  # the player said what it was
CALIBRATION = "calibration"  # the player was asked to write it
ANSWER = "answer"  # what was asked, and read as that
SOURCES = (APPEAL, CALIBRATION, ANSWER)
MOST_LINE_BYTES = 32_000_000  # of the most points that ink may have, written out at length
MOST_DIGITS = 32  # of a label: more than anyone writes in a line


class InkFileError(ValueError):
    """The file is no file of labelled ink; the message is a sentence that names file and line."""


@dataclass(frozen=True, eq=False)
class LabelledInk:
    """One piece of writing: the digits that it shows, where that is known from, its strokes."""

    label: str
    source: str
    strokes: Sequence[Stroke]  # each (N, 2) or (N, 3): x, y down, and seconds


def ink_lines(entries: Iterable[LabelledInk]) -> Iterator[str]:
    """The lines of a file with these entries, each with its newline."""
    yield json.dumps({"format": FORMAT, "version": VERSION}) + "\n"
    for entry in entries:
        strokes = [stroke.tolist() for stroke in entry.strokes]
        yield json.dumps({"label": entry.label, "source": entry.source, "strokes": strokes}) + "\n"


def read_ink_file(path: Path) -> list[LabelledInk]:
    """Read and check every entry; strokes are as `recognizer.strokes.clean_strokes` returns them.

    Raises InkFileError where the file cannot be read or holds anything else.
    """
    entries: list[LabelledInk] = []
    number = 0
    try:
        with open_regular(path) as file:
            while line := file.readline(MOST_LINE_BYTES + 1):
                number += 1
                if len(line) > MOST_LINE_BYTES:
                    raise ValueError("the line is absurdly long.")
                line.decode("utf-8")
                if number == 1:
                    _check_head(line)
                elif line.strip():
                    entries.append(_entry(line))
    except OSError as error:
        raise InkFileError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        raise InkFileError(f"{path}, line {number}: it is no text in UTF-8.") from None
    except ValueError as error:
        raise InkFileError(f"{path}, line {number}: {error}") from None
    if number == 0:
        raise InkFileError(f"{path} is empty; {_REMEDY}.")
    return entries


_REMEDY = "write such a file with: python -m game export-ink FILE"


def _check_head(line: bytes) -> None:
    head = _object(line)
    if head.get("format") != FORMAT:
        raise ValueError(f"this is no file of labelled ink; {_REMEDY}.")
    version = head.get("version")
    if version != VERSION:
        raise ValueError(
            f"its version is {reprlib.repr(version)}, and this program knows version {VERSION}."
        )


def _entry(line: bytes) -> LabelledInk:
    fields = _object(line)
    label, source, strokes = (fields.get(name) for name in ("label", "source", "strokes"))
    if not isinstance(label, str) or not is_label(label):
        raise ValueError(f"the label {reprlib.repr(label)} is not a row of digits.")
    if source not in SOURCES:
        raise ValueError(f"the source {reprlib.repr(source)} is none of {', '.join(SOURCES)}.")
    if not isinstance(strokes, list):
        raise ValueError("there are no strokes.")
    cleaned = clean_strokes(strokes)
    if not cleaned:
        raise ValueError("there is no ink in the strokes.")
    return LabelledInk(label, source, cleaned)


def is_label(text: str) -> bool:
    """Whether a text can be a label: digits and nothing else, and not too many."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _object(line: bytes) -> dict[str, Any]:
    try:
        fields = parse_json(line)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise ValueError("this is no JSON object.")
    return fields
