"""The data sets: where they lie, how they are fetched and checked, and how they are split.

MNIST: LeCun, Cortes & Burges, "The MNIST database of handwritten digits" (1998); 60,000 images for
training and 10,000 for the test.

pendigits: Alpaydin & Alimoglu, "Pen-Based Recognition of Handwritten Digits", UCI data set 81
(1998), CC BY 4.0; pen strokes, 7,494 digits of 30 writers and 3,498 digits of 14 other writers.

UNIPEN: Guyon et al., "UNIPEN project of on-line data exchange and recognizer benchmarks" (1994);
for measuring only, never fetched.

A folder named by `--data` or by DIGIT_DASH_DATA is read as it is and never written to. Without one,
MNIST and pendigits are downloaded once into the user's cache folder; nothing unchecked ever stands
there.
"""

import argparse
import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from train.data.unipen import PenDigit, UnipenFormatError, read_unipen

PENDIGITS_URL = (
    "https://archive.ics.uci.edu/static/public/81/pen+based+recognition+of+handwritten+digits.zip"
)
_MNIST_FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
_PENDIGITS_FILES = {
    "pendigits-orig.tra": "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4",
    "pendigits-orig.tes": "ddb1c19e277a56c7ffe682cc024d6ab73696f9adcc1643ef9ed5aa753007e081",
}
UNIPEN_SETS = ("unipen-digits-dev", "unipen-numbers-dev", "unipen-letters-dev")


class DataError(Exception):
    """A data set is missing, cut off or altered; the message is a sentence for the user."""


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


@dataclass(frozen=True)
class InkSample:
    """Handwriting of a measuring set: what was written, by whom, and the strokes, y axis down."""

    label: str
    writer: int
    strokes: list[NDArray[np.float64]]


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    """Give a script the option `--data DIR`."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder with MNIST/raw, pendigits and, for measuring, pens "
        "(default: $DIGIT_DASH_DATA, else they are downloaded once)",
    )


def named_folder(named: Path | None) -> Path | None:
    """The local data folder from `--data` or DIGIT_DASH_DATA, or None where nothing is named.

    Raises DataError where a folder is named that does not exist.
    """
    if named is None:
        from_environment = os.environ.get("DIGIT_DASH_DATA", "")
        if not from_environment:
            return None
        named = Path(from_environment)
    if not named.is_dir():
        raise DataError(
            f"The data folder {named} does not exist; correct --data or DIGIT_DASH_DATA, "
            "or leave both out to download the data."
        )
    return named


def load_mnist(*, train: bool, data: Path | None = None) -> Images:
    """Load MNIST's 60,000 training images or its 10,000 test images through torchvision.

    Raises DataError where the files are missing, cut off or altered, or cannot be downloaded.
    """
    from torchvision.datasets import MNIST  # heavy, and only this function needs it

    folder = named_folder(data)
    if folder is None:
        root = _cache_folder()
        if not (root / "MNIST" / "raw").is_dir():
            _download_mnist(root)
    else:
        root = folder
    _check_files(root / "MNIST" / "raw", _MNIST_FILES, "MNIST", local=folder is not None)
    dataset = MNIST(str(root), train=train, download=False)
    return Images(dataset.data.numpy(), dataset.targets.numpy().astype(np.int64))


def load_pendigits(*, train: bool, data: Path | None = None) -> list[PenDigit]:
    """Load the pen strokes of pendigits: 30 writers for training, 14 other writers for the test.

    Raises DataError where a file is missing, cut off or altered, or cannot be downloaded.
    """
    folder = named_folder(data)
    if folder is None:
        root = _cache_folder() / "pendigits"
        if not root.is_dir():
            _download_pendigits(root)
    else:
        root = folder / "pendigits"
    _check_files(root, _PENDIGITS_FILES, "pendigits", local=folder is not None)
    try:
        return read_unipen(root / ("pendigits-orig.tra" if train else "pendigits-orig.tes"))
    except UnipenFormatError as error:
        raise DataError(f"pendigits cannot be read: {error}") from error


def load_unipen(name: str, data: Path | None = None) -> list[InkSample] | None:
    """Load one of `UNIPEN_SETS` for measuring, or return None where the local folder has none.

    Raises DataError where the file is there but damaged.
    """
    folder = named_folder(data)
    path = None if folder is None else folder / "pens" / f"{name}.npz"
    if path is None or not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            points = arrays["points"].astype(np.float64)
            stroke_bounds, sample_bounds = arrays["stroke_start"], arrays["sample_start"]
            labels, writers = arrays["label"].tolist(), arrays["writer"].tolist()
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{path} is damaged ({error}); put the original file there again."
        ) from error
    # Both arrays of bounds end with a closing one.
    strokes = [points[a:b] for a, b in pairwise(stroke_bounds)]
    return [
        InkSample(label, writer, strokes[a:b])
        for label, writer, (a, b) in zip(labels, writers, pairwise(sample_bounds), strict=True)
    ]


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


def _cache_folder() -> Path:
    return platformdirs.user_cache_path("digit-dash") / "data"


def _check_files(folder: Path, checksums: dict[str, str], what: str, *, local: bool) -> None:
    """Raise DataError unless every file stands in the folder with its right SHA-256."""
    remedy = (
        f"put the original {what} files there, or leave --data and DIGIT_DASH_DATA out "
        "to download them"
        if local
        else f"delete the folder {folder} and run again to download {what} anew"
    )
    for name, expected in checksums.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            raise DataError(f"{what} is not complete: {path} is missing; {remedy}.") from None
        except OSError as error:
            raise DataError(f"{path} cannot be read ({error.strerror}); {remedy}.") from error
        if found != expected:
            raise DataError(f"{path} is cut off or altered (wrong SHA-256); {remedy}.")


@contextlib.contextmanager
def _arriving(folder: Path) -> Iterator[Path]:
    """Give a scratch folder beside `folder`; it takes its place only if the block ends well."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".arriving-", dir=folder.parent))
    except OSError as error:
        raise DataError(
            f"The cache folder {folder.parent} cannot be written to ({error.strerror}); "
            "free space there, or name a local copy of the data with --data."
        ) from error
    try:
        yield scratch
        scratch.rename(folder)
    except OSError as error:
        if not folder.is_dir():  # else another run of ours came first with the same files
            raise DataError(
                f"The data cannot be stored in {folder} ({error}); free space there, "
                "or name a local copy with --data."
            ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _download_mnist(root: Path) -> None:
    from torchvision.datasets import MNIST

    final = root / "MNIST"
    with _arriving(final) as scratch:
        try:
            MNIST(str(scratch), download=True)
        except Exception as error:  # torchvision raises RuntimeError, URLError, EOFError and more
            raise DataError(
                f"MNIST cannot be downloaded ({_one_line(error)}); check the connection and run "
                "again, or name a folder that holds MNIST/raw with --data."
            ) from error
        raw = scratch / "MNIST" / "raw"
        _check_files(raw, _MNIST_FILES, "MNIST", local=False)
        for packed in raw.glob("*.gz"):
            packed.unlink()
        raw.rename(scratch / "raw")
        (scratch / "MNIST").rmdir()


def _download_pendigits(folder: Path) -> None:
    import pooch
    from unlzw3 import unlzw

    pooch.get_logger().setLevel(logging.WARNING)
    with _arriving(folder) as scratch:
        try:
            # The archive's own bytes may be packed anew by its keeper: what counts, and is checked,
            # are the files in it.
            archive = Path(
                pooch.retrieve(
                    PENDIGITS_URL,
                    known_hash=None,
                    fname="pendigits.zip",
                    path=scratch,
                    progressbar=True,
                )
            )
            with zipfile.ZipFile(archive) as members:
                for name in _PENDIGITS_FILES:
                    (scratch / name).write_bytes(unlzw(members.read(f"{name}.Z")))
        except Exception as error:  # the network, the zip and the LZW reader each have their own
            raise DataError(
                f"pendigits cannot be downloaded ({_one_line(error)}); check the connection and "
                "run again, or name a folder that holds pendigits/ with --data."
            ) from error
        _check_files(scratch, _PENDIGITS_FILES, "pendigits", local=False)
        archive.unlink()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
