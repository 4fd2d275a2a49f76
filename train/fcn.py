"""`python -m train.fcn`: the fully connected network, to see how far one gets without convolution.

Two hidden layers on the pixels themselves. Every epoch distorts MNIST and rendered pen strokes
anew: without that such a net learns its training pictures by heart (Simard, Steinkraus & Platt,
"Best practices for convolutional neural networks", 2003: 1.6 % errors without, 0.7 % with it).
"""

import argparse
import copy
import math
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train import data, distributed, pen_pictures
from train.cnn import AveragedWeights, evaluate
from train.console import Progress, run_script
from train.device import choose_device, prepare
from train.export import export_classifier, install
from train.fitting import train_epoch
from train.history import Epoch, History
from train.image_augmentation import distort
from train.steps import finishing


@dataclass(frozen=True)
class Settings:
    """Everything that decides the result besides code and data."""

    epochs: int = 30
    batch: int = 256
    hidden: tuple[int, int] = (1024, 512)
    dropout: float = 0.1
    peak_rate: float = 2e-3  # of AdamW, reached after a tenth of all steps, then a cosine to zero
    weight_decay: float = 0.02
    label_smoothing: float = 0.02
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 4  # of the 30 pendigits training writers
    pen_pictures: int = 60_000  # varied pen pictures, drawn once
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 10)."""

    def __init__(self, hidden: tuple[int, int], dropout: float) -> None:
        sizes = (28 * 28, *hidden)
        layers: list[nn.Module] = [nn.Flatten()]
        for inputs, outputs in pairwise(sizes):
            layers += [
                nn.Linear(inputs, outputs, bias=False),
                nn.BatchNorm1d(outputs),
                nn.ReLU(),
                nn.Dropout(dropout),
            ]
        super().__init__(*layers, nn.Linear(sizes[-1], 10))


def train(
    settings: Settings, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> tuple[nn.Module, History]:
    """Train one network; returns the averaged weights of the best epoch and the learning curves.

    The best epoch has the lowest sum of MNIST's and the pen writers' validation error rates.
    """
    mnist = data.load_mnist(train=True, data=folder)
    rows, held_out = data.split_by_label(mnist.labels, settings.images_held_out, seed)
    if settings.limit is not None:
        rows = np.random.default_rng(seed).permutation(rows)[: settings.limit]
    writers, other_writers = data.split_by_writer(
        data.load_pendigits(train=True, data=folder), settings.writers_held_out, seed
    )
    pen = pen_pictures.render_varied(writers, settings.pen_pictures, seed)
    training = data.join(mnist.take(rows), pen)
    validation = (mnist.take(held_out), pen_pictures.render(other_writers))

    prepare(device, seed)
    shuffling = torch.Generator().manual_seed(seed)
    distorting = torch.Generator().manual_seed(seed * 1_000 + distributed.rank())
    network = Network(settings.hidden, settings.dropout).to(device)
    averaged = AveragedWeights(network, settings.average_decay)
    trained = distributed.wrap(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.peak_rate, weight_decay=settings.weight_decay
    )
    steps = settings.epochs * -(-len(training) // settings.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, settings.peak_rate, total_steps=steps + 1, pct_start=0.1, cycle_momentum=False
    )

    def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
        return functional.cross_entropy(logits, truth, label_smoothing=settings.label_smoothing)

    history = History()
    best, best_weights = math.inf, averaged.network.state_dict()
    with progress.steps("FCN", steps) as advance:

        def after_step() -> None:
            schedule.step()
            averaged.update(network)
            advance()

        for epoch in range(settings.epochs):
            started = time.perf_counter()
            training_loss, training_accuracy = train_epoch(
                trained,
                optimizer,
                training,
                settings.batch,
                device,
                shuffling,
                prepare=lambda glyphs: distort(glyphs, distorting),
                loss_of=loss_of,
                after_step=after_step,
            )
            scores = [evaluate(averaged.network, part, device) for part in validation]
            errors = sum(1 - accuracy for accuracy, _ in scores)
            if errors < best:
                best, best_weights = errors, copy.deepcopy(averaged.network.state_dict())
                history.best_epoch = epoch + 1
            history.append(
                Epoch(
                    number=epoch + 1,
                    training_loss=training_loss,
                    training_accuracy=training_accuracy,
                    validation_loss=sum(loss for _, loss in scores) / len(scores),
                    validation_accuracy=1 - errors / len(scores),
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(
                f"{history.epochs[-1]}  (MNIST {scores[0][0]:.2%}, pen strokes {scores[1][0]:.2%})"
            )
    averaged.network.load_state_dict(best_weights)
    return averaged.network, history


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, export to `--out`, and install under assets/models if asked to."""
    settings = Settings(
        **{
            name: value
            for name in ("epochs", "pen_pictures", "limit")
            if (value := getattr(arguments, name)) is not None
        }
    )
    device = distributed.join(choose_device(arguments.device))
    with finishing("fcn", arguments) as out:
        started = time.perf_counter()
        network, history = train(settings, arguments.data, device, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        if not distributed.is_main():
            return
        history.write(out, "FCN")
        model = export_classifier(
            network,
            out / "fcn.onnx",
            name="fcn",
            made_by="python -m train.fcn",
            data=["MNIST training images", "pendigits training strokes", "drawn allographs"],
            metrics={
                "validation_accuracy": round(history.best.validation_accuracy, 5),
                "best_epoch": history.best_epoch,
                "training_minutes": round(minutes, 1),
                "device": device.type,
                "processes": distributed.world_size(),
                "seed": arguments.seed,
            },
        )
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(
        f"Wrote the model, its metrics and its learning curves to {arguments.out / 'fcn'}."
    )


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(prog="python -m train.fcn", description=__doc__)
    data.add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--device", default="auto", help="cpu, cuda, mps (default: the best)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, help=f"default: {Settings.epochs}")
    parser.add_argument("--pen-pictures", type=int, help=f"default: {Settings.pen_pictures}")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
