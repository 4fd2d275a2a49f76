"""Edits: what goes wrong with bytes on their way, and what somebody with bad intent writes.

An edit is three whole numbers, drawn by a seeded generator, so that a failure repeats.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Edit = tuple[int, int, int]  # which of `EDITS`, where, and with what

MOST_EDITS = 6
LARGEST = 2**32 - 1  # of an edit's numbers
LONGEST = 200_000  # bytes that edits make

# What is odd in any format.
ODD = (
    b"\0", b"\n", b"\r\n", b"\r", b"\t", b" ", b'"', b"'", b"\\", b"/", b"..", b"#", b",", b":",
    b"[", b"]", b"{", b"}", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b", b"PK\x05\x06",
    b"[" * 400, b"null", b"true", b"{}", b"[]", b'""', b"\\ud800", b"\\u0000",
    "\N{SUPERSCRIPT TWO}".encode(), "\N{ARABIC-INDIC DIGIT THREE}".encode(),
    "\N{RIGHT-TO-LEFT OVERRIDE}".encode(), "\N{ZERO WIDTH NO-BREAK SPACE}".encode(),
)  # fmt: skip
NUMBERS = (
    b"0", b"-0", b"1", b"-1", b"00", b"0x10", b"1_0", b"0.1", b"-0.5", b"1e5", b"1e999", b"-1e999",
    b"1e-400", b"nan", b"inf", b"-inf", b"NaN", b"Infinity", b"255", b"256", b"65536",
    b"2147483648", b"4294967296", b"9223372036854775807", b"9223372036854775808", b"9" * 400,
    b"9" * 5000,
)  # fmt: skip
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_BINARY = (b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\x7f\xff\xff\xff", b"\1")

Others = Sequence[bytes]
_Change = Callable[[bytes, int, int, Others, Others], bytes]


def edited(sound: bytes, edits: Sequence[Edit], others: Others = (), words: Others = ()) -> bytes:
    """The bytes after all edits; `others` are seeds that parts come from, `words` a dictionary."""
    for which, where, what in edits:
        change = EDITS[which % len(EDITS)]
        sound = change(sound, where % (len(sound) + 1), what, others, words)[:LONGEST]
    return sound


def drawn(generator: random.Random) -> list[Edit]:
    """Some edits, more often few than many."""
    count = 1 + min(int(generator.expovariate(0.7)), MOST_EDITS - 1)
    return [
        (generator.randrange(len(EDITS)), *(generator.randrange(LARGEST) for _ in range(2)))
        for _ in range(count)
    ]


# --- the edits ------------------------------------------------------------------------------------


def _flipped(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    changed = bytes([byte ^ (1 + what % 255) for byte in sound[at : at + 1]])
    return sound[:at] + changed + sound[at + 1 :]


def _left_out(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    return sound[:at] + sound[at + _length(what) :]


def _doubled(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    part = sound[at : at + _length(what)]
    return sound[:at] + part * (2 + what % 3) + sound[at + len(part) :]


def _cut_off(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    return sound[:at]


def _moved(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    part, rest = sound[at : at + _length(what)], sound[:at] + sound[at + _length(what) :]
    to = what % (len(rest) + 1)
    return rest[:to] + part + rest[to:]


def _with_odd(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    odd = (*ODD, *words)[what % (len(ODD) + len(words))]
    over = len(odd) if what >> 16 & 1 else 0  # written over what is there, or put before it
    return sound[:at] + odd + sound[at + over :]


def _with_number(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    found = _NUMBER.search(sound, at)
    number = NUMBERS[what % len(NUMBERS)]
    return sound if found is None else sound[: found.start()] + number + sound[found.end() :]


def _with_binary(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    part = _BINARY[what % len(_BINARY)]
    return sound[:at] + part + sound[at + len(part) :]


def _with_other(sound: bytes, at: int, what: int, others: Others, words: Others) -> bytes:
    if not others:
        return sound
    other = others[what % len(others)]
    start = (what >> 8) % (len(other) + 1)
    return sound[:at] + other[start : start + _length(what >> 4)] + sound[at:]


EDITS: tuple[_Change, ...] = (
    _flipped, _left_out, _doubled, _cut_off, _moved, _with_odd, _with_number, _with_number,
    _with_binary, _with_other,
)  # fmt: skip


def _length(what: int) -> int:
    """Of a part: often a byte, at times a hundred."""
    return 1 + what % (1, 4, 20, 100)[what >> 4 & 3]
