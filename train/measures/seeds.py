"""What the seed alone does to a figure: the same recipe trained several times, on the same sets.

A seed decides the first weights, the order of the pictures and who is held out. Two models whose
means lie no further apart than one of them strays by its seeds do not differ, whatever the figures
of a single training say. `train.all --seeds` trains them; measured of the further seeds is what
they read (digits, numbers) and what they refuse, all else of the report is the first seed's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from train.measures import digits, numbers, rejection
from train.measures.readers import Reader
from train.measures.tables import table
from train.measures.test_sets import TestSets


@dataclass(frozen=True)
class Spread:
    """One figure as each seed gave it, shares from 0 to 1, the first seed's first."""

    shares: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return sum(self.shares) / len(self.shares)

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return max(self.shares) - min(self.shares)

    def __str__(self) -> str:
        return f"{len(self.shares)} seeds {self.mean:.2%}, spread {100 * self.width:.2f}"

    def as_dict(self) -> dict[str, Any]:
        """The figures in plain types, ready for JSON."""
        return {
            "shares": list(self.shares),
            "mean": round(self.mean, 6),
            "spread": round(self.width, 6),
        }


Spreads = Mapping[str, Spread]  # by the test set, or by what should be refused: `REFUSED`
REFUSED = "refused: "  # before the name of a set of ink that is no digit
LOST = f"{REFUSED}all digits"  # what refusing costs


def spreads(reader: Reader, sets: TestSets) -> dict[str, Spread]:
    """Each set as the model's seeds read it; none where it was trained with one alone."""
    if not reader.others:
        return {}
    found = [_shares(of, sets) for of in (reader, *reader.others)]
    return {name: Spread(tuple(of[name] for of in found)) for name in found[0]}


def _shares(reader: Reader, sets: TestSets) -> dict[str, float]:
    """What is read right of every set of digits and of numbers, and what is refused in play."""
    read = (*digits.read_all(reader, sets), *numbers.read_all(reader, sets))
    shares = {outcome.test_set: outcome.accuracy for outcome in read}
    reader.ahead(rejection.questions(sets))
    judged = rejection.judge(reader, sets.outliers, reader.name, reader.title)
    for scored in judged.outliers:
        shares[REFUSED + scored.ink.name] = scored.refused_share()
    lost = sum(int(scored.refused.sum()) for scored in judged.digits)
    return shares | {LOST: lost / max(1, sum(len(scored.ink) for scored in judged.digits))}


@dataclass(frozen=True)
class Difference:
    """How far the means of two models lie apart on one set, and whether that is anything."""

    first: str
    second: str
    points: float  # of a share, above 0 where the first is better
    none: bool

    def __str__(self) -> str:
        return f"{100 * self.points:+.2f}{' ≈' if self.none else ''}"

    def as_dict(self) -> dict[str, Any]:
        """The figures in plain types, ready for JSON."""
        return {
            "first": self.first,
            "second": self.second,
            "difference": round(self.points, 6),
            "none": self.none,
        }


def differences(of: Mapping[str, Spread]) -> list[Difference]:
    """All pairs of models, by title, on one set: none is what is no wider than a spread of both."""
    found = []
    for (first, ours), (second, theirs) in combinations(of.items(), 2):
        points = ours.mean - theirs.mean
        none = abs(points) <= max(ours.width, theirs.width)
        found.append(Difference(first, second, points, none))
    return found


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Write seeds.json and seeds.md where models were trained with several seeds; else nothing."""
    found = {of.title: each for of in readers if (each := spreads(of, sets))}
    if not found:
        return ""
    names = list(next(iter(found.values())))
    compared = {
        name: differences({title: of[name] for title, of in found.items()}) for name in names
    }
    document = {
        "models": {t: {n: s.as_dict() for n, s in of.items()} for t, of in found.items()},
        "differences": {name: [pair.as_dict() for pair in of] for name, of in compared.items()},
    }
    (folder / "seeds.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown(found, compared)
    (folder / "seeds.md").write_text(text, encoding="utf-8")
    return text


def _markdown(found: Mapping[str, Spreads], compared: Mapping[str, Sequence[Difference]]) -> str:
    kinds = {
        "Mean over seeds, spread": [name for name in compared if not name.startswith(REFUSED)],
        "Refused in play": [name for name in compared if name.startswith(REFUSED)],
    }
    tables = [
        part
        for head, names in kinds.items()
        for part in (_means(head, names, found), _apart(names, compared))
        if names and part
    ]
    counts = ", ".join(f"{t} {len(next(iter(of.values())).shares)}" for t, of in found.items())
    note = (
        f"- Seeds: {counts}. The spread goes from the lowest seed to the highest, in points. ≈: "
        "the difference is no larger than the wider spread of the two, so it is none."
    )
    return "\n\n".join(["## Seeds", *tables, note]) + "\n"


def _means(head: str, names: Sequence[str], found: Mapping[str, Spreads]) -> str:
    return table(
        [head, *(name.removeprefix(REFUSED) for name in names)],
        (
            [title, *(f"{of[n].mean:.2%}, {100 * of[n].width:.2f}" for n in names)]
            for title, of in found.items()
        ),
    )


def _apart(names: Sequence[str], compared: Mapping[str, Sequence[Difference]]) -> str:
    """The differences of all pairs of models; nothing where there is but one model."""
    pairs = [(pair.first, pair.second) for pair in compared[names[0]]] if names else []
    if not pairs:
        return ""
    return table(
        ["Difference of the means", *(name.removeprefix(REFUSED) for name in names)],
        (
            [f"{first} − {second}", *(str(compared[name][place]) for name in names)]
            for place, (first, second) in enumerate(pairs)
        ),
    )
