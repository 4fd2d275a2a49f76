"""Learning curves: what every epoch of a training gave, as CSV, JSON and a picture."""

import csv
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path


@dataclass(frozen=True)
class Epoch:
    """Losses are mean cross-entropies, accuracies shares of 1; training pictures are augmented."""

    number: int
    training_loss: float
    training_accuracy: float
    validation_loss: float
    validation_accuracy: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"epoch {self.number:3}  training {self.training_accuracy:.2%} "
            f"loss {self.training_loss:.4f}  validation {self.validation_accuracy:.2%} "
            f"loss {self.validation_loss:.4f}  {self.seconds:.0f} s"
        )


@dataclass
class History:
    """All epochs of one training, and the number of the one whose weights were kept (from 1)."""

    epochs: list[Epoch] = field(default_factory=list)
    best_epoch: int = 0

    @property
    def best(self) -> Epoch:
        """The epoch whose weights were kept."""
        return self.epochs[self.best_epoch - 1]

    def append(self, epoch: Epoch) -> None:
        """Add the next epoch."""
        self.epochs.append(epoch)

    def write(self, folder: Path, title: str, *, augmented: bool = True) -> None:
        """Write history.csv, history.json and learning-curves.png into the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "history.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in fields(Epoch)])
            writer.writeheader()
            writer.writerows(asdict(epoch) for epoch in self.epochs)
        (folder / "history.json").write_text(json.dumps(asdict(self), indent=2) + "\n")
        note = " (training pictures are augmented)" if augmented else ""
        self._draw(folder / "learning-curves.png", f"{title}: learning curves{note}")

    def _draw(self, path: Path, title: str) -> None:
        import matplotlib as mpl

        mpl.use("Agg")
        import matplotlib.pyplot as plt
        import seaborn as sns

        sns.set_theme(style="whitegrid", context="talk")
        figure, (left, right) = plt.subplots(1, 2, figsize=(14, 5.5), layout="constrained")
        numbers = [epoch.number for epoch in self.epochs]
        for part, colour in (("training", "#7a8699"), ("validation", "#e4572e")):
            left.plot(
                numbers, [getattr(e, f"{part}_loss") for e in self.epochs], color=colour, label=part
            )
            right.plot(
                numbers,
                [100 * getattr(e, f"{part}_accuracy") for e in self.epochs],
                color=colour,
                label=part,
            )
        for axes, what in ((left, "loss (cross-entropy)"), (right, "accuracy (%)")):
            axes.axvline(self.best_epoch, color="#22303c", linestyle=":", label="kept")
            axes.set(xlabel="epoch", title=what)
            axes.legend()
        figure.suptitle(title)
        figure.savefig(path, dpi=110)
        plt.close(figure)
