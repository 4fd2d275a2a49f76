"""The comparison of all models: each measured through `Recognizer`, and the table of figures."""

import csv
import json
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import classification_report, confusion_matrix, precision_recall_fscore_support
from threadpoolctl import threadpool_limits

from recognizer import Recognizer, RecognizerError
from recognizer.runtime import onnxruntime
from recognizer.store import ModelStore
from train.forms.numbers import HARD_KINDS
from train.measures.digits import TEST_SETS, Outcome, latency
from train.measures.numbers import NUMBER_SETS, NumberOutcome, number_latency
from train.shipping.export import Model, install, load_model

# The models in the table's order, with their names for people.
TITLES = {
    "knn": "KNN",
    "svm": "SVM",
    "fcn": "FCN",
    "classic": "CNN classic",
    "cnn": "CNN",
    "yolo": "YOLO",
}

# "classic" is a yardstick and no backend: it is read by the backend of the other CNN.
_BACKENDS = {"classic": "cnn"}


@dataclass(frozen=True)
class Measured:
    """A model and what it made of the test sets.

    `latency` of one digit and `number_latency` of four are p50 and p99 in milliseconds.
    """

    model: Model
    outcomes: tuple[Outcome, ...]
    latency: tuple[float, float]
    numbers: tuple[NumberOutcome, ...]
    number_latency: tuple[float, float]

    @property
    def title(self) -> str:
        """The model's name for people."""
        return TITLES[self.model.name]

    @property
    def mnist(self) -> Outcome:
        """What it made of MNIST's test part."""
        return self.outcomes[0]

    @property
    def metrics(self) -> dict[str, Any]:
        """The figures of its training."""
        metrics: dict[str, Any] = self.model.details.get("metrics", {})
        return metrics


def find_model(name: str, out: Path) -> Model | None:
    """The model that the step `name` left under `out`, else the shipped one, else None."""
    try:
        return load_model(out / name / f"{name}.json")
    except OSError:
        try:
            entry = ModelStore().entry(name)
        except RecognizerError:
            return None
        details = {
            key: value
            for key, value in entry.details.items()
            if key not in ("file", "sha256", "bytes")
        }
        return Model(name, entry.path, details) if entry.path.is_file() else None


@contextmanager
def opened(model: Model) -> Iterator[Recognizer]:
    """A recognizer that reads with a model, wherever its file lies."""
    backend = _BACKENDS.get(model.name, model.name)
    with tempfile.TemporaryDirectory() as store:
        install([replace(model, name=backend)], Path(store))
        yield Recognizer(backend, Path(store))


def measure(model: Model, folder: Path | None, limit: int | None) -> Measured:
    """Read every test set with a model, as play would."""
    with opened(model) as reader:
        found = [read(reader, folder, limit) for read in TEST_SETS]
        numbers = [read(reader, folder, limit) for read in NUMBER_SETS]
        with threadpool_limits(1):  # the latency is one core's
            times, number_times = latency(reader, folder), number_latency(reader, folder)
        return Measured(
            model,
            tuple(outcome for outcome in found if outcome is not None),
            times,
            tuple(outcome for outcome in numbers if outcome is not None),
            number_times,
        )


def confusions(outcome: Outcome) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each digit (row) was read as each digit (column), and as none (the last column)."""
    labels = [*range(10), -1]
    counts: np.ndarray[tuple[int, int], np.dtype[np.int64]] = confusion_matrix(
        outcome.truth, outcome.read, labels=labels
    )[:10]
    return counts


def row(measured: Measured) -> dict[str, Any]:
    """A model's line of the table; accuracies unrounded: rounding twice can tip the last digit."""
    mnist = measured.mnist
    precision, recall, f1, _ = precision_recall_fscore_support(
        mnist.truth, mnist.read, labels=range(10), average="macro", zero_division=0
    )
    return {
        "model": measured.model.name,
        "title": measured.title,
        **{outcome.test_set: outcome.accuracy for outcome in measured.outcomes},
        **{outcome.test_set: outcome.accuracy for outcome in measured.numbers},
        "macro precision": round(float(precision), 5),
        "macro recall": round(float(recall), 5),
        "macro F1": round(float(f1), 5),
        "parameters": measured.model.details.get("parameters"),
        "file bytes": measured.model.path.stat().st_size,
        "training minutes": measured.metrics.get("training_minutes"),
        "p50 ms": round(measured.latency[0], 3),
        "p99 ms": round(measured.latency[1], 3),
        "p50 ms of four digits": round(measured.number_latency[0], 3),
        "p99 ms of four digits": round(measured.number_latency[1], 3),
    }


def write_table(all_measured: Sequence[Measured], folder: Path, limit: int | None) -> str:
    """Write comparison.md, .json and .csv into the folder; returns the Markdown."""
    rows = [row(measured) for measured in all_measured]
    columns = list(dict.fromkeys(name for line in rows for name in line))
    with (folder / "comparison.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    document = {
        "machine": _machine(),
        "test_samples_each": limit or "all",
        "models": [
            line
            | {"metrics": measured.metrics, "data": measured.model.details.get("data")}
            | {"numbers by kind": {o.test_set: o.by_kind for o in measured.numbers}}
            for line, measured in zip(rows, all_measured, strict=True)
        ],
    }
    (folder / "comparison.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown(rows, all_measured, limit)
    (folder / "comparison.md").write_text(text, encoding="utf-8")
    return text


def write_class_report(measured: Measured, folder: Path) -> None:
    """Write precision, recall and F1 of every digit on every test set, as text."""
    parts = []
    for outcome in measured.outcomes:
        report = classification_report(
            outcome.truth, outcome.read, labels=range(10), digits=4, zero_division=0
        )
        parts.append(f"{measured.title}, {outcome.test_set}: {outcome.accuracy:.2%}\n\n{report}")
    (folder / f"classes-{measured.model.name}.txt").write_text("\n".join(parts))


def _markdown(
    rows: Sequence[dict[str, Any]], all_measured: Sequence[Measured], limit: int | None
) -> str:
    test_sets = list(
        dict.fromkeys(
            name
            for measured in all_measured
            for name in (
                *(outcome.test_set for outcome in measured.outcomes),
                *(outcome.test_set for outcome in measured.numbers),
            )
        )
    )
    head = [
        "Model", *test_sets, "macro precision", "macro recall", "macro F1",
        "parameters", "file", "training", "p50", "p99", "p50 of a number",
    ]  # fmt: skip
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    for line in rows:
        cells = [line["title"]]
        cells += [f"{line[name]:.2%}" if name in line else "–" for name in test_sets]
        cells += [f"{line[f'macro {name}']:.4f}" for name in ("precision", "recall", "F1")]
        cells.append("–" if line["parameters"] is None else f"{line['parameters']:,}")
        cells.append(f"{line['file bytes'] / 1e6:.1f} MB")
        minutes = line["training minutes"]
        cells.append("–" if minutes is None else f"{minutes:.1f} min")
        cells += [f"{line[name]:.2f} ms" for name in ("p50 ms", "p99 ms")]
        cells.append(f"{line['p50 ms of four digits']:.2f} ms")
        lines.append(f"| {' | '.join(cells)} |")
    share = "" if limit is None else f" The first {limit} samples of each test set only."
    notes = [
        "Accuracy through `Recognizer.read` (pen strokes) and `Recognizer.read_image` (MNIST); "
        f"precision, recall and F1 on MNIST test.{share} KNN's parameters are the numbers that it "
        "keeps of its prototypes. Numbers: the share read exactly, their length not told. "
        f"Latency: one digit's strokes; a number's: four digits. {_machine()}.",
        *(note for measured in all_measured if (note := _note(measured))),
    ]
    parts = ["\n".join(lines), _markdown_of_kinds(all_measured)]
    return "\n\n".join(parts) + "\n\n" + "\n".join(f"- {note}" for note in notes) + "\n"


def _markdown_of_kinds(all_measured: Sequence[Measured]) -> str:
    """The share of hard numbers read exactly, a column for each kind of hand."""
    lines = [
        f"| Hard numbers | {' | '.join(HARD_KINDS)} |",
        f"|---|{'---:|' * len(HARD_KINDS)}",
    ]
    for measured in all_measured:
        shares = {kind: share for o in measured.numbers for kind, share in o.by_kind.items()}
        cells = [f"{shares[kind]:.1%}" for kind in HARD_KINDS]
        lines.append(f"| {measured.title} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _note(measured: Measured) -> str:
    """What the table cannot say of a model."""
    metrics = measured.metrics
    said = []
    if data := measured.model.details.get("data"):
        said.append(f"learned from {', '.join(data)}")
    if "validation_mnist_on_raw_pixels" in metrics:
        said.append(
            f"on MNIST's validation part {metrics['validation_mnist']:.2%}, "
            f"without preprocessing {metrics['validation_mnist_on_raw_pixels']:.2%}"
            + (f" (from {few:,} images)" if (few := metrics.get("images_on_raw_pixels")) else "")
        )
    if "validation_mnist_before_condensing" in metrics:
        said.append(
            f"before its prototypes were rounded to bytes "
            f"{metrics['validation_mnist_before_condensing']:.2%}"
        )
    if "virtual_vectors_kept" in metrics:
        other = "without" if metrics["virtual_vectors_kept"] else "with"
        said.append(
            f"{other} virtual support vectors "
            f"{metrics[f'validation_mnist_{other}_virtual_vectors']:.2%}; "
            f"{metrics['support_vectors']:,} support vectors"
        )
    if "held_out_test_accuracy" in metrics:
        said.append(
            f"on the {metrics['held_out_test_images']:,} images held out as its own test "
            f"{metrics['held_out_test_accuracy']:.2%}"
        )
    return f"{measured.title}: {'; '.join(said)}." if said else ""


def _machine() -> str:
    """The machine that measured, in a few words."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                name = line.partition(":")[2].strip()
                break
    return (
        f"Measured on one core of {name}, Python {platform.python_version()}, "
        f"ONNX Runtime {onnxruntime.__version__}"
    )
