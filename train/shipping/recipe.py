"""The choreography of all recipes: fit, take the time, export, install if asked to.

A recipe is a script `train.<name>` with a frozen dataclass of what decides its result. This module
makes its command line, runs its `fit` and sees to what comes out.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from train.shipping import board, unfinished
from train.shipping.install import Model, install
from train.shipping.options import script_parser
from train.shipping.origin import origin
from train.shipping.processes import is_main
from train.shipping.script import Progress
from train.shipping.steps import finishing

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Recipe = TypeVar("Recipe", bound="DataclassInstance")


@dataclass(frozen=True)
class Task:
    """What a recipe is told besides itself: where the data lie, the seed, and torch's device."""

    data: Path | None
    seed: int
    device: str = "auto"


@dataclass(frozen=True)
class Fitted:
    """What came of a recipe: its figures, a sentence about it, and how it is written down."""

    metrics: dict[str, Any]
    export: Callable[[Path, dict[str, Any]], Model]  # (the step's folder, all figures)
    summary: str = ""


def arguments_parser(
    name: str, description: str | None, recipe: object, *options: str
) -> argparse.ArgumentParser:
    """The command line of `train.<name>`: what all have, and the options that it names."""
    return script_parser(
        f"train.{name}", description, "data", "out", "log_dir", "seed", *options, defaults=recipe
    )


def with_options(recipe: Recipe, arguments: argparse.Namespace) -> Recipe:
    """The recipe with what the command line says otherwise."""
    said: dict[str, Any] = {
        field.name: value
        for field in fields(recipe)
        if (value := getattr(arguments, field.name, None)) is not None
    }
    return replace(recipe, **said)


def run(
    name: str,
    fit: Callable[[Recipe, Task, Progress], Fitted],
    recipe: Recipe,
    arguments: argparse.Namespace,
    progress: Progress,
) -> None:
    """Fit, write all that came of it to `--out`, and install under assets/models if asked to."""
    recipe = with_options(recipe, arguments)
    task = Task(arguments.data, arguments.seed, getattr(arguments, "device", "auto"))
    log_dir = getattr(arguments, "log_dir", None) if is_main() else None
    with finishing(name, arguments) as out, board.opened(log_dir, name):
        reached = unfinished.current()
        assert reached is not None  # `finishing` has opened it
        fitted = fit(recipe, task, progress)
        minutes = reached.seconds / 60
        if not is_main():
            return
        metrics = {**fitted.metrics, "training_minutes": round(minutes, 1), "seed": task.seed}
        model = fitted.export(out, metrics)
        model.details["origin"] = origin(task.data, task.seed, reached.sittings)
        model.write_card()
        board.show_files(out)
        board.show_result(recipe, task.seed, metrics)
        if getattr(arguments, "install", False):
            progress.say(f"Installed {install([model])}.")
    if fitted.summary:
        progress.say(fitted.summary)
    progress.say(f"Wrote the model and all about it to {arguments.out / name}.")
