"""Kaggle's CSV: a good file is read as it comes, a bad one is told by line and column."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from train.data.folder import DataError
from train.data.kaggle import COLUMNS, read_kaggle_csv, read_kaggle_test

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


def quoted_letter(table: Table) -> None:
    table[2] = [f'"{cell}"' for cell in table[2]]
    table[2][11] = '"x"'


def blank_lines(table: Table) -> None:
    table.insert(0, [""])
    table.insert(3, [" "])
    table[4][7] = "x"


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
        (quoted_letter, 3, 12),
        (blank_lines, 5, 8),
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


def text_of(table: Table) -> str:
    return "".join(",".join(row) + "\n" for row in table)


def gz(content: bytes, path: Path) -> None:
    path.write_bytes(gzip.compress(content))


def zipped(content: bytes, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/train.csv", content)
        archive.writestr("__MACOSX/data/._train.csv", b"\0shadow")
        archive.writestr("readme.txt", b"one table alone")


def kaggles_own(content: bytes, path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("sample_submission.csv", "test.csv"):
            archive.writestr(name, b"ImageId,Label\n")
        archive.writestr("train.csv", content)


def plain(content: bytes, path: Path) -> None:
    path.write_bytes(content)


@pytest.mark.parametrize("pack", [plain, gz, zipped, kaggles_own])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_taken_as_it_comes(
    table: Table, tmp_path: Path, pack: Callable[[bytes, Path], None], encoding: str
) -> None:
    good = read_kaggle_csv(write(table, tmp_path))
    quoted = [[f'"{cell}"' for cell in row] for row in table]
    text = "\n  \n" + text_of(quoted).replace("\n", "\r\n") + "\n"
    path = tmp_path / "whatever"
    pack(text.encode(encoding), path)
    found = read_kaggle_csv(path)
    assert (found.pixels == good.pixels).all() and (found.labels == good.labels).all()


def test_the_test_file_has_no_labels(table: Table, tmp_path: Path) -> None:
    whole = write(table, tmp_path)
    path = tmp_path / "test.csv"
    path.write_text(text_of([row[1:] for row in table]))
    assert (read_kaggle_test(path) == read_kaggle_csv(whole).pixels).all()
    with pytest.raises(DataError, match=r"line 1, column 1: .* This looks like test\.csv"):
        read_kaggle_csv(path)
    with pytest.raises(DataError, match=r"line 1, column 1: .* This looks like train\.csv"):
        read_kaggle_test(whole)


def test_a_fault_in_a_packed_file_is_told_by_line_and_column(table: Table, tmp_path: Path) -> None:
    table[2][11] = "x"
    path = tmp_path / "train.csv.gz"
    gz(text_of([[""], *table]).encode("utf-16"), path)
    with pytest.raises(DataError, match=r"train\.csv\.gz, line 4, column 12 \(pixel10\): 'x'"):
        read_kaggle_csv(path)


@pytest.mark.parametrize("pack", [gz, zipped])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_damaged_packed_file_is_a_sentence(
    table: Table, tmp_path: Path, pack: Callable[[bytes, Path], None], kept: float
) -> None:
    path = tmp_path / "train.packed"
    pack(text_of(table).encode(), path)
    path.write_bytes(path.read_bytes()[: int(kept * path.stat().st_size)])
    with pytest.raises(DataError, match=r"train\.packed is cut off or damaged"):
        read_kaggle_csv(path)


def test_an_archive_without_one_table_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", b"")
    with pytest.raises(DataError, match=r"data\.zip holds no \.csv file"):
        read_kaggle_csv(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", b"")
        archive.writestr("b.csv", b"")
    with pytest.raises(DataError, match=r"holds 2 \.csv files \(a\.csv, b\.csv\)"):
        read_kaggle_csv(path)


def ink_on_paper(table: Table) -> None:
    for row in table[1:]:
        row[1:] = ["0"] * 400 + ["200"] * 100 + ["0"] * 284


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda pixel: 255 - pixel, r"3 of 3 pictures are dark ink on light paper \(.* line 3\)"),
        (lambda pixel: min(pixel, 1), r"3 of 3 pictures have no pixel above 1 \(.* line 3\)"),
        (lambda pixel: 0, r"3 of 3 pictures are empty"),
        (lambda pixel: pixel / 255, r"line 3, column 2 .*divided by 255"),
    ],
)
def test_other_pixels_than_kaggles_are_named(
    table: Table, tmp_path: Path, change: Callable[[int], float], said: str
) -> None:
    ink_on_paper(table)
    for row in table[1:]:
        row[1:] = [str(change(int(cell))) for cell in row[1:]]
    path = write([[""], *table], tmp_path)
    with pytest.raises(DataError, match=said):
        read_kaggle_csv(path)


def test_one_strange_picture_is_found_by_its_line(table: Table, tmp_path: Path) -> None:
    ink_on_paper(table)
    table[2][1:] = [str(255 - int(cell)) for cell in table[2][1:]]
    with pytest.raises(DataError, match=r"1 of 3 pictures are dark .* line 3\)"):
        read_kaggle_csv(write(table, tmp_path))
