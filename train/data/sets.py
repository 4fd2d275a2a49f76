"""MNIST and pendigits, loaded and split: what every model learns from and is measured on.

MNIST: LeCun, Cortes & Burges, "The MNIST database of handwritten digits" (1998); 60,000 images for
training and 10,000 for the test.

pendigits: Alpaydin & Alimoglu, "Pen-Based Recognition of Handwritten Digits", UCI data set 81
(1998), CC BY 4.0; pen strokes, 7,494 digits of 30 writers and 3,498 digits of 14 other writers.

Other people's pens are in `train.data.pens`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.data.download import (
    MNIST_FILES,
    PENDIGITS_FILES,
    download_mnist,
    download_pendigits,
)
from train.data.folder import DataError, cache_folder, check_files, named_folder
from train.data.unipen import PenDigit, UnipenFormatError, read_unipen


@dataclass(frozen=True)
class Images:
    """Digit pictures: `pixels` uint8 (N, 28, 28), ink light on dark, and `labels` int64 (N,)."""

    pixels: NDArray[np.uint8]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: NDArray[np.int64]) -> "Images":
        """The images at the given rows, in that order."""
        return Images(self.pixels[rows], self.labels[rows])


def join(*parts: Images) -> Images:
    """All parts' images, one part after the other."""
    return Images(
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.labels for part in parts]),
    )


def load_mnist(*, train: bool, data: Path | None = None) -> Images:
    """Load MNIST's 60,000 training images or its 10,000 test images through torchvision.

    Raises DataError where the files are missing, cut off or altered, or cannot be downloaded.
    """
    from torchvision.datasets import MNIST  # heavy, and only this function needs it

    folder = named_folder(data)
    if folder is None:
        root = cache_folder()
        if not (root / "MNIST" / "raw").is_dir():
            download_mnist(root)
    else:
        root = folder
    check_files(root / "MNIST" / "raw", MNIST_FILES, "MNIST", local=folder is not None)
    dataset = MNIST(str(root), train=train, download=False)
    return Images(dataset.data.numpy(), dataset.targets.numpy().astype(np.int64))


def load_pendigits(*, train: bool, data: Path | None = None) -> list[PenDigit]:
    """Load the pen strokes of pendigits: 30 writers for training, 14 other writers for the test.

    Raises DataError where a file is missing, cut off or altered, or cannot be downloaded.
    """
    folder = named_folder(data)
    if folder is None:
        root = cache_folder() / "pendigits"
        if not root.is_dir():
            download_pendigits(root)
    else:
        root = folder / "pendigits"
    check_files(root, PENDIGITS_FILES, "pendigits", local=folder is not None)
    try:
        return read_unipen(root / ("pendigits-orig.tra" if train else "pendigits-orig.tes"))
    except UnipenFormatError as error:
        raise DataError(f"pendigits cannot be read: {error}") from error


@dataclass(frozen=True)
class Parts:
    """The training's and the validation's part of MNIST and of the pen writers."""

    mnist: Images
    writers: list[PenDigit]
    mnist_held_out: Images
    other_writers: list[PenDigit]


def load_parts(
    folder: Path | None,
    seed: int,
    *,
    images_held_out: int,
    writers_held_out: int,
    limit: int | None = None,
) -> Parts:
    """Load both training sets and hold a validation part out of each, decided by the seed.

    `limit` cuts the images that are left for training short.
    """
    mnist = load_mnist(train=True, data=folder)
    rows, held_out = split_by_label(mnist.labels, images_held_out, seed)
    if limit is not None:
        rows = np.random.default_rng(seed).permutation(rows)[:limit]
    writers, other_writers = split_by_writer(
        load_pendigits(train=True, data=folder), writers_held_out, seed
    )
    return Parts(mnist.take(rows), writers, mnist.take(held_out), other_writers)


def split_by_label(
    labels: NDArray[np.int64], held_out: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split row numbers into (training, validation) with about `held_out` rows of validation.

    Every label keeps its share; the same seed gives the same split.
    """
    random = np.random.default_rng(seed)
    validation: list[NDArray[np.int64]] = []
    for label in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == label))
        validation.append(rows[: round(held_out * len(rows) / len(labels))])
    chosen = np.sort(np.concatenate(validation))
    rest = np.setdiff1d(np.arange(len(labels)), chosen)
    return rest, chosen


def split_by_writer(
    digits: Sequence[PenDigit], writers_held_out: int, seed: int
) -> tuple[list[PenDigit], list[PenDigit]]:
    """Split pen digits into (training, validation) so that no writer is in both parts."""
    writers = sorted({digit.writer for digit in digits})
    if not 0 < writers_held_out < len(writers):
        raise ValueError(f"{writers_held_out} of {len(writers)} writers cannot be held out.")
    chosen = np.random.default_rng(seed).choice(writers, writers_held_out, replace=False).tolist()
    kept = [digit for digit in digits if digit.writer not in chosen]
    return kept, [digit for digit in digits if digit.writer in chosen]
