"""What kinds of errors are left in whole numbers: wrongly taken apart, or a digit misread.

A number of the wrong length was taken apart wrongly. One of the right length was, too, where two
neighbours are wrong at once: a place between them fell to the other. What remains are single digits
that were misread or refused.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from recognizer.reading import UNREADABLE
from train.measures.numbers import NumberOutcome, draw_ink

TOO_FEW = "too few digits"
TOO_MANY = "too many digits"
CUT_ELSEWHERE = "neighbours cut elsewhere"
REFUSED = "a digit refused"
MISREAD = "a digit misread"
APART = (TOO_FEW, TOO_MANY, CUT_ELSEWHERE)  # errors of taking apart

_CELL = (300, 96)  # px, width and height of a number on a sheet


@dataclass(frozen=True)
class NumberError:
    """One number read wrongly: what was asked and read, and what kind of error that is.

    `told` is how it is read when its length is told; `pairs` are the digits that were misread, as
    "7 > 1", none where the number was taken apart wrongly.
    """

    asked: str
    read: str
    told: str | None
    kind: str
    pairs: tuple[str, ...]
    hand: str
    writer: int

    @property
    def cured(self) -> bool:
        """Whether telling the length cures it."""
        return self.told == self.asked


def number_errors(outcome: NumberOutcome) -> dict[int, NumberError]:
    """The errors of one test set, by their places in it."""
    found = {}
    for place, (number, read) in enumerate(zip(outcome.numbers, outcome.read, strict=True)):
        if read != number.label:
            kind, pairs = _kind(number.label, read)
            told = outcome.told.get(place)
            found[place] = NumberError(
                number.label, read, told, kind, pairs, number.kind, number.writer
            )
    return found


def _kind(asked: str, read: str) -> tuple[str, tuple[str, ...]]:
    if len(read) != len(asked):
        return (TOO_FEW if len(read) < len(asked) else TOO_MANY), ()
    wrong = [place for place, (a, b) in enumerate(zip(asked, read, strict=True)) if a != b]
    if any(after == before + 1 for before, after in pairwise(wrong)):
        return CUT_ELSEWHERE, ()
    pairs = tuple(f"{asked[place]} > {read[place]}" for place in wrong)
    refused = all(read[place] == UNREADABLE for place in wrong)
    return (REFUSED if refused else MISREAD), pairs


def write_number_errors(outcomes: Mapping[str, NumberOutcome], folder: Path) -> str:
    """Write number-errors.md and .json: the errors of the models named on one test set.

    Returns a summary, the table of how many errors of each kind each model made.
    """
    errors = {title: list(number_errors(outcome).values()) for title, outcome in outcomes.items()}
    document = {title: [asdict(error) for error in of] for title, of in errors.items()}
    (folder / "number-errors.json").write_text(json.dumps(document, indent=2) + "\n")
    test_set = next((outcome.test_set for outcome in outcomes.values()), "numbers")
    summary = _summary(test_set, errors)
    lists = [f"## {title}\n\n{_listed(of)}" for title, of in errors.items() if of]
    text = "\n\n".join([f"# Errors left: {test_set}", summary, *lists]) + "\n"
    (folder / "number-errors.md").write_text(text, encoding="utf-8")
    return summary


def _summary(test_set: str, errors: Mapping[str, Sequence[NumberError]]) -> str:
    kinds = (TOO_FEW, TOO_MANY, CUT_ELSEWHERE, REFUSED, MISREAD)
    lines = [
        f"| Errors, {test_set} | {' | '.join(kinds)} | all | cured by telling the length "
        "| digits misread |",
        f"|---|{'---:|' * (len(kinds) + 2)}---|",
    ]
    for title, of in errors.items():
        count = Counter(error.kind for error in of)
        pairs = Counter(pair for error in of for pair in error.pairs)
        named = ", ".join(f"{pair} ({times})" for pair, times in pairs.most_common())
        cells = [title, *(str(count[kind]) for kind in kinds), str(len(of))]
        cells += [str(sum(error.cured for error in of)), named or "–"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _listed(errors: Sequence[NumberError]) -> str:
    lines = [
        "| asked | read | its length told | error | digits | hand | writer |",
        "|---|---|---|---|---|---|---:|",
    ]
    for error in sorted(errors, key=lambda error: (error.kind, error.asked)):
        cells = [error.asked, error.read, error.told or "", error.kind, ", ".join(error.pairs)]
        lines.append(f"| {' | '.join(cells)} | {error.hand} | {error.writer} |")
    return "\n".join(lines)


def draw_number_errors(outcome: NumberOutcome, path: Path, columns: int = 4) -> None:
    """Draw every misread number as "truth > read" in a sheet, each stroke in a colour."""
    errors = number_errors(outcome)
    width, height = _CELL
    rows = max(1, -(-len(errors) // columns))
    sheet = np.full((rows * height, columns * width, 3), 255, np.uint8)
    for place, (index, error) in enumerate(errors.items()):
        row, column = divmod(place, columns)
        cell = sheet[row * height : (row + 1) * height, column * width : (column + 1) * width]
        draw_ink(cell, outcome.numbers[index].strokes)
        text = f"{error.asked} > {error.read}  {error.kind}"
        where = (4, height - 6)
        cv2.putText(cell, text, where, cv2.FONT_HERSHEY_SIMPLEX, 0.45, (0, 0, 0), 1, cv2.LINE_AA)
        cell[-1], cell[:, -1] = 200, 200
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), sheet)
