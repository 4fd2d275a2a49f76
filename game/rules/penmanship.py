"""Penmanship: what a written digit has in common with its model, and what to try next.

Only what can be said kindly is looked for: where the pen began, which way it went, the order of the
strokes and their number, whether a ring is closed, and the proportions. There is no grade. And a
digit that was written the wrong way round is known by its mirror image.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from game.language import N_
from game.rules.digit_models import Model, all_forms
from game.rules.paths import (
    Drawing,
    Point,
    apart,
    box,
    drawn,
    gap_to,
    length,
    mirrored,
    normalised,
    resampled,
    uncovered,
    unlike,
)
from recognizer.reading import Reading

Ink = Sequence[Sequence[Sequence[float]]]  # strokes of points x, y and perhaps seconds

SURE = 0.9  # how sure the reader must be of a digit whose hand is looked at
OTHERWISE = 0.5  # of the asked digit in the ink as it is: more, and it is not the wrong way round

CLEARLY = 0.75  # of the other digit's unlikeness, where the reader was sure of that one

FAR_START = 0.38  # of the square: from the model's start to where the pen began
RING_GAP = 0.25  # likewise, between the two ends of a ring
LOOP_GAP = 0.17  # of the loop of a 6 or a 9
NEAR = 0.12  # how far a model's point may lie from all ink and still be in it
MISSING_SHARE = 0.35  # of a stroke's points that are not, from which on the stroke is missing
UNLIKE = 0.13  # from here on the picture is another one
SLIM, WIDE = 0.55, 1.7  # of the model's width for its height
LEAST_WIDTH = 0.3  # of the height: a model that is slimmer says nothing about widths
ASTRAY = 0.075  # of the model's height, off the line that is traced


class Advice(enum.Enum):
    """What to try next; the first that applies is told. The value is said, translated."""

    DIRECTION = N_("Let the pen go the way of the arrows.")
    ORDER = N_("The strokes have an order: follow the numbers.")
    START = N_("Begin at the dot.")
    MISSING = N_("A stroke is still missing.")
    LIFT = N_("Lift the pen between the strokes.")
    ONE_GO = N_("Try it without lifting the pen.")
    RING = N_("Let the end meet the beginning.")
    LOOP = N_("Let the loop close.")
    ASTRAY = N_("Stay a little closer to the line.")
    WIDER = N_("A little wider, please.")
    SLIMMER = N_("A little slimmer, please.")
    SHAPE = N_("Look how the line bends, and take your time.")


@dataclass(frozen=True)
class _Match:
    """How the strokes of ink go with those of a model."""

    order: tuple[int, ...]  # for each stroke of the model, which one of the ink it is
    backwards: tuple[bool, ...]  # and whether that runs the other way
    distance: float  # mean of the points, of the square


def advice(ink: Ink, model: Model, traced: Drawing | None = None) -> Advice | None:
    """The first thing to try next, or None where the digit is like its model.

    `traced` are the model's strokes where they lay under the ink, in its units.
    """
    return next(iter(all_advice(ink, model, traced)), None)


def all_advice(ink: Ink, model: Model, traced: Drawing | None = None) -> list[Advice]:
    """All that there is to say, the most important first; nothing about ink that is not there."""
    strokes = [path for path in drawn(ink) if length(path) > 0.0]
    if not strokes:
        return []
    found = _movement(strokes, model)
    if _has_gap(strokes, model):
        found.append(Advice.RING if model.is_ring else Advice.LOOP)
    if traced is not None and _strays(strokes, traced):
        found.append(Advice.ASTRAY)
    found += _proportions(strokes, model)
    if unlike(strokes, model.strokes) > UNLIKE:
        found.append(Advice.SHAPE)
    return found


def _movement(strokes: Sequence[Sequence[Point]], model: Model) -> list[Advice]:
    """What is to be said about start, direction, order and number of the strokes."""
    square, models = normalised(strokes), normalised(model.strokes)
    if len(square) > len(models):
        own_form = any(len(form.strokes) == len(square) for form in all_forms(model.digit))
        return [] if own_form or len(models) > 1 else [Advice.ONE_GO]
    if len(square) < len(models):
        ink = [point for path in square for point in resampled(path)]
        missing = any(_is_missing(path, ink) for path in models)
        return [Advice.MISSING if missing else Advice.LIFT]
    if model.is_ring and len(square) == 1:
        return _movement_of_ring(square[0], models[0])
    match = _match(square, models)
    if any(match.backwards):
        return [Advice.DIRECTION]
    if match.order != tuple(sorted(match.order)):
        return [Advice.ORDER]
    return [Advice.START] if _dist(square[0][0], models[0][0]) > FAR_START else []


def _is_missing(path: Sequence[Point], ink: Sequence[Point]) -> bool:
    """Whether much of a model's stroke is nowhere in the ink."""
    points = resampled(path)
    bare = [point for point in points if gap_to(point, ink) > NEAR]
    return len(bare) > MISSING_SHARE * len(points)


def _movement_of_ring(path: Sequence[Point], model: Sequence[Point]) -> list[Advice]:
    """A ring may begin anywhere and still be one: which way round, and then where it began."""
    ring, back = resampled(path), resampled(list(reversed(path)))
    goal = resampled(model)
    onward = min(apart(_turned(ring, n), goal) for n in range(len(ring)))
    backward = min(apart(_turned(back, n), goal) for n in range(len(back)))
    if backward < onward:
        return [Advice.DIRECTION]
    return [Advice.START] if _dist(path[0], model[0]) > FAR_START else []


def _turned(ring: Sequence[Point], steps: int) -> list[Point]:
    return [*ring[steps:], *ring[:steps]]


def _match(square: Sequence[Sequence[Point]], models: Sequence[Sequence[Point]]) -> _Match:
    """The best way to see so many strokes as as many of a model."""
    ink = [resampled(path) for path in square]
    goals = [resampled(path) for path in models]
    ways = []
    for order in itertools.permutations(range(len(ink))):
        ahead = [apart(ink[i], goal) for i, goal in zip(order, goals, strict=True)]
        back = [apart(ink[i][::-1], goal) for i, goal in zip(order, goals, strict=True)]
        backwards = tuple(b < a for a, b in zip(ahead, back, strict=True))
        total = sum(map(min, ahead, back)) / len(ink)
        ways.append(_Match(order, backwards, total))
    return min(ways, key=lambda way: way.distance)


def _has_gap(strokes: Sequence[Sequence[Point]], model: Model) -> bool:
    """Whether a ring or a loop that should close stays open."""
    square = normalised(strokes)
    if model.is_ring:
        ends = [path[end] for path in square for end in (0, -1)]
        return len(square) == 1 and _dist(ends[0], ends[1]) > RING_GAP
    if model.digit not in "69" or len(square) != 1:
        return False
    path = resampled(square[0], 48)
    if model.digit == "9":  # it is the same from the other end
        path = path[::-1]
    if path[0][1] > path[-1][1] and model.digit == "6":
        path = path[::-1]
    return gap_to(path[-1], path[:28]) > LOOP_GAP


def _strays(strokes: Sequence[Sequence[Point]], traced: Drawing) -> bool:
    """Whether ink lies off the lines that it was to follow."""
    _, top, _, bottom = box(traced)
    lines = [point for path in traced for point in resampled(path, 64)]
    points = [point for path in strokes for point in resampled(path)]
    return uncovered(points, lines) > ASTRAY * (bottom - top)


def _proportions(strokes: Sequence[Sequence[Point]], model: Model) -> list[Advice]:
    x0, y0, x1, y1 = box(model.strokes)
    goal = (x1 - x0) / (y1 - y0)
    if goal < LEAST_WIDTH:
        return []
    x0, y0, x1, y1 = box(strokes)
    share = (x1 - x0) / max(y1 - y0, 1e-9) / goal
    if share > WIDE:
        return [Advice.SLIMMER]
    return [Advice.WIDER] if share < SLIM else []


def _dist(p: Point, q: Point) -> float:
    return float(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5)


# --- what was written -----------------------------------------------------------------------------


class Seen(enum.Enum):
    """What became of an asked digit."""

    ASKED = "asked"  # it is that, surely: its hand can be looked at
    MIRRORED = "mirrored"  # it is that, the wrong way round
    OTHER = "other"  # it is surely another one
    UNSURE = "unsure"  # nobody knows: nothing is said about it


def surely(reading: Reading) -> str | None:
    """The one digit that the reader is sure of, or None."""
    if len(reading.digits) != 1 or reading.digits[0].confidence < SURE:
        return None
    return reading.digits[0].text if reading.digits[0].value is not None else None


def needs_mirror(digit: str, reading: Reading) -> bool:
    """Whether it should be looked at in the mirror, too: it was not surely what was asked."""
    return digit in MIRRORED_DIGITS and surely(reading) != digit


# 0, 1 and 8 are their own mirror images, or nearly so.
MIRRORED_DIGITS = "2345679"


def see(digit: str, ink: Ink, reading: Reading, in_mirror: Reading | None = None) -> Seen:
    """What the ink is that was to be `digit`, by its reading and by that of its mirror image.

    Some digits are much like others in the mirror, as 2 and 5. Where the ink was read as another
    digit, the mirror must show more of the asked one than there is of that other in the ink.
    """
    read = surely(reading)
    if read == digit:
        return Seen.ASKED
    other = Seen.UNSURE if read is None else Seen.OTHER
    if in_mirror is None or surely(in_mirror) != digit or digit not in MIRRORED_DIGITS:
        return other
    if len(reading.digits) == 1 and _share(reading, digit) > OTHERWISE:
        return other
    strokes = [path for path in drawn(ink) if length(path) > 0.0]
    likeliest = _likeliest(reading)
    if strokes and likeliest is not None and likeliest != digit:
        here = min(unlike(strokes, form.strokes) for form in all_forms(likeliest))
        turned = mirrored(strokes)
        there = min(unlike(turned, form.strokes) for form in all_forms(digit))
        if there > here * (1.0 if read is None else CLEARLY):
            return other
    return Seen.MIRRORED


def _share(reading: Reading, digit: str) -> float:
    """How likely the reader holds a digit for."""
    only = reading.digits[0]
    return float(only.probabilities[int(digit)]) * (1.0 - only.no_digit)


def _likeliest(reading: Reading) -> str | None:
    """What it would be if it had to be one, where it was read as one mark."""
    if len(reading.digits) != 1 or reading.digits[0].value is None:
        return None
    return reading.digits[0].text
