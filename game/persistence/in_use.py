"""In use: which players' folders a game plays in now, so that none is deleted under its hands."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows deletes no file that is open
    fcntl = None  # type: ignore[assignment]

_HAS_LOCKS = fcntl is not None
LOCK_FILE = "in-use.lock"


class InUse:
    """A folder is in use until `close`, or until the game ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        if not _HAS_LOCKS:
            return
        with contextlib.suppress(OSError):  # a folder that cannot be written, or without locks
            self._handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def close(self) -> None:
        """Nobody plays there any more."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def is_in_use(folder: Path) -> bool:
    """Whether a game plays in a folder, this one or another, as far as the system can tell."""
    if not _HAS_LOCKS:
        return False
    try:
        handle = os.open(folder / LOCK_FILE, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
