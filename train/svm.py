"""`python -m train.svm`: support vector machines, one for each pair of digits, virtual vectors.

The machines see deskewed glyphs by their edges' directions (`recognizer.features`) in principal
components, through a radial basis function. They are fitted twice: the second time on the support
vectors of the first and on distorted copies of them, which is where an example can still move a
border (Schölkopf, Burges & Vapnik, "Incorporating invariances in support vector learning machines",
1996; Decoste & Schölkopf, "Training invariant support vector machines", 2002). The validation parts
decide which of the two fits is kept.

There the copies won on pixels; on these features they do not. Deskewing takes out shear and offset,
the blurred grid what is left of a shift, and what resampling adds to a copy is blur that no real
glyph has. Fitted to 10,000 MNIST images (gamma 0.7, C 10), errors on 12,000 others: 92 without
copies, 93 with four of `distort` (a third of which are exact copies), 95 with exact copies only,
97 and 99 with shifts by 1 and 0.5 px after deskewing, 101, 107 and 107 with every copy distorted at
1, 0.5 and 0.3 of its strength (one run each; the last two differ from 92 by more than chance).
"""

import argparse
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.svm import SVC

from recognizer.backends.svm import Machines, SvmClassifier, couple
from recognizer.features import describe
from recognizer.rejection_curve import as_in_file
from recognizer.store import BackendInfo
from recognizer.types import Glyph
from train.data import sets
from train.data.sets import Images
from train.fitting import classical
from train.fitting.classical import ClassicalRecipe, Parts, accuracies, load_parts, raw_pixels
from train.fitting.projection import Projection, fit_projection
from train.fitting.rejection_curve import fit_rejection_curve
from train.forms.augment_images import distort
from train.shipping.export import parity
from train.shipping.recipe import Fitted, Task, run
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

Vectors = NDArray[np.float32]

_PAIRS = tuple(combinations(range(10), 2))
_STEEPNESS = 8.0  # of a duel's logistic curve; near a count of won duels
_CACHE = 700  # MB of kernel values that each worker keeps

BACKEND = BackendInfo(
    kind="svm",
    title="SVM",
    about="A support vector machine",
    sees="glyph",
    rank=30,
)


@dataclass(frozen=True, kw_only=True)
class SvmRecipe(ClassicalRecipe):
    """How the machines see, what is tried, and what they learn from."""

    dimensions: int = 96
    whitening: float = 0.25  # of the components, see `fit_projection`
    gammas: tuple[float, ...] = (0.7, 1.0, 1.4)  # tried on validation
    penalties: tuple[float, ...] = (3.0, 10.0)  # C, tried on validation
    trial: int = 12_000  # training pictures that the trials are made with
    copies: int = 4  # distorted copies of each support vector in the second fit
    plain_gamma: float = 0.025  # of the textbook's SVM on pixels, for comparison
    plain_penalty: float = 5.0
    plain_images: int = 30_000  # that it learns from: in 784 dimensions all would take minutes more
    pen_pictures: int = 25_000


@dataclass(frozen=True)
class Duel:
    """The machine of one pair of digits, and the rows of the training part that support it."""

    first: int
    second: int
    machine: SVC
    support: NDArray[np.int64]


def _fit_duel(
    points: Vectors,
    labels: NDArray[np.int64],
    first: int,
    second: int,
    gamma: float,
    penalty: float,
) -> Duel:
    rows = np.flatnonzero((labels == first) | (labels == second))
    machine = SVC(C=penalty, gamma=gamma, cache_size=_CACHE)
    machine.fit(points[rows], labels[rows] == first)
    return Duel(first, second, machine, rows[machine.support_])


def fit_duels(
    points: Vectors,
    labels: NDArray[np.int64],
    gamma: float,
    penalty: float,
    progress: Progress,
    title: str,
) -> list[Duel]:
    """Fit the 45 machines, spread over joblib's workers."""
    tasks = [
        joblib.delayed(_fit_duel)(points, labels, first, second, gamma, penalty)
        for first, second in _PAIRS
    ]
    duels = []
    with progress.steps(title, len(tasks)) as advance:
        for duel in joblib.Parallel(return_as="generator")(tasks):
            duels.append(duel)
            advance()
    return duels


def original_decisions(duels: list[Duel], points: Vectors) -> NDArray[np.float64]:
    """The decisions (N, 10, 10) of scikit-learn's own machines."""
    decisions = np.zeros((len(points), 10, 10))
    for duel in duels:
        found = duel.machine.decision_function(points)
        decisions[:, duel.first, duel.second] = found
        decisions[:, duel.second, duel.first] = -found
    return decisions


def merge(
    duels: list[Duel],
    points: Vectors,
    labels: NDArray[np.int64],
    projection: Projection,
    gamma: float,
) -> Machines:
    """The machines as one set of shared support vectors; `points` are those that were fitted."""
    support = np.unique(np.concatenate([duel.support for duel in duels]))
    support = support[np.argsort(labels[support], kind="stable")]
    place = np.empty(len(points), np.int64)
    place[support] = np.arange(len(support))
    weights = np.zeros((len(support), 10), np.float32)
    bias = np.zeros((10, 10), np.float32)
    for duel in duels:
        strength = np.abs(duel.machine.dual_coef_[0])
        other = np.where(labels[duel.support] == duel.first, duel.second, duel.first)
        weights[place[duel.support], other] = strength
        bias[duel.first, duel.second] = duel.machine.intercept_[0]
        bias[duel.second, duel.first] = -duel.machine.intercept_[0]
    return Machines(
        projection.matrix,
        projection.offset,
        points[support].astype(np.float16),
        np.bincount(labels[support], minlength=10),
        weights,
        bias,
        gamma,
        steepness=_STEEPNESS,
        sharpness=1.0,
    )


def calibrate(decisions: NDArray[np.floating], labels: NDArray[np.int64]) -> tuple[float, float]:
    """The sharpness that makes the labels of the validation part likeliest, beside the steepness.

    The steepness has a say in who wins, the sharpness has none: the one stays as it was when the
    machines were chosen, the other makes the probabilities honest.
    """
    rows = np.arange(len(labels))

    def surprise(sharpness: float) -> float:
        likelihood = couple(decisions, _STEEPNESS, sharpness)[rows, labels]
        return -float(np.log(np.maximum(likelihood, 1e-9)).mean())

    return _STEEPNESS, min(np.geomspace(0.02, 2, 40).tolist(), key=surprise)


def _distorted(glyphs: Glyph, generator: torch.Generator) -> Glyph:
    parts = [
        distort(part.unsqueeze(1).float(), generator).clamp(0, 255).round().byte()[:, 0]
        for part in torch.from_numpy(glyphs).split(1_000)
    ]
    distorted: Glyph = torch.cat(parts).numpy()
    return distorted


def _choose(
    recipe: SvmRecipe,
    points: Vectors,
    parts: Parts,
    validation: list[Vectors],
    seed: int,
    progress: Progress,
) -> tuple[float, float]:
    """The gamma and the penalty with the fewest errors on the validation parts."""
    labels = parts.training.labels
    rows = np.random.default_rng(seed).permutation(len(labels))[: recipe.trial]
    results = {}
    for gamma, penalty in product(recipe.gammas, recipe.penalties):
        title = f"SVM, gamma {gamma}, C {penalty}"
        duels = fit_duels(points[rows], labels[rows], gamma, penalty, progress, title)
        answers = tuple(
            couple(original_decisions(duels, part), _STEEPNESS, 1.0) for part in validation
        )
        mnist, pen = accuracies(answers, parts.validation)
        results[gamma, penalty] = mnist + pen
        progress.say(f"{title}: MNIST {mnist:.2%}, pen strokes {pen:.2%}")
    return max(results, key=results.__getitem__)


def _plain_accuracy(recipe: SvmRecipe, parts: Parts, progress: Progress) -> float:
    """What the textbook's SVM on raw pixels reaches on MNIST's validation part."""
    count = min(recipe.plain_images, len(parts.mnist))
    some = parts.mnist.take(np.linspace(0, len(parts.mnist) - 1, count).astype(np.int64))
    duels = fit_duels(
        raw_pixels(some),
        some.labels,
        recipe.plain_gamma,
        recipe.plain_penalty,
        progress,
        "SVM on raw pixels",
    )
    decisions = original_decisions(duels, raw_pixels(parts.mnist_validation))
    return accuracies((couple(decisions, _STEEPNESS, 1.0),), (parts.mnist_validation,))[0]


def train(
    recipe: SvmRecipe, folder: Path | None, seed: int, progress: Progress
) -> tuple[Machines, dict[str, Any], tuple[str, ...]]:
    """Choose on validation, fit twice, calibrate, and merge; returns machines, figures, data."""
    parts = load_parts(recipe, folder, seed, progress.say)
    training = parts.training
    features = describe(training.pixels)
    projection = fit_projection(features, recipe.dimensions, recipe.whitening, seed)
    points = _shipped_precision(projection.apply(features))
    validation = [projection.apply(describe(part.pixels)) for part in parts.validation]

    gamma, penalty = _choose(recipe, points, parts, validation, seed, progress)

    def fit_and_measure(
        points: Vectors, labels: NDArray[np.int64], title: str
    ) -> tuple[list[Duel], tuple[float, ...]]:
        duels = fit_duels(points, labels, gamma, penalty, progress, title)
        answers = (couple(original_decisions(duels, part), _STEEPNESS, 1.0) for part in validation)
        mnist, pen = accuracies(tuple(answers), parts.validation)
        progress.say(f"{title}: MNIST {mnist:.2%}, pen strokes {pen:.2%}")
        return duels, (mnist, pen)

    labels = training.labels
    duels, first = fit_and_measure(points, labels, "SVM, first fit")
    support = np.unique(np.concatenate([duel.support for duel in duels]))
    movable = training.take(support)
    generator = torch.Generator().manual_seed(seed)
    copies = [_distorted(movable.pixels, generator) for _ in range(recipe.copies)]
    virtual = sets.join(*(Images(copy, movable.labels) for copy in copies))
    more_points = np.concatenate(
        [points[support], _shipped_precision(projection.apply(describe(virtual.pixels)))]
    )
    more_labels = np.concatenate([movable.labels, virtual.labels])
    more_duels, second = fit_and_measure(more_points, more_labels, "SVM, virtual vectors")
    helped = sum(second) > sum(first)
    if helped:
        points, labels, duels = more_points, more_labels, more_duels

    machines = merge(duels, points, labels, projection, gamma)
    decisions = np.concatenate([original_decisions(duels, part) for part in validation])
    truth = np.concatenate([part.labels for part in parts.validation])
    steepness, sharpness = calibrate(decisions, truth)
    machines = replace(machines, steepness=steepness, sharpness=sharpness)
    shipped = SvmClassifier(machines)
    mnist, pen = accuracies(
        tuple(shipped.probabilities(part.pixels) for part in parts.validation), parts.validation
    )
    few = parts.mnist_validation.pixels[:1_000]
    same = parity(
        couple(decisions[: len(few)], steepness, sharpness), shipped.probabilities(few), "svm"
    )
    curve, rejection_metrics = fit_rejection_curve(shipped.evidence, parts)
    machines = replace(machines, rejection_curve=curve)
    metrics = {
        "validation_accuracy": round((mnist + pen) / 2, 5),
        "validation_mnist": round(mnist, 5),
        "validation_pen": round(pen, 5),
        "virtual_vectors_kept": helped,
        "validation_mnist_without_virtual_vectors": round(first[0], 5),
        "validation_pen_without_virtual_vectors": round(first[1], 5),
        "validation_mnist_with_virtual_vectors": round(second[0], 5),
        "validation_pen_with_virtual_vectors": round(second[1], 5),
        "validation_mnist_on_raw_pixels": round(_plain_accuracy(recipe, parts, progress), 5),
        "images_on_raw_pixels": min(recipe.plain_images, len(parts.mnist)),
        "gamma": gamma,
        "penalty": penalty,
        "support_vectors": len(machines.support),
        **rejection_metrics,
        "parity": same,
    }
    return machines, metrics, parts.sources


def _shipped_precision(points: Vectors) -> Vectors:
    """Points as the model file will hold them, so that its machines are those that were fitted."""
    return points.astype(np.float16).astype(np.float32)


def fit(recipe: SvmRecipe, task: Task, progress: Progress) -> Fitted:
    """What `train` found, as it is shipped."""
    machines, metrics, sources = train(recipe, task.data, task.seed, progress)
    parameters = int(machines.support.size + np.count_nonzero(machines.weights))
    arrays = as_in_file(vars(machines))
    return classical.fitted("svm", BACKEND, arrays, parameters, metrics, sources)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Fit, write to `--out`, and install under assets/models if asked to."""
    with classical.workers(arguments):
        run("svm", fit, SvmRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("svm", __doc__, SvmRecipe(), *classical.OPTIONS, "trial")


if __name__ == "__main__":
    run_script(arguments_parser(), main)
