"""Silence for system libraries that talk on the terminal while they look for devices."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Keep what C libraries print while they look for devices off the terminal.

    Having no sound device is no error of this game, and having no screen gets a sentence of its own.
    """
    try:
        number = sys.stderr.fileno()
        saved = os.dup(number)
    except (AttributeError, OSError, ValueError):
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), number)
        yield
    finally:
        os.dup2(saved, number)
        os.close(saved)
