"""What KNN and SVM learn from and are chosen by."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.data import sets
from train.data.sets import Images
from train.forms import glyphs


@dataclass(frozen=True)
class Parts:
    """The training pictures (MNIST's first), two validation parts, ink for the rejection curve."""

    mnist: Images
    pen: Images  # pendigits training writers as play would show them, then varied pen pictures
    mnist_validation: Images
    pen_validation: Images
    varied_validation: Images  # of the other writers, varied
    no_digits: Images  # ink that is no digit, made from the other writers'

    @property
    def training(self) -> Images:
        """All training pictures."""
        return sets.join(self.mnist, self.pen)

    @property
    def validation(self) -> tuple[Images, Images]:
        """MNIST's validation part and the other pen writers."""
        return self.mnist_validation, self.pen_validation


def load_parts(
    folder: Path | None,
    seed: int,
    *,
    images_held_out: int,
    writers_held_out: int,
    varied: int,
    doubt_pictures: int,
    limit: int | None,
) -> Parts:
    """Load and split as the networks' scripts do; `limit` cuts MNIST and the pen strokes short.

    `doubt_pictures` is the number of varied digits, and of pictures of none, for
    `train.fitting.rejection_curve`.
    """
    mnist = sets.load_mnist(train=True, data=folder)
    rows, held_out = sets.split_by_label(mnist.labels, images_held_out, seed)
    writers, other_writers = sets.split_by_writer(
        sets.load_pendigits(train=True, data=folder), writers_held_out, seed
    )
    plain = glyphs.render(writers)
    if limit is not None:
        random = np.random.default_rng(seed)
        rows = random.permutation(rows)[:limit]
        held_out = random.permutation(held_out)[:limit]
        plain = plain.take(random.permutation(len(plain))[:limit])
    return Parts(
        mnist.take(rows),
        sets.join(plain, glyphs.render_varied(writers, varied, seed)) if varied else plain,
        mnist.take(held_out),
        glyphs.render(other_writers),
        glyphs.render_varied(other_writers, doubt_pictures, seed + 1),
        glyphs.render_varied(other_writers, doubt_pictures, seed + 2, glyphs.Mix(no_digit=1.0)),
    )


def accuracies(
    probabilities: tuple[NDArray[np.floating], ...], parts: tuple[Images, ...]
) -> tuple[float, ...]:
    """The share of right decisions on each part."""
    return tuple(
        float((answers.argmax(axis=1) == part.labels).mean())
        for answers, part in zip(probabilities, parts, strict=True)
    )


def raw_pixels(images: Images) -> NDArray[np.float32]:
    """The pixels as plain vectors (N, 784) in 0..1: the textbook's features."""
    return np.divide(images.pixels.reshape(len(images), -1), 255, dtype=np.float32)
