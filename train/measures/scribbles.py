"""Ink that is no digit, for measuring only: scribbles, and dots and dashes, drawn by seed.

No model learns from these, and they share no code with `train.forms.negatives`, which models do
learn from: other shapes, and where the names are alike, other curves. Coordinates are pixels of a
field about 300 high, x right, y down, with points about as close as a mouse reports them and a
tremor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated
from train.data.unipen import PenDigit

Path = NDArray[np.float64]  # points (N, 2)
Strokes = list[Path]
Kind = Callable[[Generator, Sequence[PenDigit]], Strokes]

SIDE = 300.0  # px, of the field
_TREMOR = 1.2  # px, standard deviation of the hand's unrest
_SPACING = (4.0, 14.0)  # px between the points of slow and of quick ink


@dataclass(frozen=True)
class Scribble:
    """Drawn ink that is no digit, and its kind in words."""

    kind: str
    strokes: Strokes


def scribbles(digits: Sequence[PenDigit], count_each: int, seed: int) -> list[Scribble]:
    """Scribbles of all kinds, `count_each` of each; `digits` are those that get crossed out."""
    return _drawn(_SCRIBBLES, digits, count_each, seed)


def dots_and_dashes(count_each: int, seed: int) -> list[Scribble]:
    """Taps and short lines of all kinds, `count_each` of each."""
    return _drawn(_DOTS_AND_DASHES, (), count_each, seed)


def _drawn(
    kinds: dict[str, Kind], digits: Sequence[PenDigit], count_each: int, seed: int
) -> list[Scribble]:
    found = []
    for number, (name, draw) in enumerate(kinds.items()):
        # Each kind has a generator of its own: a change to one leaves the others as they were.
        random = np.random.default_rng((seed, number))
        found += [Scribble(name, draw(random, digits)) for _ in range(count_each)]
    return found


# --- Scribbles ---


def _zigzag(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """To and fro at least six times, in any direction, growing or dying down."""
    turns = int(random.integers(7, 15))
    along = np.cumsum(random.uniform(0.5, 1.5, turns))
    along *= random.uniform(0.5, 1.6) * SIDE / along[-1]
    swing = SIDE / 2 * np.linspace(random.uniform(0.4, 1), random.uniform(0.4, 1), turns)
    swing *= np.where(np.arange(turns) % 2, 1, -1) * random.uniform(0.8, 1.2, turns)
    corners = np.column_stack([along, swing])
    return [_pen(_turned(corners, random.uniform(0, 180)), random)]


def _scrawl(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """A hand that shakes: oscillations of no common measure, with a drift."""
    t = np.linspace(0, 1, 600)
    axes = []
    for _ in range(2):
        turns = random.uniform(3, 7, 3) * (1, 1.37, 0.61)
        phase = random.uniform(0, 2 * np.pi, 3)
        share = random.dirichlet((3, 2, 2))
        axes.append(np.sin(2 * np.pi * np.outer(t, turns) + phase) @ share)
    path = SIDE / 2 * np.column_stack(axes)
    path[:, 0] += t * random.uniform(-0.8, 0.8) * SIDE
    return [_pen(path, random)]


def _hatching(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Five or more lines side by side; now and then as many across them."""
    angle = random.uniform(0, 180)
    strokes = _parallels(random, angle)
    if random.random() < 0.4:
        strokes += _parallels(random, angle + random.uniform(50, 90))
    return strokes


def _parallels(random: Generator, angle: float) -> Strokes:
    count = int(random.integers(5, 11))
    lines = []
    for place in np.linspace(-0.5, 0.5, count) * SIDE * random.uniform(0.6, 1.2):
        half = SIDE / 2 * random.uniform(0.7, 1.1)
        ends = np.array([[-half, place], [half, place]]) + random.normal(0, 6, (2, 2))
        lines.append(_pen(_turned(ends, angle), random))
    return lines


def _spiral(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """At least three turns inwards or outwards, by a constant factor a turn."""
    turns = random.uniform(3, 6)
    angle = np.linspace(0, 2 * np.pi * turns, int(40 * turns))
    radius = np.exp(-angle / (2 * np.pi) * random.uniform(0.3, 0.6)) * SIDE / 2
    path = (
        np.column_stack([np.cos(angle), np.sin(angle) * random.uniform(0.7, 1)]) * radius[:, None]
    )
    path = path * (random.choice([-1, 1]), 1)
    if random.random() < 0.5:
        path = path[::-1]
    return [_pen(_turned(path, random.uniform(0, 360)), random)]


def _loops(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Four or more loops in a row, as in a mock signature."""
    count = random.uniform(4, 7)
    angle = np.linspace(0, 2 * np.pi * count, int(30 * count))
    height = SIDE / 2 * (1 + 0.35 * np.sin(angle * random.uniform(0.1, 0.4)))
    step = random.uniform(0.25, 0.6) * SIDE / (2 * np.pi)
    across = step * angle + 0.3 * SIDE * np.sin(angle)
    return [_pen(np.column_stack([across, -height * np.cos(angle)]), random)]


def _blot(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """A patch filled by narrow strokes to and fro, as when ink is to disappear."""
    turns = int(random.integers(18, 36))
    along = np.linspace(-1, 1, turns)
    edge = np.sqrt(np.maximum(1 - along**2, 0.05)) * random.uniform(0.85, 1.1, turns)
    corners = np.column_stack([along, edge * np.where(np.arange(turns) % 2, 1, -1)])
    corners = corners * (random.uniform(0.7, 1.4) * SIDE / 2, SIDE / 2)
    return [_pen(_turned(corners, random.uniform(0, 180)), random)]


def _star(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Four to seven lines through one place."""
    count = int(random.integers(4, 8))
    first = random.uniform(0, 180)
    strokes = []
    for number in range(count):
        half = SIDE / 2 * random.uniform(0.7, 1.1)
        ends = np.array([[-half, 0.0], [half, 0.0]]) + random.normal(0, 10, (2, 2))
        turn = first + 180 * (number + random.uniform(-0.2, 0.2)) / count
        strokes.append(_pen(_turned(ends, turn), random))
    return strokes


def _grid(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Two to four lines down and as many across: a fence, a board."""
    strokes = []
    for angle in (0.0, 90.0):
        for place in np.linspace(-0.3, 0.3, int(random.integers(2, 5))) * SIDE:
            ends = np.array([[-SIDE / 2, place], [SIDE / 2, place]]) + random.normal(0, 10, (2, 2))
            strokes.append(_pen(_turned(ends, angle), random))
    return strokes


def _crossed_out(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """A digit that its writer took back: under a dense zigzag, or under three lines and more."""
    digit = digits[int(random.integers(len(digits)))]
    points = np.concatenate([stroke[:, :2] for stroke in digit.strokes])
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    scale = SIDE / max(float(np.ptp(points, axis=0).max()), 1e-9)
    strokes = [(stroke[:, :2] - middle) * scale for stroke in digit.strokes]
    half = np.maximum(np.ptp(points, axis=0) * scale / 2, 0.3 * SIDE)
    if random.random() < 0.5:
        turns = int(random.integers(8, 14))
        ends = np.where(np.arange(turns) % 2, 1, -1) * random.uniform(0.8, 1.2, turns)
        down = np.linspace(-0.9, 0.9, turns) + random.normal(0, 0.06, turns)
        return [*strokes, _pen(np.column_stack([ends, down]) * half, random)]
    for _ in range(int(random.integers(3, 6))):
        ends = np.array([[-1.15, random.uniform(-0.8, 0.8)], [1.15, random.uniform(-0.8, 0.8)]])
        strokes.append(_pen(ends * half, random))
    return strokes


# --- Dots and dashes ---


def _dot(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """A tap: the pen came down and moved nowhere."""
    return [np.repeat(random.uniform(0, SIDE, (1, 2)), int(random.integers(1, 6)), axis=0)]


def _several_dots(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Two to six taps here and there, some of which slipped by a pixel or two."""
    places = random.uniform(0, SIDE, (int(random.integers(2, 7)), 1, 2))
    return [place + random.integers(-1, 2, (int(random.integers(1, 4)), 2)) for place in places]


def _dash(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """A minus: flat, with a bow."""
    return [_flat_line(random, 0.0)]


def _two_dashes(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """An equals sign."""
    return [_flat_line(random, 0.0), _flat_line(random, random.uniform(30, 120))]


def _dashes_in_a_row(random: Generator, digits: Sequence[PenDigit]) -> Strokes:
    """Two to four short dashes on one line."""
    count = int(random.integers(2, 5))
    return [_flat_line(random, 0.0) * (0.4, 1) + (130 * place, 0) for place in range(count)]


def _flat_line(random: Generator, y: float) -> Path:
    length = random.uniform(0.3, 1) * SIDE
    x = np.linspace(0, length, 12)
    bow = random.normal(0, 0.03) * length * np.sin(np.pi * x / length)
    line = _turned(np.column_stack([x, bow]), random.uniform(-20, 20))
    placed: Path = _pen(line, random) + np.array([0.0, y])
    return placed


# --- The hand ---


def _turned(path: Path, degrees: float) -> Path:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned: Path = path @ turn
    return turned


def _pen(path: Path, random: Generator) -> Path:
    """The path as a device reports it: points at even distances, with the hand's tremor."""
    along = arc_lengths(path)
    count = max(2, int(along[-1] / random.uniform(*_SPACING)))
    marks = np.linspace(0, along[-1], count)
    even = interpolated(marks, along, path)
    return even + random.normal(0, _TREMOR, even.shape)


_SCRIBBLES: dict[str, Kind] = {
    "zigzag": _zigzag,
    "scrawl": _scrawl,
    "hatching": _hatching,
    "spiral": _spiral,
    "loops": _loops,
    "blot": _blot,
    "star": _star,
    "grid": _grid,
    "crossed out": _crossed_out,
}
_DOTS_AND_DASHES: dict[str, Kind] = {
    "dot": _dot,
    "several dots": _several_dots,
    "dash": _dash,
    "two dashes": _two_dashes,
    "dashes in a row": _dashes_in_a_row,
}
SCRIBBLE_KINDS = tuple(_SCRIBBLES)
DOT_AND_DASH_KINDS = tuple(_DOTS_AND_DASHES)
