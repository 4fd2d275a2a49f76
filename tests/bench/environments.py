"""Other programs, each in an environment of its own under the user's cache folder.

Made only when asked for, since it downloads. What needs torch borrows the one that is here: it is
the same one, and weighs gigabytes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tests.bench.contest import BenchError


@dataclass(frozen=True)
class Other:
    """A program to be compared with: its worker, and what pip installs for it."""

    name: str
    worker: str
    installs: Sequence[str]
    borrows: bool = False  # whether it sees the packages that are here


OTHERS = (
    Other(
        "digit-recognizer-py",
        "digit_recognizer_py.py",
        ("digit-recognizer-py==0.1.0",),
        borrows=True,
    ),
    Other("rapidocr", "rapid_ocr.py", ("rapidocr==3.10.0", "onnxruntime")),
    Other("pmsh-ocr", "pmsh_ocr.py", ("pmsh-ocr==0.0.1",)),
)


def cache() -> Path:
    """Where the environments are."""
    return platformdirs.user_cache_path("digit-dash") / "bench"


def python_of(other: Other) -> str:
    """The Python of a program's environment, which is made where it is not there yet.

    Raises BenchError where it cannot be made.
    """
    folder = cache() / "-".join(word.replace("==", "-") for word in other.installs)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    finished = folder / "finished"
    if finished.is_file():
        return str(python)
    print(f"Making an environment for {other.name}: {folder}", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        if other.borrows:
            _borrow(python)
            pip.append("--no-deps")
        subprocess.run([*pip, *other.installs], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchError(f"{other.name} could not be installed ({error}).") from None
    finished.touch()
    return str(python)


def _borrow(python: Path) -> None:
    """Let an environment find the packages of this one, after its own."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True)
    own = Path(done.stdout.strip())
    (own / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
