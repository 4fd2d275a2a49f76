"""`train.all` and the report: finished steps are skipped, faults are told, all files appear."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from listener import Listener

from recognizer import store
from train import all as everything
from train import knn, report
from train.data.folder import DataError
from train.shipping.script import Progress
from train.shipping.steps import is_finished

pytestmark = pytest.mark.training


@dataclass(frozen=True)
class SmallKnn(knn.KnnRecipe):
    dimensions: tuple[int, ...] = (24,)
    neighbours: tuple[int, ...] = (3,)
    images_held_out: int = 300
    people_held_out: float = 0.34
    rejection_pictures: int = 200
    pen_pictures: int = 1_000


@pytest.fixture
def small(
    drawn_sets: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Small settings, and an empty folder in place of assets/models; returns that."""
    monkeypatch.setattr(knn, "KnnRecipe", SmallKnn)
    models = tmp_path_factory.mktemp("assets") / "models"
    models.mkdir()
    for module in (store, report):
        monkeypatch.setattr(module, "models_folder", lambda: models)
    monkeypatch.setattr("train.shipping.install.models_folder", lambda: models)
    return models


@pytest.fixture
def short_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of three measures, where it is not the report that is looked at."""
    few = {name: report.MEASURES[name] for name in ("comparison", "digits", "training")}
    monkeypatch.setattr(report, "MEASURES", few)


def run(out: Path, *options: str) -> list[str]:
    words = ["--joblib=threading", "--jobs=1", f"--out={out}", "--only=knn", *options]
    listener = Listener()
    everything.main(everything.arguments_parser().parse_args(words), listener)
    return listener.lines


@pytest.mark.usefixtures("short_report")
def test_a_finished_step_is_skipped_until_an_option_changes(small: Path, tmp_path: Path) -> None:
    first = run(tmp_path, "--quick")
    assert any(line.startswith("Validation: MNIST") for line in first)
    again = run(tmp_path, "--quick")
    assert [line for line in again if "finished before" in line] == [
        f"{name}: finished before, nothing changed since." for name in ("knn", "report")
    ]
    other = run(tmp_path, "--quick", "--seed=8")
    assert not any("finished before" in line for line in other)


@pytest.mark.usefixtures("short_report")
def test_an_interrupted_run_goes_on_where_it_was(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(report.MEASURES, "digits", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path, "--quick")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["knn"]
    again = run(tmp_path, "--quick")
    assert "knn: finished before, nothing changed since." in again
    assert (tmp_path / "report" / "comparison.md").is_file()


def test_the_report_has_its_table_in_three_forms_and_its_pictures(
    small: Path, tmp_path: Path
) -> None:
    run(tmp_path, "--quick")
    folder = tmp_path / "report"
    markdown = (folder / "comparison.md").read_text()
    assert "| KNN |" in markdown
    assert "without preprocessing" in markdown
    document = json.loads((folder / "comparison.json").read_text())
    (row,) = document["models"]
    assert row["MNIST test"] > 0.8
    assert 0 < row["p50 ms"] <= row["p99 ms"]
    assert 0.5 < row["macro F1"] <= 1  # not every digit is among the few
    with (folder / "comparison.csv").open() as file:
        (line,) = csv.DictReader(file)
    assert float(line["pendigits test"]) == row["pendigits test"]
    assert "precision" in (folder / "classes-knn.txt").read_text()
    for picture in ("confusion-knn", "predictions-knn", "mistakes-knn", "accuracy-latency"):
        assert (folder / f"{picture}.png").stat().st_size > 5_000
    for picture in ("training-samples", "rejection-roc"):
        assert (folder / f"{picture}.png").stat().st_size > 5_000
    assert (folder / "accepted-outliers-knn.png").is_file()
    assert "| KNN |" in (folder / "rejection.md").read_text()
    (rejection,) = json.loads((folder / "rejection.json").read_text())
    assert set(rejection["outliers"]) == {"scribbles", "dots and dashes"}


def test_more_seeds_are_trained_apart_and_stand_beside_the_figures(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: report.MEASURES[name] for name in ("comparison", "seeds", "page")}
    monkeypatch.setattr(report, "MEASURES", few)
    run(tmp_path, "--quick", "--seeds=2")
    other = json.loads((tmp_path / "seeds" / "8" / "knn" / "knn.json").read_text())
    assert other["details"]["metrics"]["seed"] == 8
    folder = tmp_path / "report"
    (row,) = json.loads((folder / "comparison.json").read_text())["models"]
    shares = row["seeds"]["MNIST test"]["shares"]
    assert shares[0] == row["MNIST test"] and len(shares) == 2
    assert f"; 2 seeds {np.mean(shares):.2%}, spread " in (folder / "comparison.md").read_text()
    assert f"2 seeds {np.mean(shares):.2%}" in (folder / "index.html").read_text()
    assert json.loads((folder / "seeds.json").read_text())["differences"]["MNIST test"] == []
    again = run(tmp_path, "--quick", "--seeds=2")
    assert len([line for line in again if "finished before" in line]) == 3, "twice KNN, the report"
    with pytest.raises(ValueError, match="largest seed"):
        run(tmp_path, "--seed=4294967295", "--seeds=2")


def test_nothing_is_installed_unless_asked_for(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MEASURES", {"training": report.MEASURES["training"]})
    run(tmp_path)
    assert list(small.parent.rglob("*.*")) == []
    run(tmp_path, "--install")
    manifest = json.loads((small / store.MANIFEST).read_text())
    assert list(manifest["models"]) == ["knn"]
    pictures = {path.name for path in (small.parent / "report").iterdir()}
    assert "training-samples.png" in pictures
    own = everything.step_arguments(
        everything.STEPS[0],
        everything.arguments_parser().parse_args(["--joblib=threading", f"--out={tmp_path}"]),
    )
    assert is_finished("knn", own), "an install is no change of the step"


def test_quick_models_are_not_installed(small: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too weak"):
        run(tmp_path, "--quick", "--install")


def test_an_unknown_step_is_a_sentence(small: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no step abacus; known are knn, svm, .*report"):
        run(tmp_path, "--only=abacus,knn")


def test_a_fault_in_the_csv_is_told_before_any_step(small: Path, tmp_path: Path) -> None:
    (tmp_path / "train.csv").write_text("label;pixel0\n")
    with pytest.raises(DataError, match=r"train\.csv, line 1, column 1"):
        run(tmp_path / "out", "--quick", "--only=knn,classic", f"--csv={tmp_path / 'train.csv'}")
    assert not (tmp_path / "out").exists()


def test_a_report_about_nothing_is_a_sentence(small: Path, tmp_path: Path) -> None:
    arguments = report.arguments_parser().parse_args([f"--out={tmp_path}"])
    with pytest.raises(ValueError, match=r"no model.*python -m train\.all"):
        report.main(arguments, Progress())


def test_every_shipped_model_has_a_step_and_says_what_it_is() -> None:
    steps = {step.name: step for step in everything.STEPS}
    infos = [steps[name].module.BACKEND for name in everything.SHIPPED]
    assert len({info.title for info in infos}) == len({info.rank for info in infos}) == len(infos)


def test_every_step_takes_the_options_that_it_is_given(tmp_path: Path) -> None:
    table = tmp_path / "train.csv"
    table.touch()
    words = [f"--out={tmp_path}", "--quick", "--device=cpu", "--seed=3", f"--csv={table}"]
    arguments = everything.arguments_parser().parse_args(words)
    for step in (*everything.STEPS, everything.REPORT):
        own = everything.step_arguments(step, arguments)
        assert own.out == tmp_path
        assert own.limit is not None
        assert getattr(own, "seed", 3) == 3
        assert not own.__dict__.get("install")
