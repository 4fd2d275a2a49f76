"""Files of the player's folder: written whole or not at all, set aside.

A file that cannot be used is never overwritten: it keeps its content under another name.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import filecmp
import glob
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from game.language import N_, _
from recognizer.files import refuse_other_kinds

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_HELD_SECONDS = 0.3  # s to wait for another window's writing: longer would be seen
_DRAFT_SECONDS = 60.0  # after which a draft belongs to a game that was killed


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a crash leaves the old content or the new, never half.

    Its folder is made where it is missing. Raises OSError; then the old content is still there.
    """
    raw = content.encode("utf-8") if isinstance(content, str) else content
    with written_whole(path) as file:
        file.write(raw)


@contextlib.contextmanager
def written_whole(path: Path, *, over: bool = True) -> Iterator[BinaryIO]:
    """A file to write into; its content is under that name when all went well, and not before.

    As `write_whole`. Without `over`, raises FileExistsError where there is one of that name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        refuse_other_kinds(path, path.stat())
    remove_old_drafts(path)
    draft = path.with_name(f"{path.name}.new-{os.getpid()}-{time.time_ns()}")
    try:
        # "x": neither another game's draft nor what a link of that name leads to.
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not over and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def set_aside(path: Path) -> Path:
    """Give a file another name beside its place, never one that is taken; return that name.

    The name is such as `settings.toml.broken-20260102-030405`. Raises OSError.
    """
    aside = _reserve(path)
    try:
        path.replace(aside)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return aside


def copy_aside(path: Path) -> Path:
    """As `set_aside`, but the file stays: what is still usable in it goes on being used.

    Where such a copy is there already, no second one is made.
    """
    for earlier in sorted(path.parent.glob(f"{glob.escape(path.name)}.broken-*")):
        if earlier.is_file() and filecmp.cmp(path, earlier, shallow=False):
            return earlier
    aside = _reserve(path)
    try:
        shutil.copy2(path, aside)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep the other windows' games from writing in a folder meanwhile, where the system can.

    It waits for them only so long: whoever was stopped in the middle must not stop this game.
    """
    handle = None
    with contextlib.suppress(OSError):  # there is no such folder yet, or Windows opens none
        handle = os.open(folder, os.O_RDONLY)
    try:
        if handle is not None and fcntl is not None:
            deadline = time.monotonic() + _HELD_SECONDS
            while time.monotonic() < deadline:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    time.sleep(0.005)
                except OSError:  # a file system without locks
                    break
                else:
                    break
        yield
    finally:
        if handle is not None:
            os.close(handle)


def sync_folder(folder: Path) -> None:
    """Bring new names in a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# What systems say that a player is likely to meet; `reason` finds their translations by it.
_OFTEN = (
    # Translators: why a file could not be used; these few words stand in brackets in a sentence.
    N_("No space left on device"), N_("Permission denied"), N_("Read-only file system"),
    # Translators: as above, in brackets.
    N_("No such file or directory"), N_("Not a directory"), N_("Is a directory"),
    # Translators: as above, in brackets.
    N_("File exists"), N_("File name too long"), N_("Input/output error"),
    # Translators: as above, in brackets.
    N_("Disk quota exceeded"), N_("File too large"), N_("it is no regular file"),
)  # fmt: skip


def reason(error: OSError) -> str:
    """Why something failed, in the system's few words; in the player's language where known."""
    return _(error.strerror or type(error).__name__)


def remove_old_drafts(path: Path) -> None:
    """Remove what a game that was killed left of `path`, half written."""
    for draft in path.parent.glob(f"{glob.escape(path.name)}.new-*"):
        with contextlib.suppress(OSError):
            if abs(time.time() - draft.lstat().st_mtime) > _DRAFT_SECONDS:
                draft.unlink()


def _reserve(path: Path) -> Path:
    """An empty file under a free name, so that two games cannot take the same one."""
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    number = 1
    while True:
        tail = f"-{number}" if number > 1 else ""
        aside = path.with_name(f"{path.name}.broken-{stamp}{tail}")
        try:
            aside.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return aside
