"""A network fitted to labelled pictures alone: no pens, no ink that is no digit, nothing drawn.

The same descent as `train.fitting.networks` makes: distorted pictures, a cosine down, averaged
weights, and polishing where the recipe has it.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from train.data.sets import Images
from train.fitting.device import prepare
from train.fitting.history import History
from train.fitting.networks import NetworkRecipe, Pictures, descend, polishing
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

    def pictures(passes: int) -> Pictures:
        repeated = training.take(np.tile(np.arange(len(training)), passes))
        return Pictures(lambda epoch: repeated, len(repeated), {"held out": validation})

    prepare(device, seed)
    network = build().to(device).to(memory_format=torch.channels_last)
    history = History()
    shown = pictures(recipe.mnist_passes)
    weights = descend(title, network, recipe, shown, device, seed, progress, history)
    network.load_state_dict(weights)
    if recipe.polish is not None:
        prepare(device, seed + 1)
        shorter = polishing(recipe, recipe.polish)
        shown = pictures(shorter.mnist_passes)
        weights = descend(
            f"{title}, polishing", network, shorter, shown, device, seed + 1, progress, history,
            polishes=True,
        )  # fmt: skip
        network.load_state_dict(weights)
    return network.eval(), history
