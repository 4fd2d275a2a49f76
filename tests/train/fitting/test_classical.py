"""KNN and SVM: what is shipped decides as scikit-learn's own models do, and the files say so."""

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import joblib
import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from recognizer import Recognizer
from recognizer.backends.knn import KnnClassifier
from recognizer.backends.svm import SvmClassifier, couple
from recognizer.features import describe
from train import knn, svm
from train.data import sets
from train.fitting.projection import fit_projection
from train.shipping.export import parity
from train.shipping.install import install, load_model
from train.shipping.script import Progress

pytestmark = pytest.mark.training


@dataclass(frozen=True)
class SmallKnn(knn.KnnRecipe):
    dimensions: tuple[int, ...] = (24, 32)
    neighbours: tuple[int, ...] = (3, 4)
    images_held_out: int = 300
    people_held_out: float = 0.34
    pen_pictures: int = 200
    rejection_pictures: int = 200


@dataclass(frozen=True)
class SmallSvm(svm.SvmRecipe):
    dimensions: int = 32
    gammas: tuple[float, ...] = (1.0,)
    penalties: tuple[float, ...] = (3.0, 10.0)
    trial: int = 500
    copies: int = 2
    images_held_out: int = 300
    people_held_out: float = 0.34
    pen_pictures: int = 200
    rejection_pictures: int = 200


@pytest.fixture(autouse=True)
def threads() -> joblib.parallel_config:
    """Threads are at hand sooner than processes, and the fits are small."""
    with joblib.parallel_config(backend="threading", n_jobs=2):
        yield


def test_knn_decides_as_scikit_learn_on_a_thousand_samples(drawn_sets: None) -> None:
    model, metrics, _ = knn.train(SmallKnn(), None, 1, Progress())
    glyphs = sets.load_mnist(train=False).pixels[:1_000]
    original = KNeighborsClassifier(model.k, weights="distance", algorithm="brute")
    original.fit(model.prototypes.astype(np.float32), model.labels)
    expected = original.predict_proba(describe(glyphs) @ model.projection - model.offset)
    found = KnnClassifier(replace(model, rejection_curve=None)).probabilities(glyphs)
    assert (expected.argmax(axis=1) == found.argmax(axis=1)).all()
    assert np.abs(expected - found).max() < 1e-4
    assert metrics["validation_mnist"] > 0.9
    assert metrics["neighbours"] in SmallKnn().neighbours


def test_svm_decides_as_scikit_learn_on_a_thousand_samples(drawn_sets: None) -> None:
    images = sets.load_mnist(train=False)
    features = describe(images.pixels)
    projection = fit_projection(features, 32, 0.25, seed=1)
    points = projection.apply(features).astype(np.float16).astype(np.float32)
    duels = svm.fit_duels(points[::2], images.labels[::2], 1.0, 10.0, Progress(), "test")
    machines = svm.merge(duels, points[::2], images.labels[::2], projection, 1.0)
    fine = projection.apply(features)[1::2][:1_000]
    expected = couple(svm.original_decisions(duels, fine), machines.steepness, machines.sharpness)
    found = SvmClassifier(machines).probabilities(images.pixels[1::2][:1_000])
    assert (expected.argmax(axis=1) == found.argmax(axis=1)).all()
    assert np.abs(expected - found).max() < 1e-4
    assert (found.argmax(axis=1) == images.labels[1::2][:1_000]).mean() > 0.9


def test_svm_learns_and_calibrates(drawn_sets: None) -> None:
    machines, metrics, _ = svm.train(SmallSvm(), None, 1, Progress())
    assert metrics["validation_mnist"] > 0.9
    assert metrics["support_vectors"] == len(machines.support) == machines.counts.sum()
    assert machines.support.dtype == np.float16
    found = SvmClassifier(machines).probabilities(sets.load_mnist(train=False).pixels[:200])
    assert found.shape == (200, 11)
    assert 0.8 < (found[:, :10].max(axis=1) / (1 - found[:, 10])).mean() <= 1.0


def test_the_seed_decides(drawn_sets: None) -> None:
    first, again, other = (knn.train(SmallKnn(), None, seed, Progress())[0] for seed in (1, 1, 2))
    # Threads add up in an order of their own: a last digit may tip a prototype's byte by one.
    apart = np.abs(first.prototypes.astype(int) - again.prototypes)
    assert apart.max() <= 1
    assert (apart > 0).mean() < 1e-3
    assert first.prototypes.shape != other.prototypes.shape or not np.array_equal(
        first.prototypes, other.prototypes
    )


def test_a_script_leaves_a_file_that_the_recognizer_reads(
    drawn_sets: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for script, small in ((knn, SmallKnn), (svm, SmallSvm)):
        monkeypatch.setattr(script, small.__base__.__name__, small)
        name = script.__name__.removeprefix("train.")
        arguments = script.arguments_parser().parse_args(
            [f"--out={tmp_path}", "--joblib=threading"]
        )
        script.main(arguments, Progress())
        model = load_model(tmp_path / name / f"{name}.json")
        store = install([model], tmp_path / "models")
        entry = json.loads((store / "manifest.json").read_text())["models"][name]
        assert entry["metrics"]["parity"]["samples"] > 0
        reader = Recognizer(name, store)
        images = sets.load_mnist(train=False)
        read = [reader.read_image(glyph).text for glyph in images.pixels[:100]]
        right = np.mean(
            [int(text) == label for text, label in zip(read, images.labels[:100], strict=True)]
        )
        assert right > 0.9


def test_another_decision_or_probability_stops_the_export() -> None:
    sure = np.array([[0.9, 0.1], [0.2, 0.8]])
    assert parity(sure, sure + 1e-6, "knn")["samples"] == 2
    with pytest.raises(RuntimeError, match="otherwise on 1 of 2"):
        parity(sure, sure[[0, 0]], "knn")
    with pytest.raises(RuntimeError, match=r"differ by up to 0\.05"):
        parity(sure, sure + np.array([0.05, -0.05]), "knn")


def test_an_unknown_joblib_backend_is_a_sentence() -> None:
    from train.fitting.classical import workers

    with pytest.raises(ValueError, match="nowhere"):
        workers(argparse.Namespace(joblib="nowhere", jobs=1))


def test_the_projection_keeps_a_mean_squared_length_of_one() -> None:
    features = np.random.default_rng(0).normal(2, 1, (500, 40)).astype(np.float32)
    for whitening in (0.0, 0.25, 0.5):
        points = fit_projection(features, 40, whitening, seed=1).apply(features)
        assert (points**2).sum(axis=1).mean() == pytest.approx(1, rel=0.02)
        assert points.mean(axis=0) == pytest.approx(0, abs=1e-3)
