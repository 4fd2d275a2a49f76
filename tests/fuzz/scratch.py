"""Files for the readers that are fuzzed: in memory, where the system has room for files there."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = "DIGIT_DASH_FUZZ_SCRATCH"  # names the folder where another process clears up
_MEMORY = Path("/dev/shm")
_ROOM = 256 * 2**20  # bytes that must be free there


@functools.cache
def root() -> Path:
    """The folder for all of them; it goes with the process, or with the one that named it."""
    if named := os.environ.get(ROOT):
        return Path(named)
    folder = Path(tempfile.mkdtemp(prefix="digit-dash-fuzz-", dir=best_place()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def best_place() -> Path | None:
    """The folder of files in memory; None, the usual one, where there is none with room."""
    with contextlib.suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return None


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(dir=root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def file(name: str, content: bytes) -> Iterator[Path]:
    """A file of that content that is gone afterwards."""
    with empty_folder() as folder:
        path = folder / name
        path.write_bytes(content)
        yield path
