"""`python -m train.knn`: the nearest neighbours, on deskewed glyphs and in few dimensions.

The textbook compares raw pixels. Here the slant is taken out, the edges' directions on a blurred
grid are compared in their principal components (`recognizer.features`), and every prototype is
shipped as one byte a component. Dimensions and k are chosen on the validation part.
"""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import KNeighborsClassifier

from recognizer.backends.knn import KnnClassifier, Neighbours
from recognizer.features import describe
from recognizer.rejection_curve import as_in_file
from recognizer.store import BackendInfo
from train.fitting import classical
from train.fitting.classical import ClassicalRecipe, Parts, accuracies, load_parts, raw_pixels
from train.fitting.projection import Projection, fit_projection
from train.fitting.rejection_curve import fit_rejection_curve
from train.shipping.export import parity
from train.shipping.recipe import Fitted, Task, run
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

Vectors = NDArray[np.float32]

BACKEND = BackendInfo(
    kind="knn",
    title="KNN",
    about="The nearest neighbours",
    sees="glyph",
    rank=40,
)


@dataclass(frozen=True, kw_only=True)
class KnnRecipe(ClassicalRecipe):
    """What is tried, and what the prototypes are made of."""

    dimensions: tuple[int, ...] = (48, 64)  # tried on validation
    neighbours: tuple[int, ...] = (3, 4, 6, 8)  # tried on validation
    whitening: float = 0.25  # of the components, see `fit_projection`
    plain_neighbours: int = 3  # of the textbook's KNN on pixels, for comparison
    pen_pictures: int = 15_000


@dataclass(frozen=True)
class Choice:
    """A tried pair of values and its accuracies on the two validation parts."""

    dimensions: int
    k: int
    mnist: float
    pen: float


def _fitted(points: Vectors, labels: NDArray[np.int64], k: int) -> KNeighborsClassifier:
    return KNeighborsClassifier(k, weights="distance", algorithm="brute").fit(points, labels)


def _try_dimensions(
    recipe: KnnRecipe,
    seed: int,
    dimensions: int,
    features: Vectors,
    parts: Parts,
    validation: tuple[Vectors, ...],
) -> list[Choice]:
    """The accuracies of every k in so many dimensions."""
    projection = fit_projection(features, dimensions, recipe.whitening, seed)
    labels = parts.training.labels
    points = projection.apply(features)
    queries = [projection.apply(part) for part in validation]
    choices = []
    for k in recipe.neighbours:
        model = _fitted(points, labels, k)
        answers = tuple(model.predict_proba(query) for query in queries)
        choices.append(Choice(dimensions, k, *accuracies(answers, parts.validation)))
    return choices


def train(
    recipe: KnnRecipe, folder: Path | None, seed: int, progress: Progress
) -> tuple[Neighbours, dict[str, Any], tuple[str, ...]]:
    """Choose on validation, fit, condense to bytes; returns the model, its figures and data."""
    parts = load_parts(recipe, folder, seed, progress.say)
    training = parts.training
    features = describe(training.pixels)
    validation = tuple(describe(part.pixels) for part in parts.validation)

    tasks = [
        joblib.delayed(_try_dimensions)(recipe, seed, dimensions, features, parts, validation)
        for dimensions in recipe.dimensions
    ]
    choices: list[Choice] = []
    with progress.steps("KNN", len(tasks) + 2) as advance:
        for found in joblib.Parallel(return_as="generator")(tasks):
            choices += found
            advance()
        best = max(choices, key=lambda choice: choice.mnist + choice.pen)
        plain = KNeighborsClassifier(recipe.plain_neighbours, algorithm="brute")
        plain.fit(raw_pixels(parts.mnist), parts.mnist.labels)
        (plain_accuracy,) = accuracies(
            (plain.predict_proba(raw_pixels(parts.mnist_validation)),), (parts.mnist_validation,)
        )
        advance()
        projection = fit_projection(features, best.dimensions, recipe.whitening, seed)
        model = _condensed(projection, features, training.labels, best.k)
        shipped = KnnClassifier(model)
        original = _fitted(model.prototypes.astype(np.float32), training.labels, best.k)
        glyphs = parts.mnist_validation.pixels[:1_000]
        expected = original.predict_proba(validation[0][:1_000] @ model.projection - model.offset)
        same = parity(expected, shipped.probabilities(glyphs), "knn")
        curve, rejection_metrics = fit_rejection_curve(shipped.evidence, parts)
        model = replace(model, rejection_curve=curve)
        answers = tuple(shipped.probabilities(part.pixels) for part in parts.validation)
        mnist, pen = accuracies(answers, parts.validation)
        advance()
    for choice in choices:
        progress.say(
            f"{choice.dimensions} dimensions, k {choice.k}: "
            f"MNIST {choice.mnist:.2%}, pen strokes {choice.pen:.2%}"
        )
    metrics = {
        "validation_accuracy": round((mnist + pen) / 2, 5),
        "validation_mnist": round(mnist, 5),
        "validation_pen": round(pen, 5),
        "validation_mnist_on_raw_pixels": round(plain_accuracy, 5),
        "validation_mnist_before_condensing": round(best.mnist, 5),
        "validation_pen_before_condensing": round(best.pen, 5),
        "dimensions": best.dimensions,
        "neighbours": best.k,
        "prototypes": len(training),
        **rejection_metrics,
        "parity": same,
    }
    return model, metrics, parts.sources


def _condensed(
    projection: Projection, features: Vectors, labels: NDArray[np.int64], k: int
) -> Neighbours:
    """The prototypes on whole numbers from -127 to 127: a quarter of float32's size."""
    points = projection.apply(features)
    factor = 127 / float(np.abs(points).max())
    fine = projection.scaled(factor)
    return Neighbours(
        fine.matrix,
        fine.offset,
        np.rint(points * factor).clip(-127, 127).astype(np.int8),
        labels.astype(np.uint8),
        k,
    )


def fit(recipe: KnnRecipe, task: Task, progress: Progress) -> Fitted:
    """What `train` found, as it is shipped."""
    model, metrics, sources = train(recipe, task.data, task.seed, progress)
    parameters = model.prototypes.size + model.projection.size
    arrays = as_in_file(vars(model))
    return classical.fitted("knn", BACKEND, arrays, parameters, metrics, sources)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Fit, write to `--out`, and install under assets/models if asked to."""
    with classical.workers(arguments):
        run("knn", fit, KnnRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("knn", __doc__, KnnRecipe(), *classical.OPTIONS)


if __name__ == "__main__":
    run_script(arguments_parser(), main)
