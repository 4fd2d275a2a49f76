"""The pen sets: other people's ink in `pens/` of the data folder, and what each may be used for.

A set that may only be measured cannot be loaded for training: whoever asks for ink says what for.
UJI is fetched from the UCI archive where no data folder is named; no other file is, and where one
is absent, the caller hears None and goes on.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from train.data.download import download_uji
from train.data.folder import DataError, cache_folder, named_folder, shown
from train.data.samples import InkSample
from train.data.uji import FILE as UJI_FILE
from train.data.uji import UjiFormatError, check_whole, read_uji

Purpose = Literal["train", "measure"]


class MeasureOnlyError(RuntimeError):
    """A training asked for ink that may only be measured: a fault of the program."""


@dataclass(frozen=True)
class PenSet:
    """One set: what it holds, what it may be used for, and whose it is."""

    file: str  # in `pens/` of the data folder
    holds: str
    use: Purpose  # "train" allows measuring as well, "measure" forbids training
    source: str
    licence: str
    writers: range | None = None  # those of the file's writers that belong to the set; None: all
    timed: bool = False


_UNIPEN = (
    "Guyon et al., UNIPEN project of on-line data exchange and recognizer benchmarks (1994), "
    "train_r01_v07, International Unipen Foundation, DOI 10.5281/zenodo.1195803"
)
_UJI = "Llorens et al., UJI Pen Characters v2 (2008), UCI data set 177, DOI 10.24432/C5FG8S"
_CC_BY = "CC BY 4.0"
DIGITS = frozenset("0123456789")


def _unipen(kind: str, part: str, holds: str, use: Purpose) -> PenSet:
    return PenSet(f"unipen-{kind}-{part}.npz", holds, use, _UNIPEN, _CC_BY)


PEN_SETS: Mapping[str, PenSet] = MappingProxyType(
    {
        "unipen-digits-train": _unipen("digits", "train", "10,291 digits of 82 people", "train"),
        "unipen-letters-train": _unipen("letters", "train", "12,000 letters", "train"),
        "unipen-signs-train": _unipen("signs", "train", "3,000 signs", "train"),
        "unipen-numbers-train": _unipen("numbers", "train", "154 whole numbers", "train"),
        "unipen-digits-dev": _unipen("digits", "dev", "2,723 digits of 103 people", "measure"),
        "unipen-letters-dev": _unipen("letters", "dev", "6,000 letters", "measure"),
        "unipen-signs-dev": _unipen("signs", "dev", "1,500 signs", "measure"),
        "unipen-numbers-dev": _unipen(
            "numbers", "dev", "284 whole numbers of 66 people", "measure"
        ),
        "uji-digits-train": PenSet(
            "uji-digits.npz", "800 digits of 40 people", "train", _UJI, _CC_BY, range(40)
        ),
        "uji-digits-test": PenSet(
            "uji-digits.npz", "400 digits of 20 other people", "measure", _UJI, _CC_BY,
            range(40, 60),
        ),
        "uji-letters-train": PenSet(
            UJI_FILE, "6,960 letters and signs of 40 people", "train", _UJI, _CC_BY, range(40)
        ),
        "numberpad-digits": PenSet(
            "numberpad-digits.npz", "1,118 digits of one person, coarse points", "train",
            "github.com/bridger/NumberPad", "Apache-2.0",
        ),
        "digilets-digits-dev": PenSet(
            "digilets-digits-dev.npz", "1,250 digits of 25 people, with true times", "measure",
            "github.com/CognitiveModeling/DigiLeTs", "none stated", timed=True,
        ),
    }
)  # fmt: skip


def load_pens(name: str, data: Path | None = None, *, purpose: Purpose) -> list[InkSample] | None:
    """Load one of `PEN_SETS`, or return None where the data folder has none or no folder is named.

    Raises DataError where the file is there but damaged, MeasureOnlyError where the set may only be
    measured and the purpose is to train, and KeyError where there is no such set.
    """
    pen_set = PEN_SETS[name]
    if purpose == "train" and pen_set.use != "train":
        raise MeasureOnlyError(f"{name} is for measuring only; no training may read it.")
    folder = named_folder(data)
    path = None if folder is None else folder / "pens" / pen_set.file
    if path is None or not path.is_file() or pen_set.file == UJI_FILE:
        return _of_uji(pen_set, folder) if pen_set.source == _UJI else None
    try:
        samples = _read(path, columns=3 if pen_set.timed else 2)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{path} is damaged ({shown(error)}); put the original file there again."
        ) from error
    return [s for s in samples if pen_set.writers is None or s.writer in pen_set.writers]


def _of_uji(pen_set: PenSet, folder: Path | None) -> list[InkSample] | None:
    """A set of UJI by the archive's own text: of the named folder, or fetched where none is."""
    if folder is None:
        path = cache_folder() / "uji" / UJI_FILE
        if not path.parent.is_dir():
            download_uji(path.parent)
    else:
        path = folder / "pens" / UJI_FILE
        if not path.is_file():
            return None
    digits = pen_set.file != UJI_FILE
    return [
        sample
        for sample in _whole_uji(path)
        if (sample.label in DIGITS) == digits and sample.writer in (pen_set.writers or range(60))
    ]


@cache
def _whole_uji(path: Path) -> tuple[InkSample, ...]:
    """All samples of UJI's text; raises DataError where it is damaged."""
    try:
        samples = read_uji(path)
        check_whole(samples, path)
    except (OSError, UjiFormatError) as error:
        raise DataError(
            f"UJI Pen Characters cannot be read ({error}); delete {path.parent} to fetch it anew, "
            "or put the original file there again."
        ) from error
    return tuple(samples)


def _read(path: Path, columns: int) -> list[InkSample]:
    """The samples of a file of ragged arrays; both arrays of bounds end with a closing one."""
    with np.load(path, allow_pickle=False) as arrays:
        points = arrays["points"].astype(np.float64)
        stroke_bounds, sample_bounds = arrays["stroke_start"], arrays["sample_start"]
        labels, writers = arrays["label"].tolist(), arrays["writer"].tolist()
    if points.ndim != 2 or points.shape[1] != columns or not np.isfinite(points).all():
        raise ValueError(f"its points are not {columns} finite numbers each")
    _check_bounds(stroke_bounds, len(points), "strokes")
    _check_bounds(sample_bounds, len(stroke_bounds) - 1, "samples")
    strokes = [points[a:b] for a, b in pairwise(stroke_bounds)]
    return [
        InkSample(label, writer, strokes[a:b])
        for label, writer, (a, b) in zip(labels, writers, pairwise(sample_bounds), strict=True)
    ]


def _check_bounds(bounds: NDArray[np.int32], end: int, what: str) -> None:
    """Raise ValueError unless the bounds rise from 0 to the end, none of what they part empty."""
    whole = bounds.ndim == 1 and np.issubdtype(bounds.dtype, np.integer) and len(bounds) > 1
    if not whole or bounds[0] != 0 or bounds[-1] != end or (np.diff(bounds) <= 0).any():
        raise ValueError(f"its {what} do not follow one another")
