"""How single digits are read: accuracy, confusions, and what the misreadings look like.

Strokes go through `Recognizer.read`, MNIST's pictures through `Recognizer.read_image`: the same way
that a player's ink goes. That a digit is one is told, as the game does.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator
from numpy.typing import NDArray
from sklearn.metrics import classification_report, confusion_matrix

from recognizer import Reading
from train.measures.figures import INK, RIGHT, WRONG, draw_glyph, figure, grid
from train.measures.outcome import Outcome
from train.measures.readers import Question, Reader
from train.measures.shares import PeopleMean, people_mean
from train.measures.sheets import Cell, draw_sheet
from train.measures.tables import table
from train.measures.test_sets import DigitSet, TestSets

MNIST = "MNIST test"
_SHOWN = 40  # digits on a picture of predictions or mistakes
_PALEST_FULL = 5  # mistakes of one kind that the full colour stands for at least


@dataclass(frozen=True)
class DigitOutcome(Outcome):
    """What a recognizer made of one test set of single digits.

    `glyphs` uint8 (N, 28, 28) are what the model saw; `probabilities` float32 (N, 10); `read` holds
    -1 where the recognizer saw no digit; `writers` (N,) is None where the set names none.
    """

    test_set: str
    truth: NDArray[np.int64]
    read: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    glyphs: NDArray[np.uint8]
    writers: NDArray[np.int64] | None = None

    @property
    def right(self) -> NDArray[np.bool_]:
        return np.equal(self.truth, self.read)

    @property
    def people(self) -> PeopleMean | None:
        return None if self.writers is None else people_mean(self.right, self.writers)

    def caption(self, row: int) -> str:
        """What was written and read, and how sure, such as "7 → 1  93 %"."""
        return f"{self.truth[row]} → {self._read(row)}  {self._confidence[row]:.0%}"

    def cells(self) -> list[Cell]:
        """Every misread glyph as "truth>read", the surest mistakes first."""
        confidence = self._confidence
        return [
            Cell(f"{self.truth[i]}>{self._read(i)} {confidence[i]:.2f}", self.glyphs[i])
            for i in self.surest_mistakes.tolist()
        ]

    @property
    def surest_mistakes(self) -> NDArray[np.int64]:
        """The places of the misread digits, the surest first."""
        wrong = np.flatnonzero(~self.right)
        return wrong[np.argsort(-self._confidence[wrong], kind="stable")]

    def confusions(self) -> NDArray[np.int64]:
        """How often each digit (row) was read as each digit (column), as none (the last column)."""
        labels = [*range(10), -1]
        counts: NDArray[np.int64] = confusion_matrix(self.truth, self.read, labels=labels)[:10]
        return counts

    @property
    def _confidence(self) -> NDArray[np.float32]:
        return np.asarray(self.probabilities.max(axis=1))

    def _read(self, row: int) -> str:
        return str(self.read[row]) if self.read[row] >= 0 else "?"


def questions(sets: TestSets) -> Iterator[Question]:
    """All that `read_all` will ask."""
    yield from ((picture, 1) for picture in sets.mnist_pictures)
    yield from ((sample.strokes, 1) for of in sets.digits for sample in of.samples)


def read_mnist(reader: Reader, sets: TestSets) -> DigitOutcome:
    """Read MNIST's test part, picture by picture."""
    reader.ahead((picture, 1) for picture in sets.mnist_pictures)
    readings = [reader.read_image(picture, 1) for picture in sets.mnist_pictures]
    return _outcome(MNIST, sets.mnist.labels, readings, sets.mnist.pixels)


def read_set(reader: Reader, digits: DigitSet) -> DigitOutcome:
    """Read a set of pen digits."""
    reader.ahead((sample.strokes, 1) for sample in digits.samples)
    readings = [reader.read(sample.strokes, 1) for sample in digits.samples]
    labels = np.array([int(sample.label) for sample in digits.samples])
    writers = np.array([sample.writer for sample in digits.samples])
    return _outcome(digits.name, labels, readings, digits.glyphs, writers)


def read_all(reader: Reader, sets: TestSets) -> tuple[DigitOutcome, ...]:
    """Every set of single digits, MNIST's first."""
    return read_mnist(reader, sets), *(read_set(reader, digits) for digits in sets.digits)


def _outcome(
    name: str,
    labels: NDArray[np.int64],
    readings: Sequence[Reading],
    glyphs: NDArray[np.uint8],
    writers: NDArray[np.int64] | None = None,
) -> DigitOutcome:
    read = [of.digits[0] if len(of.digits) == 1 else None for of in readings]
    nothing = np.zeros(10, np.float32)
    return DigitOutcome(
        name,
        labels,
        np.array([-1 if d is None or d.value is None else d.value for d in read], np.int64),
        np.stack([nothing if d is None else d.probabilities for d in read]),
        glyphs,
        writers,
    )


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Read every set with every model; writes digits.json, and confusions, classes and sheets."""
    all_read = {reader.name: read_all(reader, sets) for reader in readers}
    titles = {reader.name: reader.title for reader in readers}
    for reader in readers:
        name, outcomes = reader.name, all_read[reader.name]
        _write_class_report(reader.title, outcomes, folder / f"classes-{name}.txt")
        mnist = outcomes[0]
        for draw, of, kind in (
            (draw_confusions, outcomes, "confusion"),
            (draw_predictions, mnist, "predictions"),
            (draw_mistakes, mnist, "mistakes"),
        ):
            reader.later(draw, reader.title, of, folder / f"{kind}-{name}.png")
        for outcome in outcomes:
            sheet = folder / f"misread-{outcome.test_set.replace(' ', '-')}-{name}.png"
            draw_sheet(outcome.cells(), sheet, (88, 104), 16)
    document = {
        name: {outcome.test_set: _as_json(outcome) for outcome in outcomes}
        for name, outcomes in all_read.items()
    }
    (folder / "digits.json").write_text(json.dumps(document, indent=2) + "\n")
    text = _markdown({titles[name]: outcomes for name, outcomes in all_read.items()})
    (folder / "digits.md").write_text(text, encoding="utf-8")
    return text


def _as_json(outcome: DigitOutcome) -> dict[str, Any]:
    people = outcome.people
    return {
        **outcome.share.as_dict(),
        "errors": int((~outcome.right).sum()),
        "mean over people": None if people is None else people.as_dict(),
    }


def _markdown(all_read: dict[str, tuple[DigitOutcome, ...]]) -> str:
    first = next(iter(all_read.values()))
    named = [outcome.test_set for outcome in first if outcome.writers is not None]
    digits = table(
        ["Read right (95 % interval)", *(f"{o.test_set} ({len(o.truth):,})" for o in first)],
        ([title, *(str(o.share) for o in of)] for title, of in all_read.items()),
    )
    people = table(
        ["Mean over people", *(f"{o.test_set} ({_people(o)})" for o in first if o.people)],
        (
            [title, *(str(o.people) for o in of if o.test_set in named)]
            for title, of in all_read.items()
        ),
    )
    return f"## Single digits\n\n{digits}\n\n{people}\n"


def _people(outcome: DigitOutcome) -> str:
    return "" if outcome.people is None else f"{outcome.people.people} people"


def _write_class_report(title: str, outcomes: Sequence[DigitOutcome], path: Path) -> None:
    """Write precision, recall and F1 of every digit on every test set, as text."""
    parts = []
    for outcome in outcomes:
        report = classification_report(
            outcome.truth, outcome.read, labels=range(10), digits=4, zero_division=0
        )
        parts.append(f"{title}, {outcome.test_set}: {outcome.accuracy:.2%}\n\n{report}")
    path.write_text("\n".join(parts))


# --- Pictures ---


def draw_confusions(title: str, outcomes: Sequence[DigitOutcome], path: Path) -> None:
    """Draw the confusion matrix of each test set: counts, the mistakes in colour."""
    columns = min(3, len(outcomes))
    rows = -(-len(outcomes) // columns)
    with figure(path, columns, rows, (8.6 * columns, 8.6 * rows + 0.2)) as (drawn, axes):
        for panel in axes.ravel()[len(outcomes) :]:
            panel.set_axis_off()
        # A column for what was refused stands on all panels or, where nothing was, on none.
        refused = any((outcome.read < 0).any() for outcome in outcomes)
        for panel, outcome in zip(axes.ravel(), outcomes, strict=False):
            _draw_counts(panel, outcome, 11 if refused else 10)
        drawn.suptitle(f"{title}: what was read for what", fontweight="bold")


def _draw_counts(panel: Axes, outcome: DigitOutcome, columns: int) -> None:
    counts = outcome.confusions()[:, :columns]
    mistakes = counts.astype(np.float64)
    mistakes[counts == 0] = np.nan
    mistakes[range(10), range(10)] = np.nan
    most = max(_PALEST_FULL, int(np.nan_to_num(mistakes).max()))
    shades = sns.light_palette(WRONG, as_cmap=True)
    panel.imshow(mistakes, cmap=shades, vmin=0, vmax=most)
    for row, column in np.argwhere(counts).tolist():
        if row == column:
            panel.add_patch(Rectangle((row - 0.5, row - 0.5), 1, 1, color="#dcefe5"))
        light = row != column and counts[row, column] > most / 2
        panel.text(
            column, row, str(counts[row, column]), ha="center", va="center", size=14,
            color="white" if light else INK,
        )  # fmt: skip
    panel.set_facecolor("#f7f9fa")
    panel.set_xticks(range(columns), [*"0123456789", "none"][:columns])
    panel.set_yticks(range(10), list("0123456789"))
    panel.grid(False)
    for axis, cells in ((panel.xaxis, columns), (panel.yaxis, 10)):
        axis.set_minor_locator(FixedLocator([place - 0.5 for place in range(1, cells)]))
    panel.grid(which="minor", color="#e6eaee")
    for spine in panel.spines.values():
        spine.set_visible(False)
    panel.set(xlabel="read as", ylabel="written")
    panel.set_title(f"{outcome.test_set}: {outcome.accuracy:.2%}", pad=12)


def draw_predictions(title: str, outcome: DigitOutcome, path: Path) -> None:
    """Draw forty test images with what was written and what was read."""
    # Spread over the set: MNIST's second half was written by other people than its first.
    rows = np.linspace(0, len(outcome.truth) - 1, min(_SHOWN, len(outcome.truth))).astype(int)
    said = f"{title} on {outcome.test_set}: written → read, and how sure"
    with grid(path, 4, said) as panels:
        for panel, row in zip(panels, rows.tolist(), strict=False):
            colour = RIGHT if outcome.right[row] else WRONG
            draw_glyph(panel, outcome.glyphs[row], outcome.caption(row), colour)


def draw_mistakes(title: str, outcome: DigitOutcome, path: Path) -> None:
    """Draw the mistakes that the model was surest of."""
    wrong = outcome.surest_mistakes
    worst = wrong[:_SHOWN]
    said = (
        f"{title} on {outcome.test_set}: its surest mistakes "
        f"({len(worst)} of {len(wrong)}), written → read"
    )
    with grid(path, max(1, -(-len(worst) // 10)), said) as panels:
        for panel, row in zip(panels, worst.tolist(), strict=False):
            draw_glyph(panel, outcome.glyphs[row], outcome.caption(row), WRONG)
