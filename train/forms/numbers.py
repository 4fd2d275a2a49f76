"""Numbers of several digits, composed from one writer's pen digits, for tuning and for the tests.

`plain_numbers` sets a writer's digits side by side, from touching to wide apart. `hard_numbers`
makes what people write in haste: one running stroke, a strong slant, ten small digits in a row, a
flourish at the end, and strokes that come late. Both draw by seed only, so that a set is the same
on every machine. Lengths are in shares of the line's height, which is the median digit's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated
from train.data.unipen import PenDigit

Stroke = NDArray[np.float64]  # points (N, 2), x right, y down
Strokes = list[Stroke]

PLAIN_LENGTHS = (2, 5)  # digits, the fewest and the most
SMALL_ROW = 10  # digits of a small number
PLAIN = "plain"
ONES = (2, 11)  # of a number that is nothing but ones, the fewest and the most

_WIDE_GAP = 0.7  # between the boxes of neighbours, the widest
_P_TOUCHING = 0.2  # of the neighbours stand so close that their ink just touches
_CLOSE_ONES = 0.12  # between bare ones, the narrowest
_NESTED = 0.1  # by which a touching digit may reach under its neighbour's box, the most
_BASELINE = 0.04  # standard deviation of a digit's foot
_SLANT = (0.5, 1.0)  # x per y, leaning to the right: 27 to 45 degrees
_TRIES = 50  # for digits that have a late stroke at all
_PROFILE_ROWS = 24  # in which the ink of neighbours is compared


@dataclass(frozen=True)
class WrittenNumber:
    """A composed number: what it says, the kind of hand, its writer, and the strokes in time."""

    label: str
    kind: str
    writer: int
    strokes: Strokes


def plain_numbers(
    digits: Sequence[PenDigit], count: int, seed: int, lengths: tuple[int, int] = PLAIN_LENGTHS
) -> list[WrittenNumber]:
    """Compose `count` numbers, each of one writer, with random gaps.

    `lengths` are the fewest and the most digits of a number.
    """
    composed = placed_digits(digits, count, seed, lengths)
    return [_number(PLAIN, chosen, _flat(placed)) for chosen, placed in composed]


def placed_digits(
    digits: Sequence[PenDigit], count: int, seed: int, lengths: tuple[int, int] = PLAIN_LENGTHS
) -> list[tuple[list[PenDigit], list[Strokes]]]:
    """The digits of such numbers, and the strokes that each of them has in its number."""
    random = np.random.default_rng(seed)
    hands = _Hands(digits)
    return [_plain(hands, random, lengths) for _ in range(count)]


def numbers_of_everyone(
    digits: Sequence[PenDigit], count: int, seed: int, lengths: tuple[int, int] = PLAIN_LENGTHS
) -> list[WrittenNumber]:
    """Compose `count` plain numbers in which every writer comes as often as any other, but for one.

    Nobody's digit stands twice in one number: who wrote fewer than the longest has is left out.
    """
    random = np.random.default_rng(seed)
    low, high = lengths
    hands = [hand for hand in _Hands(digits).all if len(hand) >= high]
    order: list[int] = []
    while len(order) < count:
        order += random.permutation(len(hands)).tolist()
    numbers = []
    for number in order[:count]:
        hand, length = hands[number], int(random.integers(low, high + 1))
        chosen = [hand[row] for row in random.permutation(len(hand))[:length].tolist()]
        gaps = [_random_gap(random) for _ in chosen]
        numbers.append(_number(PLAIN, chosen, _flat(_side_by_side(chosen, gaps, random))))
    return numbers


def rows_of_ones(digits: Sequence[PenDigit], each: int, seed: int) -> list[WrittenNumber]:
    """Compose `each` numbers of every length of `ONES`, of one writer's ones and of nothing else.

    They do not touch: two bars that cross are no longer two ones. A writer may have one shape only,
    so that it comes again.
    """
    random = np.random.default_rng(seed)
    hands = _Hands([digit for digit in digits if digit.label == 1])
    numbers = []
    for length in range(ONES[0], ONES[1] + 1):
        for _ in range(each):
            chosen = hands.pick(length, random)
            gaps = random.uniform(_CLOSE_ONES, _WIDE_GAP, length).tolist()
            numbers.append(_number(f"{length}", chosen, _flat(_side_by_side(chosen, gaps, random))))
    return numbers


def hard_numbers(digits: Sequence[PenDigit], count_each: int, seed: int) -> list[WrittenNumber]:
    """Compose `count_each` numbers of each kind of `HARD_KINDS`."""
    random = np.random.default_rng(seed)
    hands = _Hands(digits)
    return [make(hands, random) for make in _HARD.values() for _ in range(count_each)]


class _Hands:
    """The pen digits of each writer."""

    def __init__(self, digits: Sequence[PenDigit]) -> None:
        self._of_writer: dict[int, list[PenDigit]] = {}
        for digit in digits:
            self._of_writer.setdefault(digit.writer, []).append(digit)

    @property
    def all(self) -> list[list[PenDigit]]:
        """The digits of one writer after the other."""
        return list(self._of_writer.values())

    def pick(
        self, length: int, random: Generator, *, single_stroke: bool = False
    ) -> list[PenDigit]:
        """Random digits of one random writer; `single_stroke` only those written in one stroke."""
        writers = list(self._of_writer)
        hand = self._of_writer[writers[int(random.integers(len(writers)))]]
        if single_stroke:
            hand = [digit for digit in hand if len(digit.strokes) == 1] or hand
        return [hand[int(i)] for i in random.integers(len(hand), size=length)]


def _plain(
    hands: _Hands, random: Generator, lengths: tuple[int, int]
) -> tuple[list[PenDigit], list[Strokes]]:
    low, high = lengths
    digits = hands.pick(int(random.integers(low, high + 1)), random)
    gaps = [_random_gap(random) for _ in digits]
    return digits, _side_by_side(digits, gaps, random)


def _running(hands: _Hands, random: Generator) -> WrittenNumber:
    """The pen never lifts: every digit runs on into the next one."""
    digits = hands.pick(int(random.integers(2, 5)), random, single_stroke=True)
    gaps = random.uniform(0.05, 0.5, len(digits)).tolist()
    placed = _flat(_side_by_side(digits, gaps, random))
    path = placed[0]
    for stroke in placed[1:]:
        path = np.concatenate([path, _ligature(path, stroke, random), stroke])
    return _number("running", digits, [path])


def _slanted(hands: _Hands, random: Generator) -> WrittenNumber:
    """Leaning so far to the right that digits overhang their neighbours."""
    digits = hands.pick(int(random.integers(2, 6)), random)
    gaps = random.uniform(0.0, 0.35, len(digits)).tolist()
    strokes = _flat(_side_by_side(digits, gaps, random))
    slant = random.uniform(*_SLANT)
    return _number("slanted", digits, [s @ np.array([[1.0, 0.0], [-slant, 1.0]]) for s in strokes])


def _small_row(hands: _Hands, random: Generator) -> WrittenNumber:
    """Ten digits, each so small that the device reports few points, on whole pixels."""
    digits = hands.pick(SMALL_ROW, random)
    gaps = random.uniform(0.05, 0.5, len(digits)).tolist()
    strokes = _flat(_side_by_side(digits, gaps, random))
    height = float(np.median([np.ptp(_points(digit.strokes)[:, 1]) for digit in digits]))
    pixels = random.uniform(16, 28) / height
    spacing = random.uniform(1.5, 3.5)  # px
    return _number("ten small", digits, [np.round(_resample(s * pixels, spacing)) for s in strokes])


def _flourish(hands: _Hands, random: Generator) -> WrittenNumber:
    """The last stroke ends in a swing to the right, or in a hook."""
    digits = hands.pick(int(random.integers(2, 5)), random)
    gaps = [_random_gap(random) for _ in digits]
    strokes = _flat(_side_by_side(digits, gaps, random))
    height = float(np.median([np.ptp(_points(digit.strokes)[:, 1]) for digit in digits]))
    strokes[-1] = np.concatenate([strokes[-1], strokes[-1][-1] + height * _swing(random)])
    return _number("flourish", digits, strokes)


def _late(hands: _Hands, random: Generator) -> WrittenNumber:
    """Bars and roofs are added when the whole number stands."""
    for _ in range(_TRIES):
        digits = hands.pick(int(random.integers(2, 5)), random)
        if any(len(digit.strokes) > 1 for digit in digits):
            break
    gaps = [_random_gap(random) for _ in digits]
    placed = _side_by_side(digits, gaps, random)
    first = [strokes[0] for strokes in placed]
    return _number("late strokes", digits, first + _flat([strokes[1:] for strokes in placed]))


_HARD: dict[str, Callable[[_Hands, Generator], WrittenNumber]] = {
    "running": _running,
    "slanted": _slanted,
    "ten small": _small_row,
    "flourish": _flourish,
    "late strokes": _late,
}
HARD_KINDS = tuple(_HARD)


def _number(kind: str, digits: Sequence[PenDigit], strokes: Strokes) -> WrittenNumber:
    return WrittenNumber("".join(str(d.label) for d in digits), kind, digits[0].writer, strokes)


def _side_by_side(
    digits: Sequence[PenDigit], gaps: Sequence[float | None], random: Generator
) -> list[Strokes]:
    """The digits on one line; `gaps` before each, None where it touches its neighbour."""
    height = float(np.median([np.ptp(_points(digit.strokes)[:, 1]) for digit in digits]))
    placed: list[Strokes] = []
    right = 0.0
    for digit, gap in zip(digits, gaps, strict=True):
        points = _points(digit.strokes)
        foot = points[:, 1].max() - random.normal(0, _BASELINE) * height
        at_line = [stroke[:, :2] - (points[:, 0].min(), foot) for stroke in digit.strokes]
        shift = right + (0.0 if gap is None else gap * height)
        if gap is None and placed:
            nested = right - _NESTED * height
            shift = max(nested, _touching(placed[-1], at_line, right))
        placed.append([stroke + np.array([shift, 0.0]) for stroke in at_line])
        right = float(_points(placed[-1])[:, 0].max())
    return placed


def _random_gap(random: Generator) -> float | None:
    touches, gap = random.random() < _P_TOUCHING, random.uniform(0.0, _WIDE_GAP)
    return None if touches else float(gap)


def _touching(left: Strokes, right: Strokes, beside: float) -> float:
    """How far to move `right` so that its ink just meets that of `left`; else it goes `beside`."""
    both = np.concatenate([_points(left), _points(right)])
    rows = np.linspace(both[:, 1].min(), both[:, 1].max(), _PROFILE_ROWS + 1)
    left_edge, right_edge = _profile(left, rows, np.max), _profile(right, rows, np.min)
    shared = np.isfinite(left_edge) & np.isfinite(right_edge)
    return float((left_edge - right_edge)[shared].max()) if shared.any() else beside


def _profile(
    strokes: Strokes, rows: NDArray[np.float64], edge: Callable[[Stroke], np.float64]
) -> NDArray[np.float64]:
    """The outermost x of the ink in each row, NaN in a row without ink."""
    step = float(rows[1] - rows[0])
    points = np.concatenate([_resample(stroke, step / 3) for stroke in strokes])
    row = np.clip(np.searchsorted(rows, points[:, 1], side="right") - 1, 0, len(rows) - 2)
    found = np.full(len(rows) - 1, np.nan)
    for index in np.unique(row):
        found[index] = edge(points[row == index, 0])
    return found


def _ligature(before: Stroke, after: Stroke, random: Generator) -> Stroke:
    """The pen's way from the end of one digit to the start of the next, a slightly bent line."""
    start, end = before[-1], after[0]
    along = np.linspace(0, 1, 10)[1:-1, None]
    way = end - start
    bend = np.array([-way[1], way[0]]) * random.normal(0, 0.12)
    path: Stroke = start + along * way + np.sin(along * np.pi) * bend
    return path


def _swing(random: Generator) -> Stroke:
    """A swing to the right, or a hook in any direction, from the origin; in line heights."""
    if random.random() < 0.5:
        along = np.linspace(0, 1, 9)[1:]
        length, rise = random.uniform(0.3, 0.9), random.normal(0, 0.15)
        return np.column_stack([length * along, np.sin(along * np.pi) * 0.08 - rise * along])
    angle, length = random.uniform(0, 2 * np.pi), random.uniform(0.08, 0.22)
    hook: Stroke = (
        np.linspace(0, 1, 4)[1:, None] * length * np.array([np.cos(angle), np.sin(angle)])
    )
    return hook


def _resample(stroke: Stroke, spacing: float) -> Stroke:
    """Points at about equal distances along the stroke; its ends stay."""
    along = arc_lengths(stroke)
    marks = np.linspace(0, along[-1], max(2, round(along[-1] / max(spacing, 1e-9)) + 1))
    return interpolated(marks, along, stroke)


def _points(strokes: Sequence[Stroke]) -> Stroke:
    return np.concatenate([stroke[:, :2] for stroke in strokes])


def _flat(parts: Sequence[Strokes]) -> Strokes:
    return [stroke for strokes in parts for stroke in strokes]
