"""Glyphs to the features of the classifiers that learn no features themselves (KNN and SVM).

A glyph is deskewed (its slant is taken out), then described by where on a coarse grid its edges run
in which direction, blurred so that a small shift changes little. Training and play share this code.

Deskewing by moments after LeCun, Bottou, Bengio & Haffner, "Gradient-based learning applied to
document recognition" (1998); directions on a blurred grid after Liu, Nakashima, Sako & Fujisawa,
"Handwritten digit recognition: benchmarking of state-of-the-art techniques" (2003).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.ink import GLYPH_CENTRE, GLYPH_SIZE
from recognizer.types import Glyph

DIRECTIONS = 8  # of the gradient; a full turn
CELLS = 7  # of the coarse grid, a side
LENGTH = DIRECTIONS * CELLS * CELLS  # of a feature vector

_LARGEST_SKEW = 1.0  # x per y; beyond this the moments of a dash or a blot mislead
_LEAST_SPREAD = 2.0  # px², variance of the ink's rows below which a skew has no meaning
_BLUR = 0.75  # standard deviation of the grid's blur, in cells
_BATCH = 2_000  # glyphs at a time: keeps the direction maps of a batch near 100 MB


def deskew(glyphs: Glyph) -> Glyph:
    """Take the slant out of glyphs uint8 (N, 28, 28): a shear sets each one's axis upright."""
    straight = np.empty_like(glyphs)
    for glyph, out in zip(glyphs, straight, strict=True):
        moments = cv2.moments(glyph)
        mass = max(moments["m00"], 1.0)
        spread = moments["mu02"] / mass
        skew = moments["mu11"] / mass / spread if spread > _LEAST_SPREAD else 0.0
        skew = min(max(skew, -_LARGEST_SKEW), _LARGEST_SKEW)
        centre_x, centre_y = moments["m10"] / mass, moments["m01"] / mass
        # Where a pixel of the result comes from; the centre of mass moves to the middle.
        shear = np.array(
            [
                [1.0, skew, centre_x - GLYPH_CENTRE - skew * GLYPH_CENTRE],
                [0.0, 1.0, centre_y - GLYPH_CENTRE],
            ]
        )
        cv2.warpAffine(
            glyph,
            shear,
            (GLYPH_SIZE, GLYPH_SIZE),
            dst=out,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        )
    return straight


def describe(glyphs: Glyph) -> NDArray[np.float32]:
    """The feature vectors float32 (N, LENGTH) of glyphs uint8 (N, 28, 28), each of length 1."""
    return describe_straight(deskew(glyphs))


def describe_straight(glyphs: Glyph) -> NDArray[np.float32]:
    """The feature vectors of glyphs that are deskewed already, or shifted after it."""
    features = np.empty((len(glyphs), LENGTH), np.float32)
    for start in range(0, len(glyphs), _BATCH):
        part = slice(start, start + _BATCH)
        features[part] = _directions(glyphs[part])
    return features


def _directions(glyphs: Glyph) -> NDArray[np.float32]:
    field = np.pad(glyphs, ((0, 0), (1, 1), (1, 1))).astype(np.float32) / 255
    # Sobel's operator, by hand: OpenCV has none for a stack of pictures.
    smooth_y = field[:, :-2] + 2 * field[:, 1:-1] + field[:, 2:]
    smooth_x = field[:, :, :-2] + 2 * field[:, :, 1:-1] + field[:, :, 2:]
    across = smooth_y[:, :, 2:] - smooth_y[:, :, :-2]
    down = smooth_x[:, 2:] - smooth_x[:, :-2]
    # Each gradient is split between its two neighbouring directions (a parallelogram of forces).
    strength = np.hypot(across, down)
    turn = np.arctan2(down, across) * (DIRECTIONS / (2 * np.pi))
    lower = np.floor(turn)
    share = (turn - lower) * strength
    lower = lower.astype(np.intp) % DIRECTIONS
    maps = np.zeros((len(glyphs), DIRECTIONS, GLYPH_SIZE, GLYPH_SIZE), np.float32)
    np.put_along_axis(maps, lower[:, None], (strength - share)[:, None], axis=1)
    np.put_along_axis(maps, ((lower + 1) % DIRECTIONS)[:, None], share[:, None], axis=1)
    grid = _GRID @ maps @ _GRID.T
    # The square root evens out the distribution of strengths; the length takes out the pen's width.
    vectors = np.sqrt(grid.reshape(len(glyphs), LENGTH))
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(length, 1e-6)
    return unit


def _blurred_grid() -> NDArray[np.float32]:
    """The matrix (CELLS, 28) that blurs a line of pixels and samples it at the cells' middles."""
    width = GLYPH_SIZE / CELLS
    middles = (np.arange(CELLS) + 0.5) * width
    pixels = np.arange(GLYPH_SIZE) + 0.5
    weights = np.exp(-0.5 * ((pixels - middles[:, None]) / (_BLUR * width)) ** 2)
    grid: NDArray[np.float32] = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return grid


_GRID = _blurred_grid()
