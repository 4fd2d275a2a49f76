"""`python -m train.report`: every model measured on the same test sets, in a table and in pictures.

What the other scripts left under `--out` is measured; where a step left nothing, the shipped model
is. The table comes as Markdown, JSON and CSV; the pictures are ready for a slide.
"""

import argparse
import json
from pathlib import Path

from recognizer.store import models_folder
from train.data import sets as data
from train.fitting.history import Epoch, History
from train.measures import figures
from train.measures.comparison import (
    TITLES,
    find_model,
    measure,
    opened,
    write_class_report,
    write_table,
)
from train.measures.hand import personal_section
from train.measures.judging import report_section
from train.measures.number_errors import draw_number_errors, write_number_errors
from train.measures.numbers import UNIPEN_NUMBERS
from train.measures.outliers import collect
from train.measures.rejection import measure_rejection
from train.measures.rejection_scores import write_rejections
from train.shipping.export import replace_file
from train.shipping.script import Progress, run_script
from train.shipping.steps import finishing

# Pictures that README shows: `--install` copies them to assets/report.
README_PICTURES = (
    "accuracy-latency.png",
    "learning-curves.png",
    "training-samples.png",
    "confusion-cnn.png",
    "predictions-cnn.png",
    "mistakes-cnn.png",
    "rejection-roc.png",
)

JUDGED = "cnn"  # the recognizer whose readings are replayed: the one that play begins with


def inputs(arguments: argparse.Namespace) -> list[Path]:
    """The files that the report is made from, besides the checked data sets."""
    found = [find_model(name, arguments.out) for name in TITLES]
    paths = [model.path for model in found if model is not None]
    histories = [arguments.out / name / "history.json" for name in TITLES]
    folder = data.named_folder(arguments.data)
    names = [f"{name}.npz" for name in data.UNIPEN_SETS]
    unipen = [] if folder is None else [folder / "pens" / name for name in names]
    return paths + [path for path in (*histories, *unipen) if path.is_file()]


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure, write the table and draw everything under `--out`/report."""
    models = [model for name in TITLES if (model := find_model(name, arguments.out)) is not None]
    if not models:
        raise ValueError(
            f"There is no model under {arguments.out} and none is shipped; run: python -m train.all"
        )
    with finishing("report", arguments, inputs(arguments)) as out:
        all_measured = []
        rejections = []
        outliers = collect(arguments.data, arguments.limit)
        with progress.steps("Measuring", len(models)) as advance:
            for model in models:
                all_measured.append(measure(model, arguments.data, arguments.limit))
                with opened(model) as reader:
                    title = TITLES[model.name]
                    rejections.append(measure_rejection(reader, outliers, model.name, title))
                advance()
        texts = [
            write_table(all_measured, out, arguments.limit),
            write_rejections(rejections, out),
        ]
        for model in models:
            if model.name == JUDGED:
                with opened(model) as reader:
                    texts.append(report_section(reader, arguments.data, arguments.limit, out))
                    texts.append(personal_section(reader, arguments.data, arguments.limit, out))
        unipen = {
            measured.title: numbers
            for measured in all_measured
            for numbers in measured.numbers
            if numbers.test_set == UNIPEN_NUMBERS
        }
        if unipen:
            texts.append(write_number_errors(unipen, out))
        with progress.steps("Drawing", len(models) + 1) as advance:
            for measured in all_measured:
                name = measured.model.name
                write_class_report(measured, out)
                figures.draw_confusions(measured, out / f"confusion-{name}.png")
                figures.draw_predictions(measured, out / f"predictions-{name}.png")
                figures.draw_mistakes(measured, out / f"mistakes-{name}.png")
                for numbers in measured.numbers:
                    of_set = numbers.test_set.replace(" ", "-")
                    draw_number_errors(numbers, out / f"mistakes-{of_set}-{name}.png")
                advance()
            figures.draw_accuracy_and_latency(all_measured, out / "accuracy-latency.png")
            figures.draw_rejection_curves(rejections, out / "rejection-roc.png")
            figures.draw_samples(
                data.load_mnist(train=True, data=arguments.data), out / "training-samples.png"
            )
            histories = {
                title: history
                for name, title in TITLES.items()
                if (history := _read_history(arguments.out / name / "history.json")) is not None
            }
            if histories:
                figures.draw_learning_curves(histories, out / "learning-curves.png")
            advance()
    for text in texts:
        progress.say(text)
    progress.say(f"Wrote the table and the pictures to {arguments.out / 'report'}.")
    if arguments.install:
        progress.say(f"Copied README's pictures to {install_pictures(arguments.out / 'report')}.")


def install_pictures(report: Path) -> Path:
    """Copy the pictures that README shows to assets/report; returns that folder."""
    folder = models_folder().parent / "report"
    folder.mkdir(parents=True, exist_ok=True)
    for name in README_PICTURES:
        if (report / name).is_file():
            replace_file(folder / name, (report / name).read_bytes())
    return folder


def _read_history(path: Path) -> History | None:
    """The learning curves that a training left; None where it left none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    return History([Epoch(**epoch) for epoch in content["epochs"]], content["best_epoch"])


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(prog="python -m train.report", description=__doc__)
    data.add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--limit", type=int, help="read only so many samples of each test set")
    parser.add_argument(
        "--install", action="store_true", help="copy README's pictures to assets/report"
    )
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
