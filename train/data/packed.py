"""Tables of text as people hand them over: plain or packed, in UTF-8 or UTF-16.

What a file is, its first bytes tell, not its name: gzip, a zip archive, a mark of its encoding.
"""

import contextlib
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from train.data.folder import DataError, shown

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # with files, without any
_DAMAGED = (OSError, zipfile.BadZipFile, EOFError, zlib.error, lzma.LZMAError)
# zipfile: a password, or a method that it lacks; and what else it raises where bytes are odd.
_LOCKED = (RuntimeError, NotImplementedError, ValueError, struct.error, LookupError, OverflowError)
_SHOWN = 5  # names of an archive's tables


@contextlib.contextmanager
def open_table(path: Path, usual_name: str) -> Iterator[io.TextIOWrapper]:
    """The lines of a CSV file that is plain, .gz, or the only one in a .zip.

    Of several in an archive that one is taken which has its usual name, as in the one that Kaggle
    serves. Raises DataError, with a sentence, where a packed file is damaged, locked or holds no
    table or none that stands out, and OSError where it cannot be read.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        try:
            source = stack.enter_context(_unpacked(path, file, usual_name))
            buffered = io.BufferedReader(cast(io.RawIOBase, source))
            yield io.TextIOWrapper(buffered, _encoding(buffered.peek(4)), "replace")
        except _DAMAGED as error:
            raise DataError(
                f"{path} is cut off or damaged ({shown(error)}); fetch it again."
            ) from error


@contextlib.contextmanager
def _unpacked(path: Path, file: IO[bytes], usual_name: str) -> Iterator[IO[bytes]]:
    start = file.read(4)
    file.seek(0)
    if start.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield cast(IO[bytes], unpacked)
    elif start in _ZIP:
        try:
            archive = zipfile.ZipFile(file)
            member = archive.open(_table_of(path, archive, usual_name))
        except _LOCKED as error:
            raise DataError(
                f"{path} cannot be unpacked ({shown(error)}); unpack it first."
            ) from error
        with archive, member:
            yield member
    else:
        yield file


def _table_of(path: Path, archive: zipfile.ZipFile, usual_name: str) -> str:
    """The name of the archive's table."""
    names = [
        name
        for name in archive.namelist()
        # A Mac adds a shadow of every file.
        if name.lower().endswith(".csv") and not name.startswith("__MACOSX/")
    ]
    usual = [name for name in names if name.rpartition("/")[2].lower() == usual_name]
    if len(names) == 1 or len(usual) == 1:
        return names[0] if len(names) == 1 else usual[0]
    if not names:
        raise DataError(f"{path} holds no .csv file.")
    listed = ", ".join(map(shown, names[:_SHOWN])) + (", ..." if len(names) > _SHOWN else "")
    raise DataError(
        f"{path} holds {len(names)} .csv files ({listed}); unpack it and name the one you mean."
    )


def _encoding(start: bytes) -> str:
    """The encoding that a text's first bytes tell of."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(start) >= 2 and start.count(0) == len(start) // 2:  # without a mark
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    return "utf-8-sig"
