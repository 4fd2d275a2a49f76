"""KNN and SVM kept as plain arrays: their answers are probabilities, and damage is told."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from recognizer import RecognizerError, ink
from recognizer.features import LENGTH, describe
from recognizer.knn_model import KnnClassifier, Neighbours
from recognizer.store import ModelEntry
from recognizer.svm_model import Machines, SvmClassifier, couple

BAR = ink.glyph([np.array([[0.0, 0.0], [0.0, 20.0]])])
RING = ink.glyph([10 * np.column_stack([np.cos(a := np.linspace(0, 6.3, 40)), np.sin(a)])])
GLYPHS = np.stack([BAR, RING])


@pytest.fixture
def neighbours() -> Neighbours:
    """A bar is a one and a ring is a zero, in a space of eight random directions."""
    projection = np.random.default_rng(0).normal(0, 40, (LENGTH, 8)).astype(np.float32)
    points = np.rint(describe(GLYPHS) @ projection).clip(-127, 127).astype(np.int8)
    labels = np.array([1, 0], np.uint8)
    return Neighbours(projection, np.zeros(8, np.float32), points, labels, k=2)


def machines() -> Machines:
    """Two support vectors: a ring against a bar."""
    projection = np.random.default_rng(0).normal(0, 1, (LENGTH, 8)).astype(np.float32)
    support = (describe(GLYPHS[::-1]) @ projection).astype(np.float16)
    weights = np.zeros((2, 10), np.float32)
    weights[0, 1] = weights[1, 0] = 1.0
    return Machines(
        projection=projection,
        offset=np.zeros(8, np.float32),
        support=support,
        counts=np.bincount([0, 1], minlength=10),
        weights=weights,
        bias=np.zeros((10, 10), np.float32),
        gamma=1.0,
        steepness=4.0,
        sharpness=1.0,
    )


def test_the_nearest_prototype_decides(neighbours: Neighbours) -> None:
    probabilities = KnnClassifier(neighbours).probabilities(GLYPHS)
    assert probabilities.argmax(axis=1).tolist() == [1, 0]
    assert probabilities.dtype == np.float32
    assert probabilities.sum(axis=1) == pytest.approx(1.0, abs=1e-6)


def test_the_machines_decide(neighbours: Neighbours) -> None:
    classifier = SvmClassifier(machines())
    decisions = classifier.decisions(GLYPHS)
    assert decisions[0, 1, 0] > 0 > decisions[1, 1, 0]
    assert np.allclose(decisions, -decisions.transpose(0, 2, 1))
    probabilities = classifier.probabilities(GLYPHS)
    assert probabilities[:, :2].argmax(axis=1).tolist() == [1, 0]
    assert probabilities.sum(axis=1) == pytest.approx(1.0, abs=1e-6)


def test_no_glyphs_give_no_probabilities(neighbours: Neighbours) -> None:
    none = np.empty((0, 28, 28), np.uint8)
    assert KnnClassifier(neighbours).probabilities(none).shape == (0, 10)
    assert SvmClassifier(machines()).probabilities(none).shape == (0, 10)


def test_coupling_trusts_a_wide_win_more_than_a_narrow_one() -> None:
    decisions = np.zeros((2, 10, 10))
    for row, margin in enumerate((0.2, 2.0)):
        decisions[row, 3] = margin
        decisions[row, :, 3] = -margin
        decisions[row, 3, 3] = 0
    probabilities = couple(decisions, 4.0, 1.0)
    assert probabilities.argmax(axis=1).tolist() == [3, 3]
    assert probabilities[0, 3] < probabilities[1, 3]


def entry_of(path: Path) -> ModelEntry:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ModelEntry("knn", path, digest, "python -m train.knn", {})


@pytest.mark.parametrize(
    "arrays",
    [
        {"projection": np.zeros((LENGTH, 8), np.float32)},
        {
            "projection": np.zeros(3, np.float32),
            "offset": np.zeros(8, np.float32),
            "prototypes": np.zeros((1, 8), np.int8),
            "labels": np.zeros(1, np.uint8),
            "k": np.array(1),
        },
        {"projection": np.array([{"pickled": "object"}], dtype=object)},
    ],
    ids=["incomplete", "wrong shape", "pickle"],
)
def test_a_file_that_holds_something_else_is_told(
    arrays: dict[str, np.ndarray], tmp_path: Path
) -> None:
    path = tmp_path / "knn.npz"
    np.savez(path, **arrays)
    with pytest.raises(RecognizerError, match=r"knn\.npz.*python -m train\.knn --install"):
        KnnClassifier(entry_of(path))


def test_a_file_that_is_no_archive_is_told(tmp_path: Path) -> None:
    path = tmp_path / "knn.npz"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(RecognizerError, match=r"knn\.npz"):
        KnnClassifier(entry_of(path))
