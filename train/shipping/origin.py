"""What a model was made from: commit, command, versions, data and date, for its manifest entry."""

import datetime
import hashlib
import importlib.metadata
import platform
import subprocess  # nosec B404
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from train.data.folder import cache_folder, named_folder
from train.data.pens import PEN_SETS

_PACKAGES = ("torch", "numpy", "opencv-python", "scikit-learn", "ultralytics", "onnx")
_PATHS = (
    "--data",
    "--out",
    "--extra",
    "--start",
    "--csv",
    "--log-dir",
)  # of this machine: nobody's business
_DATA = (
    "MNIST/raw/train-images-idx3-ubyte",
    "MNIST/raw/train-labels-idx1-ubyte",
    "pendigits/pendigits-orig.tra",
    *sorted({f"pens/{pen_set.file}" for pen_set in PEN_SETS.values() if pen_set.use == "train"}),
    "uji/ujipenchars2.txt",  # where the cache keeps it
)
_ROOT = Path(__file__).resolve().parents[2]


def origin(data: Path | None, seed: int, sittings: int = 1) -> dict[str, Any]:
    """What a manifest entry says of how its model came to be.

    `data` is the folder named, `sittings` how often the training was begun or gone on with.
    """
    return {
        "commit": _commit(),
        "command": command(sys.argv),
        "seed": seed,
        "sittings": sittings,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": {"python": platform.python_version(), **versions()},
        "data": hashes(data),
    }


def command(words: Sequence[str]) -> str:
    """The command as anyone would type it, from `sys.argv`; paths of this machine left open."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    module = spec.name.removesuffix(".__main__") if spec is not None else Path(words[0]).stem
    shown: list[str] = []
    for word in words[1:]:
        option, sign, _ = word.partition("=")
        if option in _PATHS and sign:
            shown.append(f"{option}={option.strip('-').upper()}")
        elif shown and shown[-1] in _PATHS:
            shown.append(shown[-1].strip("-").upper())
        else:
            shown.append(word)
    return " ".join(["python -m", module, *shown])


def hashes(data: Path | None) -> dict[str, str]:
    """The SHA-256 of each file of training data that is there, by its place in the folder."""
    folder = named_folder(data) or cache_folder()
    found = {}
    for name in _DATA:
        path = folder / name
        if path.is_file():
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def versions() -> dict[str, str]:
    """The versions of those packages that are here and decide what comes of a training."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _commit() -> str | None:
    """The commit of the checkout, with a plus where files differ from it; None outside of one."""
    try:
        commit = _git("rev-parse", "HEAD").strip()
        return commit + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*words: str) -> str:
    # git alone is started, by its name and with the fixed words above.
    return subprocess.run(  # nosec B603, B607
        ["git", "-C", str(_ROOT), *words], capture_output=True, check=True, text=True
    ).stdout
