"""The cheapest way to use every piece once: a set partition by dynamic programming.

Pieces are numbered from left to right. A state is the set of pieces used so far; it is always
continued by a group that holds the leftmost unused piece, so each partition is met once, and groups
need not be neighbours in that order: a bar that came late, or a digit under its neighbour's roof,
is no special case. On ordinary writing few states are open at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_STATES = 256  # kept at each piece: a beam, for ink so tangled that all states are too many


@dataclass(frozen=True)
class Option:
    """A group that may be chosen: its pieces, its cost, and whether it counts as a digit."""

    pieces: tuple[int, ...]
    cost: float
    counts: bool = True


# What led to a state: its cost, the state before (used pieces, digits), and the option chosen.
_Step = tuple[float, tuple[int, int], int]


def cheapest(pieces: int, options: Sequence[Option], count: int | None = None) -> list[int]:
    """Indices of the options that use each of `pieces` once and cost least together.

    With `count`, those with exactly so many digits, or else the least number above it, or the
    most below. Each piece alone must be an option. Without pieces the answer is empty.
    """
    by_first: list[list[tuple[int, int, int]]] = [[] for _ in range(pieces)]
    for index, option in enumerate(options):
        mask = sum(1 << piece for piece in option.pieces)
        by_first[min(option.pieces)].append((index, mask, int(option.counts)))
    # The states whose leftmost unused piece is the list's index; the last ones use all.
    open_at: list[dict[tuple[int, int], _Step]] = [{} for _ in range(pieces + 1)]
    open_at[0][(0, 0)] = (0.0, (0, 0), -1)
    reached: dict[tuple[int, int], _Step] = {}
    for first in range(pieces):
        states = sorted(open_at[first].items(), key=lambda item: item[1][0])
        if count is None:
            states = states[:MOST_STATES]
        for (used, digits), (cost, *_) in states:
            reached[(used, digits)] = open_at[first][(used, digits)]
            for index, mask, counts in by_first[first]:
                if used & mask:
                    continue
                now = used | mask
                state = (now, digits + counts if count is not None else 0)
                unused = (~now & (now + 1)).bit_length() - 1
                total = cost + options[index].cost
                known = open_at[unused].get(state)
                if known is None or total < known[0]:
                    open_at[unused][state] = (total, (used, digits), index)
    if not open_at[pieces]:
        return []
    wanted = count or 0

    def badness(state: tuple[int, int]) -> tuple[bool, int, float]:
        return state[1] < wanted, abs(state[1] - wanted), open_at[pieces][state][0]

    state = min(open_at[pieces], key=badness)
    reached.update(open_at[pieces])
    chosen: list[int] = []
    while state[0]:
        _, before, index = reached[state]
        chosen.append(index)
        state = before
    return chosen[::-1]
