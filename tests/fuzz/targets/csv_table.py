"""Kaggle's CSV, plain, gzipped or in a zip: read, or refused with a sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence
from train.data.folder import DataError
from train.data.kaggle import COLUMNS, read_kaggle_csv, read_kaggle_test

T = TypeVar("T")
NAME = "train.csv"
WORDS = (
    b"label", b"pixel0", b"pixel783", b",0,0,0,0", b'"0"', b'"0\n"', b"\n7,0", b"255", b"256",
    b"\r\n", b",,", b";",
)  # fmt: skip
_TABLE = ",".join(COLUMNS) + "\n" + ",".join(["7", *["0"] * 400, "255", "9", *["0"] * 382]) + "\n"
_TEST = _TABLE.replace("label,", "").replace("\n7,", "\n")


def seeds() -> list[bytes]:
    """A table with a picture as it comes from many hands, and some that are none."""
    raw = _TABLE.encode()
    quoted = "\r\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in _TABLE.split()
    ).encode()
    return [
        raw, _TEST.encode(), quoted, _TABLE.encode("utf-16"), _TABLE.encode("utf-16-le"),
        gzip.compress(raw, mtime=0), _zipped(("train.csv", raw)),
        _zipped(("train.csv", raw), ("test.csv", _TEST.encode())), raw + raw.splitlines()[1],
        b"",
    ]  # fmt: skip


def _zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def one(data: bytes) -> None:
    """Both readers take it, or say what is wrong with it; a table comes back as it went."""
    with scratch.file(NAME, data) as path:
        images = _read(read_kaggle_csv, path)
        if images is not None:
            _are_pictures(images.pixels)
            assert images.labels.dtype == np.int64 and set(images.labels.tolist()) <= {*range(10)}
            path.write_text(_table(images.labels, images.pixels))
            again = read_kaggle_csv(path)
            assert np.array_equal(again.labels, images.labels)
            assert np.array_equal(again.pixels, images.pixels)
            path.write_bytes(data)
        pictures = _read(read_kaggle_test, path)
        if pictures is not None:
            _are_pictures(pictures)
    # Only an archive may hold both.
    assert images is None or pictures is None or data.startswith(b"PK")


def _read(reader: Callable[[Path], T], path: Path) -> T | None:
    try:
        return reader(path)
    except DataError as error:
        is_sentence(error, path)
        return None


def _are_pictures(pictures: np.ndarray) -> None:
    assert pictures.dtype == np.uint8 and pictures.shape[1:] == (28, 28) and len(pictures)


def _table(labels: np.ndarray, pixels: np.ndarray) -> str:
    rows = np.column_stack([labels, pixels.reshape(len(pixels), -1)]).tolist()
    return "\n".join([",".join(COLUMNS), *(",".join(map(str, row)) for row in rows)]) + "\n"
