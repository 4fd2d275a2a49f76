"""Parser for the UNIPEN text format in which the original pendigits strokes are kept.

Format: Guyon, Schomaker, Plamondon, Liberman & Janet, "UNIPEN project of on-line data exchange and
recognizer benchmarks", ICPR 1994. Only the keywords that pendigits uses are understood.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_SEGMENT = re.compile(r'\.SEGMENT\s+DIGIT\s+\S+\s+\?\s+"(\d)"')
_WRITER = re.compile(r"[0-9]{1,9}")  # pendigits' have two digits


class UnipenFormatError(ValueError):
    """The file is not the UNIPEN text of pendigits; the message names the file and the line."""


@dataclass(frozen=True)
class PenDigit:
    """One handwritten digit: its label, its writer's number and its strokes, y axis down."""

    label: int
    writer: int
    strokes: list[NDArray[np.float64]]  # each (N, 2), tablet units


def read_unipen(path: Path) -> list[PenDigit]:
    """Read every digit of a pendigits file, turning the tablet's upward y axis down.

    Raises UnipenFormatError, naming file and line, where the text is cut off or is something else,
    and OSError where the file cannot be read.
    """
    digits: list[PenDigit] = []
    label: int | None = None
    writer: int | None = None
    strokes: list[NDArray[np.float64]] = []
    points: list[tuple[float, float]] | None = None  # None while the pen is up

    def fail(line_number: int, why: str) -> UnipenFormatError:
        return UnipenFormatError(f"{path}, line {line_number}: {why}.")

    def finish(line_number: int) -> None:
        if label is None:
            return
        if points is not None:
            raise fail(line_number, "the pen is still down where the digit ends")
        if writer is None or not strokes:
            raise fail(line_number, "a digit ends without a writer or without ink")
        digits.append(PenDigit(label, writer, strokes))

    line_number = 0
    with path.open(encoding="ascii", errors="replace") as lines:
        for line_number, raw in enumerate(lines, start=1):
            line = raw.strip()
            if not line:
                continue
            if not line.startswith("."):
                if points is None:
                    raise fail(line_number, "a point stands outside .PEN_DOWN and .PEN_UP")
                point = _point(line)
                if point is None:
                    raise fail(line_number, f"{line[:40]!r} is not a point of two numbers")
                points.append(point)
                continue
            keyword, _, rest = line.partition(" ")
            if keyword == ".SEGMENT":
                finish(line_number)
                match = _SEGMENT.match(line)
                if match is None:
                    raise fail(line_number, f"{line[:40]!r} names no digit")
                label, writer, strokes, points = int(match[1]), None, [], None
            elif keyword == ".COMMENT" and label is not None and writer is None:
                # The comment under a segment holds: digit, writer, running number.
                fields = rest.split()
                if len(fields) < 2 or not _WRITER.fullmatch(fields[1]):
                    raise fail(line_number, "the comment under a digit names no writer")
                writer = int(fields[1])
            elif keyword == ".PEN_DOWN":
                points = []
            elif keyword == ".PEN_UP":
                if points is None:
                    raise fail(line_number, "the pen goes up without having been down")
                if points:
                    strokes.append(np.array(points))
                points = None
    finish(line_number)
    if not digits:
        raise fail(line_number, "the file holds no digit")
    return digits


def _point(line: str) -> tuple[float, float] | None:
    """A point with y turned down; None where the line holds no two finite numbers."""
    try:
        x, y = map(float, line.split())
    except ValueError:
        return None
    return (x, -y) if math.isfinite(x) and math.isfinite(y) else None
