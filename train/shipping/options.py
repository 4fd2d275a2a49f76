"""The training scripts' options, each described once and checked before anything is loaded."""

import argparse
import os
import re
from pathlib import Path
from typing import Any

import joblib.parallel

LARGEST_SEED = 2**32 - 1  # NumPy and scikit-learn take no larger one


def count(text: str) -> int:
    """A number of things, at least one."""
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few; take 1 or more.")
    return number


def seed(text: str) -> int:
    """A seed that every library takes."""
    number = _whole(text)
    if not 0 <= number <= LARGEST_SEED:
        raise argparse.ArgumentTypeError(
            f"{text} cannot be a seed; take a whole number from 0 to {LARGEST_SEED}."
        )
    return number


def workers(text: str) -> int:
    """A number of joblib's workers; -1 means one a core, -2 one core less, and so on."""
    number = _whole(text)
    if number == 0:
        raise argparse.ArgumentTypeError(
            "without workers nothing is done; take 1 or more, or -1 for one a core."
        )
    return number


def joblib_backend(text: str) -> str:
    """The name of a joblib backend that is known here."""
    known = sorted({*joblib.parallel.BACKENDS, *joblib.parallel.EXTERNAL_BACKENDS})
    if text not in known:
        raise argparse.ArgumentTypeError(
            f"joblib has no backend {text!r}; known are {', '.join(known)}."
        )
    return text


def device(text: str) -> str:
    """The name of a device; whether this machine has it, `train.fitting.device` asks torch."""
    if re.fullmatch(r"auto|mps|(cpu|cuda|xpu)(:[0-9]{1,3})?", text) is None:
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r} is no device; take auto, cpu, cuda, cuda:1, mps or xpu."
        )
    return text


def folder_to_write(text: str) -> Path:
    """A folder that is there and can be written to, or that can be made."""
    path = Path(text)
    if "\0" in text:
        raise argparse.ArgumentTypeError("a folder's name cannot hold a NUL character.")
    whole = path.absolute()
    there = next(folder for folder in (whole, *whole.parents) if _exists(folder))
    if not there.is_dir():
        raise argparse.ArgumentTypeError(f"{there} is a file, not a folder; name another one.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise argparse.ArgumentTypeError(f"{there} cannot be written to; name another folder.")
    return path


def file_to_read(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if "\0" in text or not _exists(path):
        raise argparse.ArgumentTypeError(f"there is no file {text!r}; correct its name.")
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{path} is no plain file; name a file.")
    return path


def file_to_write(text: str) -> Path:
    """A file that can be written, in a folder that is there; what it holds now is replaced."""
    path = Path(text)
    if "\0" in text or not path.name:
        raise argparse.ArgumentTypeError(f"{text!r} is no file's name.")
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"{path} is a folder, not a file; name a file.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {folder}; make it, or name another.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise argparse.ArgumentTypeError(f"{folder} cannot be written to; name another folder.")
    return path


def _whole(text: str) -> int:
    try:
        return int(text[:20])
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number.") from None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a part of the way may not be looked into
        return False


_DEFAULT = "default: {}"
_OPTIONS: dict[str, dict[str, Any]] = {
    "data": {
        "type": Path,
        "metavar": "DIR",
        "help": "folder with MNIST/raw, pendigits and, where you have them, pens "
        "(default: $DIGIT_DASH_DATA, else the first two are downloaded once)",
    },
    "out": {"type": folder_to_write, "default": Path("reports"), "help": "default: reports"},
    "log_dir": {
        "type": folder_to_write,
        "metavar": "DIR",
        "help": "write curves, pictures and parameters there for TensorBoard (default: nothing)",
    },
    "seed": {"type": seed, "default": 7, "help": "default: 7"},
    "device": {"type": device, "default": "auto", "help": "cpu, cuda, mps (default: the best)"},
    "epochs": {"type": count, "help": _DEFAULT},
    "limit": {"type": count, "help": "take no more MNIST images than this"},
    "backend": {"default": "cnn", "metavar": "NAME", "help": "default: cnn"},
    "models": {
        "type": Path,
        "metavar": "DIR",
        "help": "a folder with a manifest (default: the shipped models)",
    },
    "pen_pictures": {"type": count, "help": _DEFAULT},
    "rejection_pictures": {"type": count, "help": _DEFAULT},
    "trial": {"type": count, "help": _DEFAULT},
    "pages": {"type": count, "help": "pages an epoch (default: {})"},
    "validation_pages": {"type": count, "help": "measured after each epoch (default: {})"},
    "test_pages": {"type": count, "help": "measured at the end (default: {})"},
    "extra": {
        "type": file_to_read,
        "metavar": "FILE",
        "help": "labelled ink to learn as well, as `python -m game export-ink FILE` writes it",
    },
    "start": {
        "type": file_to_read,
        "metavar": "FILE",
        "help": "weights.pt of an earlier run: train those further, at a lower rate",
    },
    "csv": {
        "type": file_to_read,
        "metavar": "FILE",
        "help": "Kaggle's train.csv, also packed (default: as many of MNIST's training images)",
    },
    "jobs": {"type": workers, "default": -1, "help": "workers (default: one a core)"},
    "joblib": {
        "type": joblib_backend,
        "default": "loky",
        "metavar": "BACKEND",
        "help": "joblib's: loky (default), threading, dask, ray, ...",
    },
    "install": {"action": "store_true", "help": "put the model into assets/models"},
}


def script_parser(
    module: str, description: str | None, *options: str, defaults: object = None
) -> argparse.ArgumentParser:
    """The command line of `python -m MODULE`: its docstring as it stands, and the named options."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser, *options, defaults=defaults)
    return parser


def add_options(parser: argparse.ArgumentParser, *names: str, defaults: object = None) -> None:
    """Give a script the named options; their help shows what `defaults` holds."""
    for name in names:
        described = dict(_OPTIONS[name])
        described["help"] = described["help"].format(getattr(defaults, name, ""))
        parser.add_argument(f"--{name.replace('_', '-')}", **described)
