"""A network fitted to labelled pictures alone: no pens, no ink that is no digit, nothing drawn.

The same descent as `train.fitting.networks` makes: distorted pictures, a cosine down, averaged
weights, and polishing where the recipe has it.
"""

import copy
import math
import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train.data.sets import Images
from train.fitting.device import prepare
from train.fitting.history import Epoch, History
from train.fitting.loop import AveragedWeights, evaluate, train_epoch
from train.fitting.networks import NetworkRecipe, polishing
from train.fitting.schedule import rate
from train.forms.augment_images import distort
from train.shipping.script import Progress


def train(
    title: str,
    build: Callable[[], nn.Sequential],
    recipe: NetworkRecipe,
    training: Images,
    validation: Images,
    device: torch.device,
    seed: int,
    progress: Progress,
) -> tuple[nn.Sequential, History]:
    """Train the network that `build` makes: ink in 0..1, float (N, 1, 28, 28), to logits.

    An epoch shows every picture `mnist_passes` times. The epoch with the fewest validation errors
    is kept, of polishing the last one.
    """
    prepare(device, seed)
    network = build().to(device).to(memory_format=torch.channels_last)
    history = History()
    parts = (training, validation)
    _descend(title, network, recipe, parts, device, seed, progress, history)
    if recipe.polish is not None:
        prepare(device, seed + 1)
        shorter = polishing(recipe, recipe.polish)
        _descend(
            f"{title}, polishing", network, shorter, parts, device, seed + 1, progress, history,
            recipe.polish.sharpness,
        )  # fmt: skip
    return network.eval(), history


def _descend(
    title: str,
    network: nn.Module,
    recipe: NetworkRecipe,
    parts: tuple[Images, Images],
    device: torch.device,
    seed: int,
    progress: Progress,
    history: History,
    sharpness: float = 0.0,
) -> None:
    """One training, which leaves in the network the averaged weights that it gives."""
    training, validation = parts
    shown = training.take(np.tile(np.arange(len(training)), recipe.mnist_passes))
    random = torch.Generator().manual_seed(seed)
    averaged = AveragedWeights(network, recipe.average_decay)
    optimizer = torch.optim.AdamW(
        network.parameters(), recipe.peak_rate, weight_decay=recipe.weight_decay
    )
    steps = recipe.epochs * -(-len(shown) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: rate(step / steps, recipe.warm_up, recipe.last_rate / recipe.peak_rate),
    )

    def loss_of(logits: Tensor, truth: Tensor) -> Tensor:
        return functional.cross_entropy(logits, truth, label_smoothing=recipe.label_smoothing)

    def distorted(pictures: Tensor) -> Tensor:
        return distort(pictures, random).contiguous(memory_format=torch.channels_last)

    best = (math.inf, math.inf)  # errors, loss: less wins
    weights = averaged.network.state_dict()
    first_epoch = len(history.epochs)
    with progress.steps(title, steps) as advance:

        def after_step() -> None:
            schedule.step()
            averaged.update(network)
            advance()

        for epoch in range(recipe.epochs):
            started = time.perf_counter()
            training_loss, training_accuracy = train_epoch(
                network, optimizer, shown, recipe.batch, device, random, prepare=distorted,
                loss_of=loss_of, after_step=after_step, sharpness=sharpness,
            )  # fmt: skip
            accuracy, loss = evaluate(averaged.network, validation, device)
            history.append(
                Epoch(
                    number=first_epoch + epoch + 1,
                    training_loss=training_loss,
                    training_accuracy=training_accuracy,
                    validation_loss=loss,
                    validation_accuracy=accuracy,
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(str(history.epochs[-1]))
            if sharpness > 0 or (1 - accuracy, loss) < best:
                best = (1 - accuracy, loss)
                weights = copy.deepcopy(averaged.network.state_dict())
                history.best_epoch = len(history.epochs)
    network.load_state_dict(weights)
