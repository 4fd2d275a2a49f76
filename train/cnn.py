"""`python -m train.cnn`: the convolutional network that Digit Dash ships and plays with.

One seeded run of `train.fitting.networks` on MNIST and on pen strokes.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from recognizer.store import BackendInfo
from train.fitting import distributed, networks
from train.fitting.device import choose_device
from train.shipping.recipe import Fitted, Task, run
from train.shipping.recipe import arguments_parser as recipe_parser
from train.shipping.script import Progress, run_script

BACKEND = BackendInfo(
    kind="onnx",
    title="CNN",
    about="A convolutional network",
    sees="glyph",
    rank=10,
)


@dataclass(frozen=True, kw_only=True)
class CnnRecipe(networks.NetworkRecipe):
    """The shipped network's layout and how long it learns."""

    channels: tuple[int, int, int] = (32, 48, 112)
    epochs: int = 20
    pen_pictures: int = 80_000
    pen_pictures_last: int = 2


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al., "Deep residual learning", 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            convolution(channels, channels, 3),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Feature maps float (N, C, H, W) to such of the same shape."""
        return functional.relu(x + self.body(x))


def convolution(inputs: int, outputs: int, size: int, border: int | None = None) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU; width and height stay, unless a `border` is named."""
    padding = size // 2 if border is None else border
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, padding=padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 11); 301,000 parameters.

    Most of them, and most multiplications, lie behind the second pooling: two further convolutions
    before it would take a third of the time and gain nothing in it. The first one ends at 26x26,
    which sees the whole picture and is halved to 13, 6 and 3: a quarter less to do than from 28.
    """

    def __init__(self, channels: tuple[int, int, int] = CnnRecipe.channels) -> None:
        first, second, third = channels
        super().__init__(
            convolution(1, first, 5, border=1),
            nn.MaxPool2d(2),
            convolution(first, second, 3),
            nn.MaxPool2d(2),
            convolution(second, third, 3),
            ResidualBlock(third),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(third * 9, networks.CLASSES),
        )


def train(
    recipe: CnnRecipe, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> networks.Result:
    """Train one network as `train.fitting.networks` does."""
    return networks.train(
        "CNN", lambda: Network(recipe.channels), recipe, folder, device, seed, progress
    )


def fit(recipe: CnnRecipe, task: Task, progress: Progress) -> Fitted:
    """What `train` found, as it is shipped."""
    device = distributed.join(choose_device(task.device))
    result = train(recipe, task.data, device, task.seed, progress)
    return networks.fitted("cnn", BACKEND, recipe, result, device)


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, export to `--out`, and install under assets/models if asked to."""
    run("cnn", fit, CnnRecipe(), arguments, progress)


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return recipe_parser("cnn", __doc__, CnnRecipe(), *networks.OPTIONS, "start")


if __name__ == "__main__":
    run_script(arguments_parser(), main)
