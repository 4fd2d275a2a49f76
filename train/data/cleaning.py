"""Digits whose label seems wrong: mislabelled ones, and pieces that were cut off badly.

The rule: a digit is left out of the training where at most one of its ten nearest neighbours among
other people's digits bears its label, and none of its three nearest among the same person's. So a
form of one's own stays, if that person wrote it more than once: looped twos look like nobody else's
and are what a reader of strangers must learn. It edits as Wilson's rule does ("Asymptotic
properties of nearest neighbor rules using edited data", 1972), but asks the person as well.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.features import describe
from recognizer.strokes import clean_strokes
from train.data.unipen import PenDigit

_COMPONENTS = 64
_OTHERS, _FEWEST_OF_OTHERS = 10, 2  # neighbours that are asked, and how many must agree
_OWN, _FEWEST_OF_OWN = 3, 1
_BLOCK = 500  # rows of distances at a time

Vectors = NDArray[np.float32]


def mislabelled(digits: Sequence[PenDigit]) -> NDArray[np.bool_]:
    """Which digits the rule leaves out, bool (N,); nobody's where too few are there to ask.

    What was found last is known: all steps of `train.all` ask about the same digits.
    """
    global _known
    asked = _fingerprint(digits)
    if _known is None or _known[0] != asked:
        _known = asked, _mislabelled(digits)
    return _known[1].copy()


_known: tuple[bytes, NDArray[np.bool_]] | None = None


def _fingerprint(digits: Sequence[PenDigit]) -> bytes:
    """Tells these digits from any others, by labels, writers and every point."""
    content = hashlib.sha256()
    for digit in digits:
        content.update(f"{digit.label} {digit.writer} {len(digit.strokes)}".encode())
        for stroke in digit.strokes:
            content.update(f"{stroke.dtype} {stroke.shape}".encode())
            content.update(np.ascontiguousarray(stroke).data)
    return content.digest()


def _mislabelled(digits: Sequence[PenDigit]) -> NDArray[np.bool_]:
    writers = np.array([digit.writer for digit in digits], np.int64)
    labels = np.array([digit.label for digit in digits], np.int64)
    if len(digits) <= _COMPONENTS or len(np.unique(writers)) < 2:
        return np.zeros(len(digits), np.bool_)
    from sklearn.decomposition import PCA  # heavy, and workers that draw ink need none of it

    glyphs = np.stack([ink.glyph(clean_strokes(digit.strokes)) for digit in digits])
    points = PCA(_COMPONENTS, random_state=0).fit_transform(describe(glyphs)).astype(np.float32)
    of_others, of_own = _agreeing(points, labels, writers)
    wrong: NDArray[np.bool_] = (of_others < _FEWEST_OF_OTHERS) & (of_own < _FEWEST_OF_OWN)
    return wrong


def _agreeing(
    points: Vectors, labels: NDArray[np.int64], writers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many of the nearest neighbours bear a digit's label: among others' digits, among own."""
    of_others, of_own = np.zeros(len(points), np.int64), np.zeros(len(points), np.int64)
    squares = (points**2).sum(axis=1)
    for start in range(0, len(points), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(points)))
        distances = squares[rows, None] + squares[None] - 2 * points[rows] @ points.T
        distances[np.arange(len(rows)), rows] = np.inf
        same_hand = writers[rows, None] == writers[None]
        for own, count, agreeing in ((False, _OTHERS, of_others), (True, _OWN, of_own)):
            among = np.where(same_hand == own, distances, np.inf)
            nearest = np.argpartition(among, count, axis=1)[:, :count]
            there = np.isfinite(np.take_along_axis(among, nearest, axis=1))
            agreeing[rows] = ((labels[nearest] == labels[rows, None]) & there).sum(axis=1)
    return of_others, of_own
