"""`python -m train.report`: every model measured on the same test sets, in tables and pictures.

What the other scripts left under `--out` is measured; where a step left nothing, the shipped model
is. Everything is written to `--out`/report: index.html to look at and to hand round, Markdown, JSON
and CSV, and pictures ready for a slide.
With `--only`, `--backend` or `--models` a part is measured, into a folder named after it. Test data
is only ever looked at here: nothing is chosen by it.
"""

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from recognizer.store import models_folder
from train.data.folder import named_folder
from train.measures import (
    comparison,
    confidence,
    digits,
    hand,
    inside,
    judging,
    labels,
    numbers,
    pictures,
    rejection,
    robustness,
    seeds,
    training,
)
from train.measures.readers import (
    Question,
    Reader,
    by_rank,
    models_in,
    models_under,
    opened,
    processes_for,
)
from train.measures.test_sets import TestSets
from train.page import build
from train.shipping.install import Model, load_model, replace_file
from train.shipping.options import count, script_parser
from train.shipping.script import Progress, run_script
from train.shipping.steps import finishing, of_seed

Measure = Callable[[Sequence[Reader], TestSets, Path], str]

MEASURES: dict[str, Measure] = {
    "comparison": comparison.measure,
    "digits": digits.measure,
    "seeds": seeds.measure,
    "confidence": confidence.measure,
    "labels": labels.measure,
    "numbers": numbers.measure,
    "pictures": pictures.measure,
    "robustness": robustness.measure,
    "rejection": rejection.measure,
    "judging": judging.measure,
    "hand": hand.measure,
    "inside": inside.measure,
    "training": training.measure,
    "page": build.measure,  # last: it shows what the others wrote
}
# What a measure reads, where it is much: read before all measures, each piece of ink once.
QUESTIONS: dict[str, Sequence[Callable[[TestSets], Iterable[Question]]]] = {
    "comparison": (digits.questions, numbers.questions),
    "digits": (digits.questions,),
    "numbers": (numbers.questions,),
    "pictures": (pictures.questions,),
    "rejection": (rejection.questions,),
    "judging": (judging.questions,),
}
OF_SEEDS = ("comparison", "rejection")  # what further seeds' models are measured on
OF_PLAY = ("judging", "hand")  # measured with the best model, play's own, where none is named

# Pictures that README shows: `--install` copies them to assets/report.
README_PICTURES = (
    "accuracy-latency.png",
    "learning-curves.png",
    "training-samples.png",
    "confusion-cnn.png",
    "predictions-cnn.png",
    "mistakes-cnn.png",
    "rejection-roc.png",
    "robustness.png",
)


def inputs(arguments: argparse.Namespace) -> list[Path]:
    """The files that the report is made from, besides the checked data sets."""
    paths = []
    for model in _found(arguments):
        paths += [model.path, model.path.parent / "history.json"]
        paths += [other.path for other in _other_seeds(arguments, model)]
    folder = named_folder(arguments.data)
    pens = [] if folder is None else sorted((folder / "pens").glob("*.npz"))
    return [path for path in (*paths, *pens) if path.is_file()]


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure what was asked for, write everything and print the Markdown."""
    measures = _chosen(arguments.only)
    models = _models(arguments)
    test_sets = TestSets(arguments.data, arguments.limit)
    texts = []
    others = {model.name: _other_seeds(arguments, model) for model in models}
    count = processes_for(arguments.jobs)
    began = time.perf_counter()
    with _folder(arguments) as folder, opened(models, count, others) as readers:
        of_play = () if arguments.backend else OF_PLAY
        _read(readers, measures, of_play, test_sets, progress)
        with progress.steps("Measuring", len(measures)) as advance:
            for name in measures:
                chosen = readers[:1] if name in of_play else readers
                texts.append(MEASURES[name](chosen, test_sets, folder))
                advance()
        written = "\n".join(text for text in texts if text)
        (folder / "report.md").write_text(written, encoding="utf-8")
    progress.say(written)
    place = arguments.out / _folder_name(arguments)
    progress.say(f"Wrote the tables and the pictures to {place}.")
    reading = sum(one.seconds for of in readers for one in (of, *of.others)) / 60
    rest = (time.perf_counter() - began) / 60 - reading
    progress.say(f"To read the test sets took {reading:.1f} minutes, all else {rest:.1f}.")
    if arguments.install:
        progress.say(f"Copied README's pictures to {install_pictures(place)}.")


def _read(
    readers: Sequence[Reader], measures: Sequence[str], of_play: Sequence[str], sets: TestSets,
    progress: Progress,
) -> None:  # fmt: skip
    """Let every model read the test sets that the measures will ask for."""
    for place, reader in enumerate(readers):
        wanted = [name for name in measures if place == 0 or name not in of_play]
        reader.ahead(_questions(wanted, sets), progress)
        for other in reader.others if "comparison" in measures else ():
            other.ahead(_questions(OF_SEEDS, sets), progress)


def _questions(measures: Sequence[str], sets: TestSets) -> Iterator[Question]:
    for name in measures:
        for of in QUESTIONS.get(name, ()):
            yield from of(sets)


def _chosen(only: str | None) -> list[str]:
    """The measures that `--only` names, in the report's order."""
    if only is None:
        return list(MEASURES)
    names = {name.strip() for name in only.split(",")} - {""}
    if unknown := names - set(MEASURES):
        raise ValueError(
            f"There is no measure {', '.join(sorted(unknown))}; known are {', '.join(MEASURES)}."
        )
    return [name for name in MEASURES if name in names]


def _found(arguments: argparse.Namespace) -> list[Model]:
    """All models that there are to measure: those of the steps in place of the shipped ones."""
    if arguments.models is not None:
        return by_rank(models_in(arguments.models))
    named = {model.name: model for model in (*models_in(), *models_under(arguments.out))}
    return by_rank(named.values())


def _models(arguments: argparse.Namespace) -> list[Model]:
    """The models to measure, in the report's order."""
    found = _found(arguments)
    if not found:
        raise ValueError(
            f"There is no model under {arguments.out} and none is shipped; run: python -m train.all"
            if arguments.models is None
            else f"There is no model in {arguments.models}; name a folder with a manifest.json."
        )
    names = [model.name for model in found]
    if missing := [name for name in arguments.backend or () if name not in names]:
        raise ValueError(f"There is no model {', '.join(missing)}; known are {', '.join(names)}.")
    return [model for model in found if model.name in (arguments.backend or names)]


def _other_seeds(arguments: argparse.Namespace, model: Model) -> list[Model]:
    """What `train.all --seeds` made of the model's recipe with further seeds, if asked for."""
    seed = model.details.get("metrics", {}).get("seed")
    if seed is None or model.path.parents[1] != arguments.out:
        return []
    folders = [of_seed(arguments.out, seed + more) for more in range(1, arguments.seeds)]
    cards = [folder / model.name / f"{model.name}.json" for folder in folders]
    return [load_model(card) for card in cards if card.is_file()]


def _folder_name(arguments: argparse.Namespace) -> str:
    """The report's folder; a part of it goes to another one, so that the whole stays."""
    if arguments.only is None and not arguments.backend and arguments.models is None:
        return "report"
    parts = [] if arguments.only is None else _chosen(arguments.only)
    return "-".join(["report", *parts, *(arguments.backend or ())]) if parts else "report-part"


@contextmanager
def _folder(arguments: argparse.Namespace) -> Iterator[Path]:
    """Where the files go: the whole report is a finished step, a part of it a mere folder."""
    name = _folder_name(arguments)
    if name == "report":
        with finishing("report", arguments, inputs(arguments)) as folder:
            yield folder
    else:
        folder = arguments.out / name
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def install_pictures(report: Path) -> Path:
    """Copy the pictures that README shows to assets/report; returns that folder."""
    folder = models_folder().parent / "report"
    folder.mkdir(parents=True, exist_ok=True)
    for name in README_PICTURES:
        if (report / name).is_file():
            replace_file(folder / name, (report / name).read_bytes())
    return folder


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser("train.report", __doc__, "data", "out", "jobs")
    parser.add_argument(
        "--only", metavar="MEASURES", help=f"some of {','.join(MEASURES)} (default: all)"
    )
    parser.add_argument(
        "--backend", action="append", metavar="NAME", help="several are possible; default: all"
    )
    parser.add_argument(
        "--models", type=Path, metavar="DIR",
        help="a folder with a manifest (default: what lies under --out, else the shipped)",
    )  # fmt: skip
    parser.add_argument("--limit", type=count, help="read only so many samples of each test set")
    parser.add_argument(
        "--seeds", type=count, default=1, metavar="N",
        help="mean and spread over N seeds, as train.all --seeds trained them (default: 1)",
    )  # fmt: skip
    parser.add_argument(
        "--install", action="store_true", help="copy README's pictures to assets/report"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
