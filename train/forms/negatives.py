"""Ink that is no digit, drawn at random: what the class "not a digit" learns from.

A live reader meets neighbours that were taken for one digit, digits that are half written, dashes,
scribbles and letters; a network trained on digits alone calls each of them one, often with full
confidence. Forms that someone could mean as a digit (a half seven is a one) are left out.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from HersheyFonts import HersheyFonts
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated
from train.forms import letters
from train.forms.digits import draw_digit
from train.forms.hands import Hands

Path = NDArray[np.float64]  # points (N, 2), x right, y down
Strokes = list[Path]
Kind = Callable[[Generator, Hands], Strokes]

# Letters and signs that nobody takes for a digit. Left out: o, l, i, z, s, b, g, q, y and their
# like, also c, a, j, u, r, f (open zeros, sixes, nines, fives, ones), the capitals B, D, G, T, Y,
# and & and @, which look like zeros with a slash. `train.forms.letters` draws some of these so that
# they can be told from digits.
LETTERS = "AEFHKMNPRVWXdehkmnptvwx#+=*<>"
_FONTS = ("futural", "rowmans", "cursive", "scripts")  # Hershey's single-stroke faces

MIRRORED = (3, 4, 7, 9)  # digits whose mirror image is no digit

_JOINED = 0.25  # share of neighbours that the pen joined without lifting
_CLOSE = 0.1  # heights; a zero and a one nearer than this make a nine or a six


def draw(random: Generator, hands: Hands) -> Strokes:
    """Draw ink that is no digit, as strokes of points (N, 2) of any size.

    Letters and signs are as people wrote them, or drawn; neighbours, halves and mirrored digits are
    made of the hands' digits and of drawn allographs.
    """
    kinds = list(KINDS)
    weights = np.array([KINDS[kind] for kind in kinds])
    kind = kinds[int(random.choice(len(kinds), p=weights / weights.sum()))]
    return kind(random, hands)


def neighbours(random: Generator, hands: Hands) -> Strokes:
    """Two to four digits side by side, from touching to a gap that still tempts to join them."""
    strokes: Strokes = []
    right, before = 0.0, -1
    for _ in range(int(random.choice([2, 3, 4], p=[0.75, 0.18, 0.07]))):
        value, digit = _unit_digit(random, hands)
        height = random.normal(1, 0.12)
        gap = random.uniform(-0.06, 0.4)
        if {before, value} == {0, 1} or before == value == 1:
            gap = max(gap, _CLOSE + 0.05)
        left = right + gap if strokes else 0.0
        digit = [stroke * height + (left, random.normal(0, 0.08)) for stroke in digit]
        if strokes and random.random() < _JOINED:
            strokes[-1] = np.concatenate([strokes[-1], digit[0]])
            digit = digit[1:]
        strokes += digit
        right = max(float(stroke[:, 0].max()) for stroke in strokes)
        before = value
    return strokes


def _unit_digit(random: Generator, hands: Hands) -> tuple[int, Strokes]:
    """A writer's or a drawn digit, one high, its left edge at 0."""
    chosen = hands.any_digit(random) if random.random() < 0.75 else None
    if chosen is not None:
        value, strokes = chosen.label, [stroke[:, :2] for stroke in chosen.strokes]
    else:
        value = int(random.integers(10))
        strokes = draw_digit(value, random)
    points = np.concatenate(strokes)
    low, height = points.min(axis=0), float(np.ptp(points[:, 1]))
    scale = 1 / max(height, float(np.ptp(points[:, 0])) / 2, 1e-9)
    return value, [(stroke - low) * scale for stroke in strokes]


def _half(random: Generator, hands: Hands) -> Strokes:
    """A piece of a digit that is none itself: of a zero, of a two's end, or a four without stem."""
    value = int(random.choice([0, 2, 4]))
    for _ in range(20):
        strokes = _digit(value, random, hands)
        count = len(strokes[0])
        if value == 0:
            piece = strokes[0][: int(random.uniform(0.3, 0.55) * count)]
        elif value == 2:
            piece = strokes[0][int(random.uniform(0.6, 0.75) * count) :]
        else:
            piece = strokes[0] if len(strokes) > 1 else strokes[0][:0]
        # A narrow piece without the corner of a four could be meant as a one.
        wide_enough = 0.45 if value == 4 else 0.75
        if len(piece) > 5 and np.ptp(piece[:, 0]) > wide_enough * np.ptp(piece[:, 1]):
            return [piece]
    return _dash(random, hands)


def _digit(value: int, random: Generator, hands: Hands) -> Strokes:
    """A digit as somebody wrote it, now and then as it is drawn."""
    written = hands.digit(value, random) if random.random() < 0.7 else None
    if written is None:
        return draw_digit(value, random)
    return [stroke[:, :2] for stroke in written.strokes]


def _mirrored(random: Generator, hands: Hands) -> Strokes:
    """A digit as children turn it around: those whose mirror image is no other digit."""
    value = int(random.choice(MIRRORED))
    return [stroke * (-1.0, 1.0) for stroke in _digit(value, random, hands)]


def _people_wrote(random: Generator, hands: Hands) -> Strokes:
    """A letter or sign as somebody wrote it; a drawn letter where no such ink is there."""
    sample = hands.other_ink(random)
    if sample is None:
        return letters.draw_letter(random)
    return [stroke[:, :2] for stroke in sample.strokes]


def _overlapping(random: Generator, hands: Hands) -> Strokes:
    """A digit with one stroke of its neighbour: a number that was cut in the wrong place."""
    for _ in range(20):
        _, digit = _unit_digit(random, hands)
        _, other = _unit_digit(random, hands)
        if len(other) < 2:
            continue
        right = max(float(stroke[:, 0].max()) for stroke in digit)
        left = right + random.uniform(0.0, 0.25)
        stroke = other[int(random.integers(len(other)))]
        # What is hardly there, or reads as a one, may stand beside a digit as its own mark.
        if np.ptp(stroke, axis=0).max() > 0.4 and np.ptp(stroke[:, 0]) > 0.2:
            return [*digit, stroke - (stroke[:, 0].min(), 0.0) + (left, 0.0)]
    return neighbours(random, hands)


def _dash(random: Generator, hands: Hands) -> Strokes:
    """One line, flat enough to be no one, bent a little; now and then two of them."""
    angle = np.radians(random.uniform(-20, 20))
    t = np.linspace(0, 1, 12)
    bow = random.normal(0, 0.06) * np.sin(np.pi * t)
    line = np.column_stack([t, bow]) @ np.array(
        [[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]
    )
    if random.random() < 0.8:
        return [line]
    below = np.array([random.normal(0, 0.08), random.uniform(0.15, 0.5)])
    return [line, line + below]


def _dots(random: Generator, hands: Hands) -> Strokes:
    """A few dots or ticks that belong to nothing."""
    places = random.uniform(0, 1, (int(random.integers(2, 6)), 2))
    return [place + random.normal(0, 0.03, (int(random.integers(2, 5)), 2)) for place in places]


def _written_letter(random: Generator, hands: Hands) -> Strokes:
    """A letter as people write it."""
    return letters.draw_letter(random)


def _letter(random: Generator, hands: Hands) -> Strokes:
    """A letter or sign of a single-stroke face; now and then two letters."""
    count = 2 if random.random() < 0.15 else 1
    text = "".join(LETTERS[int(index)] for index in random.integers(0, len(LETTERS), count))
    return [stroke.copy() for stroke in _letters(text, _FONTS[int(random.integers(len(_FONTS)))])]


@cache
def _letters(text: str, font: str) -> tuple[Path, ...]:
    """The strokes of a text in one of Hershey's vector faces, with points every tenth of it."""
    faces = HersheyFonts()
    faces.load_default_font(font)
    strokes = [np.array(stroke, np.float64) for stroke in faces.strokes_for_text(text)]
    extent = max(float(np.ptp(stroke, axis=0).max()) for stroke in strokes)
    return tuple(_dense(stroke, extent / 12) for stroke in strokes)


def _dense(stroke: Path, spacing: float) -> Path:
    """The stroke with further points on its straight pieces, so that it can be bent."""
    along = arc_lengths(stroke)
    marks = np.union1d(along, np.arange(0, along[-1], spacing))
    return interpolated(marks, along, stroke)


def _zigzag(random: Generator, hands: Hands) -> Strokes:
    """Crossing out: to and fro, drifting across."""
    turns = int(random.integers(5, 16))
    across = np.linspace(0, random.uniform(0.6, 1.6), turns)
    up = np.where(np.arange(turns) % 2, 0.0, 1.0) + random.normal(0, 0.12, turns)
    path = _dense(np.column_stack([across + random.normal(0, 0.05, turns), up]), 0.08)
    return [path if random.random() < 0.5 else path[:, ::-1].copy()]


def _scrawl(random: Generator, hands: Hands) -> Strokes:
    """A smooth random walk of the pen with many turns, in one stroke or several."""
    strokes = []
    for _ in range(int(random.choice([1, 2, 3], p=[0.6, 0.25, 0.15]))):
        knots = int(random.integers(8, 20))
        points = random.uniform(0, 1, (knots, 2)) * (random.uniform(0.6, 1.6), 1)
        t = np.linspace(0, knots - 1, knots * 8)
        path = np.column_stack([np.interp(t, np.arange(knots), points[:, axis]) for axis in (0, 1)])
        kernel = np.hanning(11) / np.hanning(11).sum()
        strokes.append(
            np.column_stack([np.convolve(path[:, axis], kernel, "valid") for axis in (0, 1)])
        )
    return strokes


def _spiral(random: Generator, hands: Hands) -> Strokes:
    """Loops over loops: a spiral from the middle, or a coil that moves across."""
    turns = random.uniform(2.6, 6)
    angle = np.linspace(0, turns * 2 * np.pi, int(turns * 18)) * random.choice([-1, 1])
    # A ring drawn over and over in one place is still a zero.
    coil = random.random() < 0.5
    radius = np.linspace(1 if coil else random.uniform(0.02, 0.2), 1, len(angle)) * 0.5
    drift = random.uniform(1.2, 3) * coil * np.linspace(0, 1, len(angle))
    wobble = random.normal(0, 0.02, (len(angle), 2))
    path = np.column_stack([radius * np.cos(angle) + drift, radius * np.sin(angle)]) + wobble
    return [path]


KINDS: dict[Kind, float] = {
    neighbours: 0.2,
    _overlapping: 0.04,
    _half: 0.07,
    _mirrored: 0.07,
    _dash: 0.05,
    _dots: 0.02,
    _letter: 0.06,
    _written_letter: 0.11,
    _people_wrote: 0.26,
    _zigzag: 0.04,
    _scrawl: 0.06,
    _spiral: 0.02,
}
WITH_WHOLE_DIGITS: frozenset[Kind] = frozenset({neighbours, _overlapping})
