"""`python -m train.second_look_choice`: how doubtful digits are best drawn again, compared.

Digits of the writers that training holds out, and drawn forms, are varied as in training
(`train.ink_augmentation`): hands that the classifier never saw, odd enough that it errs. Each is
read once as play draws it; where that leaves doubt, the belief is averaged with those of the digit
drawn again in some other way. Counted are digits misread, and digits misread or refused. No test
digit is touched.

What was found with the CNN of November 2026, on 20,000 digits: every way helps, a lean the more the
larger it is. By a half to either side, about as far as hands go, it saves a sixth of the errors;
further looks beside these two add little to that.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from recognizer import ink
from recognizer.onnx_model import OnnxClassifier
from recognizer.reading import NO_DIGIT_THRESHOLD
from recognizer.second_look import PLAIN
from recognizer.store import ModelStore
from train import cnn, data
from train.console import Progress, run_script
from train.pen_pictures import Mix, varied_digit

COUNT = 20_000
SEED = 78
BATCH = 1_000


@dataclass(frozen=True)
class View:
    """How strokes are drawn: leaning by x per y, so many times as wide, with a pen of px."""

    lean: float = 0.0
    width: float = 1.0
    pen_width: float = ink.PEN_WIDTH

    def draw(self, strokes: Sequence[ink.Stroke]) -> ink.Glyph:
        """The glyph uint8 (28, 28) of a digit's strokes."""
        frame = np.array([[self.width, self.lean], [0.0, 1.0]])
        return ink.glyph([stroke @ frame.T for stroke in strokes], self.pen_width)


LEAN = {lean: (View(lean=-lean), View(lean=lean)) for lean in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)}
WAYS: dict[str, tuple[View, ...]] = {
    "one look": (),
    **{f"leaning {lean} either way": views for lean, views in LEAN.items()},
    "wider and narrower": (View(width=1.16), View(width=0.86)),
    "finer and bolder": (View(pen_width=1.5), View(pen_width=3.0)),
    "leaning 0.3 and 0.5": LEAN[0.3] + LEAN[0.5],
    "leaning 0.5, narrower, bolder": (*LEAN[0.5], View(width=0.86), View(pen_width=3.0)),
}


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Compare all ways and show the table."""
    classifier = OnnxClassifier(ModelStore(arguments.models).entry("cnn"))
    written, labels = _odd_digits(arguments.data, arguments.seed, arguments.count)
    seen = {View(): _read(classifier, View(), written)}
    first = seen[View()]
    doubtful = first[:, :10].max(axis=1) < PLAIN
    progress.say(f"Of {len(labels):,} digits {doubtful.mean():.1%} are doubtful.")
    table = Table("Way", "misread", "misread or refused")
    for name, views in WAYS.items():
        for view in views:
            if view not in seen:
                seen[view] = _read(classifier, view, written)
        after = first.copy()
        after[doubtful] = np.mean([seen[view][doubtful] for view in (View(), *views)], axis=0)
        misread = after[:, :10].argmax(axis=1) != labels
        refused = after[:, 10:].sum(axis=1) > NO_DIGIT_THRESHOLD
        table.add_row(name, f"{misread.sum():,}", f"{(misread | refused).sum():,}")
    progress.show(table)


def _odd_digits(
    folder: Path | None, seed: int, count: int
) -> tuple[list[list[ink.Stroke]], NDArray[np.int64]]:
    """Varied digits of the writers held out, and drawn forms, all labels in equal shares."""
    settings = cnn.Settings()
    _, held_out = data.split_by_writer(
        data.load_pendigits(train=True, data=folder), settings.writers_held_out, seed
    )
    by_label = [[digit for digit in held_out if digit.label == label] for label in range(10)]
    labels, random = np.arange(count) % 10, np.random.default_rng(SEED)
    written = [varied_digit(of, by_label[of], random, Mix()) for of in labels.tolist()]
    return written, labels


def _read(
    classifier: OnnxClassifier, view: View, written: Sequence[Sequence[ink.Stroke]]
) -> NDArray[np.float32]:
    """The probabilities (N, 10 or 11) of digits drawn in one way."""
    cv2.setNumThreads(1)
    parts = []
    for start in range(0, len(written), BATCH):
        glyphs = np.stack([view.draw(strokes) for strokes in written[start : start + BATCH]])
        parts.append(classifier.probabilities(glyphs))
    return np.concatenate(parts)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(
        prog="python -m train.second_look_choice",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data.add_data_argument(parser)
    parser.add_argument("--models", type=Path, help="a folder of models (default: the shipped)")
    parser.add_argument("--seed", type=int, default=7, help="of the training's held-out writers")
    parser.add_argument("--count", type=int, default=COUNT, help=f"digits (default: {COUNT:,})")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
