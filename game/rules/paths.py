"""Paths of a pen as plain geometry: even steps along them, boxes, and how far they lie apart.

A path is points of x and y, y pointing down; further numbers of a point, such as its time, are left
out. Lengths are in the units of the points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise

Point = tuple[float, float]
Path = Sequence[Point]
Drawing = Sequence[Path]  # strokes in the order of writing

STEPS = 32  # points that a stroke is compared by
LEAST_SHARE = 0.35  # of the longer side, that the shorter one counts at least: a 1 has no width


def drawn(strokes: Sequence[Sequence[Sequence[float]]]) -> list[list[Point]]:
    """Strokes with points of x, y and perhaps more as paths; empty ones are left out."""
    return [[(float(p[0]), float(p[1])) for p in stroke] for stroke in strokes if len(stroke)]


def length(path: Path) -> float:
    """How long a path is."""
    return sum(math.dist(p, q) for p, q in pairwise(path))


def resampled(path: Path, count: int = STEPS) -> list[Point]:
    """So many points at even steps from a path's first point to its last."""
    along = list(accumulate((math.dist(p, q) for p, q in pairwise(path)), initial=0.0))
    whole = along[-1]
    if whole <= 0.0:
        return [path[0]] * count
    points: list[Point] = []
    n = 0
    for step in range(count):
        at = whole * step / (count - 1)
        while n < len(along) - 2 and along[n + 1] < at:
            n += 1
        piece = along[n + 1] - along[n]
        share = min(1.0, (at - along[n]) / piece) if piece > 0.0 else 0.0
        (x0, y0), (x1, y1) = path[n], path[n + 1]
        points.append((x0 + (x1 - x0) * share, y0 + (y1 - y0) * share))
    return points


def box(drawing: Drawing) -> tuple[float, float, float, float]:
    """The box x0, y0, x1, y1 around all points; there must be one."""
    xs, ys = zip(*(point for path in drawing for point in path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def normalised(drawing: Drawing) -> list[list[Point]]:
    """A drawing moved and stretched into the square from 0 to 1.

    What is very slim is stretched less, and stands in the middle.
    """
    x0, y0, x1, y1 = box(drawing)
    wide = max(x1 - x0, LEAST_SHARE * (y1 - y0), 1e-9)
    high = max(y1 - y0, LEAST_SHARE * (x1 - x0), 1e-9)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return [
        [((x - middle_x) / wide + 0.5, (y - middle_y) / high + 0.5) for x, y in path]
        for path in drawing
    ]


def mirrored(drawing: Drawing) -> list[list[Point]]:
    """A drawing with left and right exchanged, in its place."""
    x0, _, x1, _ = box(drawing)
    return [[(x0 + x1 - x, y) for x, y in path] for path in drawing]


def apart(path: Path, other: Path) -> float:
    """The mean distance of two paths with as many points, point by point."""
    return sum(math.dist(p, q) for p, q in zip(path, other, strict=True)) / len(path)


def gap_to(point: Point, path: Path) -> float:
    """How far a point is from the nearest of a path's points."""
    return min(math.dist(point, other) for other in path)


def uncovered(points: Path, by: Path) -> float:
    """The mean distance of points from the nearest of others: 0 where those cover them all."""
    return sum(gap_to(point, by) for point in points) / len(points)


def unlike(drawing: Drawing, other: Drawing) -> float:
    """How much two drawings differ as pictures, however they were drawn; 0 where they are one.

    Both are brought into the same square; the larger of the two ways of looking counts.
    """
    own, others = _points(normalised(drawing)), _points(normalised(other))
    return max(uncovered(own, others), uncovered(others, own))


def _points(drawing: Drawing) -> list[Point]:
    """Points at even steps, on long strokes more of them than on short ones."""
    whole = sum(length(path) for path in drawing) or 1.0
    counts = [max(2, round(2 * STEPS * length(path) / whole)) for path in drawing]
    return [p for path, n in zip(drawing, counts, strict=True) for p in resampled(path, n)]
