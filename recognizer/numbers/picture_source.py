"""A picture of a number as pieces for the segmenter: its connected components.

What the pen touched without a gap is one piece. A wide piece may be neighbours that touch: it may
be cut along the ways through the least ink (`seams`).
"""

from itertools import pairwise
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.numbers import line, seams
from recognizer.numbers.source import Part, Parts
from recognizer.paper import is_ink
from recognizer.picture import glyph_of_ink, leaning_glyph
from recognizer.types import Box, Glyph, Stroke

MOST_PIECES = 64  # of a picture: the largest; what is smaller is dirt

# Lengths in line heights.
_SPECK = 0.06  # the long side of dirt on the paper
_WIDE = 0.35  # a component this wide may be two digits

_MARGIN = 1  # px of paper around a piece that is drawn


class PictureSource:
    """The components of ink uint8 (H, W) on a paper of 0.

    A part is (label, first x, end x), the x of its edges in the middle of the component's height.
    """

    most_candidates = 120  # cuts through a picture are many, and most are wrong
    cut_cost = 1.0
    reading_weight = 4.0

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
        # The ways that part each component, by their x: its own edges, and then its cuts.
        self._ways: dict[int, dict[int, NDArray[np.int64]]] = {}
        self._masks: dict[Part, NDArray[np.bool_]] = {}
        self._whole = [(label, int(stats[label, 0]), self._end(label)) for label in kept]

    def whole(self) -> list[Part]:
        return self._whole

    def cut(self, part: Part) -> list[Part]:
        label, start, end = part
        if end - start < _WIDE * self.line_height:
            return [part]
        ways = self._ways_of(label)
        for way in seams.cheapest_ways(self._mask(part).astype(np.uint8)):
            way = way + self._stats[label, 0]
            ways.setdefault(int(way[len(way) // 2]), way)
        ends = [start]
        for x in sorted(x for x in ways if start < x <= end):
            if self._mask((label, ends[-1], x)).any() and self._mask((label, x, end)).any():
                ends.append(x)
        return [(label, a, b) for a, b in pairwise([*ends, end])]

    def halve(self, part: Part) -> list[Part]:
        label, start, end = part
        if end - start < 4:
            return [part]
        left = int(self._stats[label, 0])
        quarter = max(1, (end - start) // 4)
        ink = self._mask(part).sum(axis=0)[start + quarter - left : end - quarter - left]
        middle = start + quarter + int(ink.argmin())
        height = int(self._stats[label, cv2.CC_STAT_HEIGHT])
        self._ways_of(label).setdefault(middle, np.full(height, middle))
        halves = [(label, start, middle), (label, middle, end)]
        return halves if all(self._mask(half).any() for half in halves) else [part]

    def is_tail(self, part: Part) -> bool:
        return False

    def surely_apart(self, one: Part, other: Part) -> bool:
        return False

    def upright(self, part: Part) -> Box:
        label, start, end = part
        left, top, right, bottom = self._component(label)
        if (start, end) == (left, right):
            return left, top, right, bottom
        x, y, width, height = cv2.boundingRect(self._mask(part).astype(np.uint8))
        return left + x, top + y, left + x + width, top + y + height

    def draw(self, parts: Parts) -> list[Glyph]:
        x0, y0, x1, y1 = (int(edge) for edge in self.box(parts))
        height, width = self._labels.shape
        x0, y0 = max(0, x0 - _MARGIN), max(0, y0 - _MARGIN)
        x1, y1 = min(width, x1 + _MARGIN), min(height, y1 + _MARGIN)
        own = np.zeros((y1 - y0, x1 - x0), np.uint8)
        for part in parts:
            left, top, right, bottom = (int(edge) for edge in self.upright(part))
            dx, dy = (int(edge) for edge in self._component(part[0])[:2])
            mask = self._mask(part)[top - dy : bottom - dy, left - dx : right - dx]
            own[top - y0 : bottom - y0, left - x0 : right - x0] |= mask
        # The soft edge of the pen belongs to the ink beside it.
        wanted = cast(Glyph, cv2.dilate(own, np.ones((3, 3), np.uint8)))
        wanted[(self._labels[y0:y1, x0:x1] > 0) & (own == 0)] = 0
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

    def _ways_of(self, label: int) -> dict[int, NDArray[np.int64]]:
        """The ways that part a component so far, by their x: (its height,) columns each."""
        if label not in self._ways:
            height = int(self._stats[label, cv2.CC_STAT_HEIGHT])
            edges = (int(self._stats[label, 0]), self._end(label))
            self._ways[label] = {edge: np.full(height, edge) for edge in edges}
        return self._ways[label]

    def _mask(self, part: Part) -> NDArray[np.bool_]:
        """Which pixels of its component's box belong to a part."""
        if part not in self._masks:
            label, start, end = part
            x0, y0, x1, y1 = (int(edge) for edge in self._component(label))
            mask = self._labels[y0:y1, x0:x1] == label
            if (start, end) != (x0, x1):
                columns, ways = np.arange(x0, x1), self._ways_of(label)
                mask &= (columns >= ways[start][:, None]) & (columns < ways[end][:, None])
            self._masks[part] = mask
        return self._masks[part]
