"""MNIST and pendigits, loaded and split: what every model learns from and is measured on.

MNIST: LeCun, Cortes & Burges, "The MNIST database of handwritten digits" (1998); 60,000 images for
training and 10,000 for the test.

pendigits: Alpaydin & Alimoglu, "Pen-Based Recognition of Handwritten Digits", UCI data set 81
(1998), CC BY 4.0; pen strokes, 7,494 digits of 30 writers and 3,498 digits of 14 other writers.

Other people's pens are in `train.data.pens`.
"""

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
