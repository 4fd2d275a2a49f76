"""The comparison: a line of figures for every model, and accuracy against latency as a picture."""

import csv
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray
from sklearn.metrics import precision_recall_fscore_support

from recognizer.runtime import onnxruntime
from train.forms.numbers import HARD_KINDS
from train.measures import digits, latency, numbers, pairs, seeds
from train.measures.digits import DigitOutcome
from train.measures.figures import DPI, colour_of, figure
from train.measures.latency import Latency
from train.measures.numbers import NumberOutcome
from train.measures.outcome import Outcome
from train.measures.pairs import Pair
from train.measures.readers import Reader
from train.measures.tables import file_size, table
from train.measures.test_sets import TestSets


@dataclass(frozen=True)
class Measured:
    """A model and what it made of the test sets, with the latencies of a digit and of a number."""

    reader: Reader
    outcomes: tuple[DigitOutcome, ...]
    numbers: tuple[NumberOutcome, ...]
    latency: Latency
    number_latency: Latency
    by_seed: seeds.Spreads = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The model's name for people."""
        return self.reader.title

    @property
    def all_sets(self) -> tuple[Outcome, ...]:
        """The outcomes of digits and of numbers."""
        return (*self.outcomes, *self.numbers)


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Compare the models; writes comparison.md, .json, .csv, pairs.csv, accuracy-latency.png."""
    read = [
        (of, digits.read_all(of, sets), numbers.read_all(of, sets), seeds.spreads(of, sets))
        for of in readers
    ]
    # Timed when all has been read: the other processes are idle then.
    all_measured = [
        Measured(
            reader, outcomes, found,
            latency.of_a_digit(reader.recognizer, sets),
            latency.of_a_number(reader.recognizer, sets),
            spreads,
        )
        for reader, outcomes, found, spreads in read
    ]  # fmt: skip
    path = folder / "accuracy-latency.png"
    readers[0].later(draw_accuracy_and_latency, _dots(all_measured), path)
    return write_table(all_measured, folder, sets.limit)


def row(measured: Measured) -> dict[str, Any]:
    """A model's line of the table; accuracies unrounded: rounding twice can tip the last digit."""
    mnist = measured.outcomes[0]
    precision, recall, f1, _ = precision_recall_fscore_support(
        mnist.truth, mnist.read, labels=range(10), average="macro", zero_division=0
    )
    details = measured.reader.details
    return {
        "model": measured.reader.name,
        "title": measured.title,
        **{outcome.test_set: outcome.accuracy for outcome in measured.all_sets},
        "macro precision": round(float(precision), 5),
        "macro recall": round(float(recall), 5),
        "macro F1": round(float(f1), 5),
        "parameters": details.get("parameters"),
        "file bytes": measured.reader.file_bytes,
        "training minutes": measured.reader.metrics.get("training_minutes"),
        "p50 ms": round(measured.latency.p50, 3),
        "p99 ms": round(measured.latency.p99, 3),
        "p50 ms of four digits": round(measured.number_latency.p50, 3),
        "p99 ms of four digits": round(measured.number_latency.p99, 3),
    }


def write_table(all_measured: Sequence[Measured], folder: Path, limit: int | None) -> str:
    """Write comparison.md, .json, .csv and pairs.csv into the folder; returns the Markdown."""
    rows = [row(measured) for measured in all_measured]
    columns = list(dict.fromkeys(name for line in rows for name in line))
    with (folder / "comparison.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    compared = _pairs(all_measured)
    _write_pairs(compared, folder / "pairs.csv")
    document = {
        "machine": _machine(),
        "test_samples_each": limit or "all",
        "models": [
            line
            | {"intervals": {of.test_set: of.share.as_dict() for of in measured.all_sets}}
            | {"means over people": {of.test_set: _people(of) for of in measured.all_sets}}
            | {"metrics": measured.reader.metrics, "data": measured.reader.details.get("data")}
            | {"numbers by kind": {o.test_set: o.by_kind for o in measured.numbers}}
            | {"seeds": {name: spread.as_dict() for name, spread in measured.by_seed.items()}}
            for line, measured in zip(rows, all_measured, strict=True)
        ],
        "pairs": {name: [pair.as_dict() for pair in of] for name, of in compared.items()},
    }
    (folder / "comparison.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown(rows, all_measured, compared, limit)
    (folder / "comparison.md").write_text(text, encoding="utf-8")
    return text


def _pairs(all_measured: Sequence[Measured]) -> dict[str, list[Pair]]:
    """All pairs of models on each set, by its name."""
    by_set = zip(*(measured.all_sets for measured in all_measured), strict=True)
    titles = [measured.title for measured in all_measured]
    return {
        of_set[0].test_set: pairs.compare(
            {title: outcome.right for title, outcome in zip(titles, of_set, strict=True)}
        )
        for of_set in by_set
    }


def _write_pairs(compared: Mapping[str, Sequence[Pair]], path: Path) -> None:
    lines = [{"test set": name, **pair.as_dict()} for name, of in compared.items() for pair in of]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["test set", *Pair("", "", 0, 0, 1.0).as_dict()])
        writer.writeheader()
        writer.writerows(lines)


def _people(of: Outcome) -> dict[str, Any] | None:
    return None if of.people is None else of.people.as_dict()


def _markdown(
    rows: Sequence[dict[str, Any]],
    all_measured: Sequence[Measured],
    compared: Mapping[str, Sequence[Pair]],
    limit: int | None,
) -> str:
    test_sets = list(compared)
    columns = [_column(all_measured, name, of) for name, of in compared.items()]
    read = table(
        ["Read right (95 % interval)", *test_sets],
        ([of.title, *cells] for of, *cells in zip(all_measured, *columns, strict=True)),
    )
    names = [(pair.first, pair.second) for pair in next(iter(compared.values()))]
    differences = table(
        ["Only one right", *test_sets],
        (
            [f"{first} : {second}", *(str(of[place]) for of in compared.values())]
            for place, (first, second) in enumerate(names)
        ),
    )
    made = table(
        [
            "Model", "macro precision", "macro recall", "macro F1",
            "parameters", "file", "training", "p50", "p99", "p50 of a number",
        ],
        map(_cells, rows),
    )  # fmt: skip
    kinds = table(["Hard numbers", *HARD_KINDS], ([of.title, *_by_kind(of)] for of in all_measured))
    share = "" if limit is None else f" No more than {limit} samples of each test set."
    notes = [
        "Accuracy through `Recognizer.read` (pen strokes) and `Recognizer.read_image` (MNIST); "
        f"precision, recall and F1 on MNIST test.{share} KNN's parameters are the numbers that it "
        "keeps of its prototypes. Numbers: the share read exactly, their length not told. "
        "Intervals: Wilson's at 95 %. Bold: the best; ≈: differs from it by no more than chance. "
        "Only one right: how many samples one model of a pair read right and the other did not "
        "(McNemar's exact test at 5 %, Holm's adjustment for all pairs of a set); ≈: no "
        "difference. "
        f"Latency: one digit's strokes; a number's: four digits. {_machine()}.",
        *(note for of in all_measured if (note := _note(of.reader))),
    ]
    listed = "\n".join(f"- {note}" for note in notes)
    parts = [read, *([differences] if names else []), made, kinds, listed]
    return "\n\n".join(["## Comparison", *parts]) + "\n"


def _column(all_measured: Sequence[Measured], name: str, of: Sequence[Pair]) -> list[str]:
    """A set's cells, a model each: the best in bold, those that are as good by chance marked."""
    shares = {
        measured.title: outcome.share
        for measured in all_measured
        for outcome in measured.all_sets
        if outcome.test_set == name
    }
    best = max(shares, key=lambda title: shares[title].value)
    equals = pairs.as_good(best, of)
    by_seeds = {m.title: f"; {m.by_seed[name]}" for m in all_measured if name in m.by_seed}
    return [
        (f"**{share}**" if title == best else f"{share} ≈" if title in equals else str(share))
        + by_seeds.get(title, "")
        for title, share in shares.items()
    ]


def _cells(line: dict[str, Any]) -> list[str]:
    """What a model is and costs."""
    minutes, parameters = line["training minutes"], line["parameters"]
    return [
        line["title"],
        *(f"{line[f'macro {name}']:.4f}" for name in ("precision", "recall", "F1")),
        "–" if parameters is None else f"{parameters:,}",
        file_size(line["file bytes"]),
        "–" if minutes is None else f"{minutes:.1f} min",
        *(f"{line[name]:.2f} ms" for name in ("p50 ms", "p99 ms", "p50 ms of four digits")),
    ]


def _by_kind(measured: Measured) -> list[str]:
    """The shares of hard numbers read exactly, a cell for each kind of hand."""
    shares = {kind: share for o in measured.numbers for kind, share in o.by_kind.items()}
    return [f"{shares[kind]:.1%}" for kind in HARD_KINDS]


def _note(reader: Reader) -> str:
    """What the table cannot say of a model."""
    metrics = reader.metrics
    said = []
    if data := reader.details.get("data"):
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
    return f"{reader.title}: {'; '.join(said)}." if said else ""


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


# --- The picture ---

_COLUMNS = 3  # of panels, each a test set
_ERROR_TICKS = tuple(
    share * decade for decade in (1e-4, 1e-3, 1e-2, 1e-1) for share in (1, 1.5, 2, 3, 4, 5, 7)
)
_LABEL = (175, 24)  # px that a label takes up
_LABEL_OFFSETS = (20, -24, 44, -48, 68, -72)  # px above the dot, tried in this order


@dataclass(frozen=True)
class _Dot:
    """A model on one test set: its name, colour, latency, and the shares read right and wrong."""

    title: str
    colour: str
    latency: Latency
    accuracy: float
    samples: int

    @property
    def errors(self) -> float:
        """The share of errors; of none, which no logarithm shows, half of one."""
        return max(1 - self.accuracy, 0.5 / self.samples)


def _dots(all_measured: Sequence[Measured]) -> dict[str, list[_Dot]]:
    """Every model on every set of digits, by the set's name."""
    dots: dict[str, list[_Dot]] = {}
    for place, measured in enumerate(all_measured):
        for outcome in measured.outcomes:
            dot = _Dot(
                measured.title, colour_of(place), measured.latency, outcome.accuracy,
                len(outcome.truth),
            )  # fmt: skip
            dots.setdefault(outcome.test_set, []).append(dot)
    return dots


def draw_accuracy_and_latency(dots: Mapping[str, Sequence[_Dot]], path: Path) -> None:
    """Set every model's accuracy against its latency, a panel a test set."""
    columns = min(_COLUMNS, len(dots))
    rows = -(-len(dots) // columns)
    with figure(path, columns, rows, (7.4 * columns, 6.6 * rows + 0.4)) as (drawn, axes):
        for panel in axes.ravel()[len(dots) :]:
            panel.set_axis_off()
        for panel, (name, of_set) in zip(axes.ravel(), dots.items(), strict=False):
            _draw_panel(panel, name, of_set)
        for left in axes[:, 0]:
            left.set_ylabel("read right (%)")
        # The layout must stand before places on it can be compared.
        drawn.draw_without_rendering()
        for panel, of_set in zip(axes.ravel(), dots.values(), strict=False):
            _label_dots(panel, of_set)
        drawn.suptitle(
            "Accuracy against latency (dot: median, line: up to the 99th percentile)",
            fontweight="bold",
        )


def _draw_panel(panel: Axes, name: str, dots: Sequence[_Dot]) -> None:
    # Drawn by the share of errors, on a scale that shows 99.0 from 99.5 and 90 from 95.
    panel.set(xscale="log", yscale="log", xlabel="milliseconds a digit", title=name)
    for dot in dots:
        ends = (dot.latency.p50, dot.latency.p99)
        panel.plot(ends, [dot.errors] * 2, color=dot.colour, linewidth=2, alpha=0.5)
        panel.scatter([dot.latency.p50], [dot.errors], s=190, color=dot.colour, zorder=3)
    panel.margins(x=0.3, y=0.2)
    panel.invert_yaxis()
    low, high = sorted(panel.get_ylim())
    ticks = [tick for tick in _ERROR_TICKS if low <= tick <= high]
    panel.set_yticks(ticks, [f"{100 * (1 - tick):g}" for tick in ticks])
    panel.yaxis.set_minor_locator(mpl.ticker.NullLocator())
    panel.xaxis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5)))
    panel.xaxis.set_major_formatter(mpl.ticker.FormatStrFormatter("%g"))
    panel.xaxis.set_minor_locator(mpl.ticker.NullLocator())


def _label_dots(panel: Axes, dots: Sequence[_Dot]) -> None:
    """Name every dot, above or below it, where no other name or dot stands yet."""
    places = [panel.transData.transform((dot.latency.p50, dot.errors)) for dot in dots]
    names: list[NDArray[np.float64]] = []
    for dot, at in zip(dots, places, strict=True):
        candidates = {offset: np.add(at, (0, offset)) for offset in _LABEL_OFFSETS}
        crowds = {
            offset: _within(place, names, _LABEL) + _within(place, places, (95, 18))
            for offset, place in candidates.items()
        }
        offset = min(_LABEL_OFFSETS, key=crowds.__getitem__)
        names.append(candidates[offset])
        panel.annotate(
            f"{dot.title}  {dot.accuracy:.2%}",
            (dot.latency.p50, dot.errors),
            xytext=(0, offset * 72 / DPI),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=14,
            color=dot.colour,
            fontweight="bold",
        )


def _within(
    place: NDArray[np.float64], others: Sequence[NDArray[np.float64]], reach: tuple[float, float]
) -> int:
    """How many of the other places lie within reach, sideways and upwards."""
    return sum(bool((np.abs(place - other) < reach).all()) for other in others)
