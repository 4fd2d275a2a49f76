"""Strokes as plain numbers: arrays to read, rows to store, boxes, and which ink is whose digit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PLACES = (2, 2, 4)  # decimals of x, y and t that are stored

InkArray = npt.NDArray[np.float64]  # a stroke, (N, 3): x and y in paper units, t in seconds
Rows = list[list[list[float]]]  # strokes as they are stored: [[[x, y, t], ...], ...]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1


def ink_box(stroke: InkArray) -> Box:
    """The box x0, y0, x1, y1 around a stroke's points (N, 3), in its units."""
    x0, y0 = stroke[:, :2].min(axis=0).tolist()
    x1, y1 = stroke[:, :2].max(axis=0).tolist()
    return x0, y0, x1, y1


def as_rows(strokes: Sequence[npt.ArrayLike]) -> Rows:
    """Strokes (N, 2) or (N, 3) as rounded lists for storage, times from the first touch.

    Strokes without points are left out. Raises ValueError for anything that is no finite ink.
    """
    rows: Rows = []
    start: float | None = None
    for stroke in strokes:
        points = np.array(stroke, dtype=np.float64)
        if points.size == 0:
            continue
        if points.ndim != 2 or points.shape[1] not in (2, 3) or not np.isfinite(points).all():
            raise ValueError("A stroke must hold finite points of x and y, or x, y and seconds.")
        if points.shape[1] == 3:
            start = float(points[0, 2]) if start is None else start
            points[:, 2] -= start
        rows.append(
            [[round(v, n) for v, n in zip(p, PLACES, strict=False)] for p in points.tolist()]
        )
    return rows


def as_arrays(rows: Rows) -> list[InkArray]:
    """Stored strokes as arrays (N, 3), or (N, 2) where no times are known."""
    return [np.array(stroke, np.float64) for stroke in rows]


def ink_by_digit(
    label: str, strokes: Sequence[InkArray], boxes: Sequence[Box]
) -> list[tuple[str, list[InkArray]]]:
    """Each digit of a label with its ink, where it is beyond doubt which ink that is; else nothing.

    For a number, as many digits must have been read as the label has, each stroke must lie whole in
    one box and in no other, and every box must hold some.
    """
    if not strokes or not label.isdecimal():
        return []
    if len(label) == 1:
        return [(label, list(strokes))]
    if len(boxes) != len(label):
        return []
    ink: list[list[InkArray]] = [[] for _ in label]
    for stroke in strokes:
        homes = [n for n, box in enumerate(boxes) if _inside(stroke, box).all()]
        if len(homes) != 1:
            return []
        ink[homes[0]].append(stroke)
    return list(zip(label, ink, strict=True)) if all(ink) else []


def _inside(stroke: InkArray, box: Box) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which points of the stroke lie in the box; a hair's breadth outside still does."""
    hair = 1e-3 * max(box[2] - box[0], box[3] - box[1], 1.0)
    x, y = stroke[:, 0], stroke[:, 1]
    inside: np.ndarray[tuple[int], np.dtype[np.bool_]] = (
        (x >= box[0] - hair) & (x <= box[2] + hair) & (y >= box[1] - hair) & (y <= box[3] + hair)
    )
    return inside
