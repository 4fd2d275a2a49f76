"""The report's pictures, drawn to be put on a slide."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")  # pictures go to files; no window is wanted

import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from train.data.sets import Images
from train.fitting.history import History
from train.measures.comparison import Measured, confusions
from train.measures.outliers import ALL_LETTERS
from train.measures.rejection import ACCEPTED, Rejection, area, roc

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK = "#22303c"
_QUIET = "#7a8699"
_RIGHT = "#1b8a5a"
_WRONG = "#d1495b"
_COLOURS = {
    "knn": "#8c6bb1",
    "svm": "#3d7ea6",
    "fcn": "#e0a100",
    "classic": "#d1495b",
    "cnn": "#1b8a5a",
    "yolo": "#22303c",
}
_DPI = 110


@contextmanager
def _figure(
    path: Path, columns: int, rows: int, size: tuple[float, float], gap: float = 0.12
) -> Iterator[tuple["Figure", NDArray[np.object_]]]:
    """A figure with `rows` x `columns` axes, `gap` inches apart; saved to `path` in the end."""
    sns.set_theme(
        style="whitegrid",
        context="talk",
        rc={
            "text.color": _INK,
            "axes.labelcolor": _INK,
            "axes.edgecolor": "#c9d1d9",
            "grid.color": "#e6eaee",
            "xtick.color": _INK,
            "ytick.color": _INK,
        },
    )
    roomy = ConstrainedLayoutEngine(h_pad=gap, w_pad=0.08)  # the default is too tight
    figure, axes = plt.subplots(rows, columns, figsize=size, layout=roomy, squeeze=False)
    try:
        yield figure, axes
        figure.savefig(path, dpi=_DPI)
    finally:
        plt.close(figure)


def draw_confusions(measured: Measured, path: Path) -> None:
    """Draw the confusion matrix of each test set: counts, the mistakes in colour."""
    outcomes = measured.outcomes
    width = 8.6 * len(outcomes)
    with _figure(path, len(outcomes), 1, (width, 8.8)) as (figure, axes):
        for panel, outcome in zip(axes[0], outcomes, strict=True):
            counts = confusions(outcome)
            if not counts[:, 10].any():
                counts = counts[:, :10]  # nothing was refused: no column for it
            mistakes = counts.copy()
            np.fill_diagonal(mistakes, 0)
            sns.heatmap(
                mistakes,
                mask=mistakes == 0,
                ax=panel,
                cmap=sns.light_palette(_WRONG, as_cmap=True),
                vmax=max(5, int(mistakes.max())),
                vmin=0,
                annot=True,
                fmt="d",
                annot_kws={"size": 14},
                cbar=False,
                square=True,
                linewidths=1,
                linecolor="#eef1f4",
                xticklabels=[*"0123456789", "none"][: counts.shape[1]],
                yticklabels=list("0123456789"),
            )
            for digit in range(10):
                panel.add_patch(Rectangle((digit, digit), 1, 1, color="#dcefe5"))
                place = (digit + 0.5, digit + 0.5)
                panel.text(*place, str(counts[digit, digit]), ha="center", va="center", size=14)
            panel.set_facecolor("#f7f9fa")
            panel.grid(False)
            panel.tick_params(rotation=0)
            panel.set(xlabel="read as", ylabel="written")
            panel.set_title(f"{outcome.test_set}: {outcome.accuracy:.2%}", pad=12)
        figure.suptitle(f"{measured.title}: what was read for what", fontweight="bold")


def draw_learning_curves(histories: Mapping[str, History], path: Path) -> None:
    """Draw loss and accuracy over the epochs, a column a model."""
    with _figure(path, len(histories), 2, (6.4 * len(histories), 9)) as (figure, axes):
        for column, (title, history) in zip(axes.T, histories.items(), strict=True):
            numbers = [epoch.number for epoch in history.epochs]
            for part, colour in (("training", _QUIET), ("validation", _WRONG)):
                loss = [getattr(epoch, f"{part}_loss") for epoch in history.epochs]
                right = [100 * getattr(epoch, f"{part}_accuracy") for epoch in history.epochs]
                column[0].plot(numbers, loss, color=colour, label=part, marker=".")
                column[1].plot(numbers, right, color=colour, label=part, marker=".")
            best = history.best
            column[1].scatter([best.number], [100 * best.validation_accuracy], color=_INK, zorder=3)
            column[1].text(
                0.96,
                0.07,
                f"kept: epoch {best.number}, validation {best.validation_accuracy:.2%}",
                transform=column[1].transAxes,
                ha="right",
                fontsize=15,
            )
            column[0].set_title(title, fontweight="bold")
            column[0].set(yscale="log")
            column[0].yaxis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5)))
            column[0].yaxis.set_minor_locator(mpl.ticker.NullLocator())
            column[0].yaxis.set_major_formatter(mpl.ticker.FormatStrFormatter("%g"))
            for panel in column:
                # The first epoch is 1: an axis that begins at 0 would show one that never was.
                panel.set_xlim(1 - 0.03 * len(numbers), 1.03 * len(numbers))
                panel.xaxis.set_major_locator(mpl.ticker.MaxNLocator(6, integer=True))
            column[1].set(xlabel="epoch", ylim=(_floor(history), 100.2))
        axes[0, 0].set_ylabel("loss (cross-entropy)")
        axes[1, 0].set_ylabel("accuracy (%)")
        axes[0, 0].legend()
        figure.suptitle(
            "Learning curves; where pictures are augmented, training is the harder part",
            fontweight="bold",
        )


def _floor(history: History) -> float:
    """Where an accuracy axis begins, so that the first epochs do not press the rest flat."""
    shown = [e.validation_accuracy for e in history.epochs[1:]] or [0.9]
    shown += [e.training_accuracy for e in history.epochs[1:]]
    return max(0.0, 100 * min(shown) - 1)


def draw_samples(images: Images, path: Path) -> None:
    """Draw the first forty training images with their labels."""
    with _grid(path, 4, "The first images of MNIST's training part") as panels:
        for panel, pixels, label in zip(panels, images.pixels, images.labels, strict=False):
            _draw_glyph(panel, pixels, str(label), _INK)


def draw_predictions(measured: Measured, path: Path) -> None:
    """Draw forty test images with what was written and what was read."""
    outcome = measured.mnist
    # Spread over the test part: its second half was written by other people than its first.
    rows = np.linspace(0, len(outcome.truth) - 1, min(40, len(outcome.truth))).astype(int)
    title = f"{measured.title} on {outcome.test_set}: written → read, and how sure"
    with _grid(path, 4, title) as panels:
        for panel, index in zip(panels, rows, strict=False):
            right = bool(outcome.right[index])
            _draw_glyph(
                panel, outcome.glyphs[index], _verdict(measured, index), _RIGHT if right else _WRONG
            )


def draw_mistakes(measured: Measured, path: Path) -> None:
    """Draw the mistakes on MNIST's test part that the model was surest of."""
    outcome = measured.mnist
    wrong = np.flatnonzero(~outcome.right)
    confidence = outcome.probabilities.max(axis=1)
    worst = wrong[np.argsort(-confidence[wrong], kind="stable")][:40]
    title = (
        f"{measured.title} on {outcome.test_set}: its surest mistakes "
        f"({len(worst)} of {len(wrong)}), written → read"
    )
    with _grid(path, max(1, -(-len(worst) // 10)), title) as panels:
        for panel, index in zip(panels, worst, strict=False):
            _draw_glyph(panel, outcome.glyphs[index], _verdict(measured, index), _WRONG)


def draw_accuracy_and_latency(all_measured: Sequence[Measured], path: Path) -> None:
    """Set every model's accuracy against its latency, a panel a test set."""
    test_sets = list(
        dict.fromkeys(outcome.test_set for m in all_measured for outcome in m.outcomes)
    )
    with _figure(path, len(test_sets), 1, (7.4 * len(test_sets), 7)) as (figure, axes):
        for panel, name in zip(axes[0], test_sets, strict=True):
            # Drawn by the share of errors, on a scale that shows 99.0 from 99.5 and 90 from 95.
            panel.set(xscale="log", yscale="log", xlabel="milliseconds a digit", title=name)
            points = [
                (m, outcome.accuracy, max(1 - outcome.accuracy, 1e-4))
                for m in all_measured
                for outcome in m.outcomes
                if outcome.test_set == name
            ]
            for measured, _, errors in points:
                colour = _COLOURS[measured.model.name]
                panel.plot(measured.latency, [errors] * 2, color=colour, linewidth=2, alpha=0.5)
                panel.scatter([measured.latency[0]], [errors], s=190, color=colour, zorder=3)
            panel.margins(x=0.3, y=0.2)
            panel.invert_yaxis()
            low, high = sorted(panel.get_ylim())
            ticks = [tick for tick in _ERROR_TICKS if low <= tick <= high]
            panel.set_yticks(ticks, [f"{100 * (1 - tick):g}" for tick in ticks])
            panel.yaxis.set_minor_locator(mpl.ticker.NullLocator())
            panel.xaxis.set_major_locator(mpl.ticker.LogLocator(subs=(1, 2, 5)))
            panel.xaxis.set_major_formatter(mpl.ticker.FormatStrFormatter("%g"))
            panel.xaxis.set_minor_locator(mpl.ticker.NullLocator())
            _label_points(panel, points)
        axes[0, 0].set_ylabel("read right (%)")
        figure.suptitle(
            "Accuracy against latency (dot: median, line: up to the 99th percentile)",
            fontweight="bold",
        )


def draw_rejection_curves(rejections: Sequence[Rejection], path: Path) -> None:
    """Draw ROC curves: what is refused of outliers against the digits lost, a row a set of digits.

    Both axes are logarithmic, the upright one in what is accepted, so that they show 99 from 99.9.
    """
    digit_sets = [scored.ink.name for scored in rejections[0].digits]
    names = [s.ink.name for s in rejections[0].outliers if s.ink.name != ALL_LETTERS]
    size = (8.2 * len(names), 7.4 * len(digit_sets))
    with _figure(path, len(names), len(digit_sets), size) as (figure, axes):
        for row, digit_set in zip(axes, digit_sets, strict=True):
            for panel, name in zip(row, names, strict=True):
                panel.set(xscale="log", yscale="log", xlim=(0.8 * _LEAST_LOST, 1), ylim=(1, 8e-4))
                panel.axvline(1 - ACCEPTED, color=_QUIET, linestyle="--", linewidth=1.5)
                for rejection in rejections:
                    _draw_curve(panel, rejection, digit_set, name)
                panel.set_xticks(_SHARES, [f"{100 * share:g}" for share in _SHARES])
                panel.set_yticks(_SHARES, [f"{100 * (1 - share):g}" for share in _SHARES])
                panel.xaxis.set_minor_locator(mpl.ticker.NullLocator())
                panel.yaxis.set_minor_locator(mpl.ticker.NullLocator())
                panel.set(xlabel=f"of {digit_set}, refused (%)", ylabel="refused (%)", title=name)
                panel.legend(fontsize=13, loc="lower right", title="area", title_fontsize=13)
        figure.suptitle(
            "Ink that is no digit: refused against the digits that it costs (dot: in play; "
            f"dashed: {ACCEPTED:.0%} of the digits accepted)",
            fontweight="bold",
        )


_SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_LEAST_LOST = 5e-4  # of the digits; a smaller share stands at the edge


def _draw_curve(panel: "Axes", rejection: Rejection, digit_set: str, name: str) -> None:
    """A recognizer's curve and the place on it where play stands."""
    (digits,) = (s for s in rejection.digits if s.ink.name == digit_set)
    (outliers,) = (s for s in rejection.outliers if s.ink.name == name)
    lost, refused = roc(digits.doubt, outliers.doubt)
    colour = _COLOURS[rejection.name]
    label = f"{rejection.title} {area(digits.doubt, outliers.doubt):.4f}"
    low = 1e-3  # the axis ends there
    panel.plot(
        np.maximum(lost, _LEAST_LOST), np.maximum(1 - refused, low), color=colour, label=label
    )
    if not rejection.by_confidence:
        place = max(digits.refused_share(), _LEAST_LOST), max(1 - outliers.refused_share(), low)
        panel.plot(*place, marker="o", markersize=11, color=colour, clip_on=False)


_ERROR_TICKS = tuple(
    share * decade for decade in (1e-4, 1e-3, 1e-2, 1e-1) for share in (1, 1.5, 2, 3, 4, 5, 7)
)
_LABEL = (175, 24)  # px that a label takes up
_LABEL_OFFSETS = (20, -24, 44, -48, 68, -72)  # px above the dot, tried in this order


def _label_points(panel: "Axes", points: Sequence[tuple[Measured, float, float]]) -> None:
    """Name every dot, above or below it, where no other name or dot stands yet."""
    panel.figure.canvas.draw()  # the layout must stand before places on it can be compared
    dots = [panel.transData.transform((m.latency[0], errors)) for m, _, errors in points]
    names: list[NDArray[np.float64]] = []
    for (measured, accuracy, errors), dot in zip(points, dots, strict=True):
        places = {offset: np.add(dot, (0, offset)) for offset in _LABEL_OFFSETS}
        crowds = {
            offset: _within(place, names, _LABEL) + _within(place, dots, (95, 18))
            for offset, place in places.items()
        }
        offset = min(_LABEL_OFFSETS, key=crowds.__getitem__)
        names.append(places[offset])
        panel.annotate(
            f"{measured.title}  {accuracy:.2%}",
            (measured.latency[0], errors),
            xytext=(0, offset * 72 / _DPI),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=14,
            color=_COLOURS[measured.model.name],
            fontweight="bold",
        )


def _within(
    place: NDArray[np.float64], others: Sequence[NDArray[np.float64]], reach: tuple[float, float]
) -> int:
    """How many of the other places lie within reach, sideways and upwards."""
    return sum(bool((np.abs(place - other) < reach).all()) for other in others)


@contextmanager
def _grid(path: Path, rows: int, title: str) -> Iterator[list["Axes"]]:
    """A sheet of `rows` x 10 small pictures under a title."""
    with _figure(path, 10, rows, (15, 1.75 * rows + 0.7), gap=0.05) as (figure, axes):
        panels: list[Axes] = list(axes.ravel())
        for panel in panels:
            panel.set_axis_off()
        yield panels
        figure.suptitle(title, fontweight="bold", fontsize=20)


def _draw_glyph(panel: "Axes", pixels: NDArray[np.uint8], caption: str, colour: str) -> None:
    panel.imshow(pixels, cmap="gray_r", vmin=0, vmax=255, interpolation="nearest")
    panel.set_axis_on()  # its frame shows where the 28 x 28 pixels end
    panel.grid(False)
    panel.set(xticks=[], yticks=[])
    panel.set_title(caption, fontsize=15, color=colour, pad=3)


def _verdict(measured: Measured, index: int) -> str:
    """A caption such as "7 → 1  93 %"."""
    outcome = measured.mnist
    read = outcome.read[index] if outcome.read[index] >= 0 else "?"
    return f"{outcome.truth[index]} → {read}  {outcome.probabilities[index].max():.0%}"
