"""What takes room and rights away from a test's own process for a while."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

resource = pytest.importorskip("resource")  # Windows sets no limits
NOBODY = 65534


@contextmanager
def no_room_anywhere(largest: int = 0) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes: as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def common_user() -> Iterator[None]:
    """Somebody whom folders can be closed to: root may write into every one."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def closed_folder() -> Iterator[Path]:
    """A folder that a common user can read but not write into; what is in it, likewise."""
    with tempfile.TemporaryDirectory() as home:  # where pytest's folders lie nobody else may look
        folder = Path(home) / "closed"
        folder.mkdir()
        Path(home).chmod(0o755)
        yield folder
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


def close(folder: Path) -> None:
    """From now on a common user can only read it."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
