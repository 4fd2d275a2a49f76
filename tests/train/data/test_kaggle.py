"""Kaggle's CSV: a good file is read as it is, a bad one is told by line and column."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from train.data.folder import DataError
from train.data.kaggle import COLUMNS, read_kaggle_csv

Table = list[list[str]]


@pytest.fixture
def table() -> Table:
    """A header and three images."""
    random = np.random.default_rng(0)
    rows = [[str(label), *map(str, random.integers(0, 256, 784))] for label in (7, 0, 9)]
    return [list(COLUMNS), *rows]


def write(table: Table, folder: Path, ending: str = "\n") -> Path:
    path = folder / "train.csv"
    path.write_bytes((ending.join(",".join(row) for row in table) + ending).encode())
    return path


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_good_file_is_read(table: Table, tmp_path: Path, ending: str) -> None:
    images = read_kaggle_csv(write(table, tmp_path, ending))
    assert images.labels.tolist() == [7, 0, 9]
    assert images.labels.dtype == np.int64
    assert images.pixels.dtype == np.uint8
    assert images.pixels.reshape(3, -1)[1].tolist() == [int(cell) for cell in table[2][1:]]


def no_label(table: Table) -> None:
    for row in table:
        del row[0]


def no_pixel5(table: Table) -> None:
    for row in table:
        del row[6]


def no_last_column(table: Table) -> None:
    for row in table:
        del row[-1]


def extra_column(table: Table) -> None:
    for row in table:
        row.append("1")


def letter(table: Table) -> None:
    table[2][11] = "x"


def too_bright(table: Table) -> None:
    table[3][784] = "256"


def negative(table: Table) -> None:
    table[1][1] = "-1"


def huge(table: Table) -> None:
    table[1][1] = "9" * 30


def fraction(table: Table) -> None:
    table[1][2] = "0.5"


def label_ten(table: Table) -> None:
    table[2][0] = "10"


def nothing(table: Table) -> None:
    table[2][3] = ""


def cut(table: Table) -> None:
    del table[3][100:]


def too_long(table: Table) -> None:
    table[3].append("0")


def header_only(table: Table) -> None:
    del table[1:]


@pytest.mark.parametrize(
    ("damage", "line", "column"),
    [
        (no_label, 1, 1),
        (no_pixel5, 1, 7),
        (no_last_column, 1, 785),
        (extra_column, 1, 786),
        (letter, 3, 12),
        (too_bright, 4, 785),
        (negative, 2, 2),
        (huge, 2, 2),
        (fraction, 2, 3),
        (label_ten, 3, 1),
        (nothing, 3, 4),
        (cut, 4, 101),
        (too_long, 4, 786),
        (header_only, 2, None),
    ],
)
def test_a_fault_is_told_with_file_line_and_column(
    damage: Callable[[Table], None], line: int, column: int | None, table: Table, tmp_path: Path
) -> None:
    damage(table)
    path = write(table, tmp_path)
    with pytest.raises(DataError) as caught:
        read_kaggle_csv(path)
    said = str(caught.value)
    assert str(path) in said
    assert f"line {line}" in said
    assert column is None or f"column {column}" in said


def test_an_empty_file_and_a_binary_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "train.csv"
    for content in (b"", b"\x89PNG\r\n\x1a\n\x00\xff"):
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"train\.csv"):
            read_kaggle_csv(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_kaggle_csv(tmp_path / "absent.csv")
