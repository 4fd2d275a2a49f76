"""Folders that are filled beside their place; those of a run that was killed go at the next one."""

import contextlib
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout


@contextlib.contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Give a new folder `parent`/`prefix`<random>, which goes at the end if it is still there.

    Its process holds a lock beside it while it lives, which the system frees however it ends: what
    has the prefix and no living owner is removed first. Raises OSError where nothing can be made.
    """
    _remove_orphans(parent, prefix)
    folder = parent / f"{prefix}{uuid.uuid4().hex}"
    lock_path = folder.with_suffix(".lock")
    with FileLock(lock_path):  # first the lock, then the folder: it never stands without an owner
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock_path.unlink(missing_ok=True)


def orphans(parent: Path, prefix: str) -> Iterator[Path]:
    """The folders with the prefix that no living process holds; each is held while it is given.

    Where it is gone afterwards, its lock goes as well.
    """
    for folder in sorted({path.with_suffix("") for path in parent.glob(f"{prefix}*")}):
        lock_path = folder.with_suffix(".lock")
        with contextlib.suppress(Timeout, OSError), FileLock(lock_path, timeout=0):
            yield folder
            if not folder.exists():
                lock_path.unlink(missing_ok=True)


def _remove_orphans(parent: Path, prefix: str) -> None:
    for folder in orphans(parent, prefix):
        shutil.rmtree(folder, ignore_errors=True)
