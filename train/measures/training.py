"""What the models learned from, and how it went: learning curves, and the first images of MNIST."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

from train.data.sets import Images
from train.fitting.history import History
from train.measures.figures import INK, QUIET, WRONG, draw_glyph, figure, grid
from train.measures.readers import Reader
from train.measures.test_sets import TestSets


def measure(readers: Sequence[Reader], sets: TestSets, folder: Path) -> str:
    """Draw training-samples.png, and learning-curves.png where trainings left their history."""
    draw_samples(sets.mnist_training, folder / "training-samples.png")
    histories = {reader.title: History.read(reader.history) for reader in readers if reader.history}
    if histories:
        draw_learning_curves(histories, folder / "learning-curves.png")
    return ""


def draw_learning_curves(histories: Mapping[str, History], path: Path) -> None:
    """Draw loss and accuracy over the epochs, a column a model."""
    with figure(path, len(histories), 2, (6.4 * len(histories), 9)) as (drawn, axes):
        for column, (title, history) in zip(axes.T, histories.items(), strict=True):
            numbers = [epoch.number for epoch in history.epochs]
            for part, colour in (("training", QUIET), ("validation", WRONG)):
                for panel, what in zip(column, ("loss", "accuracy"), strict=True):
                    curve = history.curve(f"{part}_{what}")
                    percent = 100 if what == "accuracy" else 1
                    if curve:  # the detector has no loss on validation pages
                        epochs, values = zip(*curve, strict=True)
                        shown = [percent * value for value in values]
                        panel.plot(epochs, shown, color=colour, label=part, marker=".")
            best = history.best
            column[1].scatter([best.number], [100 * best.validation_accuracy], color=INK, zorder=3)
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
        axes[0, 0].set_ylabel("loss (cross-entropy; YOLO: its own)")
        axes[1, 0].set_ylabel("accuracy (%)")
        axes[0, 0].legend()
        drawn.suptitle(
            "Learning curves; where pictures are augmented, training is the harder part",
            fontweight="bold",
        )


def _floor(history: History) -> float:
    """Where an accuracy axis begins, so that the first epochs do not press the rest flat."""
    shown = [e.validation_accuracy for e in history.epochs[1:]] or [0.9]
    shown += [value for number, value in history.curve("training_accuracy") if number > 1]
    return max(0.0, 100 * min(shown) - 1)


def draw_samples(images: Images, path: Path) -> None:
    """Draw the first forty training images with their labels."""
    with grid(path, 4, "The first images of MNIST's training part") as panels:
        for panel, pixels, label in zip(panels, images.pixels, images.labels, strict=False):
            draw_glyph(panel, pixels, str(label), INK)
