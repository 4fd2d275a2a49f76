"""Where touching digits of a picture may be cut: ways from top to bottom through little ink.

Where two digits meet, the outline has a notch above the place, below it, or both. A way is proposed
from each notch to each one opposite, straight; from each notch alone, the cheapest; and where the
cheapest way through the middle row costs less than those beside it. A way goes down row by row,
straight or to a neighbouring column, and costs the ink that it crosses, and the paper inside loops,
for digits touch outside of theirs; the cheapest are found by dynamic programming, as in seam
carving (Avidan & Shamir, "Seam carving for content-aware image resizing", SIGGRAPH 2007). Whether a
cut is made is decided by the digits that come of it.
"""

from itertools import pairwise
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.types import Glyph

Way = NDArray[np.int64]  # (H,): the column at which the part to the right begins
Costs = NDArray[np.float32]

MOST_CUTS = 10  # of one piece

_ROWS = 48  # in which ways are looked for
_PAPER = 0.02  # what a row of bare paper costs, against 1 for ink
_ASIDE = 0.004  # what a step aside costs more
_HOLE = 0.4  # what a row of paper inside a loop costs more
_APART = 0.07  # of the height: the mean distance of two ways, and of a way and the piece's edge
_MOST_INK = 0.8  # of the height, that a way may cross
_NOTCH = 2  # rows that a notch is deep, at least
_STEEP = 1.0  # columns a row: no way between notches is flatter


def cheapest_ways(touched: Glyph) -> list[Way]:
    """The likeliest cuts of a piece uint8 (H, W), 1 for ink, from left to right; none cross."""
    height, width = touched.shape
    scale = min(1.0, _ROWS / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    ink = _shrunk(touched.astype(np.float32), size)
    rows, columns = ink.shape
    if rows < 3 or columns < 4:
        return []
    cost = ink + np.float32(_PAPER) + np.float32(_HOLE) * _shrunk(_holes(touched), size)
    proposed = _between_notches(ink) + _by_cost(cost, ink)
    chosen: list[Way] = []
    least = max(1.0, _APART * rows)
    for way in proposed:
        if len(chosen) == MOST_CUTS:
            break
        if float(cost[np.arange(rows), way].sum()) > _MOST_INK * rows:
            continue
        edges = (np.zeros(rows, np.int64), np.full(rows, columns))
        if all(_beside(way, other, least) for other in (*edges, *chosen)):
            chosen.append(way)
    chosen.sort(key=lambda way: int(way.sum()))
    nearest = np.minimum(((np.arange(height) + 0.5) * scale).astype(int), rows - 1)
    return [np.rint(way[nearest] / scale).astype(np.int64) for way in chosen]


def _beside(way: Way, other: Way, least: float) -> bool:
    """Whether two ways do not cross, and are so far apart."""
    apart = way - other
    return bool((apart >= 0).all() or (apart <= 0).all()) and abs(float(apart.mean())) >= least


def _holes(touched: Glyph) -> Costs:
    """1 for paper (H, W) that ink encloses, else 0."""
    paper = np.pad((touched == 0).astype(np.uint8), 1, constant_values=1)
    _, labels = cv2.connectedComponents(paper, connectivity=4)
    holes: Costs = ((labels != labels[0, 0]) & (paper > 0)).astype(np.float32)
    return holes[1:-1, 1:-1]


def _shrunk(picture: Costs, size: tuple[int, int]) -> Costs:
    return cast(Costs, cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


# --- Notches ---


def _between_notches(ink: Costs) -> list[Way]:
    """The straight ways from a notch above to one below, those through the least ink first."""
    rows = len(ink)
    above, below = _notches(ink), _notches(ink[::-1])
    found: list[tuple[float, Way]] = []
    for x0, depth in above:
        for x1, rise in below:
            y0, y1 = depth - 1, rows - rise
            if abs(x1 - x0) > _STEEP * max(y1 - y0, 1):
                continue
            way = np.rint(np.interp(np.arange(rows), [y0, max(y1, y0 + 1)], [x0, x1]))
            found.append((float(ink[np.arange(rows), way.astype(np.int64)].sum()), way.astype(int)))
    return [way for _, way in sorted(found, key=lambda pair: pair[0])]


def _notches(ink: Costs) -> list[tuple[int, int]]:
    """The columns where the outline seen from above is deepest, and how deep, in rows."""
    touched = ink > 0.5
    depth = np.where(touched.any(axis=0), touched.argmax(axis=0), len(ink))
    found: list[tuple[int, int]] = []
    edges = np.flatnonzero(np.concatenate([[True], np.diff(depth) != 0, [True]]))
    for start, end in pairwise(edges.tolist()):
        deep = int(depth[start])
        # On each side the outline must rise before it falls any deeper.
        sides = (depth[:start][::-1], depth[end:])
        if all(_rises(side, deep) for side in sides):
            found.append(((start + end - 1) // 2, deep))
    return found


def _rises(depth: NDArray[np.int64], deep: int) -> bool:
    """Whether the outline rises by a notch's depth before it gets deeper."""
    risen = np.flatnonzero(depth <= deep - _NOTCH)
    deeper = np.flatnonzero(depth > deep)
    return bool(len(risen)) and (not len(deeper) or risen[0] < deeper[0])


# --- The cheapest ways ---


def _by_cost(cost: Costs, ink: Costs) -> list[Way]:
    """The cheapest ways through the notches and through the middle row, the cheapest first."""
    rows = len(cost)
    down, from_above = _cheapest(cost)
    up, from_below = _cheapest(cost[::-1])
    total = down + up[::-1] - cost
    middle = rows // 2
    through = [(middle, column) for column in _valleys(total[middle])]
    through += [(min(depth, rows - 1), column) for column, depth in _notches(ink)]
    through += [(max(rows - 1 - depth, 0), column) for column, depth in _notches(ink[::-1])]
    through.sort(key=lambda at: float(total[at]))
    ways = []
    for row, column in through:
        way = np.zeros(rows, np.int64)
        _follow(way[: row + 1][::-1], from_above[: row + 1][::-1], column)
        _follow(way[row:], from_below[: rows - row][::-1], column)
        ways.append(way)
    return ways


def _cheapest(cost: Costs) -> tuple[Costs, NDArray[np.int64]]:
    """What the cheapest way from the first row to each pixel costs, and its step (-1, 0, 1)."""
    total = cost.copy()
    step = np.zeros(cost.shape, np.int64)
    columns = np.arange(cost.shape[1])
    for row in range(1, len(cost)):
        above = np.pad(total[row - 1], 1, constant_values=np.inf)
        ways = np.stack([above[:-2] + _ASIDE, above[1:-1], above[2:] + _ASIDE])
        best = ways.argmin(axis=0)
        total[row] += ways[best, columns]
        step[row] = best - 1
    return total, step


def _follow(way: Way, steps: NDArray[np.int64], column: int) -> None:
    """Write a way's columns into `way`, from the row where it is at `column` outwards."""
    for at, row in enumerate(steps):
        way[at] = column
        column += int(row[column])


def _valleys(total: Costs) -> list[int]:
    """The columns that cost no more than those beside them; of an even stretch the middle."""
    edges = np.flatnonzero(np.concatenate([[True], np.abs(np.diff(total)) > 1e-3, [True]]))
    found: list[int] = []
    for start, end in pairwise(edges.tolist()):
        if float(total[start]) <= float(total[max(0, start - 1) : end + 1].min()) + 1e-3:
            found.append((start + end - 1) // 2)
    return found
