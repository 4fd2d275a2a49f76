"""ROC curves: ink that is no digit refused, against the real digits that this costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from train.measures.figures import QUIET, colour_of, figure

Doubt = NDArray[np.float64]  # (N,), the more the less ink is a digit

_SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_LEAST_LOST = 5e-4  # of the digits; a smaller share stands at the edge
_LEAST_ACCEPTED = 1e-3  # of the outliers; the axis ends there


@dataclass(frozen=True)
class Curve:
    """One model on one panel: the outlier scores of digits and of outliers.

    `in_play` are the shares of both that are refused in play, None where that says nothing.
    """

    title: str
    digits: Doubt
    outliers: Doubt
    in_play: tuple[float, float] | None


@dataclass(frozen=True)
class Panel:
    """A set of outliers against a set of digits, a curve a model."""

    digits: str
    outliers: str
    curves: Sequence[Curve]


def roc(
    digits: NDArray[np.float64], outliers: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The shares of digits and of outliers that are refused, at every threshold, from 0 to 1."""
    marks = np.concatenate([[np.inf], np.unique(np.concatenate([digits, outliers]))[::-1], [-1.0]])
    beyond = [
        1 - np.searchsorted(np.sort(scores), marks, side="right") / len(scores)
        for scores in (digits, outliers)
    ]
    # What scores infinitely is refused at the highest threshold too.
    start = [np.isinf(scores).mean() for scores in (digits, outliers)]
    x, y = (np.maximum(share, low) for share, low in zip(beyond, start, strict=True))
    return x, y


def area(digits: NDArray[np.float64], outliers: NDArray[np.float64]) -> float:
    """The area under the ROC curve: how often an outlier scores higher than a digit does."""
    order = np.sort(digits)
    below = np.searchsorted(order, outliers, side="left")
    up_to = np.searchsorted(order, outliers, side="right")
    return float(((below + up_to) / 2).mean() / len(order))


def draw(panels: Sequence[Sequence[Panel]], path: Path, accepted: float) -> None:
    """Draw rows of panels; the share `accepted` of the digits is marked.

    Both axes are logarithmic, the upright one in what is accepted, so that they show 99 from 99.9.
    """
    size = (8.2 * len(panels[0]), 7.4 * len(panels))
    with figure(path, len(panels[0]), len(panels), size) as (drawn, axes):
        for row, of_row in zip(axes, panels, strict=True):
            for area_of_row, panel in zip(row, of_row, strict=True):
                _draw_panel(area_of_row, panel, accepted)
        drawn.suptitle(
            "Ink that is no digit: refused against the digits that it costs (dot: in play; "
            f"dashed: {accepted:.0%} of the digits accepted)",
            fontweight="bold",
        )


def _draw_panel(axes: Axes, panel: Panel, accepted: float) -> None:
    axes.set(xscale="log", yscale="log", xlim=(0.8 * _LEAST_LOST, 1), ylim=(1, 8e-4))
    axes.axvline(1 - accepted, color=QUIET, linestyle="--", linewidth=1.5)
    for place, curve in enumerate(panel.curves):
        _draw_curve(axes, curve, colour_of(place))
    axes.set_xticks(_SHARES, [f"{100 * share:g}" for share in _SHARES])
    axes.set_yticks(_SHARES, [f"{100 * (1 - share):g}" for share in _SHARES])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.yaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.set(xlabel=f"of {panel.digits}, refused (%)", ylabel="refused (%)", title=panel.outliers)
    axes.legend(fontsize=13, loc="lower right", title="area", title_fontsize=13)


def _draw_curve(axes: Axes, curve: Curve, colour: str) -> None:
    """A model's curve and the place on it where play stands."""
    lost, refused = roc(curve.digits, curve.outliers)
    label = f"{curve.title} {area(curve.digits, curve.outliers):.4f}"
    accepted = np.maximum(1 - refused, _LEAST_ACCEPTED)
    axes.plot(np.maximum(lost, _LEAST_LOST), accepted, color=colour, label=label)
    if curve.in_play is not None:
        digits, outliers = curve.in_play
        place = max(digits, _LEAST_LOST), max(1 - outliers, _LEAST_ACCEPTED)
        axes.plot(*place, marker="o", markersize=11, color=colour, clip_on=False)
