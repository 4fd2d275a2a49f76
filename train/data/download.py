"""MNIST, pendigits and UJI, fetched once, checked and put in place whole or not at all.

MNIST and pendigits are checked by SHA-256, UJI by its form: all samples of all writers.
"""

import contextlib
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

from train.data.folder import DataError, arriving, check_files
from train.data.uji import FILE as UJI_FILE
from train.data.uji import check_whole, read_uji

PENDIGITS_URL = (
    "https://archive.ics.uci.edu/static/public/81/pen+based+recognition+of+handwritten+digits.zip"
)
UJI_URL = "https://archive.ics.uci.edu/static/public/177/uji+pen+characters+version+2.zip"
MNIST_FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
PENDIGITS_FILES = {
    "pendigits-orig.tra": "a66225d68d7d68591e62944df1ad33b3f5aa608e2df2505844b41f5568a80da4",
    "pendigits-orig.tes": "ddb1c19e277a56c7ffe682cc024d6ab73696f9adcc1643ef9ed5aa753007e081",
}


def download_mnist(root: Path) -> None:
    """Fetch MNIST through torchvision into `root`/MNIST/raw; raises DataError where it cannot."""
    from torchvision.datasets import MNIST

    final = root / "MNIST"
    with arriving(final) as scratch:
        try:
            MNIST(str(scratch), download=True)
        except Exception as error:  # torchvision raises RuntimeError, URLError, EOFError and more
            raise DataError(
                f"MNIST cannot be downloaded ({_one_line(error)}); check the connection and run "
                "again, or name a folder that holds MNIST/raw with --data."
            ) from error
        raw = scratch / "MNIST" / "raw"
        check_files(raw, MNIST_FILES, "MNIST", local=False)
        for packed in raw.glob("*.gz"):
            packed.unlink()
        raw.rename(scratch / "raw")
        (scratch / "MNIST").rmdir()


def download_pendigits(folder: Path) -> None:
    """Fetch both files of pendigits into the folder; raises DataError where it cannot."""
    from unlzw3 import unlzw

    with _arriving_archive(folder, PENDIGITS_URL, "pendigits", "pendigits/") as (members, scratch):
        # The archive's own bytes may be packed anew by its keeper: what counts, and is checked,
        # are the files in it.
        for name in PENDIGITS_FILES:
            (scratch / name).write_bytes(unlzw(members.read(f"{name}.Z")))
        check_files(scratch, PENDIGITS_FILES, "pendigits", local=False)


def download_uji(folder: Path) -> None:
    """Fetch UJI's text into the folder; raises DataError where it cannot or it is not whole."""
    with _arriving_archive(folder, UJI_URL, "UJI", f"pens/{UJI_FILE}") as (members, scratch):
        (name,) = [name for name in members.namelist() if name.endswith(UJI_FILE)]
        (scratch / UJI_FILE).write_bytes(members.read(name))
        check_whole(read_uji(scratch / UJI_FILE), scratch / UJI_FILE)


@contextlib.contextmanager
def _arriving_archive(
    folder: Path, url: str, what: str, local: str
) -> Iterator[tuple[zipfile.ZipFile, Path]]:
    """Fetch a zip, give it opened with the scratch folder that becomes `folder`; DataError else."""
    import pooch

    pooch.get_logger().setLevel(logging.WARNING)
    with arriving(folder) as scratch:
        try:
            archive = Path(
                pooch.retrieve(
                    url, known_hash=None, fname="archive.zip", path=scratch, progressbar=True
                )
            )
            with zipfile.ZipFile(archive) as members:
                yield members, scratch
        except DataError:
            raise
        except Exception as error:  # the network, the zip and the LZW reader each have their own
            raise DataError(
                f"{what} cannot be downloaded ({_one_line(error)}); check the connection and "
                f"run again, or name a folder that holds {local} with --data."
            ) from error
        archive.unlink()


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
