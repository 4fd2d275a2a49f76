"""Learning curves: what every epoch of a training gave, as CSV, JSON and a picture."""

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from train.shipping import board


@dataclass(frozen=True)
class Epoch:
    """Losses, and accuracies as shares of 1; training pictures are augmented.

    Of classifiers: mean cross-entropies, and the share of pictures told right. Of the detector: its
    loss a page, and the share of validation pages whose number is read exactly; it has no accuracy
    on the way and no loss on validation pages, but figures of its own, by name, in `more`.
    """

    number: int
    training_loss: float
    validation_accuracy: float
    seconds: float
    training_accuracy: float | None = None
    validation_loss: float | None = None
    more: Mapping[str, float] = field(default_factory=dict)

    def row(self) -> dict[str, float]:
        """All figures that the epoch has, by name."""
        own = {name: value for name, value in asdict(self).items() if name != "more"}
        return {name: value for name, value in own.items() if value is not None} | dict(self.more)

    def __str__(self) -> str:
        words = [f"epoch {self.number:3}  training loss {self.training_loss:.4f}"]
        if self.training_accuracy is not None:
            words.append(f"right {self.training_accuracy:.2%}")
        words.append(f" validation right {self.validation_accuracy:.2%}")
        if self.validation_loss is not None:
            words.append(f"loss {self.validation_loss:.4f}")
        words += [f"{name.replace('_', ' ')} {value:.3f}" for name, value in self.more.items()]
        return " ".join([*words, f" {self.seconds:.0f} s"])


@dataclass
class History:
    """All epochs of one training, and the number of the one whose weights were kept (from 1)."""

    epochs: list[Epoch] = field(default_factory=list)
    best_epoch: int = 0

    @property
    def best(self) -> Epoch:
        """The epoch whose weights were kept."""
        return self.epochs[self.best_epoch - 1]

    def curve(self, name: str) -> list[tuple[int, float]]:
        """The numbers of the epochs that have this figure, and the figure."""
        rows = [epoch.row() for epoch in self.epochs]
        return [(int(row["number"]), row[name]) for row in rows if name in row]

    def append(self, epoch: Epoch) -> None:
        """Add the next epoch; where a training is logged, it is seen at once."""
        self.epochs.append(epoch)
        figures = epoch.row()
        board.show_epoch(int(figures.pop("number")), figures)

    def write(self, folder: Path, title: str, *, augmented: bool = True) -> None:
        """Write history.csv, history.json and learning-curves.png into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        rows = [epoch.row() for epoch in self.epochs]
        with (folder / "history.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
            writer.writeheader()
            writer.writerows(rows)
        (folder / "history.json").write_text(json.dumps(self.state_dict(), indent=2) + "\n")
        note = " (training pictures are augmented)" if augmented else ""
        self._draw(folder / "learning-curves.png", f"{title}: learning curves{note}")

    @classmethod
    def read(cls, path: Path) -> "History":
        """What `write` left as JSON; raises OSError, ValueError, KeyError or TypeError."""
        history = cls()
        history.load_state_dict(json.loads(path.read_text(encoding="utf-8")))
        return history

    def state_dict(self) -> dict[str, Any]:
        """All of it in plain numbers, as JSON has them."""
        return {"epochs": [epoch.row() for epoch in self.epochs], "best_epoch": self.best_epoch}

    def load_state_dict(self, content: dict[str, Any]) -> None:
        """Add the epochs that `state_dict` gave; whoever sees a training sees them too."""
        known = {column.name for column in fields(Epoch)} - {"more"}
        for row in content["epochs"]:
            own = {name: value for name, value in row.items() if name in known}
            more = {name: value for name, value in row.items() if name not in known}
            self.append(Epoch(**own, more=more))
        self.best_epoch = content["best_epoch"]

    def _draw(self, path: Path, title: str) -> None:
        import matplotlib as mpl

        mpl.use("Agg")
        import matplotlib.pyplot as plt
        import seaborn as sns

        sns.set_theme(style="whitegrid", context="talk")
        figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5.5), layout="constrained")
        for part, colour in (("training", "#7a8699"), ("validation", "#e4572e")):
            for axes, what, scale in ((left, "loss", 1), (right, "accuracy", 100)):
                curve = self.curve(f"{part}_{what}")
                points = [(number, scale * value) for number, value in curve]
                if points:
                    axes.plot(*zip(*points, strict=True), color=colour, label=part)
        for axes, what in ((left, "loss"), (right, "accuracy (%)")):
            axes.axvline(self.best_epoch, color="#22303c", linestyle=":", label="kept")
            axes.set(xlabel="epoch", title=what)
            axes.legend()
        figure.suptitle(title)
        figure.savefig(path, dpi=110)
        plt.close(figure)
