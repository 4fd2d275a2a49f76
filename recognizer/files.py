"""Files from outside, read within bounds: regular files alone, of a bounded size and depth.

A pipe without a writer and a device without an end must not be waited for; nesting of thousands of
levels must not reach the parser.
"""

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any, BinaryIO

MOST_DEPTH = 32  # of JSON: no format of the project has more than eight

_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_BRACKET = re.compile(rb"[\[\]{}]")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)


def open_regular(path: Path) -> BinaryIO:
    """A regular file, open for reading; raises OSError for what cannot be read or is none.

    Nothing is read from a pipe, a device or a folder.
    """
    refuse_other_kinds(path, path.stat())  # before it is opened: that alone can move a device
    handle = os.open(path, os.O_RDONLY | _NONBLOCK | _BINARY)
    try:
        refuse_other_kinds(path, os.fstat(handle))
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_bounded(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises OSError as `open_regular` does, and ValueError where the file is larger.
    """
    with open_regular(path) as file:
        return read_at_most(file, limit, str(path))


def read_at_most(file: BinaryIO, limit: int, name: str) -> bytes:
    """All that an open file has to give; raises ValueError where that is more than `limit` bytes.

    `name` is what the sentence of the error calls it. An endless device ends there.
    """
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{name} is larger than {limit:,} bytes")
    return content


def refuse_other_kinds(path: Path, facts: os.stat_result) -> None:
    """Raise OSError where a file is no regular one."""
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))


def parse_json(content: bytes) -> Any:
    """What JSON says; raises ValueError for anything else, and for absurd nesting."""
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", content)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MOST_DEPTH:
            raise ValueError(f"it is nested more than {MOST_DEPTH} levels deep")
    return json.loads(content)
