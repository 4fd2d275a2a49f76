"""The file of labelled ink: read, or refused with file and line; written and read again."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from recognizer.ink_file import SOURCES, InkFileError, LabelledInk, ink_lines, is_label
from recognizer.ink_file import read_ink_file as read
from tests.fuzz import scratch
from tests.fuzz.contracts import is_ink, is_sentence
from tests.fuzz.digits import written

NAME = "ink.jsonl"
WORDS = (
    b'{"format": "digit-dash-ink", "version": 1}\n', b'"label"', b'"strokes"', b'"source"',
    b'"appeal"', b'"answer"', b"[[1, 2], [3, 4]]", b"[1, 2, 0.5]", b'"7"', b"\n",
)  # fmt: skip


def seeds() -> list[bytes]:
    """A few digits with times, without, and a file of none."""
    entries = [
        LabelledInk(label, SOURCES[n % 3], [np.array(stroke) for stroke in strokes])
        for n, (label, strokes) in enumerate(written()[:3])
    ]
    lines = "".join(ink_lines(entries)).encode()
    plain = json.dumps({"label": "42", "source": "answer", "strokes": [[[1, 2], [3, 4]]]})
    head = lines[: lines.index(b"\n") + 1]
    return [lines, head + plain.encode() + b"\n", head, b""]


def one(data: bytes) -> None:
    """Whatever is read has a label, a source and ink."""
    with scratch.file(NAME, data) as path:
        try:
            entries = read(path)
        except InkFileError as error:
            is_sentence(error, path)
            return
        for entry in entries:
            assert is_label(entry.label) and entry.label and entry.source in SOURCES
            assert entry.strokes
            is_ink(entry.strokes)
        path.write_text("".join(ink_lines(entries)))
        _are_equal(entries, read(path))


def _are_equal(entries: Sequence[LabelledInk], others: Sequence[LabelledInk]) -> None:
    for one, other in zip(entries, others, strict=True):
        assert (one.label, one.source) == (other.label, other.source)
        for a, b in zip(one.strokes, other.strokes, strict=True):
            assert np.array_equal(a, b)
