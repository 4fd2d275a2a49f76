"""`python -m train.measures.rejection_scores`: is ink that is no digit refused?

All ink of `train.measures.outliers` is read as play reads it, by `Recognizer.read` told that there
is one digit. Measured are the shares refused at play's own threshold, and at the threshold that
leaves 99 % of the digits of each set; the whole trade is drawn as ROC curves.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from recognizer import Recognizer, available_backends
from recognizer.reading import NO_DIGIT_THRESHOLD
from train.data import sets
from train.measures.numbers import draw_ink
from train.measures.outliers import (
    ALL_LETTERS,
    LETTERS,
    SHAPES_SHARED_WITH_DIGITS,
    TWINS_OF_DIGITS,
    collect,
)
from train.measures.rejection import ACCEPTED, Rejection, area, measure_rejection, threshold_for
from train.shipping.script import Progress, run_script

_CELL = (96, 84)  # px, width and height of a sample on a sheet
_COLUMNS = 20
_MOST_DRAWN = 400


def as_json(rejection: Rejection) -> dict[str, Any]:
    """All figures of a recognizer in plain types."""
    threshold = rejection.threshold
    return {
        "title": rejection.title,
        "doubt": "lack of confidence" if rejection.by_confidence else "no_digit",
        "play's threshold of no_digit": NO_DIGIT_THRESHOLD,
        "threshold at 99 % of all digits": round(rejection.pooled_threshold, 5),
        "threshold at 99 % of the digits of each set": round(threshold, 5),
        "bare lines left out of the letters": rejection.bare,
        "digits": {
            scored.ink.name: {
                "samples": len(scored.ink),
                "accepted by play": round(1 - scored.refused_share(), 5),
                "accepted at the threshold": round(1 - scored.refused_share(threshold), 5),
                "its own threshold at 99 %": round(threshold_for(scored.doubt), 5),
            }
            for scored in rejection.digits
        },
        "outliers": {
            scored.ink.name: {
                "samples": len(scored.ink),
                "refused by play": round(scored.refused_share(), 5),
                "refused at 99 % of all digits": round(
                    scored.refused_share(rejection.pooled_threshold), 5
                ),
                "refused at the threshold": round(scored.refused_share(threshold), 5),
                **{
                    f"refused at 99 % of {digits.ink.name}": round(
                        scored.refused_share(threshold_for(digits.doubt)), 5
                    )
                    for digits in rejection.digits
                },
                **{
                    f"area under the curve, {digits.ink.name}": round(
                        area(digits.doubt, scored.doubt), 5
                    )
                    for digits in rejection.digits
                },
                "by kind, refused at the threshold": _rounded(scored.by_kind(threshold)),
                "by kind, refused by play": _rounded(scored.by_kind()),
            }
            for scored in rejection.outliers
        },
    }


def _rounded(shares: dict[str, float]) -> dict[str, float]:
    return {kind: round(share, 4) for kind, share in shares.items()}


def summary(rejections: Sequence[Rejection]) -> str:
    """The figures of several recognizers as tables in Markdown, with the sets named."""
    first = rejections[0]
    outliers = [scored.ink.name for scored in first.outliers]
    digits = [scored.ink.name for scored in first.digits]
    head = ["Refused of", *outliers, *(f"digits lost, {name}" for name in digits)]
    parts = []
    places: dict[str, Callable[[Rejection], float | None]] = {
        f"At the threshold that leaves {ACCEPTED:.0%} of all digits": lambda r: r.pooled_threshold,
        f"At the threshold that leaves {ACCEPTED:.0%} of the digits of each set": (
            lambda r: r.threshold
        ),
        f"In play (no_digit above {NO_DIGIT_THRESHOLD:g})": lambda r: None,
    }
    for caption, threshold_of in places.items():
        lines = [
            f"**{caption}**",
            "",
            f"| {' | '.join(head)} |",
            f"|---|{'---:|' * (len(head) - 1)}",
        ]
        for rejection in rejections:
            threshold = threshold_of(rejection)
            cells = [rejection.title + ("*" if rejection.by_confidence else "")]
            cells += [f"{scored.refused_share(threshold):.1%}" for scored in rejection.outliers]
            cells += [f"{scored.refused_share(threshold):.2%}" for scored in rejection.digits]
            lines.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    lines = [
        f"**Area under the ROC curve, the digits being those of {digits[-1]}**",
        "",
        f"| Model | {' | '.join(outliers)} |",
        f"|---|{'---:|' * len(outliers)}",
    ]
    for rejection in rejections:
        against = rejection.digits[-1].doubt
        cells = [f"{area(against, scored.doubt):.4f}" for scored in rejection.outliers]
        lines.append(f"| {rejection.title} | {' | '.join(cells)} |")
    parts.append("\n".join(lines))
    notes = []
    if any(rejection.by_confidence for rejection in rejections):
        notes.append(
            '\\* knows no "not a digit": refused is what it has the least confidence in; in play '
            "it refuses dots only."
        )
    if LETTERS in outliers:
        samples = {scored.ink.name: len(scored.ink) for scored in first.outliers}
        named = "; ".join(f"{key}: {why}" for key, why in SHAPES_SHARED_WITH_DIGITS.items())
        notes.append(
            f"{LETTERS}: {samples[LETTERS]:,} letters. Left out are those that share a shape with "
            f"a digit ({named}) and {first.bare} samples that are nothing but one straight line, "
            "pieces of other letters. With only the twins "
            f"{''.join(sorted(TWINS_OF_DIGITS))} left out and such pieces counted there are "
            f"{samples[ALL_LETTERS]:,}."
        )
    parts.append("\n".join(f"- {note}" for note in notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def details(rejections: Sequence[Rejection]) -> str:
    """What is accepted of every letter and of every kind of scribble, as tables in Markdown."""
    names = [s.ink.name for s in rejections[0].outliers if s.ink.name != ALL_LETTERS]
    return "\n\n".join(_kinds_table(rejections, name) for name in names) + "\n"


def _kinds_table(rejections: Sequence[Rejection], name: str) -> str:
    """The accepted share of each kind of one set's outliers, a column for each recognizer."""
    found = [
        (rejection, scored)
        for rejection in rejections
        for scored in rejection.outliers
        if scored.ink.name == name
    ]
    lines = [
        f"**Accepted as a digit, {name}: at the threshold / in play**",
        "",
        f"| Kind | samples | {' | '.join(rejection.title for rejection, _ in found)} |",
        f"|---|{'---:|' * (len(found) + 1)}",
    ]
    at = [scored.by_kind(rejection.threshold) for rejection, scored in found]
    play = [scored.by_kind() for _, scored in found]
    kinds = found[0][1].ink.kinds
    for kind in at[0]:
        cells = [
            f"{1 - threshold[kind]:.0%} / {1 - own[kind]:.0%}"
            for threshold, own in zip(at, play, strict=True)
        ]
        lines.append(f"| {kind} | {kinds.count(kind)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def draw_accepted(rejection: Rejection, path: Path, most: int = _MOST_DRAWN) -> None:
    """Draw outliers that are taken for digits at the threshold, the surest mistakes of each first.

    Each cell says what it is, what it was read as, and the doubt; sorted by the digit read.
    """
    threshold = rejection.threshold
    wrong = [
        (int(scored.read[row]), scored.ink.kinds[row], float(scored.doubt[row]), scored, row)
        for scored in rejection.outliers
        if scored.ink.name != ALL_LETTERS
        for row in np.flatnonzero(scored.doubt <= threshold).tolist()
    ]
    wrong.sort(key=lambda entry: entry[2])
    wrong = sorted(wrong[:most], key=lambda entry: entry[:3])
    width, height = _CELL
    sheet = np.full(
        (max(1, -(-len(wrong) // _COLUMNS)) * height, _COLUMNS * width, 3), 255, np.uint8
    )
    for place, (read, kind, doubt, scored, row) in enumerate(wrong):
        y, x = place // _COLUMNS * height, place % _COLUMNS * width
        cell = sheet[y : y + height, x : x + width]
        draw_ink(cell, scored.ink.samples[row])
        text = f"{kind} > {read} {doubt:.2f}"
        cv2.putText(
            cell, text, (2, height - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (0, 0, 0), 1, cv2.LINE_AA
        )
        cell[-1], cell[:, -1] = 200, 200
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), sheet)


def write_rejections(rejections: Sequence[Rejection], folder: Path) -> str:
    """Write rejection.md, .json and the sheets of mistakes into a folder; returns the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    text = summary(rejections)
    (folder / "rejection.md").write_text(f"{text}\n{details(rejections)}", encoding="utf-8")
    document = [as_json(rejection) for rejection in rejections]
    (folder / "rejection.json").write_text(json.dumps(document, indent=2) + "\n")
    for rejection in rejections:
        draw_accepted(rejection, folder / f"accepted-outliers-{rejection.name}.png")
    return text


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure the installed backends, write everything to `--out` and print the tables."""
    from train.measures.comparison import TITLES  # scikit-learn and matplotlib: slow to load
    from train.measures.figures import draw_rejection_curves

    backends = arguments.backend or available_backends(arguments.models)
    collection = collect(arguments.data, arguments.limit)
    rejections = []
    with progress.steps("Reading", len(backends)) as advance:
        for backend in backends:
            reader = Recognizer(backend, arguments.models)
            rejections.append(measure_rejection(reader, collection, backend, TITLES[backend]))
            advance()
    progress.say(write_rejections(rejections, arguments.out))
    draw_rejection_curves(rejections, arguments.out / "rejection-roc.png")
    progress.say(f"Wrote tables, curves and sheets to {arguments.out}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(
        prog="python -m train.measures.rejection_scores", description=__doc__
    )
    sets.add_data_argument(parser)
    parser.add_argument("--backend", action="append", help="several are possible; default: all")
    parser.add_argument("--models", type=Path, help="folder with a manifest (default: the shipped)")
    parser.add_argument(
        "--out", type=Path, default=Path("reports/rejection"), help="default: reports/rejection"
    )
    parser.add_argument("--limit", type=int, help="read only so many samples of each set")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
