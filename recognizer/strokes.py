"""A stroke as a polyline: how far the pen had come, points in between, and the stroke sheared."""

import numpy as np
from numpy.typing import NDArray


def way(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """The pen's way up to each point of a path (N, 2): (N,), from 0."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])


def at(
    marks: NDArray[np.float64], along: NDArray[np.float64], path: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The points (M, 2) of a path (N, 2) at the marks (M,); `along` (N,) is its way, or another."""
    return np.column_stack([np.interp(marks, along, path[:, axis]) for axis in range(2)])


def sheared(path: NDArray[np.float64], lean: float) -> NDArray[np.float64]:
    """The path (N, 2) with x moved by `lean` times y: y points down, so a slant of it is undone."""
    if lean == 0:
        return path
    moved = path.copy()
    moved[:, 0] += lean * path[:, 1]
    return moved
