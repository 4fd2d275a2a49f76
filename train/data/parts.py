"""The training's and the validation's part of MNIST and of everybody's pens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from train.data import sets
from train.data.people import People, load_people
from train.data.sets import Images

MNIST = "MNIST training images"


class HoldsOut(Protocol):
    """What a recipe says of its data: the parts held out, and how many images are enough."""

    @property
    def images_held_out(self) -> int:
        """MNIST's images that are held out."""

    @property
    def people_held_out(self) -> float:
        """The share of each pen set's writers that is held out."""

    @property
    def limit(self) -> int | None:
        """The most of MNIST's images, of those for training and of those held out."""


@dataclass(frozen=True)
class Parts:
    """What is learned from, and what is held out to choose by."""

    mnist: Images
    people: People
    mnist_held_out: Images
    other_people: People
    sources: tuple[str, ...]  # the sets in words


def load_parts(
    recipe: HoldsOut, folder: Path | None, seed: int, say: Callable[[str], None]
) -> Parts:
    """Load all training sets and hold a validation part out of each, decided by the seed.

    What the folder lacks, but for MNIST and pendigits, is gone without; that, and what was left
    out, is said in sentences.
    """
    mnist = sets.load_mnist(train=True, data=folder)
    rows, held_out = sets.split_by_label(mnist.labels, recipe.images_held_out, seed)
    if recipe.limit is not None:
        random = np.random.default_rng(seed)
        rows = random.permutation(rows)[: recipe.limit]
        held_out = random.permutation(held_out)[: recipe.limit]
    crowd = load_people(folder, seed, recipe.people_held_out)
    for title in crowd.absent:
        say(f"Without {title}: the data folder has none.")
    if crowd.left_out:
        say(f"Left out {crowd.left_out} pen digits whose labels seem wrong.")
    return Parts(
        mnist.take(rows),
        crowd.training,
        mnist.take(held_out),
        crowd.held_out,
        (MNIST, *crowd.sources),
    )
