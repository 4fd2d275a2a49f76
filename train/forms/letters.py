"""Letters as people write them, drawn as random pen paths: ink that is no digit but comes near one.

Print and handwriting forms that the single-stroke faces of `train.forms.negatives` lack. An o, l,
z, s, b, g or q is left out, and so is all that could be a careless digit (c, i, j, u, y). Others
come near a digit, and what tells them apart is drawn here: an a's bowl reaches down to the line
where a nine's does not, a T's stem hangs from the middle of its roof, an h's right leg starts below
its stem's top. Coordinates: about a unit box, x right, y down.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from train.forms.paths import Path, Point, Strokes, arc, curve, join, line, pick, shaken

SPREAD = 0.04  # standard deviation of the control points


def draw_letter(random: Generator) -> Strokes:
    """Draw one random letter as strokes of points (N, 2) in about a unit box."""
    samplers = list(_SAMPLERS)
    weights = np.array(list(_SAMPLERS.values()), np.float64)
    return samplers[int(random.choice(len(samplers), p=weights / weights.sum()))](random)


def _straight(random: Generator, *points: Point) -> Path:
    return line(*shaken(random, SPREAD, *points))


def _bent(random: Generator, *points: Point) -> Path:
    return curve(*shaken(random, SPREAD, *points))


def _capital_a(random: Generator) -> Strokes:
    peak = random.uniform(0.4, 0.6)
    form = pick(random, tent=4, round=2, joined=2)
    bar_y = random.uniform(0.5, 0.75)
    bar = _straight(random, (random.uniform(-0.05, 0.3), bar_y), (random.uniform(0.7, 1.05), bar_y))
    if form == "tent":
        if random.random() < 0.4:  # two legs, each from the peak
            return [
                _straight(random, (peak, 0), (0, 1)),
                _straight(random, (peak, 0), (1, 1)),
                bar,
            ]
        return [_straight(random, (0, 1), (peak, 0), (1, 1)), bar]
    if form == "round":
        arch = _bent(random, (0, 1), (0.1, 0.3), (peak, 0), (0.9, 0.3), (1, 1))
        return [arch, bar]
    # The pen goes on from the right foot, up to the left and across.
    return [_straight(random, (0, 1), (peak, 0), (1, 1), (0.15, bar_y), (0.85, bar_y - 0.05))]


def _capital_e(random: Generator) -> Strokes:
    width = random.uniform(0.5, 0.9)
    form = pick(random, combs=3, epsilon=4)
    if form == "epsilon":
        waist = random.uniform(0.3, 0.6)
        upper = ((width, 0.12), (0.5 * width, 0.0), (0.05, 0.22), (waist * width, 0.47))
        lower = ((0.0, 0.74), (0.5 * width, 1.0), (width, random.uniform(0.8, 0.95)))
        return [_bent(random, *upper, *lower)]
    spine = _straight(random, (width, 0), (0, 0), (0, 1), (width, 1))
    bar = _straight(random, (0, 0.5), (width * random.uniform(0.6, 1), 0.5))
    if random.random() < 0.5:
        return [spine, bar]
    return [
        _straight(random, (0, 0), (0, 1), (width, 1)),
        _straight(random, (0, 0), (width, 0)),
        bar,
    ]


def _capital_f(random: Generator) -> Strokes:
    width = random.uniform(0.45, 0.85)
    bar = _straight(random, (-0.05, 0.45), (width * random.uniform(0.6, 0.95), 0.45))
    if random.random() < 0.5:
        return [_straight(random, (width, 0), (0, 0), (0, 1)), bar]
    return [_straight(random, (0, 0), (0, 1)), _straight(random, (-0.03, 0), (width, 0)), bar]


def _capital_h(random: Generator) -> Strokes:
    width, bar_y = random.uniform(0.5, 0.9), random.uniform(0.38, 0.6)
    left = _straight(random, (0, 0), (0, 1))
    right = _straight(random, (width, 0), (width, 1))
    form = pick(random, three=3, zed=2, two=2)
    if form == "three":
        return [left, right, _straight(random, (0, bar_y), (width, bar_y))]
    if form == "zed":  # the right stem and the bar in one stroke
        return [left, _straight(random, (width, 0), (width, 1), (0, bar_y), (width, bar_y))]
    return [left, _straight(random, (0, bar_y), (width, bar_y), (width, 0), (width, 1))]


def _k(random: Generator) -> Strokes:
    reach, height = random.uniform(0.5, 0.9), random.choice([0.0, 0.35])
    stem = _straight(random, (0, 0), (0, 1))
    waist = (random.uniform(0.0, 0.12), random.uniform(0.45, 0.68))
    if random.random() < 0.6:
        return [stem, _straight(random, (reach, height), waist, (reach, 1))]
    return [stem, _straight(random, (reach, height), waist), _straight(random, waist, (reach, 1))]


def _m(random: Generator) -> Strokes:
    if random.random() < 0.5:
        return [_straight(random, (0, 1), (0.12, 0), (0.5, 0.7), (0.88, 0), (1, 1))]
    arches = [(0, 0.0), (0.02, 1), (0.08, 0.3), (0.28, 0.02), (0.48, 0.35), (0.5, 1)]
    return [_bent(random, *arches, (0.56, 0.3), (0.78, 0.02), (0.98, 0.35), (1.0, 1))]


def _n(random: Generator) -> Strokes:
    width = random.uniform(0.6, 1.0)
    if random.random() < 0.4:  # the capital
        return [_straight(random, (0, 1), (0, 0), (width, 1), (width, 0))]
    stem = _straight(random, (0, 0), (0, 1))
    arch = _bent(random, (0, 1), (0.06, 0.4), (width * 0.55, 0.0), (width, 0.35), (width, 1))
    return [join(stem, arch)]


def _p(random: Generator) -> Strokes:
    bowl_height = random.uniform(0.4, 0.58)
    width = random.uniform(0.5, 0.8)
    stem = _straight(random, (0, 0), (0, 1))
    bowl = _bent(
        random,
        (0, 0.05),
        (0.6 * width, -0.02),
        (width, bowl_height * 0.5),
        (0.6 * width, bowl_height),
        (0.0, bowl_height),
    )
    leg = _straight(random, (0.15, bowl_height), (width, 1))
    is_r = random.random() < 0.4
    form = pick(random, two=3, one=3)
    if form == "two":
        return [stem, join(bowl, leg)] if is_r else [stem, bowl]
    if random.random() < 0.3:
        bowl = bowl[: int(len(bowl) * random.uniform(0.7, 0.95))]  # does not reach the stem again
    whole = join(stem, line((0, 1), (random.normal(0, 0.03), 0.05)), bowl)
    return [join(whole, leg)] if is_r else [whole]


def _v(random: Generator) -> Strokes:
    foot = random.uniform(0.4, 0.6)
    return [_straight(random, (0, 0), (foot, 1), (random.uniform(0.8, 1.1), 0))]


def _w(random: Generator) -> Strokes:
    knots = ((0, 0), (0.25, 1), (0.5, random.uniform(0.0, 0.4)), (0.75, 1), (1, 0))
    return [(_straight if random.random() < 0.5 else _bent)(random, *knots)]


def _x(random: Generator) -> Strokes:
    falling = _straight(random, (0, 0), (1, 1))
    rising = _straight(random, (1, 0), (0, 1))
    return [falling, rising]


def _e(random: Generator) -> Strokes:
    """The small e: a bar that turns back over itself into an open bowl."""
    bar_y = random.uniform(0.4, 0.6)
    width = random.uniform(0.6, 1.0)
    lead = [(-random.uniform(0.1, 0.5), random.uniform(0.6, 0.95))] * (random.random() < 0.4)
    top = ((width, 0.3), (0.5 * width, 0.0), (0.05, 0.3), (0.0, 0.6))
    end = ((0.4 * width, 1.0), (width * random.uniform(0.85, 1.5), random.uniform(0.7, 0.9)))
    return [_bent(random, *lead, (0.05, bar_y + 0.05), *top, *end)]


def _h(random: Generator) -> Strokes:
    """The small h: its arch branches off low, often in a sharp turn at the stem's very foot."""
    width, shoulder = random.uniform(0.3, 0.75), random.uniform(0.35, 0.6)
    foot = (width + 0.02, 1.0)
    if random.random() < 0.4:
        foot = (width + random.uniform(0.1, 0.3), random.uniform(0.88, 1.0))
    stem = _straight(random, (0, 0), (0, 1))
    if random.random() < 0.3:  # with the loop of cursive handwriting
        stem = _bent(random, (0.02, 0.7), (0.28, 0.15), (0.12, 0.0), (0, 0.3), (0, 1))
    branch = (0.05, shoulder + random.uniform(0.08, 0.3))
    if random.random() < 0.4:
        arch = _straight(random, (0, 1), (width * 0.75, shoulder), (width, shoulder + 0.1), foot)
    else:
        arch = _bent(random, (0, 1), branch, (width * 0.6, shoulder), (width, 0.75), foot)
    return [join(stem, arch)]


def _d(random: Generator) -> Strokes:
    """The small d: a bowl at the lower left of a tall stem, which is often a narrow loop."""
    rx, ry = random.uniform(0.2, 0.32), random.uniform(0.2, 0.32)
    centre = (rx, 1 - ry)
    stem_x = 2 * rx + random.normal(0, 0.03)
    form = pick(random, printed=2, looped=4, swung=1)
    ring = arc(centre, (rx, ry), random.normal(-30, 12), -random.uniform(300, 350))
    if form == "swung":  # one stroke that ends in a bow up to the left
        rise = ((2 * rx, 0.6), (2 * rx, 0.3), (rx * random.uniform(0.2, 1.2), 0.0))
        return [join(ring, _bent(random, *rise))]
    foot = [(stem_x + random.uniform(0.08, 0.4), random.uniform(0.85, 1.0))]
    end = foot if random.random() < 0.6 else []
    if form == "looped":
        gap = random.uniform(0.0, 0.1)
        up = ((stem_x, 0.75), (stem_x + gap, 0.2), (stem_x + gap / 2, 0.0), (stem_x - gap, 0.25))
        return [join(ring, _bent(random, *up, (stem_x - 0.02, 0.7), (stem_x, 0.98), *end))]
    stem = _straight(random, (stem_x, 0), (stem_x, 1), *end)
    return [join(ring, stem)] if random.random() < 0.5 else [ring, stem]


def _a(random: Generator) -> Strokes:
    """The small a: a bowl down to the line and a stem beside it, or with a hook above."""
    rx = random.uniform(0.28, 0.45)
    foot = (2 * rx + random.uniform(0.12, 0.5), random.uniform(0.82, 1.0))
    if random.random() < 0.3:  # two storeys
        end = [foot] if random.random() < 0.8 else []
        bowl = random.uniform(0.22, 0.3)
        hook = ((0.1, 0.2), (rx, 0.0), (1.9 * rx, 0.25), (2 * rx, 0.6), (2 * rx, 0.95))
        ring = arc((rx, 1 - bowl), (rx, bowl), random.normal(-40, 10), -random.uniform(280, 340))
        if random.random() < 0.5:
            return [_bent(random, *hook, *end), ring]
        return [join(_bent(random, *hook), ring, *([np.array(end)] if end else []))]
    ry = random.uniform(0.42, 0.5)
    turn = random.uniform(270, 350)
    ring = arc((rx, ry), (rx, ry), random.normal(-45, 15), -turn)
    stem_x = 2 * rx + random.normal(0, 0.03)
    # Without its foot it could be a careless zero.
    stem = _straight(random, (stem_x, random.uniform(0.0, 0.2)), (stem_x, 0.97), foot)
    return [join(ring, stem)] if random.random() < 0.8 else [ring, stem]


def _r(random: Generator) -> Strokes:
    """The small r: a stem, drawn up again as often as not, and an arm to the right at its top."""
    reach, drop = random.uniform(0.45, 0.95), random.uniform(-0.05, 0.2)
    branch = random.uniform(0.05, 0.5)
    stem = _straight(random, (0, random.uniform(0, 0.1)), (0, 1))
    arm = _bent(random, (0.02, branch), (reach * 0.45, 0.02), (reach, drop))
    if random.random() < 0.25:
        arm = _straight(random, (0, 0.02), (reach, 0.02))
    if random.random() < 0.65:
        return [join(stem, _straight(random, (0, 1), (0.01, branch)), arm)]
    return [stem, arm]


def _capital_t(random: Generator) -> Strokes:
    """The T, its stem under the middle of its roof, sometimes a little below it."""
    at, width = random.uniform(0.33, 0.6), random.uniform(0.7, 1.1)
    x = at * width
    roof = _straight(random, (0, 0), (width, random.normal(0, 0.05)))
    stem = _straight(random, (x, random.uniform(-0.06, 0.06)), (x + random.normal(0, 0.06), 1))
    return [roof, stem] if random.random() < 0.5 else [stem, roof]


def _f(random: Generator) -> Strokes:
    hook = _bent(random, (0.75, 0.12), (0.55, 0.0), (0.36, 0.18), (0.34, 0.6), (0.32, 1.0))
    bar_y = random.uniform(0.35, 0.55)
    return [hook, _straight(random, (0.05, bar_y), (random.uniform(0.6, 0.85), bar_y))]


def _t(random: Generator) -> Strokes:
    bar_y = random.uniform(0.15, 0.5)
    left, right = random.uniform(0.1, 0.42, 2)
    end = [(0.7, 0.92)] if random.random() < 0.5 else []
    if random.random() < 0.5:
        stem = _bent(random, (0.4, 0.0), (0.4, 0.5), (0.42, 0.9), *end)
    else:
        stem = _straight(random, (0.4, 0.0), (0.4, 1.0), *end)
    return [stem, _straight(random, (0.4 - left, bar_y), (0.4 + right, bar_y))]


# How often each letter is drawn: those that come nearest to a digit more than others.
_SAMPLERS: dict[Callable[[Generator], Strokes], float] = {
    _a: 3,
    _capital_a: 1,
    _d: 2,
    _e: 2,
    _capital_e: 1,
    _f: 1,
    _capital_f: 1,
    _h: 2,
    _capital_h: 1,
    _k: 1,
    _m: 0.7,
    _n: 1,
    _p: 2,
    _r: 2,
    _t: 1.5,
    _capital_t: 1.5,
    _v: 0.7,
    _w: 0.6,
    _x: 0.7,
}
