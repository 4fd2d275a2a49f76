"""`python -m train.fcn`: the fully connected network, to see how far one gets without convolution.

Two hidden layers on the pixels themselves, trained by `train.fitting.networks`, which distorts
every picture anew each time: without that such a net learns its training pictures by heart (Simard,
Steinkraus & Platt, "Best practices for convolutional neural networks", 2003: 1.6 % errors without,
0.7 % with it).
"""

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import torch
from torch import nn

from recognizer.store import BackendInfo
from train.fitting import distributed, networks
from train.fitting.device import choose_device
from train.shipping.recipe import Fitted, Task, run
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

BACKEND = BackendInfo(
    kind="onnx",
    title="FCN",
    about="A fully connected network",
    sees="glyph",
    rank=20,
)


@dataclass(frozen=True, kw_only=True)
class FcnRecipe(networks.NetworkRecipe):
    """The network's layout and how it learns."""

    hidden: tuple[int, int] = (1024, 512)
    dropout: float = 0.1
    epochs: int = 22
    pen_pictures: int = 70_000
    pen_pictures_last: int = 5
    peak_rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.02


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 11)."""

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
        super().__init__(*layers, nn.Linear(sizes[-1], networks.CLASSES))


def train(
    recipe: FcnRecipe, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> networks.Result:
    """Train one network as `train.fitting.networks` does."""
    return networks.train(
        "FCN",
        lambda: Network(recipe.hidden, recipe.dropout),
        recipe,
        folder,
        device,
        seed,
        progress,
    )


def fit(recipe: FcnRecipe, task: Task, progress: Progress) -> Fitted:
    """What `train` found, as it is shipped."""
    device = distributed.join(choose_device(task.device))
    result = train(recipe, task.data, device, task.seed, progress)
    return networks.fitted("fcn", BACKEND, recipe, result, device)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, export to `--out`, and install under assets/models if asked to."""
    run("fcn", fit, FcnRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("fcn", __doc__, FcnRecipe(), *networks.OPTIONS)


if __name__ == "__main__":
    run_script(arguments_parser(), main)
