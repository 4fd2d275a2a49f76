"""The page's charts that plotly draws, each with what it shows in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from train.fitting.history import History
from train.measures.figures import INK, QUIET, colour_of
from train.measures.tables import file_size

_DIGIT_COLOURS = (
    "#22303c", "#3d7ea6", "#d1495b", "#1b8a5a", "#8c6bb1",
    "#e0a100", "#c77dba", "#7a8699", "#a0522d", "#2aa198",
)  # fmt: skip
_SIGNS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star", "hexagon")


@dataclass(frozen=True)
class Chart:
    """A chart by the name of its place on the page, its title, and the same in words."""

    name: str
    title: str
    words: str
    figure: go.Figure

    def as_dict(self) -> dict[str, Any]:
        """Plain types for the page's script."""
        drawn: dict[str, Any] = self.figure.to_plotly_json()
        return {"name": self.name, "data": drawn["data"], "layout": drawn["layout"]}


def _figure(x: str, y: str, **more: Any) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        template="plotly_white",
        font={"family": "system-ui, sans-serif", "size": 15, "color": INK},
        margin={"l": 64, "r": 16, "t": 16, "b": 56},
        legend={"orientation": "h", "y": 1.12},
        hoverlabel={"font": {"size": 15}},
        xaxis={"title": {"text": x}, **more.pop("xaxis", {})},
        yaxis={"title": {"text": y}, **more.pop("yaxis", {})},
        **more,
    )
    return figure


def price(models: Sequence[Mapping[str, Any]], test_set: str) -> Chart:
    """What accuracy costs: the errors on one set against the time of a reading, size by area."""
    figure = _figure(
        "median time of a reading, ms", f"misread of {test_set}, %",
        xaxis={"type": "log"}, yaxis={"type": "log"},
    )  # fmt: skip
    words = []
    for place, of in enumerate(models):
        share = of["intervals"][test_set]
        low, high = share["95 % interval"]
        wrong = 100 * (1 - share["share"])
        size = file_size(of["file bytes"])
        figure.add_trace(
            go.Scatter(
                x=[of["p50 ms"]], y=[max(wrong, 0.01)], name=of["title"], mode="markers+text",
                text=[of["title"]], textposition="top center",
                marker={
                    "size": 12 + 14 * float(np.sqrt(of["file bytes"] / 1e6)),
                    "color": colour_of(place),
                    "symbol": _SIGNS[place % len(_SIGNS)], "opacity": 0.85,
                },
                error_y={
                    "type": "data", "symmetric": False, "thickness": 1.5,
                    "array": [100 * (1 - low) - wrong], "arrayminus": [wrong - 100 * (1 - high)],
                },
                hovertemplate=(
                    f"{of['title']}: {wrong:.2f} % misread, {of['p50 ms']:.2f} ms, {size}"
                    "<extra></extra>"
                ),
            )
        )  # fmt: skip
        words.append(f"{of['title']} {wrong:.2f} % in {of['p50 ms']:.2f} ms and {size}")
    figure.update_layout(showlegend=False)
    return Chart(
        "price", f"What accuracy costs: {test_set}",
        f"Misread of {test_set}, the time of one reading, and the size: {'; '.join(words)}.",
        figure,
    )  # fmt: skip


def learning(histories: Mapping[str, History]) -> Chart:
    """How many validation digits were misread after every epoch."""
    figure = _figure("epoch", "misread of validation, %", yaxis={"type": "log"})
    words = []
    for place, (title, history) in enumerate(histories.items()):
        epochs = [epoch.number for epoch in history.epochs]
        wrong = [max(0.01, 100 * (1 - epoch.validation_accuracy)) for epoch in history.epochs]
        figure.add_trace(
            go.Scatter(
                x=epochs, y=wrong, name=title, mode="lines+markers",
                line={"color": colour_of(place)},
                marker={"symbol": _SIGNS[place % len(_SIGNS)], "size": 8},
                hovertemplate=f"{title}, epoch %{{x}}: %{{y:.2f}} %<extra></extra>",
            )
        )  # fmt: skip
        words.append(f"{title} from {wrong[0]:.2f} to {wrong[-1]:.2f} % in {len(epochs)} epochs")
    return Chart(
        "learning", "Learning curves",
        f"Misread of validation, from the first epoch to the last: {'; '.join(words)}.", figure,
    )  # fmt: skip


def digit_map(
    name: str, title: str, words: str, points: NDArray[np.float64],
    samples: Sequence[Mapping[str, Any]],
) -> Chart:  # fmt: skip
    """Digits as points (N, 2): near each other where the network sees them alike."""
    figure = _figure("", "", xaxis={"visible": False}, yaxis={"visible": False})
    truth = np.array([sample["truth"] for sample in samples])
    wrong = np.array([sample["wrong"] > 0 for sample in samples])
    for digit in range(10):
        for misread in (False, True):
            rows = np.flatnonzero((truth == digit) & (wrong == misread))
            figure.add_trace(
                go.Scatter(
                    x=points[rows, 0], y=points[rows, 1],
                    mode="markers+text" if misread else "markers",
                    name=str(digit), legendgroup=str(digit), showlegend=not misread,
                    text=[str(digit)] * len(rows) if misread else None, textposition="middle right",
                    customdata=[samples[row]["at"] for row in rows.tolist()],
                    marker={
                        "color": _DIGIT_COLOURS[digit], "size": 11 if misread else 6,
                        "symbol": "x" if misread else "circle", "opacity": 1 if misread else 0.55,
                    },
                    hovertemplate=f"{digit}{', misread' if misread else ''}<extra></extra>",
                )
            )  # fmt: skip
    figure.update_layout(legend={"orientation": "h", "title": {"text": "digit"}}, font_color=QUIET)
    return Chart(
        name, title,
        f"{len(samples)} test digits by what the network sees in them; {words} "
        f"{int(wrong.sum())} crosses are those that some model misread.",
        figure,
    )  # fmt: skip
