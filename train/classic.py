"""`python -m train.classic`: the well-known Keras CNN for Kaggle's MNIST, rebuilt exactly.

Convolutions of 64, 128 and 256 filters (3x3, ReLU), after each a 2x2 max-pooling and a batch
normalisation; flattened, 512 neurons with ReLU, ten outputs; categorical cross-entropy, Adam,
batches of 128, 15 epochs. Of Kaggle's 42,000 images 10 % are held out as test and 20 % of the rest
as validation; pixels are divided by 255 and standardised by the training part's mean and deviation.
Where Keras and torch differ by default (borders, initial weights, Adam's and the normalisation's
constants), Keras's values are taken. Nothing is augmented: it is the yardstick, not the product.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.store import BackendInfo
from train.data import sets
from train.data.folder import DataError
from train.data.kaggle import read_kaggle_csv
from train.data.sets import Images
from train.fitting import checkpoint, distributed
from train.fitting.device import choose_device, prepare
from train.fitting.history import Epoch, History
from train.fitting.loop import evaluate, train_epoch
from train.shipping.export import export_classifier
from train.shipping.install import Model
from train.shipping.processes import world_size
from train.shipping.recipe import Fitted, Task, run
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

BACKEND = BackendInfo(
    kind="onnx",
    title="CNN classic",
    about="A small convolutional network, trained the classic way",
    sees="glyph",
    rank=60,
)


@dataclass(frozen=True)
class ClassicRecipe:
    """Everything that decides the result besides code and data."""

    epochs: int = 15
    batch: int = 128
    rate: float = 1e-3  # of Adam
    images: int = 42_000  # as many as Kaggle's train.csv holds, drawn where no file is given
    test_share: float = 0.1
    validation_share: float = 0.2  # of what the test part leaves
    csv: Path | None = None  # Kaggle's file; else as many of MNIST's training images
    limit: int | None = None  # take no more images than this: for tests and quick looks


class Standardised(nn.Module):
    """Ink in 0..1 with the training part's mean and deviation taken out."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, mean: float, deviation: float) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("deviation", torch.tensor(deviation))

    def forward(self, glyphs: Tensor) -> Tensor:
        return (glyphs - self.mean) / self.deviation


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 10): 507,000 parameters."""

    def __init__(self, mean: float, deviation: float) -> None:
        layers: list[nn.Module] = [Standardised(mean, deviation)]
        for inputs, outputs in ((1, 64), (64, 128), (128, 256)):
            layers += [
                nn.Conv2d(inputs, outputs, 3),
                nn.ReLU(),
                nn.MaxPool2d(2),
                nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01),
            ]
        # 28 pixels a side shrink to 26, 13, 11, 5, 3 and 1: Keras's convolutions add no border.
        layers += [nn.Flatten(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 10)]
        super().__init__(*layers)
        for layer in self:
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.xavier_uniform_(layer.weight)
                assert layer.bias is not None
                nn.init.zeros_(layer.bias)


@dataclass(frozen=True)
class Parts:
    """The three parts of the images, and a sentence that says where these came from."""

    training: Images
    validation: Images
    test: Images
    source: str


def load_parts(recipe: ClassicRecipe, folder: Path | None, seed: int) -> Parts:
    """Split Kaggle's file, or as many of MNIST's training images, by seed."""
    if recipe.csv is None:
        images = sets.load_mnist(train=True, data=folder)
        source = f"{recipe.images:,} of MNIST's 60,000 training images, drawn by seed {seed}"
        _, rows = sets.split_by_label(images.labels, recipe.images, seed)
        images = images.take(rows)
    else:
        images = read_kaggle_csv(recipe.csv)
        # Kaggle drew them from all 70,000: MNIST's own test part is no clean test of this model.
        source = f"the {len(images):,} images of {recipe.csv.name}, MNIST test images among them"
    return split(recipe, images, source, seed)


def split(recipe: ClassicRecipe, images: Images, source: str, seed: int) -> Parts:
    """Split images into the three parts; raises DataError where they are too few."""
    if recipe.limit is not None and recipe.limit < len(images):
        images = images.take(np.random.default_rng(seed).permutation(len(images))[: recipe.limit])
        source = f"{recipe.limit:,} of {source}"
    rest, test = _hold_out(images, recipe.test_share, seed)
    training, validation = _hold_out(rest, recipe.validation_share, seed)
    if not (len(training) and len(validation) and len(test)):
        where = "MNIST" if recipe.csv is None else recipe.csv
        raise DataError(f"{where}: {len(images)} images are too few to hold out two parts.")
    return Parts(training, validation, test, source)


def _hold_out(images: Images, share: float, seed: int) -> tuple[Images, Images]:
    """Split images into (the rest, the share that is held out)."""
    kept, held_out = sets.split_by_label(images.labels, round(share * len(images)), seed)
    return images.take(kept), images.take(held_out)


def train(
    recipe: ClassicRecipe, parts: Parts, device: torch.device, seed: int, progress: Progress
) -> tuple[Network, History]:
    """Train one network for all epochs; returns its last weights and the learning curves."""
    prepare(device, seed)
    shuffling = torch.Generator().manual_seed(seed)
    ink = parts.training.pixels.astype(np.float32) / 255
    network = Network(float(ink.mean()), float(ink.std()))
    network = network.to(device).to(memory_format=torch.channels_last)
    trained = distributed.wrap(network)
    optimizer = torch.optim.Adam(network.parameters(), recipe.rate, eps=1e-7)
    history = History()
    steps_an_epoch = -(-len(parts.training) // recipe.batch)
    resumable = checkpoint.Resumable(
        {"network": network, "optimizer": optimizer, "history": history}, (shuffling,), device
    )
    done = resumable.take_up("CNN classic", recipe.epochs, progress)
    with progress.steps(
        "CNN classic", recipe.epochs * steps_an_epoch, done * steps_an_epoch
    ) as advance:
        for epoch in range(done, recipe.epochs):
            started = time.perf_counter()
            training_loss, training_accuracy = train_epoch(
                trained,
                [optimizer],
                parts.training,
                recipe.batch,
                device,
                shuffling,
                prepare=lambda glyphs: glyphs.contiguous(memory_format=torch.channels_last),
                loss_of=functional.cross_entropy,
                after_step=advance,
            )
            accuracy, loss = evaluate(network, parts.validation, device)
            history.append(
                Epoch(
                    number=epoch + 1,
                    training_loss=training_loss,
                    training_accuracy=training_accuracy,
                    validation_loss=loss,
                    validation_accuracy=accuracy,
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(str(history.epochs[-1]))
            resumable.keep(epoch + 1, progress)
    history.best_epoch = recipe.epochs  # the original keeps what the last epoch leaves
    return network, history


def fit(recipe: ClassicRecipe, task: Task, progress: Progress) -> Fitted:
    """Train, and measure on the part held out for it."""
    device = distributed.join(choose_device(task.device))
    parts = load_parts(recipe, task.data, task.seed)
    network, history = train(recipe, parts, device, task.seed, progress)
    accuracy, _ = evaluate(network, parts.test, device)

    def export(out: Path, metrics: dict[str, Any]) -> Model:
        history.write(out, "CNN classic", augmented=False)
        return export_classifier(
            network,
            out / "classic.onnx",
            name="classic",
            info=BACKEND,
            made_by="python -m train.classic",
            data=[parts.source],
            metrics=metrics,
        )

    metrics = {
        "validation_accuracy": round(history.best.validation_accuracy, 5),
        "held_out_test_accuracy": round(accuracy, 5),
        "held_out_test_images": len(parts.test),
        "training_images": len(parts.training),
        "device": device.type,
        "processes": world_size(),
    }
    summary = f"On the {len(parts.test):,} images held out as test: {accuracy:.2%}."
    return Fitted(metrics, export, summary)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, measure, and write everything to `--out`."""
    run("classic", fit, ClassicRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("classic", __doc__, ClassicRecipe(), "csv", "device", "epochs", "limit")


if __name__ == "__main__":
    run_script(arguments_parser(), main)
