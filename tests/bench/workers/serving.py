"""What every worker does: load, say so, and then read what it is asked for, one item at a time.

It runs in the environment of the program that is measured, so it needs nothing but numpy. The
standard output belongs to the protocol: a line of JSON for each line that comes in.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np


def items(path: Path) -> list[Any]:
    """Pictures of a .npz file, or of a .json file strokes: lists of float arrays (N, 2)."""
    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as arrays:
            return [arrays[str(n)] for n in range(len(arrays.files))]
    inks = json.loads(path.read_text(encoding="utf-8"))
    return [[np.asarray(stroke, dtype=np.float64) for stroke in ink] for ink in inks]


def serve(load: Callable[[Sequence[str]], Callable[[Any], str]]) -> None:
    """Answer until the standard input ends; `load` gets the further words of the command line."""
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    own = items(Path(sys.argv[1]))
    read = load(sys.argv[2:])
    _say(protocol, "ready")
    for line in sys.stdin:
        item = own[int(line)]
        started = time.perf_counter()
        answer = read(item)
        _say(protocol, {"ms": (time.perf_counter() - started) * 1e3, "text": answer})


def _say(protocol: Any, what: object) -> None:
    protocol.write(f"{json.dumps(what)}\n")
    protocol.flush()
