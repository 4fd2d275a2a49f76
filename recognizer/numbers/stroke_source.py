"""Strokes, and parts of them, as pieces for the segmenter."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from recognizer import ink
from recognizer.numbers import line
from recognizer.numbers.bars import are_apart, bar_ends
from recognizer.numbers.cuts import Cut, cuts, is_straight, resampled
from recognizer.numbers.source import Part, Parts, long_side
from recognizer.strokes import bounding_box, sheared
from recognizer.types import Box, Glyph, Stroke

LEAST_CUT = 0.5  # a stroke with a shorter long side holds no two digits (in line heights)
READABLE_SLANT = 0.3  # x per y beyond a natural hand's; what is more is taken out before reading


class StrokeSource:
    """Strokes, and parts of them."""

    most_candidates = 36
    cut_cost = 2.0
    reading_weight = 2.0

    def __init__(self, strokes: Sequence[Stroke]) -> None:
        self._strokes = strokes
        self._lean = line.slant(self._strokes)
        self._upright: dict[Part, Box] = {}
        self._bars: dict[Part, Stroke | None] = {}
        self._fine: dict[int, Stroke] = {}
        self._cuts: dict[tuple[int, int], Cut] = {}
        boxes = np.array([self.upright(part) for part in self.whole()])
        self.line_height = line.height(boxes)

    def whole(self) -> list[Part]:
        return [(number, 0, -1) for number in range(len(self._strokes))]

    def cut(self, part: Part) -> list[Part]:
        number = part[0]
        if long_side(self.upright(part)) < LEAST_CUT * self.line_height:
            return [part]
        found = cuts(sheared(self._resampled(number), self._lean), self.line_height)
        self._cuts |= {(number, cut.at): cut for cut in found}
        ends = [0, *(cut.at for cut in found), len(self._resampled(number)) - 1]
        return [(number, a, b) for a, b in pairwise(ends)] if found else [part]

    def halve(self, part: Part) -> list[Part]:
        number, start, stop = part
        count = len(self._resampled(number))
        stop = count - 1 if stop < 0 else stop
        if stop - start < 2:
            return [part]
        middle = (start + stop) // 2
        return [(number, start, middle), (number, middle, stop)]

    def is_tail(self, part: Part) -> bool:
        number, start, stop = part
        return (
            (number, start) in self._cuts
            and stop == len(self._resampled(number)) - 1
            and is_straight(self._path(part))
        )

    def surely_apart(self, one: Part, other: Part) -> bool:
        bars = [self._bar(part) for part in (one, other)]
        if bars[0] is None or bars[1] is None:
            return False
        return are_apart(bars[0], bars[1], self.line_height)

    def upright(self, part: Part) -> Box:
        if part not in self._upright:
            self._upright[part] = bounding_box([sheared(self._path(part), self._lean)])
        return self._upright[part]

    def draw(self, parts: Parts) -> list[Glyph]:
        return [ink.glyph(self._straightened(form)) for form in self._forms(parts)]

    def leaning(self, parts: Parts, form: int) -> list[Glyph]:
        return ink.leaning(self.drawn(parts, form))

    def drawn(self, parts: Parts, form: int) -> list[Stroke]:
        return self._straightened(self._forms(parts)[form])

    def _forms(self, parts: Parts) -> list[list[Part]]:
        """The pieces as runs of the pen, and again without ligatures where they have any."""
        runs = _runs(parts)
        bare = [self._without_ligatures(run) for run in runs]
        return [runs] if bare == runs else [runs, bare]

    def _straightened(self, runs: Sequence[Part]) -> list[Stroke]:
        """Runs of the pen as strokes, with the slant beyond a natural hand's taken out."""
        excess = self._lean - min(max(self._lean, -READABLE_SLANT), READABLE_SLANT)
        return [sheared(self._path(run), excess) for run in runs]

    def _without_ligatures(self, run: Part) -> Part:
        number, start, stop = run
        before, after = self._cuts.get((number, start)), self._cuts.get((number, stop))
        first = start if before is None else before.last
        last = stop if after is None else after.first
        return (number, first, last) if last - first >= 2 or stop < 0 else run

    def box(self, parts: Parts) -> Box:
        return bounding_box([self._path(part) for part in parts])

    def strokes(self, parts: Parts) -> list[Stroke]:
        return [self._path(run) for run in _runs(parts)]

    def _bar(self, part: Part) -> Stroke | None:
        if part not in self._bars:
            self._bars[part] = bar_ends(self._path(part), self.line_height)
        return self._bars[part]

    def _path(self, part: Part) -> Stroke:
        number, start, stop = part
        if stop < 0:
            return self._strokes[number]
        return self._resampled(number)[start : stop + 1]

    def _resampled(self, number: int) -> Stroke:
        if number not in self._fine:
            self._fine[number] = resampled(self._strokes[number], self.line_height)
        return self._fine[number]


def _runs(parts: Parts) -> list[Part]:
    """The parts with those joined that follow each other in one stroke."""
    runs: list[Part] = []
    for number, start, stop in sorted(parts):
        if runs and runs[-1][0] == number and runs[-1][2] == start:
            runs[-1] = (number, runs[-1][1], stop)
        else:
            runs.append((number, start, stop))
    return runs
