"""Elsewhere: the folders in which answers wait when the player's own folder has no room for them.

They are the system's for temporary files. Others may write there too, so a file counts only if it
is the player's own, and its name tells which database it belongs to.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path

# The first outlives a restart of the machine; the last is in memory, and so never on a full disk.
_FOLDERS = ("/var/tmp", "$TMPDIR", "$TEMP", "/tmp", "$XDG_RUNTIME_DIR")  # nosec B108: see `own`


def folders() -> list[Path]:
    """The folders that there are, the best first."""
    named = [Path(os.path.expandvars(name)) for name in _FOLDERS]
    return [folder for folder in dict.fromkeys(named) if folder.is_absolute() and folder.is_dir()]


def places(database: Path) -> list[Path]:
    """What the names of a database's files begin with in each of them."""
    whole = os.path.realpath(database)
    mark = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return [folder / f"digit-dash-{mark}" for folder in folders()]


def opener(path: str, flags: int) -> int:
    """For `open`: a file that only the player may read, and nothing that a link leads to."""
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
    if not _is_own(os.fstat(handle)):
        os.close(handle)
        raise PermissionError(f"{path} is somebody else's")
    return handle


def own(path: Path) -> bool:
    """Whether it is a file, no link, and the player's."""
    with contextlib.suppress(OSError):
        return _is_own(path.lstat())
    return False


def _is_own(facts: os.stat_result) -> bool:
    user = getattr(os, "getuid", lambda: facts.st_uid)()  # Windows has a folder for each user
    return stat.S_ISREG(facts.st_mode) and facts.st_uid == user
