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
from typing import Any

MOST_DEPTH = 32  # of JSON: no format of the project has more than eight

_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)


def read_bounded(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises FileNotFoundError where there is none, OSError for what cannot be read or is no regular
    file (a pipe, a device, a folder: nothing is read from it), and ValueError where it is larger.
    """
    refuse_other_kinds(path, path.stat())  # before it is opened: that alone can move a device
    handle = os.open(path, os.O_RDONLY | _NONBLOCK | _BINARY)
    with os.fdopen(handle, "rb") as file:
        refuse_other_kinds(path, os.fstat(file.fileno()))
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"{path} is larger than {limit} bytes")
    return content


def refuse_other_kinds(path: Path, facts: os.stat_result) -> None:
    """Raise OSError where a file is no regular one."""
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))


def parse_json(content: bytes) -> Any:
    """What JSON in UTF-8 says; raises ValueError for anything else, and for absurd nesting."""
    depth = 0
    for bracket in re.finditer(rb"[\[\]{}]", _STRING.sub(b"", content)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > MOST_DEPTH:
            raise ValueError(f"it is nested more than {MOST_DEPTH} levels deep")
    return json.loads(content.decode("utf-8"))
