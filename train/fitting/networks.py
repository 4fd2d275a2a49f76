"""How the shipped networks, CNN and FCN, are trained: their data, schedule, validation and export.

MNIST and pen strokes (pendigits training writers and drawn allographs), rendered by
`recognizer.ink`, and ink that is no digit. Strokes are varied before they are rendered, all
pictures are distorted after. An average of the weights over the last steps is what is validated,
kept and exported.
"""

import argparse
import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.store import BackendInfo
from train.data import sets
from train.data.player import as_one_writer, load_extra
from train.fitting import distributed
from train.fitting.device import choose_device, prepare
from train.fitting.history import Epoch, History
from train.fitting.loop import AveragedWeights, evaluate, load_weights, mean_weights, train_epoch
from train.forms import glyphs as pen_pictures
from train.forms.augment_images import distort
from train.shipping.export import export_classifier
from train.shipping.install import install
from train.shipping.script import Progress, add_data_argument
from train.shipping.steps import finishing

CLASSES = 11  # ten digits and `pen_pictures.NOT_A_DIGIT`
SOURCES = ["MNIST training images", "pendigits training strokes", "drawn allographs and negatives"]
_NEGATIVES_MEASURED = 2_000  # pictures of no digit, of the writers held out


@dataclass(frozen=True, kw_only=True)
class Polish:
    """A second training of the best weights, towards flatter ground."""

    epochs: int = 14
    pen_pictures: int = 50_000
    mnist_passes: int = 1
    peak_rate: float = 1e-3
    warm_up: float = 0.05
    sharpness: float = 0.05  # radius of `fitting.worst_nearby`


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that decides the result besides code, data and the network's layout."""

    epochs: int
    pen_pictures: int  # varied pen pictures an epoch
    batch: int = 256
    peak_rate: float = 3e-3  # of AdamW, reached after the warm-up, then a cosine down
    last_rate: float = 0.0  # where the cosine ends
    warm_up: float = 0.1  # share of all steps
    weight_decay: float = 0.03
    label_smoothing: float = 0.05
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 3  # of the 30 pendigits training writers
    mnist_passes: int = 1  # times that an epoch shows every MNIST image
    pen_pictures_last: int = 1  # epochs, after which new ones are drawn
    no_digit: float = 0.2  # share of the pen pictures that show no digit
    polish: Polish | None = None
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks
    extra: Path | None = None  # labelled ink of a player, to be learned as well
    start: Path | None = None  # weights of an earlier run; they are polished further, nothing else


AnySettings = TypeVar("AnySettings", bound=Settings)


@dataclass(frozen=True)
class Result:
    """The averaged weights of the best epoch, the learning curves, and what is refused.

    `negatives_refused` is the share of ink that is no digit, by writers held out, of which the
    network says so.
    """

    network: nn.Sequential
    history: History
    negatives_refused: float


def train(
    title: str,
    build: Callable[[], nn.Sequential],
    settings: Settings,
    folder: Path | None,
    device: torch.device,
    seed: int,
    progress: Progress,
) -> Result:
    """Train the network that `build` makes: ink in 0..1, float (N, 1, 28, 28), to logits (N, 11).

    The best epoch has the fewest validation errors (MNIST's and the pen writers' error rates
    added), the lower validation loss deciding between equals. Polishing goes on from it, and its
    last epoch is kept: the luckiest of many epochs on a few thousand pictures is no measure for it.
    Where only polishing was asked for, the mean of the weights before and after it is kept, which
    reads better than either (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022;
    seen on validation here). Test data is not touched. Raises DataError where the weights to start
    from do not fit.
    """
    extra = [] if settings.extra is None else load_extra(settings.extra)
    parts = sets.load_parts(
        folder,
        seed,
        images_held_out=settings.images_held_out,
        writers_held_out=settings.writers_held_out,
        limit=settings.limit,
    )
    if extra:
        parts.writers.extend(as_one_writer(extra, parts.writers))
        progress.say(f"{len(extra)} digits of {settings.extra} are learned as well.")
    prepare(device, seed)
    network = build().to(device).to(memory_format=torch.channels_last)
    history = History()
    if settings.start is None:
        weights = _descend(title, network, settings, parts, device, seed, progress, history)
        network.load_state_dict(weights)
    else:
        load_weights(network, settings.start)
    if settings.polish is not None:
        polished_from = copy.deepcopy(network.state_dict())
        prepare(device, seed + 1)
        weights = _descend(
            f"{title}, polishing",
            network,
            _polishing(settings, settings.polish),
            parts,
            device,
            seed + 1,
            progress,
            history,
            settings.polish,
        )
        if settings.start is not None:
            weights = mean_weights(polished_from, weights)
        network.load_state_dict(weights)
    negatives = pen_pictures.render_varied(
        parts.other_writers, _NEGATIVES_MEASURED, seed, pen_pictures.Mix(no_digit=1.0)
    )
    return Result(network.eval(), history, evaluate(network, negatives, device)[0])


def _polishing(settings: Settings, polish: Polish) -> Settings:
    """The settings of the second training; no longer than a first one that was cut short."""
    return replace(
        settings,
        epochs=min(polish.epochs, settings.epochs),
        pen_pictures=min(polish.pen_pictures, settings.pen_pictures),
        mnist_passes=polish.mnist_passes,
        peak_rate=polish.peak_rate,
        last_rate=0.0,
        warm_up=polish.warm_up,
    )


def _descend(
    title: str,
    network: nn.Module,
    settings: Settings,
    parts: sets.Parts,
    device: torch.device,
    seed: int,
    progress: Progress,
    history: History,
    polish: Polish | None = None,
) -> dict[str, Tensor]:
    """One training of the network; returns the averaged weights that it gives.

    Those of the best epoch of a first training, of the last one of polishing: its epochs differ by
    less than the validation part can tell, and its rate ends at zero.
    """
    mnist = parts.mnist.take(np.tile(np.arange(len(parts.mnist)), settings.mnist_passes))
    validation = (parts.mnist_held_out, pen_pictures.render(parts.other_writers))
    shuffling = distorting = torch.Generator().manual_seed(seed)
    if distributed.world_size() > 1:  # all shuffle alike, but each distorts its share its own way
        distorting = torch.Generator().manual_seed(seed * 1_000 + distributed.rank())
    averaged = AveragedWeights(network, settings.average_decay)
    trained = distributed.wrap(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.peak_rate, weight_decay=settings.weight_decay
    )
    steps = settings.epochs * -(-(len(mnist) + settings.pen_pictures) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: rate(step / steps, settings.warm_up, settings.last_rate / settings.peak_rate),
    )

    def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
        return functional.cross_entropy(logits, truth, label_smoothing=settings.label_smoothing)

    def distorted(glyphs: Tensor) -> Tensor:
        return distort(glyphs, distorting).contiguous(memory_format=torch.channels_last)

    best = (math.inf, math.inf)  # errors, loss: less wins
    weights = averaged.network.state_dict()
    first_epoch = len(history.epochs)
    with progress.steps(title, steps) as advance:

        def after_step() -> None:
            schedule.step()
            averaged.update(network)
            advance()

        for epoch in range(settings.epochs):
            started = time.perf_counter()
            if epoch % settings.pen_pictures_last == 0:
                pen = pen_pictures.render_varied(
                    parts.writers,
                    settings.pen_pictures,
                    seed * 1_000 + epoch,
                    pen_pictures.Mix(no_digit=settings.no_digit),
                )
            training_loss, training_accuracy = train_epoch(
                trained,
                optimizer,
                sets.join(mnist, pen),
                settings.batch,
                device,
                shuffling,
                prepare=distorted,
                loss_of=loss_of,
                after_step=after_step,
                sharpness=0.0 if polish is None else polish.sharpness,
            )
            scores = [evaluate(averaged.network, part, device) for part in validation]
            errors = sum(1 - accuracy for accuracy, _ in scores)
            score = (errors, sum(part_loss for _, part_loss in scores) / len(scores))
            history.append(
                Epoch(
                    number=first_epoch + epoch + 1,
                    training_loss=training_loss,
                    training_accuracy=training_accuracy,
                    validation_loss=score[1],
                    validation_accuracy=1 - errors / len(scores),
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(
                f"{history.epochs[-1]}  (MNIST {scores[0][0]:.2%}, pen strokes {scores[1][0]:.2%})"
            )
            # Batch normalisation's averages differ a little between processes: one of them decides.
            if distributed.decided_by_main(polish is not None or score < best):
                best = score
                weights = copy.deepcopy(averaged.network.state_dict())
                history.best_epoch = len(history.epochs)
    return weights


def rate(done: float, warm_up: float, last: float = 0.0) -> float:
    """The factor on the peak learning rate when a share `done` of all steps is over.

    It rises to 1 during the warm-up and falls as a cosine to `last` at the end.
    """
    if done < warm_up:
        return (done + 1e-3) / (warm_up + 1e-3)
    return last + (1 - last) * 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))


def run(
    name: str,
    info: BackendInfo,
    train_with: Callable[[AnySettings, Path | None, torch.device, int, Progress], Result],
    defaults: AnySettings,
    arguments: argparse.Namespace,
    progress: Progress,
) -> None:
    """Train by `train_with`, export to `--out`, and install under assets/models if asked to."""
    settings = with_options(defaults, arguments)
    device = distributed.join(choose_device(arguments.device))
    with finishing(name, arguments) as out:
        started = time.perf_counter()
        result = train_with(settings, arguments.data, device, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        if not distributed.is_main():
            return
        result.history.write(out, name.upper())
        torch.save(result.network.state_dict(), out / "weights.pt")  # to train on from here
        model = export_classifier(
            result.network,
            out / f"{name}.onnx",
            name=name,
            info=info,
            made_by=f"python -m train.{name}",
            data=SOURCES if settings.extra is None else [*SOURCES, "a player's labelled ink"],
            metrics={
                "validation_accuracy": round(result.history.best.validation_accuracy, 5),
                "validation_negatives_refused": round(result.negatives_refused, 4),
                "best_epoch": result.history.best_epoch,
                "training_minutes": round(minutes, 1),
                "device": device.type,
                "processes": distributed.world_size(),
                "seed": arguments.seed,
            },
        )
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(f"Wrote the model, its metrics and its learning curves to {arguments.out / name}.")


def with_options(defaults: AnySettings, arguments: argparse.Namespace) -> AnySettings:
    """The settings with what the command line says otherwise."""
    said: dict[str, Any] = {
        name: value
        for name in ("epochs", "pen_pictures", "limit", "extra", "start")
        if (value := getattr(arguments, name, None)) is not None
    }
    return replace(defaults, **said)


def arguments_parser(name: str, defaults: Settings, description: str) -> argparse.ArgumentParser:
    """The options of a network's script."""
    parser = argparse.ArgumentParser(prog=f"python -m train.{name}", description=description)
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--device", default="auto", help="cpu, cuda, mps (default: the best)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, help=f"default: {defaults.epochs}")
    parser.add_argument("--pen-pictures", type=int, help=f"default: {defaults.pen_pictures}")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    parser.add_argument(
        "--extra", type=Path, metavar="FILE",
        help="labelled ink to learn as well, as `python -m game export-ink FILE` writes it",
    )  # fmt: skip
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    return parser
