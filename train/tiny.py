"""`python -m train.tiny`: how little is enough? A convolutional network of under 10,000 numbers.

It learns as the shipped CNN does (`train.fitting.networks`) and has a twenty-seventh of its
parameters, in a file of less than 50 KB: beside the others it shows what the last hundredths cost.
"""

import argparse
from dataclasses import dataclass
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
    title="Tiny",
    about="A network of under 10,000 numbers",
    sees="glyph",
    rank=55,
)


@dataclass(frozen=True, kw_only=True)
class TinyRecipe(networks.NetworkRecipe):
    """How long so small a network learns: it cannot learn by heart, and gains by every epoch."""

    epochs: int = 16
    pen_pictures: int = 40_000
    pen_pictures_last: int = 8
    no_digit: float = 0.2
    peak_rate: float = 6e-3
    weight_decay: float = 0.0
    label_smoothing: float = 0.0


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 11); 9,983 parameters."""

    def __init__(self) -> None:
        super().__init__(
            *_convolution(1, 8),
            *_convolution(8, 12),
            nn.MaxPool2d(2),
            *_convolution(12, 16),
            *_convolution(16, 16),
            nn.MaxPool2d(2),
            *_convolution(16, 20),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(20 * 9, networks.CLASSES),
        )


def _convolution(inputs: int, outputs: int) -> tuple[nn.Module, ...]:
    """A 3x3 convolution, batch normalisation, ReLU; width and height stay."""
    return (
        nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


def train(
    recipe: TinyRecipe, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> networks.Result:
    """Train one network as `train.fitting.networks` does."""
    return networks.train("Tiny", Network, recipe, folder, device, seed, progress)


def fit(recipe: TinyRecipe, task: Task, progress: Progress) -> Fitted:
    """What `train` found, as it is shipped."""
    device = distributed.join(choose_device(task.device))
    result = train(recipe, task.data, device, task.seed, progress)
    return networks.fitted("tiny", BACKEND, recipe, result, device)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, export to `--out`, and install under assets/models if asked to."""
    run("tiny", fit, TinyRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("tiny", __doc__, TinyRecipe(), *networks.OPTIONS)


if __name__ == "__main__":
    run_script(arguments_parser(), main)
