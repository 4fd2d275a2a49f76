"""From sampled pen points to a smooth path: a centripetal Catmull-Rom spline with corners."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]

CORNER_DEGREES = 75.0  # a sharper turn than this is a corner that the writer meant
STEP = 3.0  # longest straight piece of a flattened curve, in the units of the points
MAX_STEPS = 64  # pieces a segment; only absurdly long segments come near it
_CORNER_COSINE = math.cos(math.radians(CORNER_DEGREES))


def piece(path: Sequence[Point], index: int) -> list[Point]:
    """Flatten the part of the path from point `index` to the next one, both included.

    It depends on the points `index - 1` to `index + 2` only, so a path can be drawn as it grows: a
    piece is final once the point after its end is known. Neighbouring points must differ.
    """
    start, end = path[index], path[index + 1]
    before = path[index - 1] if index > 0 else None
    after = path[index + 2] if index + 2 < len(path) else None
    if before is None or _is_corner(before, start, end):
        before = _mirror(start, end)
    if after is None or _is_corner(start, end, after):
        after = _mirror(end, start)
    steps = min(MAX_STEPS, max(1, math.ceil(math.dist(start, end) / STEP)))
    if steps == 1:
        return [start, end]
    inner = [_between(before, start, end, after, n / steps) for n in range(1, steps)]
    return [start, *inner, end]


def _mirror(point: Point, other: Point) -> Point:
    """The reflection of `other` at `point`: as if the path came in straight."""
    return (2 * point[0] - other[0], 2 * point[1] - other[1])


def _is_corner(a: Point, b: Point, c: Point) -> bool:
    first, second = (b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1])
    lengths = math.hypot(*first) * math.hypot(*second)
    return first[0] * second[0] + first[1] * second[1] < lengths * _CORNER_COSINE


def _between(a: Point, b: Point, c: Point, d: Point, share: float) -> Point:
    """The spline's point between b and c, by Barry and Goldman's pyramid."""
    t1 = math.sqrt(math.dist(a, b))
    t2 = t1 + math.sqrt(math.dist(b, c))
    t3 = t2 + math.sqrt(math.dist(c, d))
    t = t1 + share * (t2 - t1)
    a1, a2, a3 = _mix(a, b, 0.0, t1, t), _mix(b, c, t1, t2, t), _mix(c, d, t2, t3, t)
    b1, b2 = _mix(a1, a2, 0.0, t2, t), _mix(a2, a3, t1, t3, t)
    return _mix(b1, b2, t1, t2, t)


def _mix(p: Point, q: Point, t0: float, t1: float, t: float) -> Point:
    share = (t - t0) / (t1 - t0)
    return (p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share)
