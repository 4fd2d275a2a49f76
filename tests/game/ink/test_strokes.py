"""Which ink is whose: strokes by their boxes, where there is no doubt."""

from __future__ import annotations

import numpy as np

from game.ink.strokes import ink_by_digit


def line(*points: tuple[float, float]) -> np.ndarray:
    return np.array([(x, y, n / 100) for n, (x, y) in enumerate(points)])


def test_each_digit_gets_its_ink_only_where_there_is_no_doubt() -> None:
    one, bar, leg = line((0, 0), (5, 100)), line((60, 40), (100, 40)), line((90, 0), (80, 100))
    boxes = [(0.0, 0.0, 5.0, 100.0), (60.0, 0.0, 100.0, 100.0)]
    (first, its), (second, other) = ink_by_digit("14", [bar, one, leg], boxes)
    assert (first, second) == ("1", "4")
    assert its[0] is one and [id(stroke) for stroke in other] == [id(bar), id(leg)]
    assert ink_by_digit("4", [bar, leg], ()) == [("4", [bar, leg])], "one digit has all the ink"
    assert ink_by_digit("142", [bar, one, leg], boxes) == [], "read as two digits"
    assert ink_by_digit("14", [bar, leg], boxes) == [], "a box without ink"
    joined = line((0, 0), (100, 100))
    assert ink_by_digit("14", [bar, one, leg, joined], boxes) == [], "a stroke through both"
    wide = [(0.0, 0.0, 100.0, 100.0), boxes[1]]
    assert ink_by_digit("14", [bar, one, leg], wide) == [], "strokes in both boxes"
    assert ink_by_digit("4", [], ()) == ink_by_digit("?", [bar], ()) == []
