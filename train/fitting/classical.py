"""What KNN and SVM share: the pictures that they learn from and are chosen by, workers, export."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from recognizer.store import BackendInfo
from train.data import parts as data_parts
from train.data import sets
from train.data.sets import Images
from train.forms import glyphs
from train.shipping import board
from train.shipping.export import export_arrays
from train.shipping.install import Model
from train.shipping.recipe import Fitted

DRAWN = "drawn allographs"
OPTIONS = ("pen_pictures", "rejection_pictures", "limit", "jobs", "joblib", "install")


@dataclass(frozen=True, kw_only=True)
class ClassicalRecipe:
    """What both are told besides code, data and their own parameters."""

    pen_pictures: int  # varied pen pictures among the training pictures
    images_held_out: int = 5_000  # MNIST's validation part
    people_held_out: float = 0.1  # share of each pen set's writers
    rejection_pictures: int = 4_000  # of digits, and of ink that is none, to learn refusing from
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks


@dataclass(frozen=True)
class Parts:
    """The training pictures (MNIST's first), two validation parts, ink for the rejection curve."""

    mnist: Images
    pen: Images  # people's digits as play would show them, then varied pen pictures
    mnist_validation: Images
    pen_validation: Images
    varied_validation: Images  # of the other writers, varied
    no_digits: Images  # ink that is no digit, of the other people or made from theirs
    sources: tuple[str, ...]  # the data sets, in words

    @property
    def training(self) -> Images:
        """All training pictures."""
        return sets.join(self.mnist, self.pen)

    @property
    def validation(self) -> tuple[Images, Images]:
        """MNIST's validation part and the other pen writers."""
        return self.mnist_validation, self.pen_validation


def load_parts(
    recipe: ClassicalRecipe, folder: Path | None, seed: int, say: Callable[[str], None]
) -> Parts:
    """Load and split as the networks' recipes do; `limit` cuts MNIST and the pen strokes short.

    `rejection_pictures` of varied digits, and of ink that is none, are for
    `train.fitting.rejection_curve`.
    """
    parts = data_parts.load_parts(recipe, folder, seed, say)
    plain = glyphs.render(parts.people.digits)
    if recipe.limit is not None:
        random = np.random.default_rng(seed)
        plain = plain.take(random.permutation(len(plain))[: recipe.limit])
    others = parts.other_people
    pen = plain
    if recipe.pen_pictures:
        pen = sets.join(plain, glyphs.render_varied(parts.people, recipe.pen_pictures, seed))
    board.show_glyphs("MNIST as it learns it", parts.mnist.pixels)
    board.show_glyphs("pen strokes as it learns them", pen.pixels)
    return Parts(
        parts.mnist,
        pen,
        parts.mnist_held_out,
        glyphs.render(others.digits),
        glyphs.render_varied(others, recipe.rejection_pictures, seed + 1),
        glyphs.render_varied(others, recipe.rejection_pictures, seed + 2, glyphs.Mix(no_digit=1.0)),
        (*parts.sources, DRAWN),
    )


def accuracies(
    probabilities: tuple[NDArray[np.floating], ...], parts: tuple[Images, ...]
) -> tuple[float, ...]:
    """The share of right decisions on each part."""
    return tuple(
        float((answers.argmax(axis=1) == part.labels).mean())
        for answers, part in zip(probabilities, parts, strict=True)
    )


def raw_pixels(images: Images) -> NDArray[np.float32]:
    """The pixels as plain vectors (N, 784) in 0..1: the textbook's features."""
    return np.divide(images.pixels.reshape(len(images), -1), 255, dtype=np.float32)


def fitted(
    name: str,
    info: BackendInfo,
    arrays: Mapping[str, NDArray[Any] | None],
    parameters: int,
    metrics: dict[str, Any],
    sources: Sequence[str],
) -> Fitted:
    """What is shipped of a fitted model: arrays, and how many numbers it has learned."""

    def export(out: Path, metrics: dict[str, Any]) -> Model:
        return export_arrays(
            {key: np.asarray(value) for key, value in arrays.items() if value is not None},
            out / f"{name}.npz",
            name=name,
            info=info,
            made_by=f"python -m train.{name}",
            parameters=parameters,
            data=list(sources),
            metrics=metrics,
        )

    summary = (
        f"Validation: MNIST {metrics['validation_mnist']:.2%} "
        f"(raw pixels {metrics['validation_mnist_on_raw_pixels']:.2%}), "
        f"pen strokes {metrics['validation_pen']:.2%}; "
        f"refused of ink that is no digit: {metrics['validation_negatives_refused']:.2%}."
    )
    return Fitted(metrics, export, summary)


def workers(arguments: argparse.Namespace) -> joblib.parallel_config:
    """The context in which joblib uses the workers that the options name."""
    return joblib.parallel_config(backend=arguments.joblib, n_jobs=arguments.jobs)
