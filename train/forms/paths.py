"""Building blocks of drawn pen paths: lines, curves and arcs with random control points.

Coordinates: about a unit box, x right, y down. `train.forms.allographs` draws digits with them,
`train.forms.letters` letters.
"""

from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Path = NDArray[np.float64]  # points (N, 2)
Strokes = list[Path]
Point = tuple[float, float]


def line(*points: Point) -> Path:
    """Straight pieces through the points, with corners there."""
    corners = np.array(points)
    pieces = [np.linspace(a, b, 6, endpoint=False) for a, b in pairwise(corners)]
    return np.concatenate([*pieces, corners[-1:]])


def curve(*points: Point) -> Path:
    """A smooth path through the points (Catmull-Rom spline, ten steps a piece)."""
    knots = np.array(points)
    padded = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    t = np.linspace(0, 1, 10, endpoint=False)[:, None]
    pieces = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(
            p1
            + 0.5 * t * (p2 - p0)
            + t**2 * (p0 - 2.5 * p1 + 2 * p2 - 0.5 * p3)
            + t**3 * (1.5 * (p1 - p2) + 0.5 * (p3 - p0))
        )
    return np.concatenate([*pieces, knots[-1:]])


def arc(centre: Point, radii: Point, start: float, turn: float, shrink: float = 0.0) -> Path:
    """A piece of an ellipse: degrees from the right, clockwise; the radius shrinks to the end."""
    angles = np.radians(np.linspace(start, start + turn, max(6, int(abs(turn) / 12))))
    factor = np.linspace(1.0, 1.0 - shrink, len(angles))
    return np.column_stack(
        [
            centre[0] + radii[0] * factor * np.cos(angles),
            centre[1] + radii[1] * factor * np.sin(angles),
        ]
    )


def join(*paths: Path) -> Path:
    return np.concatenate(paths)


def shaken(random: Generator, spread: float, *points: Point) -> tuple[Point, ...]:
    """The control points, each moved at random by `spread` (a standard deviation)."""
    moved = np.array(points) + random.normal(0, spread, (len(points), 2))
    return tuple((float(x), float(y)) for x, y in moved)


def tilted(path: Path, random: Generator, degrees: float = 9.0) -> Path:
    """The path turned about its middle by a random angle."""
    angle = np.radians(random.normal(0, degrees))
    middle = path.mean(axis=0)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    tilted: Path = (path - middle) @ turn + middle
    return tilted


def pick(random: Generator, **weights: float) -> str:
    """One of the named forms, with the given weights."""
    names = list(weights)
    shares = np.array(list(weights.values()))
    return names[int(random.choice(len(names), p=shares / shares.sum()))]
