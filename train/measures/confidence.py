"""What a confidence is worth: does it keep its word, and who errs how often if it may stay silent.

A model is calibrated if of all digits that it is 90 % sure of it reads 90 % right. The expected
calibration error (Naeini, Cooper & Hauskrecht, "Obtaining well calibrated probabilities using
Bayesian binning", AAAI 2015) is the mean distance between the two, over bins of equally many
digits. It is never zero: the errors of a perfect model are drawn, too. What it would be by that
chance alone is drawn from the model's own confidences (Bröcker & Smith, "Increasing the reliability
of reliability diagrams", 2007) and said beside it.

Silent on a share of the digits means on those that it is least sure of (El-Yaniv & Wiener, "On the
foundations of noise-free selective classification", 2010).
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from train.measures import digits
from train.measures.digits import DigitOutcome
from train.measures.figures import QUIET, colour_of, figure
from train.measures.readers import Reader
from train.measures.shares import CONFIDENCE, Share
from train.measures.tables import table
from train.measures.test_sets import TestSets

BINS = 15
SILENT = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1)  # shares of the digits, in the tables of figures
_SHOWN = (0.01, 0.05)  # of those, in the Markdown
_DRAWS = 400  # of a perfect model's errors
_SEED = 0

Confidences = NDArray[np.float64]  # (N,), 0 to 1


@dataclass(frozen=True)
class Bin:
    """Digits of about the same confidence: how sure of them, and how many were read right."""

    confidence: float  # their mean
    right: Share


@dataclass(frozen=True)
class Trust:
    """How sure a model was of every digit of a set, (N,), and whether it was right."""

    confidence: Confidences
    right: NDArray[np.bool_]

    @cached_property
    def _by_confidence(self) -> tuple[Confidences, NDArray[np.bool_]]:
        order = np.argsort(self.confidence, kind="stable")
        return self.confidence[order], self.right[order]

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where each bin begins among the sorted digits."""
        count = min(BINS, len(self.right))
        return np.linspace(0, len(self.right), count + 1).astype(np.int64)[:-1]

    def _error(self, right: NDArray[np.bool_]) -> float:
        sure, _ = self._by_confidence
        return float(np.abs(np.add.reduceat(sure - right, self._starts)).sum() / len(sure))

    @property
    def bins(self) -> list[Bin]:
        """The digits in bins of equally many, the least sure first."""
        parts = (np.split(part, self._starts[1:]) for part in self._by_confidence)
        return [
            Bin(float(sure.mean()), Share(int(right.sum()), len(right)))
            for sure, right in zip(*parts, strict=True)
        ]

    @cached_property
    def calibration_error(self) -> float:
        """The expected calibration error, 0 to 1."""
        return self._error(self._by_confidence[1])

    @cached_property
    def by_chance(self) -> tuple[float, float]:
        """What a calibrated model's error would be: its mean, and what 95 % of them stay below."""
        random = np.random.default_rng(_SEED)
        sure, _ = self._by_confidence
        drawn = [self._error(random.random(len(sure)) < sure) for _ in range(_DRAWS)]
        return float(np.mean(drawn)), float(np.quantile(drawn, CONFIDENCE))

    @property
    def keeps_its_word(self) -> bool:
        """Whether the calibration error is no larger than chance makes it."""
        return self.calibration_error <= self.by_chance[1]

    @property
    def boast(self) -> float:
        """The mean confidence less the share read right: above 0 it says more than it keeps."""
        return float(self.confidence.mean() - self.right.mean())

    def answered(self, silent: float) -> Share:
        """What is read right of the rest if it stays silent on this share of the digits.

        Of digits that it is equally sure of, it is silent on any: the mean over all ways counts.
        """
        kept = len(self.right) - round(silent * len(self.right))
        return Share(round(float(self.curve[kept - 1])), kept)

    @cached_property
    def curve(self) -> NDArray[np.float64]:
        """How many are read right of the n that it is surest of, for n from 1 to N."""
        sure, right = self._by_confidence
        _, tie, counts = np.unique(-sure[::-1], return_inverse=True, return_counts=True)
        # Each of several equally sure ones counts as their mean.
        means = np.bincount(tie, right[::-1].astype(np.float64)) / counts
        return np.cumsum(means[tie])

    def least_confidence(self, silent: float) -> float:
        """How sure it must be to speak if it stays silent on this share of the digits."""
        return float(self._by_confidence[0][round(silent * len(self.right))])

    def as_dict(self) -> dict[str, Any]:
        """The figures in plain types, ready for JSON."""
        chance, at_most = self.by_chance
        return {
            "expected calibration error": round(self.calibration_error, 5),
            "by chance alone": round(chance, 5),
            "by chance alone, 95 % below": round(at_most, 5),
            "mean confidence less accuracy": round(self.boast, 5),
            "bins": [
                {"mean confidence": round(of.confidence, 5), **of.right.as_dict()}
                for of in self.bins
            ],
            "silent on": {
                f"{silent:g}": {
                    "least confidence": round(self.least_confidence(silent), 5),
                    **self.answered(silent).as_dict(),
                }
                for silent in SILENT
            },
        }


def trust(outcome: DigitOutcome) -> Trust:
    """What a reading of a set tells; where no digit was seen, nothing was sure."""
    return Trust(outcome.probabilities.max(axis=1).astype(np.float64).clip(0, 1), outcome.right)


All = Mapping[str, Mapping[str, Trust]]  # by the models' titles and the sets' names


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Of every model on every set; writes confidence.md, .json, .csv and two pictures."""
    read = {reader.name: digits.read_all(reader, sets) for reader in readers}
    by_name = {name: {of.test_set: trust(of) for of in all_of} for name, all_of in read.items()}
    by_title = {reader.title: by_name[reader.name] for reader in readers}
    document = {
        name: {test_set: of.as_dict() for test_set, of in of_sets.items()}
        for name, of_sets in by_name.items()
    }
    (folder / "confidence.json").write_text(json.dumps(document, indent=2) + "\n")
    with (folder / "confidence.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["model", "test set", "silent on", "least confidence", "read right", "of", "share"]
        )
        for name, of_sets in by_name.items():
            for test_set, of in of_sets.items():
                for silent in SILENT:
                    kept = of.answered(silent)
                    least = round(of.least_confidence(silent), 5)
                    writer.writerow(
                        [name, test_set, silent, least, kept.count, kept.total, kept.value]
                    )
    readers[0].later(draw_reliability, by_title, folder / "reliability.png")
    readers[0].later(draw_coverage, by_title, folder / "coverage.png")
    text = markdown(by_title)
    (folder / "confidence.md").write_text(text, encoding="utf-8")
    return text


def markdown(found: All) -> str:
    """Both tables, and how to read them."""
    names = list(next(iter(found.values())))
    calibration = table(
        ["Calibration error (by chance alone)", *names],
        ([title, *map(_calibration, of_sets.values())] for title, of_sets in found.items()),
    )
    silent = [
        table(
            [f"Read right, silent on {share:.0%}", *names],
            (
                [title, *(str(of.answered(share)) for of in of_sets.values())]
                for title, of_sets in found.items()
            ),
        )
        for share in _SHOWN
    ]
    note = (
        f"- The mean distance between confidence and the share read right, over {BINS} bins of "
        "equally many digits; in brackets what it would be if every confidence were true. "
        "≈: no more than that chance; +: surer than it is right; −: less sure. "
        "Silent: on the digits that it is least sure of."
    )
    return "\n\n".join(["## What a confidence is worth", calibration, *silent, note]) + "\n"


def _calibration(of: Trust) -> str:
    sign = "≈" if of.keeps_its_word else "+" if of.boast > 0 else "−"
    return f"{of.calibration_error:.2%} ({of.by_chance[0]:.2%}) {sign}"


# --- Pictures ---

_LEAST = 1e-3  # share of errors at which the axes of reliability end; what is less stands there
_COLUMNS = 3  # of panels, each a test set
_MOST_SILENT = 0.1  # of the digits, where the curves of coverage end
_FEWEST = 20  # digits answered that a curve of coverage goes on for
_DECADES = tuple(share * decade for decade in (1e-4, 1e-3, 1e-2, 1e-1) for share in (1, 2, 5))


def draw_reliability(found: All, path: Path) -> None:
    """Draw the stated against the true share of errors: a row a model, a column a set.

    Both axes are logarithmic and run from doubt to certainty, so that they show 99 from 99.9; what
    is beyond stands on the last line. The bars are 95 % intervals.
    """
    names = list(next(iter(found.values())))
    size = (5.6 * len(names), 5.0 * len(found) + 1.0)
    with figure(path, len(names), len(found), size) as (drawn, axes):
        rows = zip(axes, found.items(), strict=True)
        for place, (panels, (title, of_sets)) in enumerate(rows):
            for panel, (name, of) in zip(panels, of_sets.items(), strict=True):
                _draw_bins(panel, of, colour_of(place))
                panel.set_title(f"{title}, {name}", fontsize=16)
            panels[0].set_ylabel("read right (%)")
        for panel in axes[-1]:
            panel.set_xlabel("said to be right (%)")
        drawn.suptitle(
            "Reliability: on the dashed line\na confidence is true, below it boasts",
            fontweight="bold",
        )


def _draw_bins(panel: Axes, of: Trust, colour: str) -> None:
    doubt = np.array([max(1 - one.confidence, _LEAST) for one in of.bins])
    wrong = np.array([max(1 - one.right.value, _LEAST) for one in of.bins])
    ends = np.array([one.right.interval for one in of.bins])
    low, high = (np.maximum(1 - ends[:, side], _LEAST) for side in (1, 0))
    panel.set(xscale="log", yscale="log", xlim=(1, 0.8 * _LEAST), ylim=(1, 0.8 * _LEAST))
    panel.plot((_LEAST, 1), (_LEAST, 1), color=QUIET, linestyle="--", linewidth=1.5)
    panel.vlines(doubt, low, high, color=colour, alpha=0.45, linewidth=3)
    panel.plot(doubt, wrong, color=colour, marker="o", markersize=7, linewidth=1)
    ticks = [tick for tick in _DECADES if tick >= _LEAST]
    shown = [f"{100 * (1 - tick):g}{'+' if tick == _LEAST else ''}" for tick in ticks]
    across = [*shown]
    across[ticks.index(2 * _LEAST)] = ""  # no room beside the last one
    for axis, names in ((panel.xaxis, across), (panel.yaxis, shown)):
        axis.set_major_locator(mpl.ticker.FixedLocator(ticks))
        axis.set_major_formatter(mpl.ticker.FixedFormatter(names))
        axis.set_minor_locator(mpl.ticker.NullLocator())
    panel.tick_params(axis="x", labelsize=12)
    panel.tick_params(axis="y", labelsize=13)
    panel.text(
        0.97, 0.05, f"error {of.calibration_error:.2%} (by chance {of.by_chance[0]:.2%})",
        transform=panel.transAxes, fontsize=14, ha="right",
    )  # fmt: skip


def draw_coverage(found: All, path: Path) -> None:
    """Draw what is read right of the answered digits against the share it is silent on."""
    names = list(next(iter(found.values())))
    columns = min(_COLUMNS, len(names))
    rows = -(-len(names) // columns)
    with figure(path, columns, rows, (7.4 * columns, 6.2 * rows + 0.6)) as (drawn, axes):
        for panel in axes.ravel()[len(names) :]:
            panel.set_axis_off()
        for panel, name in zip(axes.ravel(), names, strict=False):
            of_set = {title: of_sets[name] for title, of_sets in found.items()}
            _draw_curves(panel, of_set)
            panel.set(title=name, xlabel="silent on (%)")
        for left in axes[:, 0]:
            left.set_ylabel("of the rest, read right (%)")
        axes[0, 0].legend(fontsize=14, loc="lower right")
        drawn.suptitle("If it may stay silent on what it is least sure of", fontweight="bold")


def _draw_curves(panel: Axes, of_set: Mapping[str, Trust]) -> None:
    total = len(next(iter(of_set.values())).right)
    floor = 0.5 / total  # where no error is left, the curve runs along the edge
    for place, (title, of) in enumerate(of_set.items()):
        answered = np.arange(total, 0, -1)
        silent = 1 - answered / total
        shown = (silent <= _MOST_SILENT) & (answered >= min(_FEWEST, total))
        wrong = 1 - of.curve[answered[shown] - 1] / answered[shown]
        colour = colour_of(place)
        panel.plot(100 * silent[shown], np.maximum(wrong, floor), color=colour, label=title)
    panel.set(yscale="log", xlim=(0, 100 * _MOST_SILENT))
    panel.invert_yaxis()
    low, high = sorted(panel.get_ylim())
    ticks = [tick for tick in _DECADES if max(low, 1.5 * floor) <= tick <= high]
    panel.set_yticks([floor, *ticks], ["100", *(f"{100 * (1 - tick):g}" for tick in ticks)])
    panel.set_ylim(high, low)  # a tick beyond them would have moved them
    panel.yaxis.set_minor_locator(mpl.ticker.NullLocator())
