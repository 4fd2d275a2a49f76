"""The training's and the validation's part of MNIST and of everybody's pens."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from train.data import sets
from train.data.people import People, load_people
from train.data.sets import Images

MNIST = "MNIST training images"


@dataclass(frozen=True)
class Parts:
    """What is learned from, and what is held out to choose by."""

    mnist: Images
    people: People
    mnist_held_out: Images
    other_people: People
    sources: tuple[str, ...]  # the sets in words
    remarks: tuple[str, ...]  # sentences for the user: what is absent, what was left out


def load_parts(
    folder: Path | None,
    seed: int,
    *,
    images_held_out: int,
    people_held_out: float,
    limit: int | None = None,
) -> Parts:
    """Load all training sets and hold a validation part out of each, decided by the seed.

    `people_held_out` is the share of each pen set's writers; `limit` cuts MNIST's images short,
    those for training and those held out. Sets that the folder lacks, but for MNIST and pendigits,
    are gone without.
    """
    mnist = sets.load_mnist(train=True, data=folder)
    rows, held_out = sets.split_by_label(mnist.labels, images_held_out, seed)
    if limit is not None:
        random = np.random.default_rng(seed)
        rows, held_out = random.permutation(rows)[:limit], random.permutation(held_out)[:limit]
    crowd = load_people(folder, seed, people_held_out)
    remarks = [f"Without {title}: the data folder has none." for title in crowd.absent]
    if crowd.left_out:
        remarks.append(f"Left out {crowd.left_out} pen digits whose labels seem wrong.")
    return Parts(
        mnist.take(rows),
        crowd.training,
        mnist.take(held_out),
        crowd.held_out,
        (MNIST, *crowd.sources),
        tuple(remarks),
    )
