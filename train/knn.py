"""`python -m train.knn`: the nearest neighbours, on deskewed glyphs and in few dimensions.

The textbook compares raw pixels. Here the slant is taken out, the edges' directions on a blurred
grid are compared in their principal components (`recognizer.features`), and every prototype is
shipped as one byte a component. Dimensions and k are chosen on the validation part.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import KNeighborsClassifier

from recognizer.features import describe
from recognizer.knn_model import KnnClassifier, Neighbours
from train import data
from train.console import Progress, run_script
from train.export import export_arrays, install, parity
from train.projection import Projection, fit_projection
from train.shallow_data import (
    SOURCES,
    Parts,
    accuracies,
    add_worker_arguments,
    load_parts,
    raw_pixels,
    workers,
)
from train.steps import finishing

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """Everything that decides the result besides code and data."""

    dimensions: tuple[int, ...] = (48, 64)  # tried on validation
    neighbours: tuple[int, ...] = (3, 4, 6, 8)  # tried on validation
    whitening: float = 0.25  # of the components, see `fit_projection`
    plain_neighbours: int = 3  # of the textbook's KNN on pixels, for comparison
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 4  # of the 30 pendigits training writers
    pen_pictures: int = 20_000  # varied pen pictures among the prototypes
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks


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
    settings: Settings,
    seed: int,
    dimensions: int,
    features: Vectors,
    parts: Parts,
    validation: tuple[Vectors, ...],
) -> list[Choice]:
    """The accuracies of every k in so many dimensions."""
    projection = fit_projection(features, dimensions, settings.whitening, seed)
    labels = parts.training.labels
    points = projection.apply(features)
    queries = [projection.apply(part) for part in validation]
    choices = []
    for k in settings.neighbours:
        model = _fitted(points, labels, k)
        answers = tuple(model.predict_proba(query) for query in queries)
        choices.append(Choice(dimensions, k, *accuracies(answers, parts.validation)))
    return choices


def train(
    settings: Settings, folder: Path | None, seed: int, progress: Progress
) -> tuple[Neighbours, dict[str, Any]]:
    """Choose on validation, fit, and condense to bytes; returns the model and its figures."""
    parts = load_parts(
        folder,
        seed,
        images_held_out=settings.images_held_out,
        writers_held_out=settings.writers_held_out,
        varied=settings.pen_pictures,
        limit=settings.limit,
    )
    training = parts.training
    features = describe(training.pixels)
    validation = tuple(describe(part.pixels) for part in parts.validation)

    tasks = [
        joblib.delayed(_try_dimensions)(settings, seed, dimensions, features, parts, validation)
        for dimensions in settings.dimensions
    ]
    choices: list[Choice] = []
    with progress.steps("KNN", len(tasks) + 2) as advance:
        for found in joblib.Parallel(return_as="generator")(tasks):
            choices += found
            advance()
        best = max(choices, key=lambda choice: choice.mnist + choice.pen)
        plain = KNeighborsClassifier(settings.plain_neighbours, algorithm="brute")
        plain.fit(raw_pixels(parts.mnist), parts.mnist.labels)
        (plain_accuracy,) = accuracies(
            (plain.predict_proba(raw_pixels(parts.mnist_validation)),), (parts.mnist_validation,)
        )
        advance()
        projection = fit_projection(features, best.dimensions, settings.whitening, seed)
        model = _condensed(projection, features, training.labels, best.k)
        shipped = KnnClassifier(model)
        original = _fitted(model.prototypes.astype(np.float32), training.labels, best.k)
        glyphs = parts.mnist_validation.pixels[:1_000]
        expected = original.predict_proba(validation[0][:1_000] @ model.projection - model.offset)
        same = parity(expected, shipped.probabilities(glyphs), "knn")
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
        "parity": same,
    }
    return model, metrics


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


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Fit, write to `--out`, and install under assets/models if asked to."""
    settings = Settings(
        **{
            name: value
            for name in ("pen_pictures", "limit")
            if (value := getattr(arguments, name)) is not None
        }
    )
    with finishing("knn", arguments) as out, workers(arguments):
        started = time.perf_counter()
        neighbours, metrics = train(settings, arguments.data, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        model = export_arrays(
            {
                "projection": neighbours.projection,
                "offset": neighbours.offset,
                "prototypes": neighbours.prototypes,
                "labels": neighbours.labels,
                "k": np.array(neighbours.k),
            },
            out / "knn.npz",
            name="knn",
            made_by="python -m train.knn",
            parameters=neighbours.prototypes.size + neighbours.projection.size,
            data=SOURCES,
            metrics={**metrics, "training_minutes": round(minutes, 1), "seed": arguments.seed},
        )
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(
        f"Validation: MNIST {metrics['validation_mnist']:.2%} "
        f"(raw pixels {metrics['validation_mnist_on_raw_pixels']:.2%}), "
        f"pen strokes {metrics['validation_pen']:.2%}. Wrote {arguments.out / 'knn'}."
    )


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(prog="python -m train.knn", description=__doc__)
    data.add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pen-pictures", type=int, help=f"default: {Settings.pen_pictures}")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    add_worker_arguments(parser)
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
