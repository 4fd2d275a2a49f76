"""A picture of a number as pieces for the segmenter: its connected components.

What the pen touched without a gap is one piece. A wide piece may be neighbours that touch: it may
be cut at the columns with the least ink.
"""

from itertools import pairwise
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.numbers import line
from recognizer.numbers.source import Part, Parts
from recognizer.picture import glyph_of_ink, is_ink, leaning_glyph
from recognizer.types import Box, Glyph, Stroke

MOST_PIECES = 64  # of a picture: the largest; what is smaller is dirt

# Lengths in line heights.
_SPECK = 0.06  # the long side of dirt on the paper
_WIDE = 0.9  # a component this wide may be two digits
_APART = 0.3  # of two cuts, and of a cut and the component's edge

_MARGIN = 1  # px of paper around a piece that is drawn
_CUTS = 4  # of one component, the most


class PictureSource:
    """The components of ink uint8 (H, W) on a paper of 0; a part is (label, first x, end x)."""

    def __init__(self, picture: Glyph) -> None:
        self._picture = picture
        touched = is_ink(picture).astype(np.uint8)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(touched, connectivity=8)
        self._labels = cast(NDArray[np.int32], labels)
        self._stats = cast(NDArray[np.int32], stats)
        # Label 0 is the paper.
        largest = 1 + np.argsort(-stats[1:, :4][:, 2:].max(axis=1), kind="stable")[:MOST_PIECES]
        boxes = np.array([self._component(int(label)) for label in largest])
        self.line_height = line.height(boxes)
        sides = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
        clean = largest[sides >= _SPECK * self.line_height]
        # Where all are specks, stacked to what looked like a line, they are the ink.
        kept = [int(label) for label in (clean if len(clean) else largest)]
        self._whole = [(label, int(stats[label, 0]), self._end(label)) for label in kept]

    def is_plain(self) -> bool:
        """Whether the picture holds one piece, and that no wider than a digit."""
        return len(self._whole) == 1 and self.cut(self._whole[0]) == self._whole

    def whole(self) -> list[Part]:
        return self._whole

    def cut(self, part: Part) -> list[Part]:
        label, start, end = part
        if end - start < _WIDE * self.line_height:
            return [part]
        ink = self._column_ink(part)
        least = max(2, round(_APART * self.line_height))
        places: list[int] = []
        for place in np.argsort(ink, kind="stable").tolist():
            inside = least <= place <= len(ink) - least
            if inside and all(abs(place - other) >= least for other in places):
                places.append(place)
            if len(places) == _CUTS:
                break
        ends = [start, *(start + place for place in sorted(places)), end]
        return [(label, a, b) for a, b in pairwise(ends)]

    def halve(self, part: Part) -> list[Part]:
        label, start, end = part
        if end - start < 4:
            return [part]
        ink = self._column_ink(part)
        quarter = max(1, len(ink) // 4)
        middle = start + quarter + int(ink[quarter : len(ink) - quarter].argmin())
        return [(label, start, middle), (label, middle, end)]

    def is_tail(self, part: Part) -> bool:
        return False

    def upright(self, part: Part) -> Box:
        label, start, end = part
        if (start, end) == (self._stats[label, 0], self._end(label)):
            return self._component(label)
        _, y0, _, y1 = (int(edge) for edge in self._component(label))
        rows = (self._labels[y0:y1, start:end] == label).any(axis=1)
        touched = np.flatnonzero(rows)
        if len(touched) == 0:
            return float(start), float(y0), float(end), float(y1)
        return float(start), float(y0 + touched[0]), float(end), float(y0 + touched[-1] + 1)

    def draw(self, parts: Parts) -> list[Glyph]:
        x0, y0, x1, y1 = (int(edge) for edge in self.box(parts))
        height, width = self._labels.shape
        x0, y0 = max(0, x0 - _MARGIN), max(0, y0 - _MARGIN)
        x1, y1 = min(width, x1 + _MARGIN), min(height, y1 + _MARGIN)
        labels = self._labels[y0:y1, x0:x1]
        wanted: Glyph = np.zeros(labels.shape, np.uint8)
        for label, start, end in parts:
            columns = slice(max(0, start - x0), max(0, end - x0))
            wanted[:, columns] |= labels[:, columns] == label
        # The soft edge of the pen belongs to the ink beside it.
        wanted = cast(Glyph, cv2.dilate(wanted, np.ones((3, 3), np.uint8)))
        wanted[(labels > 0) & ~np.isin(labels, [part[0] for part in parts])] = 0
        cut = np.pad(self._picture[y0:y1, x0:x1] * wanted, _MARGIN)
        return [glyph_of_ink(cut)[0]]

    def leaning(self, parts: Parts, form: int) -> list[Glyph]:
        return leaning_glyph(self.draw(parts)[form])

    def drawn(self, parts: Parts, form: int) -> list[Stroke]:
        return []

    def box(self, parts: Parts) -> Box:
        x0, y0, x1, y1 = zip(*(self.upright(part) for part in parts), strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    def strokes(self, parts: Parts) -> list[Stroke]:
        return []

    def _component(self, label: int) -> Box:
        x, y, width, height = self._stats[label, :4].tolist()
        return float(x), float(y), float(x + width), float(y + height)

    def _end(self, label: int) -> int:
        return int(self._stats[label, 0] + self._stats[label, 2])

    def _column_ink(self, part: Part) -> NDArray[np.int64]:
        """How many pixels of each column the pen touched."""
        label, start, end = part
        _, y0, _, y1 = (int(edge) for edge in self._component(label))
        touched = self._labels[y0:y1, start:end] == label
        counts: NDArray[np.int64] = touched.sum(axis=0, dtype=np.int64)
        return counts
