"""`python -m train.experiments.belonging`: which strokes are parts of one digit, by place alone.

What `recognizer.numbers.line` holds by hand, fitted again: the weights of the logistic regression,
on neighbouring strokes in plain numbers of pendigits' training writers, and how far the downstrokes
of their digits lean. Every third writer is not learned from: the errors are theirs.
"""

import argparse
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from recognizer.numbers import line
from recognizer.strokes import bounding_box, sheared
from train.data import sets
from train.data.unipen import PenDigit
from train.forms.numbers import placed_digits
from train.shipping.options import count, script_parser
from train.shipping.script import Progress, run_script

NUMBERS = 4_000  # that are composed
HELD_OUT = 3  # of three writers one is only measured
TERMS = ("one digit", "overlap", "side by side", "width")

Pairs = tuple[NDArray[np.float64], NDArray[np.bool_]]  # places (N, 3), and whether of one digit


def pairs(digits: Sequence[PenDigit], count: int, seed: int) -> Pairs:
    """Strokes that are next to each other from left to right, in so many composed numbers."""
    found, same = [], []
    for _, placed in placed_digits(digits, count, seed):
        strokes = [stroke for of_digit in placed for stroke in of_digit]
        owners = np.repeat(np.arange(len(placed)), [len(of_digit) for of_digit in placed])
        lean = line.slant(strokes)
        boxes = np.array([bounding_box([sheared(stroke, lean)]) for stroke in strokes])
        places = line.places(boxes, line.height(boxes))
        order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
        left, right = order[:-1], order[1:]
        found.append(places[:, left, right].T)
        same.append(owners[left] == owners[right])
    return np.concatenate(found), np.concatenate(same)


def shipped_weights() -> NDArray[np.float64]:
    """The weights that `line.belonging` has, (4,): the constant first, as in `TERMS`."""
    boxes = np.array([[0.0, 0.0, 1.0, 1.0], [1.5, 0.0, 2.0, 0.5], [0.2, 0.1, 0.9, 1.2],
                      [3.0, 2.0, 4.0, 2.2]])  # fmt: skip
    rows, columns = np.triu_indices(len(boxes), 1)
    known = line.places(boxes, 1.0)[:, rows, columns].T
    odds = line.belonging(boxes, 1.0)[rows, columns]
    terms = np.column_stack([np.ones(len(known)), known])
    return np.asarray(np.linalg.lstsq(terms, odds, rcond=None)[0])


def natural_slant(digits: Sequence[PenDigit]) -> float:
    """How far the digits lean, x per y: the median over writers of their medians."""
    leans: dict[int, list[float]] = {}
    for digit in digits:
        lean = line.slant([stroke[:, :2] for stroke in digit.strokes])
        leans.setdefault(digit.writer, []).append(lean + line.NATURAL_SLANT)
    return float(np.median([np.median(own) for own in leans.values()]))


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Fit and show the weights beside the shipped ones."""
    digits = sets.load_pendigits(train=True, data=arguments.data)
    writers = sorted({digit.writer for digit in digits})
    held_out = set(writers[::HELD_OUT])
    learned = [digit for digit in digits if digit.writer not in held_out]
    others = [digit for digit in digits if digit.writer in held_out]
    places, same = pairs(learned, arguments.count, arguments.seed)
    regression = LogisticRegression(C=np.inf, max_iter=1_000).fit(places, same)
    fitted = np.concatenate([regression.intercept_, regression.coef_[0]])
    new_places, new_same = pairs(others, arguments.count, arguments.seed + 1)
    table = Table("Weights", *TERMS, f"errs on of {len(new_same):,} pairs")
    for name, weights in (("shipped", shipped_weights()), ("fitted", fitted)):
        wrong = (weights[0] + new_places @ weights[1:] > 0) != new_same
        table.add_row(name, *(f"{weight:.1f}" for weight in weights), f"{wrong.mean():.1%}")
    progress.say(f"{len(same):,} pairs of {len(learned):,} digits, {same.mean():.1%} of one digit.")
    progress.show(table)
    progress.say(f"Downstrokes lean by {natural_slant(digits):.2f}; shipped {line.NATURAL_SLANT}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser("train.experiments.belonging", __doc__, "data", "seed")
    parser.add_argument(
        "--count", type=count, default=NUMBERS, help=f"numbers of each part (default: {NUMBERS:,})"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
