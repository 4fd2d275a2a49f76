"""A network fitted to labelled pictures alone: no pens, no ink that is no digit, nothing drawn.

The same descent as `train.fitting.networks` makes: distorted pictures, a cosine down, averaged
weights.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch import nn

from train.data.sets import Images
from train.fitting.device import prepare
from train.fitting.history import History
from train.fitting.networks import NetworkRecipe, Pictures, descend
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
    is kept.
    """
    repeated = training.take(np.tile(np.arange(len(training)), recipe.mnist_passes))
    shown = Pictures(lambda epoch: repeated, len(repeated), {"held out": validation})
    prepare(device, seed)
    network = build().to(device).to(memory_format=torch.channels_last)
    history = History()
    weights = descend(title, network, recipe, shown, device, seed, progress, history)
    network.load_state_dict(weights)
    return network.eval(), history
