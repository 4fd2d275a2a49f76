"""Silence for system libraries that talk on the terminal while they look for devices."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

STDERR = 2  # the file descriptor that C libraries write to


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep what C libraries print while they look for devices off the terminal.

    Having no sound device is no error here, and having no screen gets a sentence of its own.
    """
    try:
        saved = os.dup(STDERR)
    except OSError:  # a program without a terminal may have none
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), STDERR)
        yield
    finally:
        os.dup2(saved, STDERR)
        os.close(saved)
