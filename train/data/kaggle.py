"""MNIST as Kaggle serves it: a CSV file with the columns label, pixel0 ... pixel783.

A fault in the file is reported with its line and its column, counted from 1 as editors do.
"""

import warnings
from pathlib import Path

import numpy as np

from train.data.folder import DataError
from train.data.sets import Images

PIXELS = 28 * 28
COLUMNS = ("label", *(f"pixel{number}" for number in range(PIXELS)))

_LARGEST_PIXEL = 255
_LARGEST_LABEL = 9


def read_kaggle_csv(path: Path) -> Images:
    """Read the images and labels of the file.

    Raises DataError, with a sentence that names file, line and column, where something is wrong in
    it, and OSError where it cannot be read.
    """
    with (
        path.open(encoding="utf-8-sig", errors="replace", newline=None) as lines,
        warnings.catch_warnings(),
    ):
        _check_header(path, lines.readline())
        try:
            warnings.simplefilter("ignore", UserWarning)  # a file without images is told below
            table = np.loadtxt(lines, np.int16, comments=None, delimiter=",", ndmin=2)
        except (ValueError, OverflowError):
            table = np.empty((0, 0), np.int16)
    if table.shape[1:] != (len(COLUMNS),) or not _in_range(table):
        raise DataError(_first_fault(path))
    labels, pixels = table[:, 0].astype(np.int64), table[:, 1:].astype(np.uint8)
    return Images(pixels.reshape(-1, 28, 28), labels)


def _in_range(table: np.ndarray[tuple[int, ...], np.dtype[np.int16]]) -> bool:
    labels, pixels = table[:, 0], table[:, 1:]
    return bool(
        len(table)
        and labels.min() >= 0
        and labels.max() <= _LARGEST_LABEL
        and pixels.min() >= 0
        and pixels.max() <= _LARGEST_PIXEL
    )


def _check_header(path: Path, line: str) -> None:
    names = [name.strip().strip('"') for name in line.split(",")]
    if not line.strip():
        raise DataError(f"{path} is empty; it should begin with label,pixel0,...,pixel783.")
    for number, expected in enumerate(COLUMNS, start=1):
        if number > len(names):
            raise DataError(
                f"{path}, line 1: the column {expected!r} is missing (column {number})."
            )
        if names[number - 1] != expected:
            found = names[number - 1][:40]
            what = "is missing" if expected not in names else "is out of place"
            raise DataError(
                f"{path}, line 1, column {number}: {found!r} stands where {expected!r} should; "
                f"that column {what}."
            )
    if len(names) > len(COLUMNS):
        number = len(COLUMNS) + 1
        raise DataError(
            f"{path}, line 1, column {number}: there is a column too many, "
            f"{names[number - 1][:40]!r}."
        )


def _first_fault(path: Path) -> str:
    """A sentence about the first line that is not a label and 784 pixels."""
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as lines:
        lines.readline()
        rows = 0
        for line_number, line in enumerate(lines, start=2):
            if not line.strip():
                continue
            rows += 1
            cells = line.rstrip("\n").split(",")
            for column, (name, cell) in enumerate(zip(COLUMNS, cells, strict=False), start=1):
                largest = _LARGEST_LABEL if name == "label" else _LARGEST_PIXEL
                fault = _cell_fault(cell, largest)
                if fault is not None:
                    return f"{path}, line {line_number}, column {column} ({name}): {fault}."
            if len(cells) < len(COLUMNS):
                missing = COLUMNS[len(cells)]
                return (
                    f"{path}, line {line_number}, column {len(cells) + 1} ({missing}): "
                    f"the line is cut off after {len(cells)} of {len(COLUMNS)} values."
                )
            if len(cells) > len(COLUMNS):
                return (
                    f"{path}, line {line_number}, column {len(COLUMNS) + 1}: "
                    f"the line has {len(cells)} values instead of {len(COLUMNS)}."
                )
    if not rows:
        return f"{path}, line 2: there is no image under the line of column names."
    return f"{path} cannot be read as a table of whole numbers."


def _cell_fault(cell: str, largest: int) -> str | None:
    """What is wrong with a value, or None."""
    text = cell.strip()
    if not text:
        return "a value is missing"
    if not (text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()):
        return f"{text[:40]!r} is not a whole number"
    if not 0 <= int(text[:20]) <= largest or len(text) > 20:
        return f"{text[:40]} is not between 0 and {largest}"
    return None
