"""Is ink that is no digit refused, and how many real digits does that cost?

All ink of `train.measures.outliers` is read as play reads it, told that there is one digit.
Measured are the shares refused at play's own threshold, and at the threshold that leaves 99 % of
the digits of each set; the whole trade is drawn as ROC curves.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognizer import Digit
from recognizer.reading import NO_DIGIT_THRESHOLD
from train.data.not_digits import (
    SHAPES_SHARED_WITH_DIGITS,
    SIGNS_SHARED_WITH_DIGITS,
    TWINS_OF_DIGITS,
)
from train.measures import roc
from train.measures.outliers import ALL_LETTERS, LETTERS, SIGNS, Collection, Ink, Strokes
from train.measures.readers import Question, Reader, Reads
from train.measures.roc import area
from train.measures.shares import Share, share
from train.measures.sheets import Cell, draw_sheet
from train.measures.tables import table
from train.measures.test_sets import DIGILETS, PENDIGITS, UNIPEN, TestSets

ACCEPTED = 0.99  # of the real digits, at the threshold that is compared
CURVES_OF = (PENDIGITS, UNIPEN)  # the sets of digits that curves are drawn against, if there
DEV = (UNIPEN, DIGILETS)  # the sets whose losses are counted together
_MOST_DRAWN = 400


@dataclass(frozen=True)
class Scored:
    """One set and what a recognizer made of it.

    `scores` float64 (N,) are outlier scores: the higher, the less the ink is a digit to it, and
    infinite where it is refused whatever the threshold. `refused` bool (N,) is what play does;
    `read` int64 (N,) is the likeliest digit.
    """

    ink: Ink
    scores: NDArray[np.float64]
    refused: NDArray[np.bool_]
    read: NDArray[np.int64]

    def share(self, threshold: float | None = None) -> Share:
        """The share that is refused above a threshold of scores; by play's own without one."""
        return share(self.refused if threshold is None else self.scores > threshold)

    def refused_share(self, threshold: float | None = None) -> float:
        """The same as a bare figure."""
        return self.share(threshold).value

    def by_kind(self, threshold: float | None = None) -> dict[str, float]:
        """The refused share of each kind."""
        refused = self.refused if threshold is None else self.scores > threshold
        kinds = np.array(self.ink.kinds)
        return {kind: float(refused[kinds == kind].mean()) for kind in sorted(set(self.ink.kinds))}


@dataclass(frozen=True)
class Rejection:
    """What a model made of a collection; `bare` letters were left out of it as pieces.

    `by_confidence`: it knows no "not a digit", so its scores are its lack of confidence.
    """

    name: str
    title: str
    digits: tuple[Scored, ...]
    outliers: tuple[Scored, ...]
    by_confidence: bool
    bare: int = 0

    @property
    def threshold(self) -> float:
        """The least score beyond which ink may be refused so that `ACCEPTED` of each set stays."""
        return max(threshold_for(scored.scores) for scored in self.digits)

    @property
    def pooled_threshold(self) -> float:
        """The same for the digits of all sets taken together."""
        return threshold_for(np.concatenate([scored.scores for scored in self.digits]))


def questions(sets: TestSets) -> Iterator[Question]:
    """All that `judge` will ask of the test sets."""
    for ink in (*sets.outliers.digits, *sets.outliers.outliers):
        yield from ((strokes, 1) for strokes in ink.samples)


def judge(reader: Reads, collection: Collection, name: str, title: str) -> Rejection:
    """Read all ink of a collection, each sample as one digit, by the model of that name."""
    read = {
        ink.name: [_read(reader, strokes) for strokes in ink.samples]
        for ink in (*collection.digits, *collection.outliers)
    }
    # A backend that cannot tell says 0 of everything that it reads.
    by_confidence = not any(
        digit.no_digit > 0 and digit.value is not None for of in read.values() for digit in of
    )
    score_of = _lack_of_confidence if by_confidence else _no_digit

    def scored(ink: Ink) -> Scored:
        digits = read[ink.name]
        return Scored(
            ink,
            np.array([score_of(digit) for digit in digits]),
            np.array([digit.value is None for digit in digits]),
            np.array([int(digit.probabilities.argmax()) for digit in digits]),
        )

    return Rejection(
        name,
        title,
        tuple(scored(ink) for ink in collection.digits),
        tuple(scored(ink) for ink in collection.outliers),
        by_confidence,
        collection.bare,
    )


_NOTHING = Digit(None, np.full(10, 0.1, np.float32), (0.0, 0.0, 0.0, 0.0), 1.0)


def _read(reader: Reads, strokes: Strokes) -> Digit:
    digits = reader.read(strokes, length=1).digits
    return digits[0] if len(digits) == 1 else _NOTHING


def _no_digit(digit: Digit) -> float:
    # What is refused below the threshold is refused for its form, as a dot is: at any threshold.
    always = digit.value is None and digit.no_digit <= NO_DIGIT_THRESHOLD
    return math.inf if always else digit.no_digit


def _lack_of_confidence(digit: Digit) -> float:
    return math.inf if digit.value is None else 1 - digit.confidence


def threshold_for(scores: NDArray[np.float64], accepted: float = ACCEPTED) -> float:
    """The least of the outlier scores that, as a threshold, leaves so large a share accepted."""
    order = np.sort(scores)
    return float(order[max(0, math.ceil(accepted * len(order)) - 1)])


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Read everything with every model; writes rejection.md, .json, curves and sheets."""
    collection = sets.outliers
    rejections = []
    for reader in readers:
        reader.ahead(questions(sets))
        rejections.append(judge(reader, collection, reader.name, reader.title))
    readers[0].later(draw_curves, rejections, folder / "rejection-roc.png")
    return write(rejections, folder)


def write(rejections: Sequence[Rejection], folder: Path) -> str:
    """Write rejection.md, .json and the sheets of mistakes; returns the summary."""
    text = f"## What is no digit\n\n{summary(rejections)}"
    (folder / "rejection.md").write_text(f"{text}\n{details(rejections)}", encoding="utf-8")
    document = [as_json(rejection) for rejection in rejections]
    (folder / "rejection.json").write_text(json.dumps(document, indent=2) + "\n")
    for rejection in rejections:
        sheet = folder / f"accepted-outliers-{rejection.name}.png"
        draw_sheet(list(accepted(rejection)), sheet)
    return text


def draw_curves(rejections: Sequence[Rejection], path: Path) -> None:
    """Draw ROC curves, a row for each of `CURVES_OF`, a column for each set of outliers."""
    names = [scored.ink.name for scored in rejections[0].outliers]
    rows = [
        [_panel(rejections, digits.ink.name, name) for name in names if name != ALL_LETTERS]
        for digits in rejections[0].digits
        if digits.ink.name in CURVES_OF
    ]
    roc.draw(rows, path, ACCEPTED)


def _panel(rejections: Sequence[Rejection], digit_set: str, outlier_set: str) -> roc.Panel:
    curves = []
    for rejection in rejections:
        (digits,) = (s for s in rejection.digits if s.ink.name == digit_set)
        (outliers,) = (s for s in rejection.outliers if s.ink.name == outlier_set)
        in_play = (digits.refused_share(), outliers.refused_share())
        curves.append(
            roc.Curve(
                rejection.title, digits.scores, outliers.scores,
                None if rejection.by_confidence else in_play,
            )
        )  # fmt: skip
    return roc.Panel(digit_set, outlier_set, curves)


def accepted(rejection: Rejection, most: int = _MOST_DRAWN) -> Iterator[Cell]:
    """The outliers that are taken for digits at the threshold, the surest mistakes of each first.

    Each says what it is, what it was read as, and its outlier score; sorted by the digit read.
    """
    threshold = rejection.threshold
    wrong = [
        (int(scored.read[row]), scored.ink.kinds[row], float(scored.scores[row]), scored, row)
        for scored in rejection.outliers
        if scored.ink.name != ALL_LETTERS
        for row in np.flatnonzero(scored.scores <= threshold).tolist()
    ]
    wrong.sort(key=lambda entry: entry[2])
    for read, kind, score, scored, row in sorted(wrong[:most], key=lambda entry: entry[:3]):
        yield Cell(f"{kind} > {read} {score:.2f}", scored.ink.samples[row])


# --- Tables ---


def as_json(rejection: Rejection) -> dict[str, Any]:
    """All figures of a recognizer in plain types."""
    threshold = rejection.threshold
    return {
        "title": rejection.title,
        "outlier score": "lack of confidence" if rejection.by_confidence else "no_digit",
        "play's threshold of no_digit": NO_DIGIT_THRESHOLD,
        "threshold at 99 % of all digits": round(rejection.pooled_threshold, 5),
        "threshold at 99 % of the digits of each set": round(threshold, 5),
        "bare lines left out of the letters": rejection.bare,
        "digits": {
            scored.ink.name: {
                "samples": len(scored.ink),
                "accepted by play": round(1 - scored.refused_share(), 5),
                "accepted at the threshold": round(1 - scored.refused_share(threshold), 5),
                "its own threshold at 99 %": round(threshold_for(scored.scores), 5),
                "refused in play": scored.share().as_dict(),
            }
            for scored in rejection.digits
        },
        "outliers": {
            scored.ink.name: _outliers_as_json(rejection, scored) for scored in rejection.outliers
        },
    }


def _outliers_as_json(rejection: Rejection, scored: Scored) -> dict[str, Any]:
    threshold = rejection.threshold
    at_each = {
        f"refused at 99 % of {digits.ink.name}": scored.refused_share(threshold_for(digits.scores))
        for digits in rejection.digits
    }
    areas = {
        f"area under the curve, {digits.ink.name}": area(digits.scores, scored.scores)
        for digits in rejection.digits
    }
    return {
        "samples": len(scored.ink),
        "refused by play": round(scored.refused_share(), 5),
        "refused at 99 % of all digits": round(scored.refused_share(rejection.pooled_threshold), 5),
        "refused at the threshold": round(scored.refused_share(threshold), 5),
        **{name: round(value, 5) for name, value in (at_each | areas).items()},
        "by kind, refused at the threshold": _rounded(scored.by_kind(threshold)),
        "by kind, refused by play": _rounded(scored.by_kind()),
        "refused in play": scored.share().as_dict(),
        "refused at the threshold, with its interval": scored.share(threshold).as_dict(),
    }


def _rounded(shares: dict[str, float]) -> dict[str, float]:
    return {kind: round(share, 4) for kind, share in shares.items()}


def summary(rejections: Sequence[Rejection]) -> str:
    """The figures of several recognizers as tables in Markdown, with the sets named."""
    first = rejections[0]
    outliers = [scored.ink.name for scored in first.outliers]
    digits = [scored.ink.name for scored in first.digits]
    head = ["Refused of", *outliers, *(f"digits lost, {name}" for name in digits)]
    places: dict[str, Callable[[Rejection], float | None]] = {
        f"At the threshold that leaves {ACCEPTED:.0%} of all digits": lambda r: r.pooled_threshold,
        f"At the threshold that leaves {ACCEPTED:.0%} of the digits of each set": (
            lambda r: r.threshold
        ),
        f"In play (no_digit above {NO_DIGIT_THRESHOLD:g})": lambda r: None,
    }
    parts = [
        f"**{caption}**\n\n{table(head, (_line(r, threshold_of(r)) for r in rejections))}"
        for caption, threshold_of in places.items()
    ]
    against = digits.index(UNIPEN) if UNIPEN in digits else -1
    areas = table(
        ["Model", *outliers],
        (
            [r.title, *(f"{area(r.digits[against].scores, of.scores):.4f}" for of in r.outliers)]
            for r in rejections
        ),
    )
    caption = f"Area under the ROC curve, the digits being those of {digits[against]}"
    parts.append(f"**{caption}**\n\n{areas}")
    if UNIPEN in digits and DIGILETS in digits:
        lost = (
            f"{r.title} {sum(int(of.refused.sum()) for of in r.digits if of.ink.name in DEV):,}"
            for r in rejections
        )
        of_all = sum(len(of.ink) for of in first.digits if of.ink.name in DEV)
        parts.append(f"Lost in play of {of_all:,} dev digits: {', '.join(lost)}.")
    parts.append("\n".join(f"- {note}" for note in _notes(rejections)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _line(rejection: Rejection, threshold: float | None) -> list[str]:
    return [
        rejection.title + ("*" if rejection.by_confidence else ""),
        *(str(scored.share(threshold)) for scored in (*rejection.outliers, *rejection.digits)),
    ]


def _notes(rejections: Sequence[Rejection]) -> Iterator[str]:
    first = rejections[0]
    samples = {scored.ink.name: len(scored.ink) for scored in first.outliers}
    if any(rejection.by_confidence for rejection in rejections):
        yield (
            '\\* knows no "not a digit": refused is what it has the least confidence in; in play '
            "it refuses dots only."
        )
    if LETTERS in samples:
        yield (
            f"{LETTERS}: {samples[LETTERS]:,} letters. Left out are those that share a shape with "
            f"a digit ({_named(SHAPES_SHARED_WITH_DIGITS)}) and {first.bare} samples that are "
            "nothing but one straight line, pieces of other letters. With only the twins "
            f"{''.join(sorted(TWINS_OF_DIGITS))} left out and such pieces counted there are "
            f"{samples[ALL_LETTERS]:,}."
        )
    if SIGNS in samples:
        yield (
            f"{SIGNS}: {samples[SIGNS]:,} signs. Left out are those that share a shape with a "
            f"digit ({_named(SIGNS_SHARED_WITH_DIGITS)}) and pieces that are one straight line."
        )


def _named(reasons: dict[str, str]) -> str:
    return "; ".join(f"`{key}`: {why}" for key, why in reasons.items())


def details(rejections: Sequence[Rejection]) -> str:
    """What is accepted of every letter and of every kind of scribble, as tables in Markdown."""
    names = [s.ink.name for s in rejections[0].outliers if s.ink.name != ALL_LETTERS]
    return "\n\n".join(_kinds_table(rejections, name) for name in names) + "\n"


def _kinds_table(rejections: Sequence[Rejection], name: str) -> str:
    """The accepted share of each kind of one set's outliers, a column for each recognizer."""
    found = [(r, scored) for r in rejections for scored in r.outliers if scored.ink.name == name]
    at = [scored.by_kind(rejection.threshold) for rejection, scored in found]
    play = [scored.by_kind() for _, scored in found]
    kinds = found[0][1].ink.kinds
    rows = (
        [
            kind,
            str(kinds.count(kind)),
            *(
                f"{1 - threshold[kind]:.0%} / {1 - own[kind]:.0%}"
                for threshold, own in zip(at, play, strict=True)
            ),
        ]
        for kind in at[0]
    )
    shown = table(["Kind", "samples", *(rejection.title for rejection, _ in found)], rows)
    return f"**Accepted as a digit, {name}: at the threshold / in play**\n\n{shown}"
