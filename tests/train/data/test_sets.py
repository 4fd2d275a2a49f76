"""MNIST and pendigits: loaded whole, damage named by file, and split as the seed says."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from train.data import sets
from train.data.folder import DataError


@pytest.fixture
def local(tmp_path: Path, data_folder: Path) -> Path:
    """A copy of the real pendigits files that a test may spoil."""
    shutil.copytree(data_folder / "pendigits", tmp_path / "data" / "pendigits")
    for path in (tmp_path / "data" / "pendigits").iterdir():
        path.chmod(0o644)
    return tmp_path / "data"


def test_mnist_is_loaded_whole(data_folder: Path) -> None:
    test = sets.load_mnist(train=False, data=data_folder)
    assert test.pixels.shape == (10_000, 28, 28)
    assert test.pixels.dtype == np.uint8
    assert np.bincount(test.labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_pendigits_is_loaded_whole_and_test_writers_are_others(data_folder: Path) -> None:
    training = sets.load_pendigits(train=True, data=data_folder)
    test = sets.load_pendigits(train=False, data=data_folder)
    assert (len(training), len(test)) == (7_494, 3_498)
    assert len({digit.writer for digit in training}) == 30
    assert len({digit.writer for digit in test}) == 14


def test_a_missing_file_is_named(local: Path) -> None:
    (local / "pendigits" / "pendigits-orig.tes").unlink()
    with pytest.raises(DataError, match=r"pendigits-orig\.tes is missing"):
        sets.load_pendigits(train=True, data=local)
    with pytest.raises(DataError, match=r"train-images-idx3-ubyte is missing"):
        sets.load_mnist(train=True, data=local)


@pytest.mark.parametrize("damage", ["cut", "altered"])
def test_a_damaged_file_is_named(local: Path, damage: str) -> None:
    path = local / "pendigits" / "pendigits-orig.tra"
    content = path.read_bytes()
    path.write_bytes(content[:-1000] if damage == "cut" else content.replace(b"267", b"276", 1))
    with pytest.raises(DataError, match=r"pendigits-orig\.tra is cut off or altered"):
        sets.load_pendigits(train=True, data=local)


def test_the_split_by_label_keeps_shares_and_repeats_by_seed() -> None:
    labels = np.repeat(np.arange(10), np.arange(100, 200, 10))
    training, validation = sets.split_by_label(labels, 145, seed=3)
    assert len(training) + len(validation) == len(labels)
    assert not set(training.tolist()) & set(validation.tolist())
    shares = np.bincount(labels[validation]) / np.bincount(labels)
    assert np.ptp(shares) < 0.01
    again, other = (sets.split_by_label(labels, 145, seed)[1] for seed in (3, 4))
    assert np.array_equal(validation, again)
    assert not np.array_equal(validation, other)
