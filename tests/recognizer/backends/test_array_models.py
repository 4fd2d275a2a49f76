"""KNN and SVM kept as plain arrays: their answers are probabilities, and damage is told."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recognizer import RecognizerError, ink
from recognizer.backends.knn import KnnClassifier, Neighbours
from recognizer.backends.svm import Machines, SvmClassifier, couple
from recognizer.features import LENGTH, describe
from recognizer.rejection_curve import as_in_file, no_digit
from recognizer.store import BackendInfo, ModelEntry

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


def test_the_nearest_of_many_are_found_whatever_their_number() -> None:
    random = np.random.default_rng(0)
    projection = random.normal(0, 100, (LENGTH, 6)).astype(np.float32)
    points = describe(GLYPHS) @ projection
    for count in (3, 64, 65, 1_000):
        model = Neighbours(
            projection,
            np.zeros(6, np.float32),
            random.integers(-127, 128, (count, 6)).astype(np.int8),
            random.integers(0, 10, count).astype(np.uint8),
            k=3,
        )
        apart = np.linalg.norm(model.prototypes[None] - points[:, None], axis=2)
        nearest = np.argsort(apart, axis=1)[:, :3]
        expected = np.zeros((2, 10))
        for row, places in enumerate(nearest):
            for place in places:
                expected[row, model.labels[place]] += 1 / apart[row, place]
        expected /= expected.sum(axis=1, keepdims=True)
        assert np.allclose(KnnClassifier(model).probabilities(GLYPHS), expected, atol=1e-4)


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


def test_evidence_of_digits_differs_from_that_of_other_ink(neighbours: Neighbours) -> None:
    zigzag = ink.glyph([np.array([[x, 20.0 * (x % 2)] for x in range(9)]) * (5, 2)])
    glyphs = np.concatenate([GLYPHS, zigzag[None]])
    distance, share = KnnClassifier(neighbours).evidence(glyphs).T
    assert distance[2] > distance[:2].max()
    assert ((share > 0) & (share <= 1)).all()
    narrowest, mean, apart = SvmClassifier(machines()).evidence(glyphs).T
    assert apart[2] > apart[:2].max()
    assert (narrowest <= mean + 1e-6).all()


def test_a_model_with_a_rejection_curve_answers_for_no_digit_too(neighbours: Neighbours) -> None:
    for plain, classifier in (
        (neighbours, KnnClassifier),
        (machines(), SvmClassifier),
    ):
        digits = classifier(plain).probabilities(GLYPHS)
        weights = np.zeros(classifier(plain).evidence(GLYPHS).shape[1] + 1, np.float32)
        weights[-1] = np.log(3)  # whatever the evidence: three to one that it is none
        found = classifier(replace(plain, rejection_curve=weights)).probabilities(GLYPHS)
        assert found.shape == (2, 11)
        assert found[:, 10] == pytest.approx(0.75, abs=1e-5)
        assert np.allclose(found[:, :10], digits / 4, atol=1e-5)


def test_the_rejection_curve_is_kept_in_the_file_and_older_files_do_without(
    neighbours: Neighbours, tmp_path: Path
) -> None:
    arrays = {key: value for key, value in vars(neighbours).items() if value is not None}
    older, newer = tmp_path / "older.npz", tmp_path / "newer.npz"
    np.savez(older, **arrays)
    curve = np.array([0, 0, -2], np.float32)
    np.savez(newer, **as_in_file(vars(replace(neighbours, rejection_curve=curve))))
    assert KnnClassifier(entry_of(older)).probabilities(GLYPHS).shape == (2, 10)
    found = KnnClassifier(entry_of(newer)).probabilities(GLYPHS)
    assert found[:, 10] == pytest.approx(1 / (1 + np.exp(2)), abs=1e-5)
    np.savez(newer, **arrays, doubt=np.zeros((2, 2), np.float32))
    with pytest.raises(RecognizerError, match="doubt"):
        KnnClassifier(entry_of(newer))


def test_evidence_as_large_as_can_be_is_a_probability() -> None:
    evidence = np.array([[1e6], [-1e6], [0.0]])
    weights = np.array([3.0, 0.0], np.float32)
    assert no_digit(evidence, weights).tolist() == [1.0, 0.0, 0.5]


def entry_of(path: Path) -> ModelEntry:
    info = BackendInfo("knn", "KNN", "The nearest neighbours", "glyph", 40)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ModelEntry("knn", info, path, digest, "python -m train.knn", {})


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


def small_knn(**changes: np.ndarray) -> dict[str, np.ndarray]:
    return {
        "projection": np.zeros((LENGTH, 8), np.float32),
        "offset": np.zeros(8, np.float32),
        "prototypes": np.eye(4, 8, dtype=np.int8),
        "labels": np.arange(4, dtype=np.uint8),
        "k": np.array(2),
    } | changes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"labels": np.array([0, 1, 2, 10], np.uint8)}, "labels are none of the digits"),
        ({"labels": np.array([0, 1, 2, -1])}, "labels are none of the digits"),
        ({"labels": np.zeros(3, np.uint8)}, r"labels has the shape \(3,\)"),
        ({"labels": np.zeros(0, np.uint8), "prototypes": np.zeros((0, 8))}, "has the shape"),
        ({"labels": np.array(["a"] * 4)}, "labels holds no numbers"),
        ({"k": np.array(5)}, "k is 5"),
        ({"k": np.array(0)}, "k is 0"),
        ({"offset": np.full(8, np.nan, np.float32)}, "not finite"),
        ({"offset": np.zeros(9, np.float32)}, "offset has the shape"),
        ({"projection": np.zeros((7, 8), np.float32)}, "projection has the shape"),
        ({"doubt": np.zeros(7, np.float32)}, "doubt has the shape"),
    ],
)
def test_odd_arrays_under_a_fitting_checksum_are_told(
    tmp_path: Path, changes: dict[str, np.ndarray], words: str
) -> None:
    path = tmp_path / "knn.npz"
    np.savez(path, **small_knn())
    assert KnnClassifier(entry_of(path)).probabilities(GLYPHS).shape == (len(GLYPHS), 10)
    np.savez(path, **small_knn(**changes))
    with pytest.raises(RecognizerError, match=words):
        KnnClassifier(entry_of(path))


@pytest.mark.parametrize(
    "changes",
    [
        {"counts": np.zeros(10, np.int64)}, {"counts": np.zeros(9, np.int64)},
        {"gamma": np.array(0.0)}, {"gamma": np.array(np.inf)}, {"bias": np.zeros((9, 10))},
        {"weights": np.zeros((3, 10))},
    ],
)  # fmt: skip
def test_odd_machines_under_a_fitting_checksum_are_told(
    tmp_path: Path, changes: dict[str, np.ndarray]
) -> None:
    path = tmp_path / "svm.npz"
    fine = {
        name: np.asarray(value)
        for name, value in vars(machines()).items()
        if name != "rejection_curve"
    }
    np.savez(path, **fine)
    SvmClassifier(entry_of(path))
    np.savez(path, **(fine | changes))
    with pytest.raises(RecognizerError, match="does not hold a model of this version"):
        SvmClassifier(entry_of(path))
