"""MNIST as Kaggle serves it: CSV files with the columns label, pixel0 ... pixel783.

The test file has no labels. Files are taken as they come (`train.data.packed`), with or without
quotes and blank lines. A fault is reported with its line and its column, counted from 1 as editors
do; pictures that are not light ink on dark paper, from 0 to 255, are a fault too.
"""

import csv
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from train.data.folder import DataError
from train.data.packed import open_table
from train.data.sets import Images

PIXELS = 28 * 28
COLUMNS = ("label", *(f"pixel{number}" for number in range(PIXELS)))

_LARGEST_PIXEL = 255
_LARGEST_LABEL = 9
_LIGHT = 192  # a picture whose outermost pixels are mostly lighter has light paper

Table = NDArray[np.int16]  # (N, columns)


def read_kaggle_csv(path: Path) -> Images:
    """Read the images and labels of a file such as train.csv.

    Raises DataError, with a sentence that names file, line and column, where something is wrong in
    it, and OSError where it cannot be read.
    """
    table = _read(path, COLUMNS)
    return Images(_pictures(path, COLUMNS, table[:, 1:]), table[:, 0].astype(np.int64))


def read_kaggle_test(path: Path) -> NDArray[np.uint8]:
    """Read the images of a file such as test.csv, uint8 (N, 28, 28); raises as the other does."""
    return _pictures(path, COLUMNS[1:], _read(path, COLUMNS[1:]))


def _usual_name(columns: tuple[str, ...]) -> str:
    return "train.csv" if columns == COLUMNS else "test.csv"


def _read(path: Path, columns: tuple[str, ...]) -> Table:
    """The numbers under the line of column names."""
    with open_table(path, _usual_name(columns)) as lines, warnings.catch_warnings():
        _check_header(path, lines, columns)
        try:
            warnings.simplefilter("ignore", UserWarning)  # a file without images is told below
            rows = (line for line in lines if line.strip())
            table = np.loadtxt(rows, np.int16, comments=None, delimiter=",", quotechar='"', ndmin=2)
        except (ValueError, OverflowError):
            table = np.empty((0, 0), np.int16)
    if table.shape[1:] != (len(columns),) or not _in_range(table, columns):
        raise DataError(_first_fault(path, columns))
    return table


def _in_range(table: Table, columns: tuple[str, ...]) -> bool:
    labels, pixels = table[:, 0], table[:, columns.index("pixel0") :]
    return bool(
        len(table)
        and labels.min() >= 0
        and labels.max() <= _largest(columns[0])
        and pixels.min() >= 0
        and pixels.max() <= _LARGEST_PIXEL
    )


def _largest(column: str) -> int:
    return _LARGEST_LABEL if column == "label" else _LARGEST_PIXEL


def _pictures(path: Path, columns: tuple[str, ...], pixels: Table) -> NDArray[np.uint8]:
    """The pictures uint8 (N, 28, 28); raises DataError where they are not as Kaggle's are."""
    pictures = pixels.astype(np.uint8).reshape(-1, 28, 28)
    brightest = pictures.max(axis=(1, 2))
    edge = np.concatenate(
        [pictures[:, 0], pictures[:, -1], pictures[:, 1:-1, 0], pictures[:, 1:-1, -1]], axis=1
    )
    faults = (
        (brightest == 1, "have no pixel above 1", "Multiply every pixel by 255."),
        (
            np.median(edge, axis=1) >= _LIGHT,
            "are dark ink on light paper",
            "Put 255 minus the pixel in place of every pixel.",
        ),
        (
            np.full(len(pictures), not brightest.any()),
            "are empty",
            "Fetch the file again.",
        ),
    )
    for found, what, remedy in faults:
        if found.any():
            line = _line_of(path, columns, int(found.argmax()))
            raise DataError(
                f"{path}: {found.sum():,} of {len(pictures):,} pictures {what} (the first in line "
                f"{line}); Kaggle's are light ink on dark paper, from 0 to 255. {remedy}"
            )
    return pictures


def _check_header(path: Path, lines: Iterable[str], columns: tuple[str, ...]) -> None:
    """Read up to the line of column names, which may have blank ones above it, and compare it."""
    line_number, line = next(_filled(lines), (0, ""))
    if not line:
        raise DataError(
            f"{path} is empty; it should begin with {columns[0]},{columns[1]},...,{columns[-1]}."
        )
    names = [name.strip() for name in _cells(line)]
    for number, expected in enumerate(columns, start=1):
        if number > len(names):
            raise DataError(
                f"{path}, line {line_number}: the column {expected!r} is missing (column {number})."
            )
        if names[number - 1] != expected:
            found = names[number - 1][:40]
            what = "is missing" if expected not in names else "is out of place"
            raise DataError(
                f"{path}, line {line_number}, column {number}: {found!r} stands where "
                f"{expected!r} should; that column {what}.{_mixed_up(names, columns)}"
            )
    if len(names) > len(columns):
        number = len(columns) + 1
        raise DataError(
            f"{path}, line {line_number}, column {number}: there is a column too many, "
            f"{names[number - 1][:40]!r}."
        )


def _mixed_up(names: list[str], columns: tuple[str, ...]) -> str:
    """A hint where one of Kaggle's two files was named in place of the other."""
    for other in (COLUMNS, COLUMNS[1:]):
        if other != columns and tuple(names) == other:
            return f" This looks like {_usual_name(other)}; {_usual_name(columns)} is wanted here."
    return ""


def _filled(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _cells(line: str) -> list[str]:
    """A line's cells, without the quotes around them."""
    try:
        return next(csv.reader([line.rstrip("\n")], skipinitialspace=True))
    except csv.Error:  # longer than any table's cell, or the like
        return line.rstrip("\n").split(",")


def _line_of(path: Path, columns: tuple[str, ...], row: int) -> int:
    """The line that a picture stands in."""
    with open_table(path, _usual_name(columns)) as lines:
        places = [number for number, _ in _filled(lines)]
    return places[row + 1]


def _first_fault(path: Path, columns: tuple[str, ...]) -> str:
    """A sentence about the first line that does not hold a number for each column."""
    with open_table(path, _usual_name(columns)) as lines:
        filled = _filled(lines)
        header, _ = next(filled)
        rows = 0
        for line_number, line in filled:
            rows += 1
            cells = _cells(line)
            for column, (name, cell) in enumerate(zip(columns, cells, strict=False), start=1):
                fault = _cell_fault(cell, _largest(name))
                if fault is not None:
                    return f"{path}, line {line_number}, column {column} ({name}): {fault}."
            if len(cells) < len(columns):
                missing = columns[len(cells)]
                return (
                    f"{path}, line {line_number}, column {len(cells) + 1} ({missing}): "
                    f"the line is cut off after {len(cells)} of {len(columns)} values."
                )
            if len(cells) > len(columns):
                return (
                    f"{path}, line {line_number}, column {len(columns) + 1}: "
                    f"the line has {len(cells)} values instead of {len(columns)}."
                )
    if not rows:
        return f"{path}, line {header + 1}: there is no image under the line of column names."
    return f"{path} cannot be read as a table of whole numbers."


def _cell_fault(cell: str, largest: int) -> str | None:
    """What is wrong with a value, or None."""
    text = cell.strip()
    if not text:
        return "a value is missing"
    if not (text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()):
        divided = "; were the pixels divided by 255?" if _is_share(text) else ""
        return f"{text[:40]!r} is not a whole number{divided}"
    if not 0 <= int(text[:20]) <= largest or len(text) > 20:
        return f"{text[:40]} is not between 0 and {largest}"
    return None


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False
