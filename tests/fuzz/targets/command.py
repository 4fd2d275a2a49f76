"""`python -m recognizer FILE`: a reading as JSON, or one sentence and the exit code 2."""

from __future__ import annotations

import contextlib
import io
import json
from unittest import mock

import cv2
import numpy as np

from recognizer import __main__ as command
from recognizer import picture as pictures
from recognizer.ink import glyph
from recognizer.strokes import clean_strokes
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence
from tests.fuzz.digits import kept, written
from tests.fuzz.targets.reader import reader

WORDS = (
    b'{"strokes": [[[0, 0], [1, 2]]]}', b'"strokes"', b"[[40, 10], [40, 120]]", b"[]", b"[1]",
    b"\x89PNG\r\n\x1a\n", b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"\xff\xd8\xff", b"\xff\xc0",
    b"\xff\xda", b"\xff\xd9", b"Exif\0\0",
)  # fmt: skip
MOST_PIXELS = 250_000  # that are decoded here: the bound is the same kind, and its test is not here


def seeds() -> list[bytes]:
    """Strokes and pictures as people send them, and those that once failed."""
    strokes = [written()[n][1] for n in (0, 3)]
    found = [json.dumps({"strokes": [s[::5] for s in each]}).encode() for each in strokes]
    grey = np.hstack([glyph(clean_strokes(each)) for each in strokes])
    colours = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGRA)
    colours[..., 3] = grey
    deep = grey.astype(np.uint16) * 257
    for ending, levels in ((".png", grey), (".png", colours), (".png", deep), (".jpg", grey)):
        done, raw = cv2.imencode(ending, levels)
        assert done
        found.append(raw.tobytes())
    small = [raw for raw in kept("*.json", "*.png") if len(raw) < 6_000]
    return [*found, *small, b""]


def one(data: bytes) -> None:
    """Whatever the file is, nothing but a reading or a sentence comes of it."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        scratch.file("ink", data) as path,
        mock.patch.object(command, "Recognizer", reader),
        mock.patch.object(pictures, "MAX_PIXELS", MOST_PIXELS),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
    ):
        code = command.main([str(path)])
    if code == 0:
        answer = json.loads(said.getvalue())
        assert len(answer["text"]) == len(answer["digits"]) and not complained.getvalue()
    else:
        assert code == 2 and not said.getvalue()
        is_sentence(complained.getvalue().removesuffix("\n"))
