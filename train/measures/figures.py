"""How the report's pictures look: drawn to be put on a slide."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")  # pictures go to files; no window is wanted

import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import NDArray

INK = "#22303c"
QUIET = "#7a8699"
RIGHT = "#1b8a5a"
WRONG = "#d1495b"
DPI = 110
# Inches of a sheet of small pictures: for its title, for a caption, between two columns.
_HEAD, _CAPTION, _BETWEEN = 0.5, 0.34, 0.1
_LINES = ("#8c6bb1", "#3d7ea6", "#e0a100", "#d1495b", "#1b8a5a", "#22303c", "#c77dba", "#7a8699")


def colour_of(place: int) -> str:
    """The colour of the model that stands at this place among those compared."""
    return _LINES[place % len(_LINES)]


@contextmanager
def figure(
    path: Path, columns: int, rows: int, size: tuple[float, float], gap: float = 0.12
) -> Iterator[tuple[Figure, NDArray[np.object_]]]:
    """A figure with `rows` x `columns` axes, `gap` inches apart; saved to `path` in the end."""
    sns.set_theme(
        style="whitegrid",
        context="talk",
        rc={
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": "#c9d1d9",
            "grid.color": "#e6eaee",
            "xtick.color": INK,
            "ytick.color": INK,
        },
    )
    roomy = ConstrainedLayoutEngine(h_pad=gap, w_pad=0.08)  # the default is too tight
    drawn, axes = plt.subplots(rows, columns, figsize=size, layout=roomy, squeeze=False)
    try:
        yield drawn, axes
        drawn.savefig(path, dpi=DPI)
    finally:
        plt.close(drawn)


@contextmanager
def cells(
    path: Path, columns: int, rows: int, title: str, side: float = 1.4, second_line: bool = False
) -> Iterator[NDArray[np.object_]]:
    """Axes (rows, columns) of `side` inches for small pictures, each with room for a caption.

    The first row's captions may have a second line. They stand at fixed places: to measure
    hundreds of labels for a layout would take seconds.
    """
    head = _HEAD + (_CAPTION if second_line else 0.0)
    across, down = side + _BETWEEN, side + _CAPTION
    width, height = across * columns, down * rows + head + _BETWEEN
    with figure(path, columns, rows, (width, height)) as (drawn, axes):
        drawn.set_layout_engine("none")
        for (row, column), panel in np.ndenumerate(axes):
            left = across * column + _BETWEEN / 2
            bottom = height - head - down * (row + 1)
            panel.set_position((left / width, bottom / height, side / width, side / height))
        yield axes
        drawn.suptitle(title, fontweight="bold", fontsize=20, y=1 - 0.1 / height, va="top")


@contextmanager
def grid(path: Path, rows: int, title: str) -> Iterator[list[Axes]]:
    """A sheet of `rows` x 10 small pictures under a title."""
    with cells(path, 10, rows, title) as axes:
        panels: list[Axes] = list(axes.ravel())
        for panel in panels:
            panel.set_axis_off()
        yield panels


def draw_glyph(panel: Axes, pixels: NDArray[np.uint8], caption: str, colour: str = INK) -> None:
    """Draw a glyph uint8 (28, 28) with a caption above it."""
    panel.imshow(pixels, cmap="gray_r", vmin=0, vmax=255, interpolation="nearest")
    panel.set_axis_on()  # its frame shows where the 28 x 28 pixels end
    panel.grid(False)
    panel.set(xticks=[], yticks=[])
    panel.set_title(caption, fontsize=15, color=colour, pad=3)
