"""Strokes: checked where they come in, boxed, thinned out, and walked along as polylines.

A stroke is a float array (N, 2) or (N, 3): x right, y down, and seconds where times are known. The
unit of x and y does not matter; only the shape is looked at.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recognizer.types import Box, Stroke

MAX_POINTS = 200_000  # a minute of a 1 kHz tablet is 60,000; beyond this it is no handwriting
MAX_COORDINATE = 1e7  # in the caller's units; keeps every later product exact in float64
MAX_STROKES = 5_000  # ten digits have thirty
LEAST_COORDINATE = 1e-100  # keeps every later quotient and square within float64
MOST_POINTS = 3_000  # beyond which ink is thinned out: ten digits have a thousand, rarely more

SPECK = 0.08  # of a digit's height: a stroke that stays within this is a slip of the hand

_WHOLE = 0.8  # share of a stroke's points in one box, from which all of it belongs there


def clean_strokes(strokes: Iterable[ArrayLike]) -> list[Stroke]:
    """Check strokes from a caller and return them as float64 arrays (N, 2), empty ones left out.

    Raises ValueError, with a sentence, for ink that is not numbers, not finite, not of two or three
    columns, or absurdly large (more than `MAX_STROKES` strokes or `MAX_POINTS` points, or beyond
    `MAX_COORDINATE`). Coordinates below `LEAST_COORDINATE` become 0.
    """
    if isinstance(strokes, str | bytes | dict):
        raise ValueError("The ink must be a sequence of strokes, each a list of points.")
    try:
        listed: Sequence[ArrayLike] = list(islice(strokes, MAX_STROKES + 1))
    except TypeError:
        raise ValueError("The ink must be a sequence of strokes, each a list of points.") from None
    if len(listed) > MAX_STROKES:
        raise ValueError(f"The ink has more than {MAX_STROKES:,} strokes; that is no handwriting.")
    cleaned: list[Stroke] = []
    total = 0
    for number, stroke in enumerate(listed, start=1):
        try:
            points = np.array(stroke, dtype=np.float64)  # the caller may go on writing in its
        except OverflowError:  # whole numbers know no bounds
            raise ValueError(f"Stroke {number} lies absurdly far out.") from None
        except (TypeError, ValueError):
            raise ValueError(
                f"Stroke {number} does not hold points of two or three numbers each."
            ) from None
        if points.size == 0:
            continue
        if points.ndim != 2 or points.shape[1] not in (2, 3):
            raise ValueError(
                f"Stroke {number} has the shape {points.shape}; "
                "it must be (N, 2) with x and y, or (N, 3) with seconds as well."
            )
        total += len(points)
        if total > MAX_POINTS:
            raise ValueError(
                f"The ink has more than {MAX_POINTS:,} points; that is no handwriting."
            )
        points = points[:, :2]
        # One reduction finds both faults: NaN fails every comparison.
        if not np.abs(points).max() <= MAX_COORDINATE:
            fault = (
                "lies absurdly far out"
                if np.isfinite(points).all()
                else "has a coordinate that is not a finite number"
            )
            raise ValueError(f"Stroke {number} {fault}.")
        points[(np.abs(points) < LEAST_COORDINATE) & (points != 0)] = 0.0  # leaves a -0 as it is
        cleaned.append(points)
    return cleaned


def bounding_box(strokes: Sequence[Stroke]) -> Box:
    """The box (x0, y0, x1, y1) around all points of at least one stroke, in its coordinates."""
    points = strokes[0] if len(strokes) == 1 else np.concatenate(strokes)
    x0, y0 = points[:, :2].min(axis=0).tolist()
    x1, y1 = points[:, :2].max(axis=0).tolist()
    return x0, y0, x1, y1


def without_specks(strokes: Sequence[Stroke]) -> Sequence[Stroke]:
    """The strokes without taps and dots beside writing; specks alone stay what they are.

    The tallest stroke, or the longest where none has any height, tells how large the writing is.
    """
    if len(strokes) < 2:
        return strokes
    sides = np.array([np.ptp(stroke[:, :2], axis=0) for stroke in strokes])
    size = float(sides[:, 1].max()) or float(sides[:, 0].max())
    kept = sides.max(axis=1) >= SPECK * size
    if kept.all():
        return strokes
    return [stroke for stroke, keep in zip(strokes, kept, strict=True) if keep]


def thinned(strokes: Sequence[Stroke]) -> Sequence[Stroke]:
    """Ink with so many points that drawing it takes long, with fewer of them; ends are kept."""
    total = sum(len(stroke) for stroke in strokes)
    if total <= MOST_POINTS:
        return strokes
    step = -(-total // MOST_POINTS)
    return [np.concatenate([stroke[:-1:step], stroke[-1:]]) for stroke in strokes]


def shared_out(strokes: Sequence[Stroke], boxes: Sequence[Box]) -> list[list[Stroke]]:
    """The ink of each box: of all strokes, by place alone.

    A point belongs to the box that it lies in, or else to the nearest; a stroke goes whole to the
    box of nearly all its points, and is taken apart where several share it. Nothing is left over
    where there is any box. For boxes of which nobody knows the ink: a detector's.
    """
    shares: list[list[Stroke]] = [[] for _ in boxes]
    if not boxes:
        return shares
    low, high = np.split(np.array(boxes, np.float64), 2, axis=1)
    for stroke in strokes:
        points = stroke[:, None, :2]
        outside = np.maximum(np.maximum(low - points, points - high), 0.0)
        away = np.hypot(outside[..., 0], outside[..., 1])
        nearest = away <= away.min(axis=1, keepdims=True)
        home = int(nearest.sum(axis=0).argmax())
        owner = np.where(nearest[:, home], home, nearest.argmax(axis=1))
        if (owner == home).mean() >= _WHOLE:
            shares[home].append(stroke)
            continue
        ends = [0, *(np.flatnonzero(np.diff(owner)) + 1), len(stroke)]
        for start, end in pairwise(ends):  # the way between two parts belongs to the later one
            shares[owner[start]].append(stroke[max(0, start - 1) : end])
    return shares


def arc_lengths(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """The length of a path (N, 2) from its start up to each of its points: (N,), from 0."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])


def interpolated(
    marks: NDArray[np.float64], along: NDArray[np.float64], path: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The points (M, 2) of a path (N, 2) at the marks (M,); `along` (N,) says where its own are."""
    return np.column_stack([np.interp(marks, along, path[:, axis]) for axis in range(2)])


def sheared(path: NDArray[np.float64], lean: float) -> NDArray[np.float64]:
    """The path (N, 2) with x moved by `lean` times y: y points down, so a slant of it is undone."""
    if lean == 0:
        return path
    moved = path.copy()
    moved[:, 0] += lean * path[:, 1]
    return moved
