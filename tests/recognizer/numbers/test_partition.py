"""The cheapest set partition, against all partitions of small sets."""

from collections.abc import Iterator

import numpy as np
import pytest

from recognizer.numbers.partition import Option, cheapest


def partitions(pieces: list[int]) -> Iterator[list[tuple[int, ...]]]:
    if not pieces:
        yield []
        return
    first, rest = pieces[0], pieces[1:]
    for bits in range(1 << len(rest)):
        group = (first, *(p for i, p in enumerate(rest) if bits >> i & 1))
        for others in partitions([p for p in rest if p not in group]):
            yield [group, *others]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [None, 1, 2, 3])
def test_no_partition_is_cheaper(seed: int, count: int | None) -> None:
    random = np.random.default_rng(seed)
    pieces = int(random.integers(1, 6))
    every = {group for partition in partitions(list(range(pieces))) for group in partition}
    options = [Option(group, float(random.normal())) for group in sorted(every)]
    cost = {option.pieces: option.cost for option in options}
    chosen = cheapest(pieces, options, count)
    assert sorted(p for index in chosen for p in options[index].pieces) == list(range(pieces))
    fitting = [p for p in partitions(list(range(pieces))) if count in (None, len(p))]
    if fitting:
        best = min(sum(cost[group] for group in partition) for partition in fitting)
        assert sum(options[index].cost for index in chosen) == pytest.approx(best)
    else:
        assert len(chosen) == pieces  # fewer than asked for: as many as there are


def test_groups_need_not_be_neighbours() -> None:
    options = [Option((k,), 5.0) for k in range(4)] + [Option((0, 2), 1.0), Option((1, 3), 1.0)]
    assert cheapest(4, options) == [4, 5]


def test_what_is_no_digit_does_not_count() -> None:
    options = [Option((0,), 0.0), Option((1,), 0.0), Option((1,), 3.0, counts=False)]
    assert cheapest(2, options) == [0, 1]
    assert cheapest(2, options, 1) == [0, 2]


def test_the_number_nearest_above_is_taken_first() -> None:
    options = [Option((k,), 1.0) for k in range(4)] + [Option((0, 1, 2, 3), 0.0)]
    assert len(cheapest(4, options, 3)) == 4
    assert len(cheapest(4, options, 9)) == 4


def test_no_pieces_are_no_digits() -> None:
    assert cheapest(0, []) == []
    assert cheapest(0, [], 3) == []
