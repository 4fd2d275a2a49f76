"""The endpointer: pen, readings and clock in any order; only this very ink is judged."""

from __future__ import annotations

import math
import struct

import numpy as np

from recognizer.endpointing.endpointer import Call, Endpointer
from recognizer.endpointing.pace import Pace
from recognizer.endpointing.patience import PATIENCE
from recognizer.reading import Digit, Reading, is_readable
from recognizer.types import Box
from tests.fuzz.source import Source

WORDS = (
    b"\0",
    b"\1\1\1",
    b"\2\1\x09\xff",
    b"\3",
    b"\4",
    b"\5\xff",
    b"\5\1",
    struct.pack("<d", 0.5),
)
MOST_STEPS = 300
LONGEST = 10.0  # s that any ink may be waited for


def seeds() -> list[bytes]:
    """A digit read at once, a number that comes in two parts, and ink that is taken back."""
    digit = bytes([0, 0, 5, 10, 1, 1, 1, 40, 80, 2, 0, 1, 7, 255, 0, 5, 200, 4])
    number = bytes([0, 1, 5, 10, 1, 2, 1, 40, 80, 2, 0, 1, 4, 250, 0, 5, 90]) + digit[1:]
    return [digit, number, digit[:6] + b"\3" + digit[6:], digit * 4, b""]


def one(data: bytes) -> None:
    """No verdict comes while the pen is down, nor of older ink, nor later than it may."""
    source = Source(data)
    patience = source.one_of([*PATIENCE.values()])
    now = 0.0
    endpointer = Endpointer(lambda: now, Pace.from_table(_table(source)), patience)
    ticket, digits, down, fresh = 0, 1, False, False  # fresh: the present ink was read
    for _ in range(MOST_STEPS):
        if not source.more:
            break
        match source.below(7):
            case 0:
                endpointer.pen_down(now)
                down, fresh = True, False
            case 1:
                ticket, digits = ticket + 1, 1 + source.below(5)
                boxes = [_box(source) for _ in range(source.below(4))]
                endpointer.pen_up(now, ticket, boxes, digits, written=bool(source.below(2)))
                down, fresh = False, False
            case 2:
                about = ticket - source.below(2)
                reading = _reading(source)
                free = _reading(source) if source.below(2) else None
                taken = endpointer.reading_came(about, reading, free)
                fresh = fresh or taken
                assert not taken or (about == ticket and not down)
            case 3:
                endpointer.cancel()
                down, fresh = False, False
            case 4:
                endpointer.judged()
                fresh = False
            case 5:
                now += source.below(256) / 64
            case _:
                now += 1e-9
        _holds(endpointer, digits, fresh, down)
    table = endpointer.pace.as_table()
    assert Pace.from_table(table).as_table() == table
    assert all(math.isfinite(number) for numbers in table.values() for number in numbers)


def _holds(endpointer: Endpointer, digits: int, fresh: bool, down: bool) -> None:
    assert 0.0 <= endpointer.share() <= 1.0
    assert math.isfinite(endpointer.wait) and 0.0 <= endpointer.wait <= LONGEST
    decision = endpointer.decide()
    assert (decision.call is Call.WAIT) == (decision.reading is None)
    if decision.reading is not None:
        assert fresh and not down and decision.reading is endpointer.reading
        complete = is_readable(decision.reading) and len(decision.reading.digits) >= digits
        assert (decision.call is Call.ACCEPT) == complete
    for pause in (endpointer.pace.stroke, endpointer.pace.digit):
        assert 0.1 <= pause.median <= 0.6 and 0.4 <= pause.spread <= 0.7


def _table(source: Source) -> dict[str, list[float]]:
    """What a player's settings may hold: often nothing."""
    if source.below(8) != 7:
        return {}
    names = ("stroke", "digit", "7", "?+", "")
    return {source.one_of(names): [source.double() for _ in range(source.below(4))]}


def _box(source: Source) -> Box:
    x, y = 4 * source.signed(), 4 * source.signed()
    return (float(x), float(y), x + 200.0, y + 300.0)


def _reading(source: Source) -> Reading:
    return Reading("fuzz", 0.0, tuple(_digit(source) for _ in range(source.below(5))))


def _digit(source: Source) -> Digit:
    value, share, no_digit = source.below(11), source.share(), source.share()
    likely = np.full(10, (1 - share) / 9, np.float32)
    likely[value % 10] = share
    return Digit(None if value == 10 else value, likely, _box(source), no_digit)
