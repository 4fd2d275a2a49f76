"""How the shipped networks, CNN and FCN, are trained: their data, schedule, validation and export.

MNIST, people's pen strokes and drawn allographs, rendered by `recognizer.ink`, and ink that is no
digit. Strokes are varied before they are rendered, all
pictures are distorted after. An average of the weights over the last steps is what is validated,
kept and exported.
"""

import copy
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.store import BackendInfo
from train.data import sets
from train.data.parts import Parts, load_parts
from train.data.player import as_one_writer, load_extra
from train.fitting import checkpoint, distributed
from train.fitting.device import prepare
from train.fitting.history import Epoch, History
from train.fitting.loop import (
    AveragedWeights,
    Best,
    evaluate,
    load_weights,
    mean_weights,
    train_epoch,
)
from train.fitting.muon import optimizers_for
from train.fitting.refusal import set_refusal
from train.fitting.schedule import rate
from train.forms import glyphs
from train.forms.augment_images import SHARE, distort
from train.shipping.export import export_classifier
from train.shipping.install import Model
from train.shipping.processes import rank, world_size
from train.shipping.recipe import Fitted
from train.shipping.script import Progress

OPTIONS = ("device", "epochs", "pen_pictures", "limit", "extra", "install")
CLASSES = 11  # ten digits and `glyphs.NOT_A_DIGIT`
DRAWN = "drawn allographs and negatives"
PLAYERS_INK = "a player's labelled ink"
_NEGATIVES_MEASURED = 2_000  # pictures of no digit, of the writers held out


@dataclass(frozen=True, kw_only=True)
class Polish:
    """A further training of weights that there are, on pictures nearer to those that are read."""

    epochs: int = 4
    bent: float = 0.3
    peak_rate: float = 1e-3
    warm_up: float = 0.05


POLISH = Polish()


@dataclass(frozen=True, kw_only=True)
class NetworkRecipe:
    """Everything that decides the result besides code, data and the network's layout."""

    epochs: int
    pen_pictures: int  # varied pen pictures an epoch
    batch: int = 256
    peak_rate: float = 3e-3  # reached after the warm-up, then a cosine down to nothing
    warm_up: float = 0.1  # share of all steps
    weight_decay: float = 0.03
    label_smoothing: float = 0.05
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    people_held_out: float = 0.1  # share of each pen set's writers
    mnist_passes: int = 1  # times that an epoch shows every MNIST image
    pen_pictures_last: int = 1  # epochs, after which new ones are drawn
    no_digit: float = 0.3  # share of the pen pictures that show no digit
    bent: float = SHARE  # of all pictures: those that `train.forms.augment_images` distorts
    polish: Polish = POLISH  # where there are weights to start from
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks
    extra: Path | None = None  # labelled ink of a player, to be learned as well
    start: Path | None = None  # weights of an earlier run; they are polished further, nothing else


@dataclass(frozen=True)
class Result:
    """The averaged weights of the best epoch, the learning curves, and what is refused.

    `negatives_refused` is the share of ink that is no digit, by writers held out, of which the
    network says so.
    """

    network: nn.Sequential
    history: History
    negatives_refused: float
    sources: tuple[str, ...]  # the data sets, in words


def train(
    title: str,
    build: Callable[[], nn.Sequential],
    recipe: NetworkRecipe,
    folder: Path | None,
    device: torch.device,
    seed: int,
    progress: Progress,
) -> Result:
    """Train the network that `build` makes: ink in 0..1, float (N, 1, 28, 28), to logits (N, 11).

    The best epoch has the fewest validation errors (MNIST's and the pen writers' error rates
    added), the lower validation loss deciding between equals. Where there are weights to start
    from, they are polished, the last epoch counts, and the mean of the weights before and after is
    kept, which reads better than either (Wortsman et al., "Robust fine-tuning of zero-shot models",
    CVPR 2022; seen on validation here). Test data is not touched. Raises DataError where the
    weights to start from do not fit.
    """
    extra = [] if recipe.extra is None else load_extra(recipe.extra)
    parts = load_parts(recipe, folder, seed, progress.say)
    if extra:
        parts.people.digits.extend(as_one_writer(extra, parts.people.digits))
        progress.say(f"{len(extra)} digits of {recipe.extra} are learned as well.")
    prepare(device, seed)
    network = build().to(device).to(memory_format=torch.channels_last)
    history = History()
    validation = {
        "MNIST": parts.mnist_held_out,
        "pen strokes": glyphs.render(parts.other_people.digits),
    }
    with glyphs.kept_workers(parts.people):
        if recipe.start is None:
            weights = descend(
                title,
                network,
                recipe,
                _pictures(recipe, parts, validation, seed),
                device,
                seed,
                progress,
                history,
            )
        else:
            load_weights(network, recipe.start)
            start = copy.deepcopy(network.state_dict())
            shorter = polishing(recipe)
            weights = descend(
                f"{title}, polishing",
                network,
                shorter,
                _pictures(shorter, parts, validation, seed),
                device,
                seed,
                progress,
                history,
                polishes=True,
            )
            weights = mean_weights(start, weights)
        network.load_state_dict(weights)
    moved = set_refusal(network, list(validation.values()), device)
    progress.say(f'The bias of "not a digit" moved by {moved:+.2f}.')
    negatives = glyphs.render_varied(
        parts.other_people, _NEGATIVES_MEASURED, seed, glyphs.Mix(no_digit=1.0)
    )
    refused = evaluate(network, negatives, device)[0]
    return Result(network.eval(), history, refused, parts.sources)


def polishing(recipe: NetworkRecipe) -> NetworkRecipe:
    """The recipe of polishing; no longer than a training that was cut short."""
    polish = recipe.polish
    return replace(
        recipe,
        epochs=min(polish.epochs, recipe.epochs),
        bent=polish.bent,
        peak_rate=polish.peak_rate,
        warm_up=polish.warm_up,
    )


@dataclass(frozen=True)
class Pictures:
    """What a training shows, and what its network is validated on."""

    of_epoch: Callable[[int], sets.Images]  # by the epoch's number in this training, from 0
    count: int  # of an epoch
    validation: Mapping[str, sets.Images]  # by name


def _pictures(
    recipe: NetworkRecipe, parts: Parts, validation: Mapping[str, sets.Images], seed: int
) -> Pictures:
    """MNIST's images and pen pictures, which are drawn anew every `pen_pictures_last` epochs."""
    mnist = parts.mnist.take(np.tile(np.arange(len(parts.mnist)), recipe.mnist_passes))

    @lru_cache(maxsize=1)
    def pen(drawn_in: int) -> sets.Images:
        return glyphs.render_varied(
            parts.people,
            recipe.pen_pictures,
            seed * 1_000 + drawn_in,
            glyphs.Mix(no_digit=recipe.no_digit),
        )

    def of_epoch(epoch: int) -> sets.Images:
        return sets.join(mnist, pen(epoch - epoch % recipe.pen_pictures_last))

    return Pictures(of_epoch, len(mnist) + recipe.pen_pictures, validation)


def descend(
    title: str,
    network: nn.Module,
    recipe: NetworkRecipe,
    pictures: Pictures,
    device: torch.device,
    seed: int,
    progress: Progress,
    history: History,
    *,
    polishes: bool = False,
) -> dict[str, Tensor]:
    """One training of the network; returns the averaged weights that it gives.

    Those of the best epoch, or of the last one where it `polishes`: those epochs differ by less
    than the validation part can tell. A training that was stopped goes on after its last whole
    epoch (`train.fitting.checkpoint`).
    """
    shuffling = distorting = torch.Generator().manual_seed(seed)
    if world_size() > 1:  # all shuffle alike, but each distorts its share its own way
        distorting = torch.Generator().manual_seed(seed * 1_000 + rank())
    averaged = AveragedWeights(network, recipe.average_decay)
    trained = distributed.wrap(network)
    optimizers = optimizers_for(network, recipe.peak_rate, recipe.weight_decay)
    steps_an_epoch = -(-pictures.count // recipe.batch)
    steps = recipe.epochs * steps_an_epoch
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: rate(step / steps, recipe.warm_up)
        )
        for optimizer in optimizers
    ]

    def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
        return functional.cross_entropy(logits, truth, label_smoothing=recipe.label_smoothing)

    def distorted(batch: Tensor) -> Tensor:
        bent = distort(batch, distorting, recipe.bent)
        return bent.contiguous(memory_format=torch.channels_last)

    best = Best(averaged.network)
    resumable = checkpoint.Resumable(
        {
            "network": network,
            "averaged": averaged,
            "best": best,
            "history": history,
            **{f"optimizer {number}": each for number, each in enumerate(optimizers)},
            **{f"schedule {number}": each for number, each in enumerate(schedules)},
        },
        (shuffling, distorting),
        device,
    )
    done = resumable.take_up(title, recipe.epochs, progress)
    with progress.steps(title, steps, done * steps_an_epoch) as advance:

        def after_step() -> None:
            for schedule in schedules:
                schedule.step()
            averaged.update(network)
            advance()

        for epoch in range(done, recipe.epochs):
            started = time.perf_counter()
            training_loss, training_accuracy = train_epoch(
                trained,
                optimizers,
                pictures.of_epoch(epoch),
                recipe.batch,
                device,
                shuffling,
                prepare=distorted,
                loss_of=loss_of,
                after_step=after_step,
            )
            scores = [
                evaluate(averaged.network, part, device) for part in pictures.validation.values()
            ]
            errors = sum(1 - accuracy for accuracy, _ in scores)
            loss = sum(part_loss for _, part_loss in scores) / len(scores)
            history.append(
                Epoch(
                    number=len(history.epochs) + 1,
                    training_loss=training_loss,
                    training_accuracy=training_accuracy,
                    validation_loss=loss,
                    validation_accuracy=1 - errors / len(scores),
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(f"{history.epochs[-1]}{_shares(pictures.validation, scores)}")
            # Batch normalisation's averages differ a little between processes: one of them decides.
            if distributed.decided_by_main(polishes or best.is_beaten_by(errors, loss)):
                best.take(averaged.network, errors, loss)
                history.best_epoch = len(history.epochs)
            resumable.keep(epoch + 1, progress)
    return best.weights


def _shares(names: Iterable[str], scores: Sequence[tuple[float, float]]) -> str:
    """Of each of several validation parts, how much was told right."""
    if len(scores) == 1:
        return ""
    shares = (f"{name} {accuracy:.2%}" for name, (accuracy, _) in zip(names, scores, strict=True))
    return f"  ({', '.join(shares)})"


def fitted(
    name: str, info: BackendInfo, recipe: NetworkRecipe, result: Result, device: torch.device
) -> Fitted:
    """What is shipped of a trained network, and what is told of it."""

    def export(out: Path, metrics: dict[str, Any]) -> Model:
        result.history.write(out, name.upper())
        torch.save(result.network.state_dict(), out / "weights.pt")  # to train on from here
        return export_classifier(
            result.network,
            out / f"{name}.onnx",
            name=name,
            info=info,
            made_by=f"python -m train.{name}",
            data=[*result.sources, DRAWN, *([] if recipe.extra is None else [PLAYERS_INK])],
            metrics=metrics,
        )

    metrics = {
        "validation_accuracy": round(result.history.best.validation_accuracy, 5),
        "validation_negatives_refused": round(result.negatives_refused, 4),
        "best_epoch": result.history.best_epoch,
        "device": device.type,
        "processes": world_size(),
    }
    return Fitted(metrics, export)
