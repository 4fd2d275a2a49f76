"""Mastery: the table holds each fact once where it belongs, and the slowest come first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.facts import named
from game.rules.mastery import GRID, Mastery, Memory, counted, grid, most_asked, slowest
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES


@pytest.mark.parametrize("sign", [PLUS, MINUS, TIMES, DIVIDED])
def test_each_cell_of_a_table_is_a_fact_that_is_kept_by_that_key(sign: str) -> None:
    table = grid([], sign)
    assert len(table) == len(GRID) and all(len(row) == len(GRID) for row in table)
    for b, row in zip(GRID, table, strict=True):
        for a, (key, mastery) in zip(GRID, row, strict=True):
            fact = named(key)
            assert fact is not None and fact.key == key and mastery is Mastery.NEW
            assert fact.result == {PLUS: a + b, MINUS: a, TIMES: a * b, DIVIDED: a}[sign]


def test_a_fact_stands_where_it_is_looked_for() -> None:
    known = [Memory(f"7 {TIMES} 8", 30.0, 0.9), Memory(f"13 {MINUS} 8", 1.0, 0.5)]
    more = [*known, Memory(f"6 {TIMES} 7", 2.0, 0.4)]
    assert counted(more) == {Mastery.SHAKY: 2, Mastery.COMING: 0, Mastery.FIRM: 1}
    assert grid(known, TIMES)[7][6][1] is grid(known, TIMES)[6][7][1] is Mastery.FIRM
    assert grid(known, MINUS)[7][4] == (f"13 {MINUS} 8", Mastery.SHAKY)
    assert counted(known) == {Mastery.SHAKY: 1, Mastery.COMING: 0, Mastery.FIRM: 1}
    assert most_asked([]) == TIMES and most_asked(known[1:]) == MINUS


@given(st.floats(0, 1000))
def test_the_longer_it_stays_the_firmer(days: float) -> None:
    steps = [Mastery.SHAKY, Mastery.COMING, Mastery.FIRM]
    here, longer = (Memory("1 + 1", d, 1.0).mastery for d in (days, days + 1.0))
    assert steps.index(here) <= steps.index(longer)


def test_the_slowest_come_first_and_once_is_not_enough() -> None:
    times = {"a": [1.0, 3.0, 2.0], "b": [9.0], "c": [4.0, 4.0]}
    assert [(slow.key, slow.seconds, slow.times) for slow in slowest(times, 5)] == [
        ("c", 4.0, 2), ("a", 2.0, 3),
    ]  # fmt: skip
    assert slowest(times, 1)[0].key == "c"
