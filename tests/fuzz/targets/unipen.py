"""Pendigits' UNIPEN text: read, or refused with file and line; written and read again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.fuzz import scratch
from tests.fuzz.contracts import is_ink, is_sentence
from train.data.unipen import PenDigit, UnipenFormatError, read_unipen

NAME = "pendigits-orig.tra"
WORDS = (
    b".SEGMENT DIGIT 0 ? \"7\"\n", b".COMMENT 7 12 224\n", b".COMMENT", b".PEN_DOWN\n",
    b".PEN_UP\n", b".DT 100\n", b" 10  50\n", b".LEXICON",
)  # fmt: skip
_HEAD = b'.INCLUDE dene.doc\n\n.LEXICON "0" "1"\n.HIERARCHY DIGIT\n\n'
_SEVEN = b"""\
.SEGMENT DIGIT    0 ? "7"
.COMMENT 7 12  224
.PEN_DOWN
 10  50
 40  50
 20  -7.5
.PEN_UP
.DT 100
.PEN_DOWN
 5  20
.PEN_UP
.DT 100
"""
_ONE = b'.SEGMENT DIGIT    1 ? "1"\n.COMMENT 1 3  1\n.PEN_DOWN\n 1  2\n 1  9\n.PEN_UP\n'


def seeds() -> list[bytes]:
    """A file of one digit, of two, and one that is no such file."""
    return [_HEAD + _SEVEN, _HEAD + _SEVEN + b"\n" + _ONE, _ONE, b""]


def one(data: bytes) -> None:
    """Whatever is read is ink with a label and a writer."""
    with scratch.file(NAME, data) as path:
        try:
            digits = read_unipen(path)
        except UnipenFormatError as error:
            is_sentence(error, path)
            return
        assert digits
        for digit in digits:
            assert digit.label in range(10) and digit.writer >= 0 and digit.strokes
            is_ink(digit.strokes)
        _comes_back(digits, path)


def _comes_back(digits: Sequence[PenDigit], path: Path) -> None:
    path.write_text("".join(map(_text, digits)), encoding="ascii")
    again = read_unipen(path)
    for old, new in zip(digits, again, strict=True):
        assert (old.label, old.writer) == (new.label, new.writer)
        for a, b in zip(old.strokes, new.strokes, strict=True):
            assert np.array_equal(a, b)


def _text(digit: PenDigit) -> str:
    strokes = "".join(
        ".PEN_DOWN\n" + "".join(f"{x!r} {-y!r}\n" for x, y in stroke.tolist()) + ".PEN_UP\n"
        for stroke in digit.strokes
    )
    head = f'.SEGMENT DIGIT 0 ? "{digit.label}"\n.COMMENT {digit.label} {digit.writer} 1\n'
    return head + strokes
