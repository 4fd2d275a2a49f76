"""How whole numbers are read, their length not told: exactly, or wrong in which way.

A number of the wrong length was taken apart wrongly. One of the right length was, too, where two
neighbours are wrong at once: a place between them fell to the other. What remains are single digits
that were misread or refused.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer.reading import UNREADABLE
from train.forms.numbers import WrittenNumber
from train.measures.outcome import Outcome
from train.measures.readers import Question, Reader
from train.measures.shares import PeopleMean, people_mean
from train.measures.sheets import Cell, draw_sheet
from train.measures.tables import table
from train.measures.test_sets import UNIPEN_NUMBERS, NumberSet, TestSets

TOO_FEW = "too few digits"
TOO_MANY = "too many digits"
CUT_ELSEWHERE = "neighbours cut elsewhere"
REFUSED = "a digit refused"
MISREAD = "a digit misread"
KINDS = (TOO_FEW, TOO_MANY, CUT_ELSEWHERE, REFUSED, MISREAD)

_CELL = (300, 96)  # px, width and height of a number on a sheet
_COLUMNS = 4


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


@dataclass(frozen=True)
class NumberOutcome(Outcome):
    """What a recognizer made of one test set of whole numbers; `read` holds its texts.

    `told` holds, by their places, how the wrongly read ones are read when their length is told.
    """

    test_set: str
    numbers: tuple[WrittenNumber, ...]
    read: tuple[str, ...]
    told: Mapping[int, str] = field(default_factory=dict)

    @property
    def right(self) -> NDArray[np.bool_]:
        pairs = zip(self.numbers, self.read, strict=True)
        return np.array([number.label == read for number, read in pairs])

    @property
    def people(self) -> PeopleMean:
        return people_mean(self.right, np.array([number.writer for number in self.numbers]))

    @property
    def by_kind(self) -> dict[str, float]:
        """The share of each kind of hand."""
        kinds = np.array([number.kind for number in self.numbers])
        names = dict.fromkeys(kinds.tolist())
        return {name: float(self.right[kinds == name].mean()) for name in names}

    @property
    def errors(self) -> dict[int, NumberError]:
        """The errors by their places."""
        found = {}
        for place, (number, read) in enumerate(zip(self.numbers, self.read, strict=True)):
            if read != number.label:
                kind, pairs = _kind(number.label, read)
                told = self.told.get(place)
                found[place] = NumberError(
                    number.label, read, told, kind, pairs, number.kind, number.writer
                )
        return found

    def cells(self) -> list[Cell]:
        """Every misread number as "asked > read" and the kind of error."""
        return [
            Cell(f"{error.asked} > {error.read}  {error.kind}", self.numbers[place].strokes)
            for place, error in self.errors.items()
        ]


def _kind(asked: str, read: str) -> tuple[str, tuple[str, ...]]:
    if len(read) != len(asked):
        return (TOO_FEW if len(read) < len(asked) else TOO_MANY), ()
    wrong = [place for place, (a, b) in enumerate(zip(asked, read, strict=True)) if a != b]
    if any(after == before + 1 for before, after in pairwise(wrong)):
        return CUT_ELSEWHERE, ()
    pairs = tuple(f"{asked[place]} > {read[place]}" for place in wrong)
    refused = all(read[place] == UNREADABLE for place in wrong)
    return (REFUSED if refused else MISREAD), pairs


def questions(sets: TestSets) -> Iterator[Question]:
    """What `read_all` will ask first of every number."""
    yield from ((number.strokes, None) for of in sets.numbers for number in of.numbers)


def read_set(reader: Reader, of: NumberSet) -> NumberOutcome:
    """Read a set of numbers; those read wrongly once more, with their length told."""
    reader.ahead((number.strokes, None) for number in of.numbers)
    read = tuple(reader.read(number.strokes).text for number in of.numbers)
    wrong = {
        place: number
        for place, (number, text) in enumerate(zip(of.numbers, read, strict=True))
        if text != number.label
    }
    reader.ahead((number.strokes, len(number.label)) for number in wrong.values())
    told = {
        place: reader.read(number.strokes, len(number.label)).text
        for place, number in wrong.items()
    }
    return NumberOutcome(of.name, of.numbers, read, told)


def read_all(reader: Reader, sets: TestSets) -> tuple[NumberOutcome, ...]:
    """Every set of whole numbers."""
    return tuple(read_set(reader, of) for of in sets.numbers)


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Read every set with every model; writes numbers.json, number-errors.md, .json and sheets."""
    all_read = {reader.name: read_all(reader, sets) for reader in readers}
    by_title = {reader.title: all_read[reader.name] for reader in readers}
    for name, outcomes in all_read.items():
        for outcome in outcomes:
            sheet = folder / f"mistakes-{outcome.test_set.replace(' ', '-')}-{name}.png"
            draw_sheet(outcome.cells(), sheet, _CELL, _COLUMNS)
    document = {
        name: {outcome.test_set: _as_json(outcome) for outcome in outcomes}
        for name, outcomes in all_read.items()
    }
    (folder / "numbers.json").write_text(json.dumps(document, indent=2) + "\n")
    text = f"## Whole numbers\n\n{_tables(by_title)}\n"
    unipen = {
        title: outcome
        for title, outcomes in by_title.items()
        for outcome in outcomes
        if outcome.test_set == UNIPEN_NUMBERS
    }
    if unipen:
        text += f"\n{write_errors(unipen, folder)}\n"
    (folder / "numbers.md").write_text(text, encoding="utf-8")
    return text


def _as_json(outcome: NumberOutcome) -> dict[str, Any]:
    return {
        **outcome.share.as_dict(),
        "mean over people": outcome.people.as_dict(),
        "by kind": outcome.by_kind,
        "errors": dict(Counter(error.kind for error in outcome.errors.values())),
    }


def _tables(by_title: Mapping[str, Sequence[NumberOutcome]]) -> str:
    first = next(iter(by_title.values()))
    exact = table(
        ["Read exactly (95 % interval)", *(f"{o.test_set} ({len(o.numbers):,})" for o in first)],
        ([title, *(str(o.share) for o in of)] for title, of in by_title.items()),
    )
    people = table(
        ["Mean over people", *(f"{o.test_set} ({o.people.people} people)" for o in first)],
        ([title, *(str(o.people) for o in of)] for title, of in by_title.items()),
    )
    return f"{exact}\n\n{people}"


def write_errors(outcomes: Mapping[str, NumberOutcome], folder: Path) -> str:
    """Write number-errors.md and .json: the errors of the models named on one test set.

    Returns a summary, the table of how many errors of each kind each model made.
    """
    errors = {title: list(outcome.errors.values()) for title, outcome in outcomes.items()}
    document = {title: [asdict(error) for error in of] for title, of in errors.items()}
    (folder / "number-errors.json").write_text(json.dumps(document, indent=2) + "\n")
    test_set = next(outcome.test_set for outcome in outcomes.values())
    summary = _summary(test_set, errors)
    lists = [f"## {title}\n\n{_listed(of)}" for title, of in errors.items() if of]
    text = "\n\n".join([f"# Errors left: {test_set}", summary, *lists]) + "\n"
    (folder / "number-errors.md").write_text(text, encoding="utf-8")
    return summary


def _summary(test_set: str, errors: Mapping[str, Sequence[NumberError]]) -> str:
    head = [
        f"Errors, {test_set}", *KINDS, "all", "cured by telling the length", "digits misread",
    ]  # fmt: skip
    rows = []
    for title, of in errors.items():
        count = Counter(error.kind for error in of)
        pairs = Counter(pair for error in of for pair in error.pairs)
        named = ", ".join(f"{pair} ({times})" for pair, times in pairs.most_common())
        cells = [title, *(str(count[kind]) for kind in KINDS), str(len(of))]
        rows.append([*cells, str(sum(error.cured for error in of)), named or "–"])
    return table(head, rows, left=(0, len(head) - 1))


def _listed(errors: Sequence[NumberError]) -> str:
    return table(
        ["asked", "read", "its length told", "error", "digits", "hand", "writer"],
        (
            [
                error.asked, error.read, error.told or "", error.kind, ", ".join(error.pairs),
                error.hand, str(error.writer),
            ]
            for error in sorted(errors, key=lambda error: (error.kind, error.asked))
        ),
        left=range(6),
    )  # fmt: skip
