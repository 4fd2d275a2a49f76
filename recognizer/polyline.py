"""A stroke as a polyline: how far the pen had come at each point, and points in between."""

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
