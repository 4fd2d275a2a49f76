"""Why "99 % on MNIST, and mine is misread": each model against pictures that are not MNIST's.

The same distorted test digits (`train.forms.distortions`) are fed in two ways: reduced to 28x28 by
a plain resize, straight into the model, as most programs do; and as they are through
`Recognizer.read_image`, which finds ink and paper, cuts the digit out, centres and scales it. What
lies between the two curves is what the preparation is worth.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer import Recognizer, backends
from recognizer.backends.yolo import YoloReader, suppress
from recognizer.numbers.reader import NumberReader
from recognizer.page import PAGE_HEIGHT, Page, Placement
from recognizer.store import ModelStore
from train.forms.distortions import DISTORTIONS, Distortion, Grey, enlarged, reduced
from train.measures.figures import INK, QUIET, colour_of, figure
from train.measures.processes import Opening
from train.measures.readers import Reader
from train.measures.shares import Share, share
from train.measures.tables import table
from train.measures.test_sets import TestSets

EACH = 100  # test digits, every one at every degree
SEED = 13
PLAIN, PREPARED = "plain resize", "prepared"

_HEIGHT = 4.2  # inches of a panel
_COLUMNS = 3
_LEAST = 0.05  # of a detection's score
_PLAIN_PEN = 5.0  # px of a page: what a MNIST digit's pen is there, about


@dataclass(frozen=True)
class Curve:
    """What one model read right of one distortion, degree by degree, fed in one of the two ways."""

    distortion: Distortion
    fed: str
    right: tuple[Share, ...]


def made(digits: NDArray[np.uint8], seed: int) -> dict[str, list[list[Grey]]]:
    """For each distortion and each of its degrees, every digit uint8 (28, 28) so distorted.

    A digit is distorted the same way at every degree, only more.
    """
    large = [enlarged(digit) for digit in digits]
    return {
        of.name: [
            [
                of.apply(picture, degree, np.random.default_rng((seed, kind, row)))
                for row, picture in enumerate(large)
            ]
            for degree in of.degrees
        ]
        for kind, of in enumerate(DISTORTIONS)
    }


def curves(
    reader: Reader, pictures: Mapping[str, list[list[Grey]]], truth: NDArray[np.int64]
) -> list[Curve]:
    """What a model reads right of digits, distorted as `made` returns them, in both ways."""
    stacks = [(of, stack) for of in DISTORTIONS for stack in pictures[of.name]]
    plain = reader.each(partial(_plain, reader.opening), [stack for _, stack in stacks])
    prepared = reader.each(_prepared, [stack for _, stack in stacks])
    found = []
    for fed, answers in ((PLAIN, plain), (PREPARED, prepared)):
        rows = iter(answers)
        for of in DISTORTIONS:
            right = tuple(share(np.array(next(rows)) == truth) for _ in of.degrees)
            found.append(Curve(of, fed, right))
    return found


def _prepared(recognizer: Recognizer, pictures: Sequence[Grey]) -> list[int]:
    read = [recognizer.read_image(picture, length=1).text for picture in pictures]
    return [int(text) if len(text) == 1 and text.isdecimal() else -1 for text in read]


def _plain(opening: Opening, recognizer: Recognizer, pictures: Sequence[Grey]) -> list[int]:
    """The likeliest digits of pictures that nothing was done to but a resize."""
    model = _model(opening)
    if isinstance(model, NumberReader):
        glyphs = np.stack([reduced(picture) for picture in pictures])
        likeliest: list[int] = model.classifier.probabilities(glyphs)[:, :10].argmax(1).tolist()
        return likeliest
    if isinstance(model, YoloReader):
        return [_found(model, picture) for picture in pictures]
    raise TypeError(f"{opening.backend} reads neither glyphs nor pages.")


def _found(model: YoloReader, picture: Grey) -> int:
    """The surest digit that the detector finds on the picture, resized to a page's height."""
    pixels = cv2.resize(picture, (PAGE_HEIGHT, PAGE_HEIGHT), interpolation=cv2.INTER_AREA)
    page = Page(pixels.astype(np.uint8), Placement(PAGE_HEIGHT, 1.0, (0.0, 0.0), _PLAIN_PEN))
    found = suppress(model.find(page), _LEAST)
    return int(found.scores[found.best.argmax()].argmax()) if len(found) else -1


@cache
def _model(opening: Opening) -> backends.Backend:
    return backends.load(ModelStore(opening.store).entry(opening.backend))


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Read everything with every model; writes robustness.md, .json, .csv and .png."""
    # There are dozens of degrees of distortions: a quarter of the limit each.
    count = EACH if sets.limit is None else min(EACH, -(-sets.limit // 4))
    digits, truth = sets.mnist.pixels[:count], sets.mnist.labels[:count]
    pictures = made(digits, SEED)
    found = {reader.title: curves(reader, pictures, truth) for reader in readers}
    (folder / "robustness.json").write_text(json.dumps(_as_json(found), indent=2) + "\n")
    with (folder / "robustness.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "distortion", "unit", "degree", "fed", "right", "of"])
        writer.writerows(_lines(found))
    draw(found, folder / "robustness.png")
    text = f"## Not as MNIST has it\n\n{_markdown(found, len(digits))}\n"
    (folder / "robustness.md").write_text(text, encoding="utf-8")
    return text


def _lines(found: Mapping[str, Sequence[Curve]]) -> Iterator[tuple[object, ...]]:
    for title, of_model in found.items():
        for curve in of_model:
            of = curve.distortion
            for degree, right in zip(of.degrees, curve.right, strict=True):
                yield title, of.name, of.unit, degree, curve.fed, right.count, right.total


def _as_json(found: Mapping[str, Sequence[Curve]]) -> dict[str, Any]:
    return {
        title: [
            {
                "distortion": curve.distortion.name,
                "unit": curve.distortion.unit,
                "degrees": list(curve.distortion.degrees),
                "fed": curve.fed,
                "right": [right.as_dict() for right in curve.right],
            }
            for curve in of_model
        ]
        for title, of_model in found.items()
    }


def _markdown(found: Mapping[str, Sequence[Curve]], count: int) -> str:
    """What the strongest degree of each distortion leaves, plainly resized and prepared."""
    titles = list(found)
    rows = []
    for of in DISTORTIONS:
        degree = of.degrees[-1]
        cells = []
        for title in titles:
            curves_of = {curve.fed: curve for curve in found[title] if curve.distortion is of}
            plain, prepared = (curves_of[fed].right[-1].value for fed in (PLAIN, PREPARED))
            cells.append(f"{plain:.0%} → {prepared:.0%}")
        rows.append([f"{of.name}, {degree:g} {of.unit}", *cells])
    head = [f"Read right, {count} of MNIST's test digits: {PLAIN} → {PREPARED}", *titles]
    return table(head, rows)


def draw(found: Mapping[str, Sequence[Curve]], path: Path) -> None:
    """Draw a panel a distortion: dashed as plainly resized, solid as prepared, a colour a model."""
    rows = -(-len(DISTORTIONS) // _COLUMNS)
    with figure(path, _COLUMNS, rows, (19, _HEIGHT * rows + 1.2)) as (drawn, axes):
        for panel, of in zip(axes.ravel(), DISTORTIONS, strict=False):
            order = np.argsort(of.degrees)
            for place, (title, of_model) in enumerate(found.items()):
                for curve in of_model:
                    if curve.distortion is of:
                        panel.plot(
                            np.array(of.degrees)[order],
                            np.array([100 * right.value for right in curve.right])[order],
                            "o-" if curve.fed == PREPARED else "o--",
                            color=colour_of(place), markersize=5,
                            linewidth=2.6 if curve.fed == PREPARED else 1.6,
                            alpha=1.0 if curve.fed == PREPARED else 0.65,
                            label=title if curve.fed == PREPARED else None,
                        )  # fmt: skip
            panel.set_title(of.name, fontweight="bold", color=INK)
            panel.set(xlabel=of.unit, ylabel="read right, %", ylim=(-3, 103))
        axes.ravel()[0].legend(fontsize=12, loc="lower left")
        drawn.suptitle(
            f"The same digits, not as MNIST has them (solid: {PREPARED} by Digit Dash; "
            f"dashed: {PLAIN} to 28x28)",
            fontweight="bold",
        )
        drawn.supxlabel(
            "What stands above the dashed line is owed to the preparation.", color=QUIET
        )
