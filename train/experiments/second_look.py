"""`python -m train.experiments.second_look`: how doubtful digits are best drawn again, compared.

Held out from training, as everywhere here, are some of pendigits' writers and of MNIST's pictures.
The writers' digits, and drawn forms, are varied as in training (`train.forms.augment_ink`), the
pictures distorted (`train.forms.augment_images`): hands that the classifier never saw, odd enough
that it errs. Each digit is read once as play shows it; where that leaves doubt, the belief is
averaged with those of the digit seen in some other way. Counted are digits misread; how many
are refused does not change. No test digit is touched.

What was found stands in README.md beside this file.
"""

import argparse
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from rich.table import Table

from recognizer import ink
from recognizer.backends.onnx import OnnxClassifier
from recognizer.numbers.second_look import averaged, is_doubtful
from recognizer.picture import sheared_glyph
from recognizer.store import ModelStore
from recognizer.types import Glyph, Stroke
from train import cnn
from train.data import sets
from train.data.people import load_people
from train.forms.augment_images import distort
from train.forms.augment_ink import vary
from train.forms.digits import written_or_drawn
from train.forms.glyphs import Mix
from train.forms.hands import Hands
from train.shipping.options import count, script_parser
from train.shipping.script import Progress, run_script

COUNT = 20_000
PASSES = 6  # in which every picture is distorted anew
SEED = 78
BATCH = 1_000


@dataclass(frozen=True)
class View:
    """How strokes are drawn: leaning by x per y, so many times as wide, with a pen of px."""

    lean: float = 0.0
    width: float = 1.0
    pen_width: float = ink.PEN_WIDTH

    def draw(self, strokes: Sequence[Stroke]) -> Glyph:
        """The glyph uint8 (28, 28) of a digit's strokes."""
        frame = np.array([[self.width, self.lean], [0.0, 1.0]])
        return ink.glyph([stroke @ frame.T for stroke in strokes], self.pen_width)


LEAN = {lean: (View(lean=-lean), View(lean=lean)) for lean in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)}
STROKE_WAYS: dict[str, tuple[View, ...]] = {
    "one look": (),
    **{f"leaning {lean} either way": views for lean, views in LEAN.items()},
    "wider and narrower": (View(width=1.16), View(width=0.86)),
    "finer and bolder": (View(pen_width=1.5), View(pen_width=3.0)),
    "leaning 0.3 and 0.5": LEAN[0.3] + LEAN[0.5],
    "leaning 0.5, narrower, bolder": (*LEAN[0.5], View(width=0.86), View(pen_width=3.0)),
}
PICTURE_WAYS: dict[str, tuple[float, ...]] = {
    "one look": (),
    **{f"leaning {lean} either way": (-lean, lean) for lean in (0.1, 0.2, 0.3, 0.4, 0.5)},
    "leaning 0.2 and 0.4": (-0.4, -0.2, 0.2, 0.4),
}
Probabilities = NDArray[np.float32]  # (N, 10 or 11)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Compare all ways, of strokes and of pictures, and show both tables."""
    classifier = OnnxClassifier(ModelStore(arguments.models).entry("cnn"))
    written, labels = _odd_digits(arguments.data, arguments.seed, arguments.count)

    def drawn(rows: NDArray[np.int64], view: View) -> Probabilities:
        return _read(classifier, lambda row: view.draw(written[row]), rows)

    progress.say("Strokes")
    progress.show(_compared(drawn, View(), STROKE_WAYS, labels, progress))
    pictures, labels = _distorted(arguments.data, arguments.seed, arguments.count)

    def leaning(rows: NDArray[np.int64], lean: float) -> Probabilities:
        if lean == 0:
            return _read(classifier, lambda row: pictures[row], rows)
        return _read(classifier, lambda row: sheared_glyph(pictures[row], lean), rows)

    progress.say("Pictures")
    progress.show(_compared(leaning, 0.0, PICTURE_WAYS, labels, progress))


Seen = TypeVar("Seen", bound=Hashable)


def _compared(
    read: Callable[[NDArray[np.int64], Seen], Probabilities],
    first_view: Seen,
    ways: Mapping[str, Sequence[Seen]],
    labels: NDArray[np.int64],
    progress: Progress,
) -> Table:
    """The table of all ways; `read(rows, view)` are the probabilities of these rows, seen so."""
    first = read(np.arange(len(labels)), first_view)
    doubtful = np.flatnonzero(is_doubtful(first))
    share = len(doubtful) / len(labels)
    progress.say(f"Of {len(labels):,} digits {share:.1%} are doubtful.")
    table = Table("Way", "misread")
    looks: dict[Seen, Probabilities] = {}
    for name, views in ways.items():
        for view in views:
            if view not in looks:
                looks[view] = read(doubtful, view)
        after = first.copy()
        after[doubtful] = averaged([first[doubtful], *map(looks.__getitem__, views)])
        misread = after[:, :10].argmax(axis=1) != labels
        table.add_row(name, f"{misread.sum():,}")
    return table


def _odd_digits(
    folder: Path | None, seed: int, count: int
) -> tuple[list[list[Stroke]], NDArray[np.int64]]:
    """Varied digits of the writers held out, and drawn forms, all labels in equal shares."""
    hands = Hands(load_people(folder, seed, cnn.CnnRecipe().people_held_out).held_out)
    labels, random, mix = np.arange(count) % 10, np.random.default_rng(SEED), Mix()
    written = []
    for label in labels.tolist():
        own = hands.digit(label, random)
        strokes = written_or_drawn(label, own, random, drawn=mix.drawn, marked=mix.marked)
        written.append(vary(strokes, random))
    return written, labels


def _distorted(
    folder: Path | None, seed: int, count: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """MNIST's pictures that were held out, distorted in several passes; at most `count` of them."""
    mnist = sets.load_mnist(train=True, data=folder)
    _, rows = sets.split_by_label(mnist.labels, cnn.CnnRecipe().images_held_out, seed)
    held_out = mnist.take(np.tile(rows, PASSES)[:count])
    generator = torch.Generator().manual_seed(SEED)
    glyphs = torch.from_numpy(held_out.pixels).float().div_(255).unsqueeze(1)
    parts = [distort(part, generator) for part in glyphs.split(BATCH)]
    distorted = torch.cat(parts)[:, 0].mul(255).round().byte().numpy()
    return distorted, held_out.labels


def _read(
    classifier: OnnxClassifier, draw: Callable[[int], Glyph], rows: NDArray[np.int64]
) -> Probabilities:
    """The probabilities (N, 10 or 11) of the digits that `draw` shows."""
    parts = [np.zeros((0, 11), np.float32)]
    for start in range(0, len(rows), BATCH):
        glyphs = np.stack([draw(row) for row in rows[start : start + BATCH].tolist()])
        parts.append(classifier.probabilities(glyphs))
    return np.concatenate(parts)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser("train.experiments.second_look", __doc__, "data", "models", "seed")
    parser.add_argument(
        "--count", type=count, default=COUNT, help=f"digits of either kind (default: {COUNT:,})"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
