"""`python -m train.cards`: README's and the model cards' figures, from the last whole report.

`python -m train.report --data DIR` measures the models and writes the report; this puts its tables
where the documents ask for them (see `train.measures.cards`). `train.all --install` does both.
"""

import argparse
from pathlib import Path

from recognizer.store import MANIFEST, models_folder
from train.measures.cards import Figures
from train.shipping.install import replace_file
from train.shipping.options import script_parser
from train.shipping.script import Progress, run_script


def write_figures(report: Path, models: Path | None = None) -> list[Path]:
    """Make the figures of the cards beside the models (default: the shipped ones) anew.

    And those of the README of the checkout that they stand in; an installed package has neither.
    All are made before the first is written. Returns the files that changed; raises DataError where
    the report is not whole.
    """
    folder = models_folder() if models is None else models
    figures = Figures(report, folder / MANIFEST)
    documents = (folder.parents[1] / "README.md", folder / "README.md")
    before = {path: path.read_text(encoding="utf-8") for path in documents if path.is_file()}
    made = {path: figures.fill(text) for path, text in before.items()}
    changed = [path for path, text in made.items() if text != before[path]]
    for path in changed:
        replace_file(path, made[path].encode())
    return changed


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Fill the documents from the report under `--out`."""
    written = write_figures(arguments.out / "report")
    progress.say(f"Figures written to {', '.join(str(path) for path in written) or 'no file'}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    return script_parser("train.cards", __doc__, "out")


if __name__ == "__main__":
    run_script(arguments_parser(), main)
