"""Ink of a whole number to its digits, with a classifier of single digits.

The ink is taken apart into *pieces* (strokes; parts of a stroke where one may write two digits;
connected components of a picture). Candidates for digits are groups of pieces; the classifier sees
all of them in one batch. Chosen is, by dynamic programming, the set of groups that uses every piece
once and costs least. The cost of a group, in nats, is

    the source's weight * -log(confidence of its best digit), at most `UNREADABLE_COST`
    + a penalty for a shape that digits do not have
    - the log-odds, by place alone, that its pieces are parts of one digit.

The confidence is what remains after "not a digit", which so speaks against halves and merged ones.
There are two looks. The first considers only what the places of the strokes leave open and is
enough for most numbers. Where it leaves doubt, a second one considers more groups, and cuts. What
is chosen and still doubted is drawn and read again (`recognizer.numbers.second_look`). The costs
were tuned on numbers composed from pendigits' training writers, and on no others.

After Burges, Matan, LeCun et al., "Shortest path segmentation: a method for training a neural
network to recognize character strings" (IJCNN 1992).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from recognizer import ink
from recognizer.numbers import line, partition
from recognizer.numbers.second_look import look_again
from recognizer.numbers.source import Part, Parts, Source, long_side
from recognizer.numbers.stroke_source import StrokeSource
from recognizer.reading import DIGITS
from recognizer.strokes import bounding_box, thinned
from recognizer.types import Box, Glyph, Scores, Stroke

Classify = Callable[[Glyph], Scores]  # uint8 (N, 28, 28) to (N, 10 or 11), rows sum to 1

# Costs in nats.
UNREADABLE_COST = 12.0  # of a group that is surely no digit
EXPECTED_SURPRISE = 0.04  # of a classifier that learned from smoothed labels, by a perfect digit
PLACE_WEIGHT = 0.35  # of the log-odds by place against the classifier's
MOST_BY_PLACE = 4.0  # log-odds: the places alone never say more than this, either way
DROP_COST = 1.0  # of a tail that belongs to no digit, besides its cut
WIDTH_COST = 3.0  # for each line height that a group is wider than `MOST_WIDTH`
BLIND_WIDTH_COST = 8.0  # the same, where the classifier has no class "not a digit" to say it
HEIGHT_COST = 8.0  # for each line height that a group is lower than `LEAST_HEIGHT`
BARE_FAVOUR = 1.3  # how much more a reading without its ligatures is believed
DOUBTFUL_COST = 0.35  # a group that costs more calls for the second look

# Lengths in line heights.
MOST_WIDTH = 1.2
LEAST_HEIGHT = 0.45
MOST_BAR = 0.6  # two strokes that are both higher are never one without asking the classifier
MOST_GROUP_WIDTH = 1.7  # several pieces that are wider together are not considered
NEIGHBOURS = 0.3  # groups so close to a doubtful one are looked at again with it

# Bounds that keep any ink, however odd, within milliseconds.
MOST_PIECES = 24
MOST_STROKES = 64  # of a number: ten digits have thirty


@dataclass(frozen=True)
class Segment:
    """The ink of one digit: the classifier's scores (10,) or (11,), box and strokes.

    `glyph` uint8 (28, 28) is what it got and believed, `drawn` the strokes that this shows.
    """

    scores: Scores
    box: Box
    strokes: Sequence[Stroke]
    glyph: Glyph
    drawn: Sequence[Stroke]


@dataclass(frozen=True)
class _Look:
    """How far a look goes, in log-odds by place.

    Pieces above `glue` are one; only those above `join` are neighbours in a group.
    """

    glue: float
    join: float


SURE = 20.0  # log-odds beyond any that places give

_FIRST = _Look(glue=5.0, join=-1.5)
_SECOND = _Look(glue=6.0, join=-4.5)


def read_strokes(
    strokes: Sequence[Stroke], length: int | None, classify: Classify
) -> list[Segment]:
    """The digits of cleaned strokes, left to right; exactly `length` of them if at all possible."""
    strokes = thinned(strokes)
    if length == 1:
        glyph = ink.glyph(strokes)
        scores = classify(glyph[None])
        if len(strokes) <= MOST_STROKES:
            scores = look_again(scores, lambda _: ink.leaning(strokes), classify)
        return [Segment(scores[0], bounding_box(strokes), strokes, glyph, strokes)]
    return read_pieces(StrokeSource(strokes), length, classify)


def read_pieces(source: Source, length: int | None, classify: Classify) -> list[Segment]:
    """The digits of any source, left to right; exactly `length` of them if at all possible."""
    search = _Search(source, classify)
    pieces: list[Parts] = [(part,) for part in source.whole()]
    if len(pieces) > MOST_STROKES:
        return search.segments(search.columns(pieces, 1 if length is None else length), again=False)
    groups = search.choose(pieces, _FIRST, length)
    doubtful = search.doubtful(groups, length)
    if doubtful:
        kept = [group for group in groups if group not in doubtful]
        still = None if length is None else length - len(kept)
        parts = _cut(source, [part for group in doubtful for part in group.parts])
        while still is not None and len(parts) < still:
            longest = max(parts, key=lambda part: long_side(source.upright(part)))
            halves = source.halve(longest)
            if len(halves) == 1:
                break
            at = parts.index(longest)
            parts[at : at + 1] = halves
        groups = kept + search.choose([(part,) for part in parts], _SECOND, still)
    groups.sort(key=lambda group: group.upright[0] + group.upright[2])
    if length is not None:
        groups = search.joined(groups, length)
    return search.segments(groups)


def _cut(source: Source, parts: Sequence[Part]) -> list[Part]:
    """The parts cut, the widest first as long as the pieces stay few."""
    pieces: dict[Part, list[Part]] = {part: [part] for part in parts}
    count = len(parts)
    for part in sorted(parts, key=lambda p: source.upright(p)[0] - source.upright(p)[2]):
        if count >= MOST_PIECES:
            break
        pieces[part] = source.cut(part)
        count += len(pieces[part]) - 1
    return [piece for part in parts for piece in pieces[part]]


# --- The search ---


@dataclass(frozen=True, eq=False)
class _Seen:
    """What the classifier said of some pieces, in the form of theirs that it believed most.

    `form` is its number among those that the source draws, `glyph` uint8 (28, 28) its picture.
    """

    scores: Scores
    form: int
    glyph: Glyph


@dataclass(frozen=True, eq=False)
class _Group:
    """A candidate for a digit; `cost` in nats is what it costs by itself, without its bonds."""

    parts: Parts
    look: _Seen
    cost: float
    upright: Box


class _Search:
    """Chooses groups; what the classifier said of a group is kept for the next look."""

    def __init__(self, source: Source, classify: Classify) -> None:
        self._source = source
        self._classify = classify
        self._seen: dict[Parts, _Seen] = {}

    def choose(self, pieces: list[Parts], look: _Look, length: int | None) -> list[_Group]:
        """The groups that use every piece once and cost least."""
        pieces = self._few(pieces, look, length)
        boxes = self._boxes(pieces)
        odds = line.belonging(boxes, self._source.line_height)
        bonds = PLACE_WEIGHT * np.clip(odds, -MOST_BY_PLACE, MOST_BY_PLACE)
        for i, j in _of_one_stroke(pieces):
            follows = _follow(pieces[i], pieces[j])
            bonds[i, j] = bonds[j, i] = self._source.cut_cost * (1 if follows else -1)
            odds[i, j] = odds[j, i] = np.inf if follows else -np.inf
        np.fill_diagonal(odds, -np.inf)
        candidates = self._candidates(pieces, odds >= look.join, bonds)
        groups = self._scored([_union(pieces, members) for members in candidates])
        options = []
        for group, members in zip(groups, candidates, strict=True):
            options.append(partition.Option(members, group.cost - _tree(bonds, members)))
        for index, piece in enumerate(pieces):
            if len(piece) == 1 and self._source.is_tail(piece[0]):
                options.append(partition.Option((index,), DROP_COST, counts=False))
        chosen = partition.cheapest(len(pieces), options, length)
        return [groups[index] for index in chosen if index < len(groups)]

    def doubtful(self, groups: Sequence[_Group], length: int | None) -> list[_Group]:
        """The groups that a second look might better, with their close neighbours."""
        if length is not None and len(groups) != length:
            return list(groups)
        doubtful = [group for group in groups if group.cost > DOUBTFUL_COST]
        reach = NEIGHBOURS * self._source.line_height
        return [group for group in groups if any(_gap(group, bad) < reach for bad in doubtful)]

    def joined(self, groups: list[_Group], length: int) -> list[_Group]:
        """Neighbours joined, the closest first, where there are more groups than `length`."""
        wanted = [group.parts for group in groups]
        while len(wanted) > length:
            boxes = [self._box(parts) for parts in wanted]
            at = min(range(len(wanted) - 1), key=lambda i: boxes[i + 1][0] - boxes[i][2])
            wanted[at : at + 2] = [_union(wanted, (at, at + 1))]
        return self._scored(wanted)

    def columns(self, pieces: list[Parts], count: int) -> list[_Group]:
        """More strokes than any number has: a scribble, read as `count` columns, each drawn once.

        There are as many columns as strokes where `count` is larger.
        """
        boxes = self._boxes(pieces)
        order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")
        columns = np.array_split(order, min(count, len(pieces)))
        return self._scored([_union(pieces, column.tolist()) for column in columns])

    def segments(self, groups: Sequence[_Group], *, again: bool = True) -> list[Segment]:
        """Segments with boxes in the caller's coordinates; doubtful ones are seen twice."""
        if not groups:
            return []
        scores = np.stack([group.look.scores for group in groups])
        if again:
            scores = look_again(
                scores,
                lambda at: self._source.leaning(groups[at].parts, groups[at].look.form),
                self._classify,
            )
        return [
            Segment(
                own,
                self._source.box(group.parts),
                self._source.strokes(group.parts),
                group.look.glyph,
                self._source.drawn(group.parts, group.look.form),
            )
            for own, group in zip(scores, groups, strict=True)
        ]

    def _scored(self, wanted: Sequence[Parts]) -> list[_Group]:
        """Groups with their costs; all that are new to the classifier in one batch."""
        new = [parts for parts in wanted if parts not in self._seen]
        if new:
            drawn = [self._source.draw(parts) for parts in new]
            scores = self._classify(np.stack([glyph for forms in drawn for glyph in forms]))
            at = 0
            for parts, forms in zip(new, drawn, strict=True):
                of_forms = scores[at : at + len(forms)]
                belief = of_forms[:, :DIGITS].max(axis=1)
                belief[1:] *= BARE_FAVOUR
                form = int(belief.argmax())
                self._seen[parts] = _Seen(of_forms[form], form, forms[form])
                at += len(forms)
        return [self._group(parts) for parts in wanted]

    def _group(self, parts: Parts) -> _Group:
        seen = self._seen[parts]
        scores = seen.scores
        box = self._box(parts)
        surprise = -float(np.log(max(float(scores[:DIGITS].max()), 1e-9))) - EXPECTED_SURPRISE
        reading = min(max(self._source.reading_weight * surprise, 0.0), UNREADABLE_COST)
        width = (box[2] - box[0]) / self._source.line_height
        height = (box[3] - box[1]) / self._source.line_height
        width_cost = WIDTH_COST if len(scores) > DIGITS else BLIND_WIDTH_COST
        shape = width_cost * max(0.0, width - MOST_WIDTH)
        shape += HEIGHT_COST * max(0.0, LEAST_HEIGHT - height)
        return _Group(parts, seen, reading + shape, box)

    def _candidates(
        self, pieces: list[Parts], near: NDArray[np.bool_], bonds: NDArray[np.float64]
    ) -> list[tuple[int, ...]]:
        """The sets of pieces to ask the classifier about: single ones, then connected ones."""
        # A group that it was asked about before costs nothing; it must stay possible to undo cuts.
        known = {frozenset(part[0] for part in parts) for parts in self._seen}
        boxes = self._boxes(pieces)
        level: list[tuple[int, ...]] = [(index,) for index in range(len(pieces))]
        found = list(level)
        numbers = [{part[0] for part in piece} for piece in pieces]
        for numbered in known:
            members = tuple(i for i, of in enumerate(numbers) if of & numbered)
            if len(members) > 1 and set().union(*(numbers[i] for i in members)) == numbered:
                found.append(members)
        while level:
            grown: dict[tuple[int, ...], float] = {}
            for members in level:
                for index in np.flatnonzero(near[list(members)].any(axis=0)).tolist():
                    wider = tuple(sorted({*members, index}))
                    if any(self._apart(pieces[index], pieces[at]) for at in members):
                        continue
                    if len(wider) == len(members) or wider in grown or wider in found:
                        continue
                    around = boxes[list(wider)]
                    width = around[:, 2].max() - around[:, 0].min()
                    if width <= MOST_GROUP_WIDTH * self._source.line_height:
                        grown[wider] = _tree(bonds, wider)
            level = sorted(grown, key=lambda wider: -grown[wider])
            level = level[: max(0, self._source.most_candidates - len(found))]
            found += level
        return found

    def _few(self, pieces: list[Parts], look: _Look, length: int | None) -> list[Parts]:
        """The pieces from left to right, those that surely belong together glued; few of them.

        Parts of a stroke that was cut stay unglued: it must be possible to undo the cuts.
        """
        least = 1 if length is None else length
        while True:
            boxes = self._boxes(pieces)
            order = np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable").tolist()
            pieces, boxes = [pieces[i] for i in order], boxes[order]
            odds = line.belonging(boxes, self._source.line_height)
            for i, j in _of_one_stroke(pieces):
                odds[i, j] = odds[j, i] = odds[i, j] - SURE
            cut = _parts_of_cut(pieces)
            odds[cut] -= SURE
            odds[:, cut] -= SURE
            tall = boxes[:, 3] - boxes[:, 1] > MOST_BAR * self._source.line_height
            odds[np.outer(tall, tall)] -= SURE
            np.fill_diagonal(odds, -np.inf)
            i, j = divmod(int(odds.argmax()), len(pieces))
            too_many = len(pieces) > MOST_PIECES
            if len(pieces) <= least or (odds[i, j] < look.glue and not too_many):
                return pieces
            pieces = [
                *(piece for at, piece in enumerate(pieces) if at not in (i, j)),
                _union(pieces, (i, j)),
            ]

    def _apart(self, one: Parts, other: Parts) -> bool:
        """Whether two pieces, each of one part, are surely parts of different digits."""
        alone = len(one) == len(other) == 1
        return alone and self._source.surely_apart(one[0], other[0])

    def _boxes(self, pieces: Sequence[Parts]) -> line.Boxes:
        return np.array([self._box(piece) for piece in pieces])

    def _box(self, parts: Parts) -> Box:
        return _around([self._source.upright(part) for part in parts])


def _around(boxes: Sequence[Box]) -> Box:
    if len(boxes) == 1:
        return boxes[0]
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _gap(one: _Group, other: _Group) -> float:
    """How far apart two groups are in x; below 0 where they overlap."""
    return max(one.upright[0], other.upright[0]) - min(one.upright[2], other.upright[2])


def _union(pieces: Sequence[Parts], members: Sequence[int]) -> Parts:
    """All parts of some pieces as one; parts that follow each other stay parts."""
    return tuple(sorted(part for index in members for part in pieces[index]))


def _of_one_stroke(pieces: Sequence[Parts]) -> list[tuple[int, int]]:
    """The pairs of pieces that hold parts of the same stroke."""
    numbers = [{part[0] for part in piece} for piece in pieces]
    if len(set().union(*numbers)) == sum(len(of) for of in numbers):
        return []  # no stroke was cut
    return [(i, j) for i, j in combinations(range(len(pieces)), 2) if numbers[i] & numbers[j]]


def _parts_of_cut(pieces: Sequence[Parts]) -> list[int]:
    """The pieces that hold parts of a stroke of which other pieces hold the rest."""
    count = Counter(number for piece in pieces for number in {part[0] for part in piece})
    return [at for at, piece in enumerate(pieces) if any(count[part[0]] > 1 for part in piece)]


def _follow(one: Parts, other: Parts) -> bool:
    """Whether a part of one piece goes on in the other."""
    ends = {(number, stop) for number, _, stop in one} | {(n, start) for n, start, _ in one}
    return any((n, start) in ends or (n, stop) in ends for n, start, stop in other)


def _tree(bonds: NDArray[np.float64], members: Sequence[int]) -> float:
    """The sum of bonds along the strongest tree that joins the members."""
    if len(members) == 2:
        return float(bonds[members[0], members[1]])
    total, joined, rest = 0.0, [members[0]], list(members[1:])
    while rest:
        best = bonds[np.ix_(joined, rest)].max(axis=0)
        index = int(best.argmax())
        total += float(best[index])
        joined.append(rest.pop(index))
    return total
