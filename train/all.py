"""`python -m train.all`: train every model, compare them, draw the pictures, with one command.

Each step is one of the training scripts and can be run alone. A step whose result is there,
complete and made by the same code with the same options is skipped, so a run that was stopped goes
on where it was, a training in its midst after its last whole epoch. `--seeds` trains all of it
several times: the further seeds' models are measured on what they read and refuse, for the spread
of the figures. Nothing under assets/ changes without `--install`, which comes last and installs all
models, the first seed's, or none.
"""

import argparse
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from train.data.kaggle import read_kaggle_csv
from train.shipping.options import LARGEST_SEED, count, script_parser
from train.shipping.processes import is_main, world_size
from train.shipping.script import Progress, run_script


@dataclass(frozen=True)
class Step:
    """A training script, the options of `train.all` that it takes, and those for `--quick`."""

    name: str
    options: tuple[str, ...]
    quick: tuple[str, ...]
    shared: bool = True  # by torchrun's processes; else the main one does it alone

    @property
    def module(self) -> ModuleType:
        """The script; loaded only when its turn comes."""
        return importlib.import_module(f"train.{self.name}")


STEPS = (
    Step(
        "knn",
        ("seed", "jobs", "joblib"),
        ("--limit=1000", "--pen-pictures=500", "--rejection-pictures=200"),
        shared=False,
    ),
    Step(
        "svm",
        ("seed", "jobs", "joblib"),
        ("--limit=1000", "--pen-pictures=500", "--rejection-pictures=200", "--trial=500"),
        shared=False,
    ),
    Step("fcn", ("seed", "device"), ("--limit=2000", "--pen-pictures=1000", "--epochs=3")),
    Step("classic", ("seed", "device", "csv"), ("--limit=2000", "--epochs=2")),
    Step("cnn", ("seed", "device"), ("--limit=1000", "--pen-pictures=500", "--epochs=2")),
    Step("tiny", ("seed", "device"), ("--limit=2000", "--pen-pictures=1000", "--epochs=3")),
    Step(
        "yolo",
        ("seed", "device"),
        ("--limit=1000", "--pages=200", "--epochs=2", "--validation-pages=40", "--test-pages=40"),
        shared=False,
    ),
)
REPORT = Step("report", ("jobs", "seeds"), ("--limit=15",), shared=False)
SHIPPED = ("knn", "svm", "fcn", "cnn", "tiny", "yolo")  # steps whose models are the game's backends


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Run the chosen steps and the report, then install if asked to."""
    if arguments.quick and arguments.install:
        raise ValueError(
            "The models of --quick are too weak to be installed; leave one of both out."
        )
    if arguments.seed + arguments.seeds - 1 > LARGEST_SEED:
        raise ValueError(f"--seeds {arguments.seeds} goes beyond the largest seed, {LARGEST_SEED}.")
    chosen = _chosen(arguments.only)
    if arguments.csv is not None and any("csv" in step.options for step in chosen):
        read_kaggle_csv(arguments.csv)  # a fault in it is told now, not after hours of other steps
    from train.fitting import distributed

    if any("device" in step.options for step in chosen):
        from train.fitting.device import choose_device

        device = choose_device(arguments.device)  # one that is not there is told now, likewise
        if world_size() > 1:
            distributed.join(device)
    try:
        for step in chosen:
            _run(step, arguments, progress)
        _train_again(chosen, arguments, progress)
        _run(REPORT, arguments, progress)
        if is_main() and arguments.install:
            _install(arguments, progress)
    finally:
        distributed.leave()


def _chosen(only: str | None) -> list[Step]:
    """The trainings that `--only` names, in their order; the report may be named as well."""
    names = None if only is None else {name.strip() for name in only.split(",")} - {""}
    known = [step.name for step in (*STEPS, REPORT)]
    if names is not None and (unknown := names - set(known)):
        raise ValueError(
            f"There is no step {', '.join(sorted(unknown))}; known are {', '.join(known)}."
        )
    return [step for step in STEPS if names is None or step.name in names]


def _train_again(chosen: Sequence[Step], arguments: argparse.Namespace, progress: Progress) -> None:
    """The chosen trainings with the further seeds of `--seeds`, each in folders of its own."""
    from train.shipping import steps

    for seed in range(arguments.seed + 1, arguments.seed + arguments.seeds):
        if is_main():
            progress.say(f"Once more with seed {seed}.")
        out = steps.of_seed(arguments.out, seed)
        again = argparse.Namespace(**{**vars(arguments), "seed": seed, "out": out})
        for step in chosen:
            _run(step, again, progress)


def step_arguments(step: Step, arguments: argparse.Namespace) -> argparse.Namespace:
    """The step's own options, as its script would have them from the command line."""
    words = [f"--out={arguments.out}"]
    shown = () if step is REPORT else ("log_dir",)
    for option in ("data", *shown, *step.options):
        if (value := getattr(arguments, option)) is not None:
            words.append(f"--{option.replace('_', '-')}={value}")
    if arguments.quick:
        words += step.quick
    parsed: argparse.Namespace = step.module.arguments_parser().parse_args(words)
    return parsed


def _run(step: Step, arguments: argparse.Namespace, progress: Progress) -> None:
    from train.fitting import distributed
    from train.shipping import steps

    if not step.shared and not is_main():
        return
    own = step_arguments(step, arguments)
    inputs = step.module.inputs(own) if step is REPORT else ()
    finished = steps.is_finished(step.name, own, inputs)
    if step.shared:
        finished = distributed.decided_by_main(finished)
    if finished:
        progress.say(f"{step.name}: finished before, nothing changed since.")
        return
    progress.say(f"{step.name}: {(step.module.__doc__ or '').splitlines()[0]}")
    step.module.main(own, progress)


def _install(arguments: argparse.Namespace, progress: Progress) -> None:
    """Install every backend's model that stands under `--out`, all of them or none."""
    from train.cards import write_figures
    from train.report import install_pictures
    from train.shipping.install import install, load_model

    cards = [arguments.out / name / f"{name}.json" for name in SHIPPED]
    models = [load_model(card) for card in cards if card.is_file()]
    folder = install(models)
    progress.say(f"Installed {', '.join(model.name for model in models)} in {folder}.")
    report = arguments.out / "report"
    progress.say(f"Copied README's pictures to {install_pictures(report)}.")
    written = write_figures(report, folder)
    progress.say(f"Figures written to {', '.join(str(path) for path in written) or 'no file'}.")


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = script_parser(
        "train.all", __doc__, "data", "out", "log_dir", "seed", "device", "csv", "jobs", "joblib"
    )
    parser.add_argument(
        "--only", metavar="STEPS", help="such as cnn,svm: only these and the report"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a small part of the data, to see every step work"
    )
    parser.add_argument(
        "--seeds", type=count, default=1, metavar="N",
        help="train with N seeds, from --seed on, and report their mean and spread (default: 1)",
    )  # fmt: skip
    parser.add_argument("--install", action="store_true", help="put models and pictures in assets")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
