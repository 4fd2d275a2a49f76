"""Parser for the text of UJI Pen Characters v2: digits, letters and signs of 60 people.

Llorens, Prat, Marzal, Vilar, Castro, Amengual, Barrachina, Castellanos, España, Gómez, Gorbe,
Gordo, Palazón, Peris, Ramos-Garijo & Zamora, "The UJIpenchars database: a pen-based database of
isolated handwritten characters" (LREC 2008); version 2 is UCI data set 177, CC BY 4.0.
"""

import math
import re
from pathlib import Path

import numpy as np

from train.data.samples import InkSample

FILE = "ujipenchars2.txt"
SAMPLES = 11_640
WRITERS = 60

_WORD = re.compile(r"WORD\s+(\S+)\s+((?:trn|tst)_\S+)-(\d+)")
_POINTS = re.compile(r"POINTS\s+(\d{1,9})\s*#\s*(.*)")
_COUNT = re.compile(r"[0-9]{1,9}")


class UjiFormatError(ValueError):
    """The file is not the whole text of UJI Pen Characters; the message names file and line."""


def read_uji(path: Path) -> list[InkSample]:
    """Read every character, its label as it stands in the file (a letter with an accent as well).

    Writers are numbered in the order of their names: those of the training part (`trn_`) first,
    from 0, then those of the test part (`tst_`). Raises UjiFormatError where the text is cut off or
    is something else, and OSError where the file cannot be read.
    """
    found: list[tuple[str, str, list[list[float]]]] = []
    missing = 0  # strokes that the last character still lacks

    def fail(number: int, why: str) -> UjiFormatError:
        return UjiFormatError(f"{path}, line {number}: {why}.")

    number = 0
    with path.open(encoding="latin-1") as lines:
        for number, raw in enumerate(lines, start=1):
            line = raw.strip()
            if not line or line.startswith("//"):
                continue
            if word := _WORD.fullmatch(line):
                if missing:
                    raise fail(number, "a character begins before the last one has all its strokes")
                found.append((word[1], word[2], []))
                missing = -1  # until the number of strokes is told
            elif line.startswith("NUMSTROKES") and missing == -1:
                count = line.removeprefix("NUMSTROKES").strip()
                if not _COUNT.fullmatch(count) or int(count) < 1:
                    raise fail(number, f"{count[:40]!r} is no number of strokes")
                missing = int(count)
            elif (points := _POINTS.fullmatch(line)) and missing > 0:
                try:
                    values = [float(value) for value in points[2].split()]
                except ValueError:
                    raise fail(number, "a coordinate is no number") from None
                if not all(map(math.isfinite, values)):
                    raise fail(number, "a coordinate is no finite number")
                if len(values) != 2 * int(points[1]) or not values:
                    raise fail(number, f"{points[1]} points do not have {len(values)} coordinates")
                found[-1][2].append(values)
                missing -= 1
            else:
                raise fail(number, f"{line[:40]!r} belongs to no character")
    if missing or not found:
        raise fail(number, "the text ends too early")
    names = sorted({name for _, name, _ in found}, key=lambda name: (name.startswith("tst_"), name))
    writers = {name: place for place, name in enumerate(names)}
    return [
        InkSample(label, writers[name], [np.array(v, np.float64).reshape(-1, 2) for v in strokes])
        for label, name, strokes in found
    ]


def check_whole(samples: list[InkSample], path: Path) -> None:
    """Raise UjiFormatError unless these are all samples of all writers."""
    writers = len({sample.writer for sample in samples})
    if (len(samples), writers) != (SAMPLES, WRITERS):
        raise UjiFormatError(
            f"{path} holds {len(samples):,} characters of {writers} people, "
            f"not {SAMPLES:,} of {WRITERS}."
        )
