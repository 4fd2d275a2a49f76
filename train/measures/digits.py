"""`python -m train.measures.digits`: the shipped models' figures, through the public `Recognizer`.

Strokes go through `Recognizer.read`, MNIST's pictures through `Recognizer.read_image`: the same way
that a player's ink goes. That a digit is one is told, as the game does; how many digits a number
has is not. Test data is only ever looked at here and in the report.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from recognizer import Reading, Recognizer, available_backends, ink
from recognizer.strokes import clean_strokes
from train.data import sets
from train.forms.numbers import HARD_KINDS
from train.measures.number_errors import draw_number_errors
from train.measures.numbers import NUMBER_SETS, number_latency
from train.shipping.script import Progress, run_script

LATENCY_DIGITS = 1_000  # pen digits that the latency is the median and the 99th percentile of


@dataclass(frozen=True)
class Outcome:
    """What a recognizer made of one test set of single digits.

    `glyphs` uint8 (N, 28, 28) are what the model saw; `probabilities` float32 (N, 10); `read` holds
    -1 where the recognizer saw no digit; `writers` (N,) are 0 where the set names none.
    """

    test_set: str
    truth: NDArray[np.int64]
    read: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    glyphs: NDArray[np.uint8]
    writers: NDArray[np.int64]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which digits were read as they are labelled."""
        return np.equal(self.truth, self.read)

    @property
    def accuracy(self) -> float:
        """The share of digits read right."""
        return float(self.right.mean())


@dataclass
class _Collector:
    """Takes readings one by one and makes an `Outcome` of them."""

    truth: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    probabilities: list[NDArray[np.float32]] = field(default_factory=list)
    glyphs: list[NDArray[np.uint8]] = field(default_factory=list)
    writers: list[int] = field(default_factory=list)

    def add(self, label: int, reading: Reading, glyph: NDArray[np.uint8], writer: int = 0) -> None:
        digit = reading.digits[0] if len(reading.digits) == 1 else None
        self.truth.append(label)
        self.read.append(-1 if digit is None or digit.value is None else digit.value)
        self.probabilities.append(
            np.zeros(10, np.float32) if digit is None else digit.probabilities
        )
        self.glyphs.append(glyph)
        self.writers.append(writer)

    def outcome(self, name: str) -> Outcome:
        return Outcome(
            name,
            np.array(self.truth, np.int64),
            np.array(self.read, np.int64),
            np.stack(self.probabilities),
            np.stack(self.glyphs),
            np.array(self.writers, np.int64),
        )


def read_mnist_test(reader: Recognizer, folder: Path | None, limit: int | None = None) -> Outcome:
    """Read the 10,000 pictures of MNIST's test part, or its first `limit` ones."""
    collector = _Collector()
    test = sets.load_mnist(train=False, data=folder)
    for pixels, label in zip(test.pixels[:limit], test.labels[:limit].tolist(), strict=True):
        collector.add(label, reader.read_image(pixels, length=1), pixels)
    return collector.outcome("MNIST test")


def read_pendigits_test(
    reader: Recognizer, folder: Path | None, limit: int | None = None
) -> Outcome:
    """Read the strokes of pendigits' 14 test writers, or the first `limit` of them."""
    collector = _Collector()
    for digit in sets.load_pendigits(train=False, data=folder)[:limit]:
        glyph = ink.glyph(clean_strokes(digit.strokes))
        collector.add(digit.label, reader.read(digit.strokes, length=1), glyph, digit.writer)
    return collector.outcome("pendigits test")


def read_unipen_dev(
    reader: Recognizer, folder: Path | None, limit: int | None = None
) -> Outcome | None:
    """Read the strokes of UNIPEN's 103 dev writers; None where the local folder has none."""
    samples = sets.load_unipen("unipen-digits-dev", folder)
    if samples is None:
        return None
    collector = _Collector()
    for sample in samples[:limit]:
        glyph = ink.glyph(clean_strokes(sample.strokes))
        reading = reader.read(sample.strokes, length=1)
        collector.add(int(sample.label), reading, glyph, sample.writer)
    return collector.outcome("UNIPEN dev digits")


TEST_SETS: tuple[Callable[[Recognizer, Path | None, int | None], Outcome | None], ...] = (
    read_mnist_test,
    read_pendigits_test,
    read_unipen_dev,
)


def latency(reader: Recognizer, folder: Path | None) -> tuple[float, float]:
    """Median and 99th percentile of `read` for one digit's strokes: milliseconds on one core."""
    cv2.setNumThreads(1)
    digits = sets.load_pendigits(train=False, data=folder)[:LATENCY_DIGITS]
    times = []
    for digit in digits:
        started = time.perf_counter()
        reader.read(digit.strokes, length=1)
        times.append((time.perf_counter() - started) * 1e3)
    return float(np.median(times)), float(np.percentile(times, 99))


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Print a row for each backend, or one JSON object for all with `--json`."""
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for backend in arguments.backend or available_backends(arguments.models):
        reader = Recognizer(backend, arguments.models)
        rows[backend] = {}
        for read in TEST_SETS:
            outcome = read(reader, arguments.data, None)
            if outcome is None:
                continue
            rows[backend][outcome.test_set] = {
                "accuracy": outcome.accuracy,
                "errors": float((~outcome.right).sum()),
            }
            if arguments.errors is not None:
                name = f"{backend}-{outcome.test_set.replace(' ', '-')}.png"
                draw_errors(outcome, arguments.errors / name)
        for read_numbers in NUMBER_SETS:
            numbers = read_numbers(reader, arguments.data, None)
            if numbers is None:
                continue
            kinds = numbers.by_kind if len(numbers.by_kind) > 1 else {}
            rows[backend][numbers.test_set] = {
                "accuracy": numbers.accuracy,
                "errors": float((~numbers.right).sum()),
                **kinds,
            }
            if arguments.errors is not None:
                name = f"{backend}-{numbers.test_set.replace(' ', '-')}.png"
                draw_number_errors(numbers, arguments.errors / name)
        for name, measure in (("latency", latency), ("latency of a number", number_latency)):
            median, slow = measure(reader, arguments.data)
            rows[backend][name] = {"p50_ms": median, "p99_ms": slow}
    if arguments.json:
        print(json.dumps(rows, indent=2))
        return
    progress.show(_table(rows))
    progress.show(_kinds_table(rows))


def _table(rows: dict[str, dict[str, dict[str, float]]]) -> Table:
    test_sets = list(dict.fromkeys(name for row in rows.values() for name in row))
    title = "read right (errors); latency p50 / p99 of one digit, and of a number of four"
    table = Table("backend", *test_sets, title=title)
    for backend, row in rows.items():
        cells = []
        for name in test_sets:
            if "p50_ms" in row[name]:
                cells.append(f"{row[name]['p50_ms']:.2f} / {row[name]['p99_ms']:.2f} ms")
            else:
                cells.append(f"{row[name]['accuracy']:.2%} ({row[name]['errors']:.0f})")
        table.add_row(backend, *cells)
    return table


def _kinds_table(rows: dict[str, dict[str, dict[str, float]]]) -> Table:
    """The kinds of hand among the hard numbers."""
    table = Table("backend", *HARD_KINDS, title="hard numbers read exactly, by the kind of hand")
    for backend, row in rows.items():
        table.add_row(backend, *(f"{row['hard numbers'][kind]:.1%}" for kind in HARD_KINDS))
    return table


def draw_errors(outcome: Outcome, path: Path, columns: int = 16, scale: int = 3) -> None:
    """Draw every misread glyph as "truth>read" in a sheet, the surest mistakes first."""
    wrong = np.flatnonzero(~outcome.right)
    confidence = outcome.probabilities.max(axis=1)
    wrong = wrong[np.argsort(-confidence[wrong])]
    cell = ink.GLYPH_SIZE * scale
    rows = max(1, -(-len(wrong) // columns))
    sheet = np.full((rows * (cell + 18), columns * (cell + 4)), 40, np.uint8)
    for place, index in enumerate(wrong):
        y, x = place // columns * (cell + 18), place % columns * (cell + 4)
        large = cv2.resize(outcome.glyphs[index], (cell, cell), interpolation=cv2.INTER_CUBIC)
        sheet[y : y + cell, x : x + cell] = large
        read = outcome.read[index] if outcome.read[index] >= 0 else "?"
        text = f"{outcome.truth[index]}>{read} {confidence[index]:.2f}"
        cv2.putText(sheet, text, (x, y + cell + 13), cv2.FONT_HERSHEY_SIMPLEX, 0.42, 255, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), sheet)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train.measures.digits", description=__doc__)
    sets.add_data_argument(parser)
    parser.add_argument("--backend", action="append", help="several are possible; default: all")
    parser.add_argument("--models", type=Path, help="folder with a manifest (default: the shipped)")
    parser.add_argument("--errors", type=Path, metavar="DIR", help="draw sheets of all misreadings")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser


if __name__ == "__main__":
    run_script(_arguments(), main)
