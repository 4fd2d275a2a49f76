"""What KNN's and SVM's scripts share: their options, their joblib workers, and what they write."""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import joblib
import numpy as np
from numpy.typing import NDArray

from recognizer.store import BackendInfo
from train.shipping.export import export_arrays
from train.shipping.install import install
from train.shipping.script import Progress, add_data_argument
from train.shipping.steps import finishing

SOURCES = ["MNIST training images", "pendigits training strokes", "drawn allographs"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What both are told besides code, data and their own parameters."""

    pen_pictures: int  # varied pen pictures among the training pictures
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 4  # of the 30 pendigits training writers
    doubt_pictures: int = 4_000  # of digits, and of ink that is none, to learn doubt from
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks


AnySettings = TypeVar("AnySettings", bound=Settings)


@dataclass(frozen=True)
class Fitted:
    """What is shipped of a fitted model, how many numbers it has learned, and its figures."""

    arrays: Mapping[str, NDArray[Any]]
    parameters: int
    metrics: dict[str, Any]


def run(
    name: str,
    info: BackendInfo,
    fit: Callable[[AnySettings, Path | None, int, Progress], Fitted],
    defaults: AnySettings,
    arguments: argparse.Namespace,
    progress: Progress,
) -> None:
    """Fit by `fit`, write to `--out`, and install under assets/models if asked to."""
    with finishing(name, arguments) as out, workers(arguments):
        started = time.perf_counter()
        settings = with_options(defaults, arguments)
        fitted = fit(settings, arguments.data, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        model = export_arrays(
            {key: np.asarray(value) for key, value in fitted.arrays.items() if value is not None},
            out / f"{name}.npz",
            name=name,
            info=info,
            made_by=f"python -m train.{name}",
            parameters=fitted.parameters,
            data=SOURCES,
            metrics={
                **fitted.metrics,
                "training_minutes": round(minutes, 1),
                "seed": arguments.seed,
            },
        )
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(
        f"Validation: MNIST {fitted.metrics['validation_mnist']:.2%} "
        f"(raw pixels {fitted.metrics['validation_mnist_on_raw_pixels']:.2%}), "
        f"pen strokes {fitted.metrics['validation_pen']:.2%}; "
        f"refused of ink that is no digit: {fitted.metrics['validation_negatives_refused']:.2%}. "
        f"Wrote {arguments.out / name}."
    )


def with_options(defaults: AnySettings, arguments: argparse.Namespace) -> AnySettings:
    """The settings with what the command line says otherwise."""
    said: dict[str, Any] = {
        field.name: value
        for field in fields(defaults)
        if (value := getattr(arguments, field.name, None)) is not None
    }
    return replace(defaults, **said)


def arguments_parser(name: str, defaults: Settings, description: str) -> argparse.ArgumentParser:
    """The options of either script."""
    parser = argparse.ArgumentParser(prog=f"python -m train.{name}", description=description)
    add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pen-pictures", type=int, help=f"default: {defaults.pen_pictures}")
    parser.add_argument("--doubt-pictures", type=int, help=f"default: {defaults.doubt_pictures}")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    parser.add_argument("--jobs", type=int, default=-1, help="workers (default: one a core)")
    parser.add_argument(
        "--joblib", default="loky", metavar="BACKEND", help="joblib's: loky, threading, dask, ray"
    )
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    return parser


def workers(arguments: argparse.Namespace) -> joblib.parallel_config:
    """The context in which joblib uses the workers that the options name."""
    return joblib.parallel_config(backend=arguments.joblib, n_jobs=arguments.jobs)
