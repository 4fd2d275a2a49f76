"""Test labels that look wrong: listed as pictures, and the figures with and without them.

A label looks wrong where all models but at most one read one and the same other digit, and all
together give the label little. Models of different kinds (neighbours, machines, networks) err on
different ink; where they agree against the label, it is the label or ink that nobody can tell.
Ranked is by the mean probability of the label, the least first: the self-confidence of confident
learning (Northcutt, Jiang & Chuang, 2021) with the models for its cross-validation, as none of them
learned from the test sets. No model of its own is fitted to find them, so no library is needed.

The figures without them are not the truth: what the models agree on was left out, and right it may
be all the same. They say how much of what is left of errors may not be the models' own.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from train.measures import digits
from train.measures.digits import DigitOutcome
from train.measures.figures import WRONG, draw_glyph, grid
from train.measures.readers import Reader
from train.measures.shares import Share, share
from train.measures.tables import table
from train.measures.test_sets import TestSets

FEWEST_MODELS = 3
LITTLE = 0.3  # the most that the label may have of the models' mean probability
_SHOWN = 40  # on a picture
_TITLE = "## Labels that look wrong"


@dataclass(frozen=True)
class Suspect:
    """A digit whose label looks wrong: its place in the set (from 0), its label, what models read.

    `models` of all read `read`; `probability` is the mean of what they give the label.
    """

    place: int
    label: int
    read: int
    models: int
    probability: float


def suspects(outcomes: Sequence[DigitOutcome]) -> list[Suspect]:
    """The labels of one set that look wrong to the models that read it, the worst first.

    Raises ValueError where fewer than `FEWEST_MODELS` did.
    """
    if len(outcomes) < FEWEST_MODELS:
        raise ValueError(f"{len(outcomes)} models are too few to doubt a label.")
    truth = outcomes[0].truth
    votes = np.zeros((len(truth), 10), np.int64)
    for outcome in outcomes:
        votes += outcome.read[:, None] == np.arange(10)
    rows = np.arange(len(truth))
    votes[rows, truth] = 0
    agreed = votes.argmax(axis=1)
    most = votes[rows, agreed]
    given = np.mean([outcome.probabilities[rows, truth] for outcome in outcomes], axis=0)
    doubted = (most >= max(FEWEST_MODELS - 1, len(outcomes) - 1)) & (given <= LITTLE)
    found = np.flatnonzero(doubted)
    return [
        Suspect(place, int(truth[place]), int(agreed[place]), int(most[place]), float(given[place]))
        for place in found[np.argsort(given[found], kind="stable")].tolist()
    ]


def without(outcome: DigitOutcome, left_out: Sequence[Suspect]) -> Share:
    """The share that is read right of the other digits."""
    kept = np.ones(len(outcome.truth), bool)
    kept[[suspect.place for suspect in left_out]] = False
    return share(outcome.right[kept])


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """List what looks wrong; writes labels.md, .json, .csv and a picture of each such set."""
    if len(readers) < FEWEST_MODELS:
        return f"{_TITLE}\n\n{FEWEST_MODELS} models or more must agree on that.\n"
    read = {reader.title: digits.read_all(reader, sets) for reader in readers}
    by_set = {of_set[0].test_set: of_set for of_set in zip(*read.values(), strict=True)}
    found = {name: suspects(of_set) for name, of_set in by_set.items()}
    for name, of_set in by_set.items():
        if found[name]:
            path = folder / f"labels-{name.replace(' ', '-')}.png"
            draw_suspects(name, of_set[0], found[name], path)
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["test set", "place", "label", "read", "models", "label's probability"])
        for name, doubted in found.items():
            for of in doubted:
                writer.writerow(
                    [name, of.place, of.label, of.read, of.models, round(of.probability, 5)]
                )
    document = {
        name: {
            "suspects": [asdict(of) for of in doubted],
            "with and without": {
                reader.name: _both(outcome, doubted)
                for reader, outcome in zip(readers, by_set[name], strict=True)
            },
        }
        for name, doubted in found.items()
    }
    (folder / "labels.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown(list(read), by_set, found)
    (folder / "labels.md").write_text(text, encoding="utf-8")
    return text


def _both(outcome: DigitOutcome, doubted: Sequence[Suspect]) -> dict[str, Any]:
    return {
        "as labelled": outcome.share.as_dict(),
        "without": without(outcome, doubted).as_dict(),
    }


def _markdown(
    titles: Sequence[str],
    by_set: dict[str, tuple[DigitOutcome, ...]],
    found: dict[str, list[Suspect]],
) -> str:
    head, columns = ["Read right (95 % interval)"], []
    for name, of_set in by_set.items():
        head.append(name)
        columns.append([str(outcome.share) for outcome in of_set])
        if found[name]:
            head.append(f"without {len(found[name])}")
            columns.append([str(without(outcome, found[name])) for outcome in of_set])
    rows = [
        [title, *cells] for title, cells in zip(titles, zip(*columns, strict=True), strict=True)
    ]
    note = (
        "- Left out are digits that all models but at most one read as one and the same other "
        f"digit while their label has at most {LITTLE:.0%} of the models' mean probability; they "
        "are in the pictures labels-*.png. A person must judge them: some are wrongly labelled, "
        "some cannot be told, some are read wrongly by all."
    )
    return "\n\n".join([_TITLE, table(head, rows), note]) + "\n"


def draw_suspects(name: str, outcome: DigitOutcome, doubted: Sequence[Suspect], path: Path) -> None:
    """Draw the digits with their places, their labels and what was read, the worst first."""
    shown = doubted[:_SHOWN]
    said = f"{name}: {len(shown)} of {len(doubted)} labels that look wrong, place: label → read"
    with grid(path, max(1, -(-len(shown) // 10)), said) as panels:
        for panel, of in zip(panels, shown, strict=False):
            caption = f"{of.place}: {of.label} → {of.read}"
            draw_glyph(panel, outcome.glyphs[of.place], caption, WRONG)
