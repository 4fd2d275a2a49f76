"""`python -m train.kaggle`: Kaggle's competition Digit Recognizer, from its files to a submission.

    python -m train.kaggle --train train.csv --test test.csv --model cnn --submission out.csv

The model learns from the digits of train.csv alone, by its own recipe as far as that goes with
pictures only: no pens, nothing drawn, no MNIST besides (Kaggle's test digits are among its 70,000).
A tenth is held out, and how much of it is read right is said. With all models but the classic one
that tenth has also chosen the epoch or the parameters, so expect a hair less from Kaggle.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from types import SimpleNamespace

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.neighbors import KNeighborsClassifier

from recognizer.backends.svm import SvmClassifier
from recognizer.features import describe
from train import classic, cnn, fcn, svm
from train.cnn import CnnRecipe
from train.data.folder import DataError
from train.data.kaggle import read_kaggle_csv, read_kaggle_test
from train.data.sets import Images, split_by_label
from train.fcn import FcnRecipe
from train.fitting import classical, pictures_only
from train.fitting.device import choose_device
from train.fitting.loop import logits_of
from train.fitting.networks import NetworkRecipe
from train.fitting.projection import fit_projection
from train.knn import KnnRecipe
from train.measures.shares import Share, share
from train.shipping.install import replace_file
from train.shipping.options import file_to_read, file_to_write, script_parser
from train.shipping.processes import world_size
from train.shipping.recipe import with_options
from train.shipping.script import Progress, run_script
from train.svm import SvmRecipe

HELD_OUT = 0.1  # of train.csv
PASSES = 2  # of all pictures in a network's epoch, half of which are pen pictures in its own recipe
HEADER = "ImageId,Label"

Labels = NDArray[np.int64]
Reads = Callable[[NDArray[np.uint8]], Labels]  # pictures (N, 28, 28) to digits (N,)


@dataclass(frozen=True)
class Trained:
    """A fitted model as a function, and how much it read right of what was held out."""

    read: Reads
    held_out: Share


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Read both files, train, say how much of the held out part is right, write the submission."""
    if world_size() > 1:
        raise ValueError("train.kaggle runs in one process; start it without torchrun.")
    if arguments.epochs is not None and arguments.model in ("knn", "svm"):
        raise ValueError(f"{arguments.model} learns in no epochs; leave --epochs out.")
    for read in (arguments.train, arguments.test):
        if arguments.submission.exists() and arguments.submission.samefile(read):
            raise ValueError(f"The submission would replace {read}; name another file.")
    progress.say(f"Reading {arguments.train} and {arguments.test} ...")
    images, pictures = read_kaggle_csv(arguments.train), read_kaggle_test(arguments.test)
    progress.say(f"{len(images):,} digits to learn from, {len(pictures):,} to read.")
    with classical.workers(arguments):
        trained = MODELS[arguments.model](images, arguments, progress)
        labels = trained.read(pictures)
    progress.say(
        f"{arguments.model} reads {trained.held_out} of the {trained.held_out.total:,} digits that "
        "were held out (in brackets: 95 % interval)."
    )
    replace_file(arguments.submission, submission(labels).encode("ascii"))
    progress.say(f"Wrote the labels of {len(labels):,} digits to {arguments.submission}.")


def submission(labels: Labels) -> str:
    """The file that the competition wants: the number of each picture, from 1, and its label."""
    rows = (f"{number},{label}" for number, label in enumerate(labels.tolist(), start=1))
    return "\n".join([HEADER, *rows]) + "\n"


def held_out(images: Images, limit: int | None, seed: int) -> tuple[Images, Images]:
    """The digits to learn from and those held out; raises DataError where they are too few."""
    if limit is not None:
        images = images.take(np.random.default_rng(seed).permutation(len(images))[:limit])
    rows, others = split_by_label(images.labels, round(HELD_OUT * len(images)), seed)
    if len(np.unique(images.labels)) < 2 or not len(others):
        raise DataError(
            f"{len(images)} images of {len(np.unique(images.labels))} digits are too few to learn "
            "from and to hold a tenth out."
        )
    return images.take(rows), images.take(others)


def _trained(read: Reads, validation: Images) -> Trained:
    return Trained(read, share(read(validation.pixels) == validation.labels))


# --- The models ---


def _classic(images: Images, arguments: argparse.Namespace, progress: Progress) -> Trained:
    device = choose_device(arguments.device)
    recipe = with_options(classic.ClassicRecipe(test_share=HELD_OUT), arguments)
    parts = classic.split(recipe, images, str(arguments.train), arguments.seed)
    network, _ = classic.train(recipe, parts, device, arguments.seed, progress)
    return _trained(_reads(network, device), parts.test)


def _cnn(images: Images, arguments: argparse.Namespace, progress: Progress) -> Trained:
    recipe = CnnRecipe()
    return _network(
        "CNN", lambda: cnn.Network(recipe.channels), recipe, images, arguments, progress
    )


def _fcn(images: Images, arguments: argparse.Namespace, progress: Progress) -> Trained:
    recipe = FcnRecipe()
    return _network(
        "FCN",
        lambda: fcn.Network(recipe.hidden, recipe.dropout),
        recipe,
        images,
        arguments,
        progress,
    )


def _network(
    title: str,
    build: Callable[[], torch.nn.Sequential],
    recipe: NetworkRecipe,
    images: Images,
    arguments: argparse.Namespace,
    progress: Progress,
) -> Trained:
    device = choose_device(arguments.device)
    training, validation = held_out(images, arguments.limit, arguments.seed)
    recipe = replace(with_options(recipe, arguments), mnist_passes=PASSES)
    network, _ = pictures_only.train(
        title, build, recipe, training, validation, device, arguments.seed, progress
    )
    return _trained(_reads(network, device), validation)


def _reads(network: torch.nn.Module, device: torch.device) -> Reads:
    """A network as a function; its eleventh logit, where it has one, is that of no digit."""

    def read(pictures: NDArray[np.uint8]) -> Labels:
        unlabelled = Images(pictures, np.zeros(len(pictures), np.int64))
        labels: Labels = logits_of(network, unlabelled, device)[:, :10].argmax(1).numpy()
        return labels

    return read


def _knn(images: Images, arguments: argparse.Namespace, progress: Progress) -> Trained:
    recipe = KnnRecipe()
    training, validation = held_out(images, arguments.limit, arguments.seed)
    features, queries = describe(training.pixels), describe(validation.pixels)
    found: list[tuple[float, str, Reads]] = []
    with progress.steps("KNN", len(recipe.dimensions) * len(recipe.neighbours)) as advance:
        for dimensions in recipe.dimensions:
            projection = fit_projection(features, dimensions, recipe.whitening, arguments.seed)
            points, asked = projection.apply(features), projection.apply(queries)
            for k in recipe.neighbours:
                model = KNeighborsClassifier(k, weights="distance", algorithm="brute")
                model.fit(points, training.labels)

                def read(
                    pictures: NDArray[np.uint8],
                    model: KNeighborsClassifier = model,
                    apply: Callable[[NDArray[np.float32]], NDArray[np.float32]] = projection.apply,
                ) -> Labels:
                    labels: Labels = model.predict(apply(describe(pictures)))
                    return labels

                right = float((model.predict(asked) == validation.labels).mean())
                found.append((right, f"{dimensions} dimensions, k {k}", read))
                advance()
    return _best(found, validation, progress)


def _svm(images: Images, arguments: argparse.Namespace, progress: Progress) -> Trained:
    recipe = SvmRecipe()
    training, validation = held_out(images, arguments.limit, arguments.seed)
    features = describe(training.pixels)
    projection = fit_projection(features, recipe.dimensions, recipe.whitening, arguments.seed)
    # As the classifier keeps them, so that its machines are those that were fitted.
    points = projection.apply(features).astype(np.float16).astype(np.float32)
    few = np.random.default_rng(arguments.seed).permutation(len(training))[: recipe.trial]

    def fitted(rows: Labels, gamma: float, penalty: float, title: str) -> Reads:
        some, labels = points[rows], training.labels[rows]
        duels = svm.fit_duels(some, labels, gamma, penalty, progress, title)
        machines = SvmClassifier(svm.merge(duels, some, labels, projection, gamma))
        return lambda pictures: machines.probabilities(pictures)[:, :10].argmax(axis=1)

    if missing := sorted(set(range(10)) - set(training.labels[few].tolist())):
        raise DataError(
            f"Machines for every pair of digits need every digit; there is no {missing[0]} to "
            "learn from."
        )
    tried: list[tuple[float, str, tuple[float, float]]] = []
    for gamma, penalty in product(recipe.gammas, recipe.penalties):
        title = f"SVM, gamma {gamma}, C {penalty}"
        read = fitted(few, gamma, penalty, title)
        right = float((read(validation.pixels) == validation.labels).mean())
        progress.say(f"{title}: {right:.2%}")
        tried.append((right, title, (gamma, penalty)))
    _, title, (gamma, penalty) = max(tried, key=lambda one: one[0])
    return _trained(fitted(np.arange(len(training)), gamma, penalty, title), validation)


def _best(found: list[tuple[float, str, Reads]], validation: Images, progress: Progress) -> Trained:
    for right, title, _ in found:
        progress.say(f"{title}: {right:.2%}")
    _, _, read = max(found, key=lambda one: one[0])
    return _trained(read, validation)


MODELS: dict[str, Callable[[Images, argparse.Namespace, Progress], Trained]] = {
    "classic": _classic,
    "cnn": _cnn,
    "svm": _svm,
    "knn": _knn,
    "fcn": _fcn,
}


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser(
        "train.kaggle", __doc__, "seed", "device", "epochs", "limit", "jobs", "joblib",
        defaults=SimpleNamespace(epochs="the model's own"),
    )  # fmt: skip
    for name, holds in (("train", "labelled digits"), ("test", "the digits to read")):
        parser.add_argument(
            f"--{name}", type=file_to_read, required=True, metavar="FILE",
            help=f"Kaggle's {name}.csv, also .gz or .zip: {holds}",
        )  # fmt: skip
    parser.add_argument("--model", choices=list(MODELS), default="cnn", help="default: cnn")
    parser.add_argument(
        "--submission", type=file_to_write, required=True, metavar="FILE",
        help="the file to upload: ImageId,Label",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
