"""The figures of README and of the model cards, from a report's files: nobody types one.

A document says where figures belong by a pair of comments, `<!-- figures: NAME -->` and
`<!-- end of figures -->`; what stands between them is made anew.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from train.data.folder import DataError
from train.forms.numbers import HARD_KINDS
from train.measures.seeds import REFUSED
from train.measures.shares import Share
from train.measures.tables import file_size, table

_BLOCK = re.compile(
    r"(?P<head><!-- figures: (?P<name>[^>]+?) -->\n).*?(?P<foot><!-- end of figures -->)",
    re.DOTALL,
)
_TRAIN = Path(__file__).resolve().parents[1]  # where the recipes are
# README's columns: the sets, and what they are called there.
_CHOSEN = {
    "MNIST test": "MNIST test",
    "pendigits test": "pendigits test",
    "UNIPEN dev digits": "UNIPEN dev",
    "DigiLeTs dev digits": "DigiLeTs dev",
    "UNIPEN dev numbers": "UNIPEN numbers",
    "UNIPEN dev digits side by side": "side by side",
}


@dataclass(frozen=True)
class Figures:
    """The files of a whole report, and the manifest of the models that it measured."""

    report: Path
    manifest: Path

    def fill(self, text: str) -> str:
        """The document with its blocks made anew; raises DataError for a name that is unknown."""

        def made(block: re.Match[str]) -> str:
            return f"{block['head']}{self.block(block['name'])}\n{block['foot']}"

        return _BLOCK.sub(made, text)

    def block(self, name: str) -> str:
        """The figures that a document asks for, as Markdown."""
        kind, _, model = name.partition(" ")
        if kind == "facts" and model in self.entries:
            return self._facts(self.entries[model])
        if kind == "facts" and (_TRAIN / f"{model}.py").is_file():
            return f"It is not here yet: `python -m train.{model} --install` makes it."
        if name not in _TABLES:
            raise DataError(
                f"There are no figures called {name!r}; known are {', '.join(_TABLES)}."
            )
        return _TABLES[name](self)

    def load(self, name: str) -> Any:
        """One of the report's JSON files; raises DataError where it is not there or broken."""
        try:
            return json.loads((self.report / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(
                f"{self.report} holds no whole report ({name}); run python -m train.report first."
            ) from error

    @cached_property
    def models(self) -> list[dict[str, Any]]:
        """Each model's line of the comparison."""
        found: list[dict[str, Any]] = self.load("comparison.json")["models"]
        return found

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """The manifest's entries by the models' names."""
        found: dict[str, dict[str, Any]] = json.loads(self.manifest.read_text())["models"]
        return found

    @property
    def chosen(self) -> str:
        """README's table: those sets that are there and say most, the size and the time."""
        there = self.models[0]["intervals"]
        chosen = {name: head for name, head in _CHOSEN.items() if name in there}
        rows = [
            [
                of["title"],
                *(_share(of["intervals"][name]) for name in chosen),
                file_size(of["file bytes"]),
                f"{of['p50 ms']:.2f} ms",
            ]
            for of in self.models
        ]
        return table(["Model", *chosen.values(), "file", "p50"], rows)

    @property
    def read(self) -> str:
        """The share that each model reads right of every set."""
        sets = list(self.models[0]["intervals"])
        rows = [
            [of["title"], *(_share(of["intervals"][name]) for name in sets)] for of in self.models
        ]
        return table(["Read right (95 % interval)", *sets], rows)

    @property
    def people(self) -> str:
        """The mean over people of every set whose people are known."""
        means = self.models[0]["means over people"]
        sets = [name for name, mean in means.items() if mean and mean["people"] > 1]
        rows = [
            [of["title"], *(_mean(of["means over people"][name]) for name in sets)]
            for of in self.models
        ]
        heads = [f"{name} ({means[name]['people']} people)" for name in sets]
        return table(["Mean over people", *heads], rows)

    @property
    def hard(self) -> str:
        """The hard numbers by their kinds."""
        rows = [
            [of["title"], *(f"{of['numbers by kind']['hard numbers'][k]:.1%}" for k in HARD_KINDS)]
            for of in self.models
        ]
        return table(["Hard numbers", *HARD_KINDS], rows)

    @property
    def times(self) -> str:
        """How long a reading takes, on one core."""
        names = ("p50 ms", "p99 ms", "p50 ms of four digits", "p99 ms of four digits")
        rows = [[of["title"], *(f"{of[name]:.2f} ms" for name in names)] for of in self.models]
        return table(["Model", "digit, p50", "digit, p99", "four digits, p50", "p99"], rows)

    @property
    def pictures(self) -> str:
        """Pictures read exactly, and those read as another number in silence."""
        found = self.load("pictures.json")
        titles = list(found)
        rows = [
            [
                name,
                *(_share(found[title][name]["right"]) for title in titles),
                *(f"{found[title][name]['silently wrong']['share']:.1%}" for title in titles),
            ]
            for name in found[titles[0]]
        ]
        wrong = [f"{title}: another number" for title in titles]
        return table(["Read exactly (95 % interval)", *titles, *wrong], rows)

    @property
    def refused(self) -> str:
        """What is refused in play, and the digits that this loses."""
        return self._refused("refused in play", "refused in play")

    @property
    def refused_at_99(self) -> str:
        """What is refused at the threshold that leaves 99 % of the digits of each set."""
        return self._refused("refused at the threshold, with its interval", None)

    @property
    def seeds(self) -> str:
        """The figures of every seed side by side, those of the shipped models first."""
        if not any(of["seeds"] for of in self.models):
            return "One seed alone was trained (`python -m train.all --seeds 2` trains another)."
        names = list(self.models[0]["seeds"])
        kinds = {
            "Read right": [name for name in names if not name.startswith(REFUSED)],
            "Refused in play": [name for name in names if name.startswith(REFUSED)],
        }
        return "\n\n".join(
            table(
                [f"{head}, by seed", *(name.removeprefix(REFUSED) for name in of_kind)],
                (
                    [of["title"], *(_by_seed(of["seeds"][name]["shares"]) for name in of_kind)]
                    for of in self.models
                    if of["seeds"]
                ),
            )
            for head, of_kind in kinds.items()
            if of_kind
        )

    def _refused(self, of_outliers: str, of_digits: str | None) -> str:
        found: Sequence[Mapping[str, Any]] = self.load("rejection.json")
        outliers, digits = list(found[0]["outliers"]), list(found[0]["digits"])
        rows = []
        for of in found:
            cells = [_share(of["outliers"][name][of_outliers]) for name in outliers]
            for name in digits:
                lost = of["digits"][name]
                cells.append(
                    f"{1 - lost['accepted at the threshold']:.2%}"
                    if of_digits is None
                    else _share(lost[of_digits])
                )
            rows.append([of["title"], *cells])
        return table(["Refused of", *outliers, *(f"digits lost, {d}" for d in digits)], rows)

    @property
    def judging(self) -> str:
        """When play's own model and the endpointer judge."""
        (path,) = sorted(self.report.glob("judging-*.json"))[:1] or [Path("judging-cnn.json")]
        rows = []
        for of in self.load(path.name)["sets"]:
            usual, slow = of["usual"], of["slow"]
            rows.append(
                [
                    usual["test set"], f"{usual['answers']:,}",
                    _share(usual["judged too early, with its interval"]),
                    f"{usual['median delay ms']} ms", f"{usual['90 % delay ms']} ms",
                    _share(usual["judged right, with its interval"]),
                    f"{usual['accuracy of the finished ink']:.2%}", f"{usual['cannot read']:.2%}",
                    _share(slow["judged too early, with its interval"]),
                    f"{slow['median delay ms']} ms",
                ]
            )  # fmt: skip
        head = [
            "Replayed", "answers", "judged too early", "delay p50", "delay p90", "judged right",
            "finished ink read right", "cannot read", "slow hand: too early",
            "slow hand: delay p50",
        ]  # fmt: skip
        return table(head, rows)

    def _facts(self, entry: Mapping[str, Any]) -> str:
        """What a model is and how it came to be, by its manifest entry."""
        origin, metrics = entry.get("origin", {}), entry["metrics"]
        form = f"ONNX opset {entry['opset']}" if "opset" in entry else "plain arrays"
        made = [
            f"`{origin.get('command', entry['made_by'])}`",
            f"commit `{origin['commit'][:12]}`" if origin.get("commit") else "",
            f"seed {metrics['seed']}" if "seed" in metrics else "",
            origin.get("date", ""),
            f"{metrics['training_minutes']:.1f} minutes" if "training_minutes" in metrics else "",
            f"{sittings} sittings" if (sittings := origin.get("sittings", 1)) > 1 else "",
        ]
        lines = {
            "file": f"`{entry['file']}`, {file_size(entry['bytes'])}, "
            f"{entry['parameters']:,} parameters, {form}",
            "learned from": ", ".join(entry["data"]),
            "made by": ", ".join(part for part in made if part),
            "validation": _validation(metrics),
            "licence": entry["licence"],
        }
        return "\n".join(["| | |", "|---|---|", *(f"| {k} | {v} |" for k, v in lines.items())])


def _validation(metrics: Mapping[str, Any]) -> str:
    if "validation_exact" in metrics:
        return f"{metrics['validation_exact']:.2%} of the pages of people held out read exactly"
    if "validation_accuracy" in metrics:
        return f"{metrics['validation_accuracy']:.2%} of the digits held out (MNIST's and people's)"
    return f"MNIST {metrics['validation_mnist']:.2%}, pens {metrics['validation_pen']:.2%}"


def _share(of: Mapping[str, Any]) -> str:
    return str(Share(of["count"], of["of"]))


def _by_seed(shares: Sequence[float]) -> str:
    return " / ".join(f"{100 * share:.2f}" for share in shares)


def _mean(of: Mapping[str, Any]) -> str:
    if of["95 % interval"] is None:
        return f"{of['mean']:.2%}"
    low, high = of["95 % interval"]
    return f"{of['mean']:.2%} ({100 * low:.1f}–{100 * high:.1f})"


_TABLES: dict[str, Callable[[Figures], str]] = {
    "chosen": lambda figures: figures.chosen,
    "read": lambda figures: figures.read,
    "people": lambda figures: figures.people,
    "hard": lambda figures: figures.hard,
    "times": lambda figures: figures.times,
    "pictures": lambda figures: figures.pictures,
    "refused": lambda figures: figures.refused,
    "refused at 99 %": lambda figures: figures.refused_at_99,
    "judging": lambda figures: figures.judging,
    "seeds": lambda figures: figures.seeds,
}
