"""The ways people write each digit, drawn as random pen paths: the shapes that the data sets lack.

MNIST and pendigits hold few slashed or barred zeros, ones with a flag or a foot, crossed sevens,
open fours, sixes with a curl or fives drawn in one loop. Here every digit has a sampler of its own
that picks one such form and draws it with random proportions. Coordinates: about a unit box, x
right, y down.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from train.forms.marks import flag, foot, tick, zero_mark
from train.forms.paths import Strokes, arc, curve, join, line, pick, shaken, tilted

# --- One sampler a digit ---


def _zero(random: Generator) -> Strokes:
    rx = random.uniform(0.18, 0.52)
    turn = random.uniform(345, 430) * (-1 if random.random() < 0.8 else 1)
    ring = arc((0.5, 0.5), (rx, 0.5), random.normal(-80, 30), turn, random.normal(0, 0.08))
    form = pick(random, plain=3, marked=6, joined=0.8, curl=1, tail=3)
    if form == "marked":
        mark = zero_mark(random)
        return [ring, mark * (2 * rx, 1) + (0.5 - rx, 0)]
    if form == "joined":  # the slash drawn on without lifting the pen
        end = (0.5 - rx * random.uniform(0.5, 1.2), random.uniform(0.75, 1.1))
        return [join(ring, line((float(ring[-1, 0]), float(ring[-1, 1])), end))]
    if form == "curl":  # the ring ends in a small loop or tail at the top
        tail = ring[-1] + np.array([[0.06, -0.04], [0.2, -0.06], [0.34, 0.02]]) * random.uniform(
            0.4, 1.1
        )
        return [join(ring, tail)]
    if form == "tail":  # the pen lands beside or above the ring and swings into it
        lead = ring[0] + np.array([[random.uniform(-0.1, 0.3), -random.uniform(0.05, 0.22)]])
        return [join(lead, ring)]
    return [ring]


def _one(random: Generator) -> Strokes:
    lean = random.normal(0.05, 0.1)
    bow = random.normal(0, 0.02)
    stem = curve((lean, 0.0), (lean / 2 + bow, 0.5), (0.0, 1.0))
    strokes = [stem]
    form = pick(random, bare=1, lying=0.7, flag=4, flag_foot=4, foot=1, hooked=2)
    if form == "lying":  # a hasty stem, far over to the right
        slant = np.tan(np.radians(random.uniform(25, 50)))
        return [stem @ np.array([[1.0, 0.0], [-slant, 1.0]])]
    if form == "hooked":  # a bare stem with a tick where the pen landed, left, or both
        if random.random() < 0.6:
            stem = join(tick(random)[::-1] * (1, -1) + stem[0], stem)
        if random.random() < 0.6:
            stem = join(stem, tick(random) + stem[-1])
        return [stem]
    if "flag" in form:
        lead = flag(random) + stem[0]
        strokes = [join(lead, stem)] if random.random() < 0.85 else [stem, lead]
    if "foot" in form:
        base = foot(random) + stem[-1]
        if random.random() < 0.15:  # drawn on from the stem: down, left, right
            strokes[-1] = join(strokes[-1], base)
        else:
            strokes.append(base)
    return strokes


def _two(random: Generator) -> Strokes:
    head = shaken(random, 0.035, (0.08, 0.24), (0.4, 0.0), (0.82, 0.2))
    form = pick(random, corner=4, loop=3, angular=2, swan=2)
    if form == "corner":
        body = curve(*head, *shaken(random, 0.03, (0.6, 0.55), (0.05, 0.97)))
        return [
            join(
                body,
                line((float(body[-1, 0]), float(body[-1, 1])), *shaken(random, 0.04, (0.95, 0.97))),
            )
        ]
    if form == "loop":
        size = random.uniform(0.5, 2.0)
        loop = [(0.12, 0.93), (0.12 - 0.12 * size, 0.93 - 0.02 * size), (0.14, 0.93 - 0.2 * size)]
        reach = random.uniform(0.65, 1.0)
        tail = [(0.35 + 0.15 * reach, 0.9), (0.75 * reach, 1.0), (reach, 0.9)]
        return [curve(*head, *shaken(random, 0.025, (0.62, 0.52), *loop, *tail))]
    if form == "angular":
        return [line(*shaken(random, 0.04, (0.08, 0.04), (0.85, 0.03), (0.05, 0.97), (0.92, 0.97)))]
    return [curve(*head, *shaken(random, 0.03, (0.6, 0.6), (0.2, 0.9), (0.4, 0.93), (0.95, 1.0)))]


def _three(random: Generator) -> Strokes:
    belly = shaken(random, 0.035, (0.75, 0.55), (0.88, 0.78), (0.5, 1.0), (0.03, 0.87))
    form = pick(random, round=3, flat=3, looped=2)
    if form == "flat":
        top = line(*shaken(random, 0.035, (0.08, 0.02), (0.85, 0.02), (0.4, 0.4)))
        return [join(top, curve((float(top[-1, 0]), float(top[-1, 1])), *belly))]
    crown = shaken(random, 0.03, (0.08, 0.14), (0.45, 0.0), (0.8, 0.17), (0.6, 0.42))
    if form == "looped":
        size = random.uniform(0.05, 0.14)
        waist = ((0.4, 0.47), (0.4 - size, 0.47 - size), (0.42, 0.47 - size), (0.5, 0.48))
        return [curve(*crown, *waist, *belly)]
    waist_x = random.uniform(0.25, 0.5)
    top = curve(*crown, (waist_x, 0.47))
    return [join(top, curve((waist_x, 0.47), *belly))]


def _four(random: Generator) -> Strokes:
    bar_y = random.uniform(0.48, 0.75)
    stem_x = random.uniform(0.55, 0.8)
    reach = random.uniform(0.85, 1.15)
    lean = random.normal(0.06, 0.05)
    stem_top = random.uniform(0.0, 0.4)
    stem = line((stem_x + lean, stem_top), (stem_x - lean, 1.0 + random.normal(0, 0.05)))
    form = pick(random, open=4, round=3, closed=3, sickle=2.5, bolt=2, sail=1.2, spark=0.8)
    if form == "open":
        left = line(
            (random.uniform(0.1, 0.4), 0.0),
            (random.uniform(0, 0.12), bar_y),
            (reach, bar_y + random.normal(0, 0.04)),
        )
        return [left, stem]
    if form == "round":  # the left part swings like a u
        left = curve(
            (0.12, 0.0),
            (0.04, bar_y * 0.75),
            (0.25, bar_y),
            (stem_x, bar_y - random.uniform(0, 0.15)),
        )
        if random.random() < 0.5:  # without lifting the pen, up along the stem and down
            return [join(left, line((stem_x + lean, stem_top / 2), (stem_x - lean, 1.0)))]
        return [left, stem]
    if form == "closed":
        stem_foot = (stem_x - lean, 1.0)
        left = line((stem_x, 0.0), (0.0, bar_y), (reach, bar_y + random.normal(0, 0.03)))
        if (
            random.random() < 0.3
        ):  # bar first ends at the stem; then the stem starts from the very top
            return [left, line((stem_x, 0.0), stem_foot)]
        return [left, line((stem_x, random.uniform(0.2, 0.45)), stem_foot)]
    if form == "sickle":  # closed, its left side one round swing that crosses the stem
        reach = stem_x + random.uniform(0.08, 0.4)
        swing = (
            (stem_x, 0.0),
            (0.25, bar_y * 0.5),
            (0.02, bar_y * 0.85),
            (0.3, bar_y + 0.06),
            (reach, bar_y),
        )
        left = curve(*shaken(random, 0.03, *swing))
        return [left, line((stem_x, random.uniform(-0.1, 0.12)), (stem_x - lean, 1.0))]
    if form == "bolt":  # down, right, back up, down: one stroke
        turn = (stem_x + 0.1, bar_y - random.uniform(0, 0.1))
        return [
            line(
                (random.uniform(0.05, 0.4), 0.0),
                (0.0, bar_y),
                turn,
                (stem_x + lean, random.uniform(0, 0.35)),
                (stem_x - lean, 1.0),
            )
        ]
    if form == "spark":  # down left, then right and down, with nothing across
        knots = ((0.5, 0.0), (0.08, 0.38), (0.3, 0.56), (0.58, 0.72), (0.7, 1.0))
        return [curve(*shaken(random, 0.04, *knots))]
    # "sail": one stroke from the stem's foot up to the tip, down left, and the bar across
    return [line((stem_x - lean, 1.0), (stem_x, 0.0), (0.0, bar_y), (reach, bar_y))]


def _five(random: Generator) -> Strokes:
    belly = shaken(random, 0.035, (0.55, 0.36), (0.9, 0.66), (0.55, 1.0), (0.05, 0.93))
    neck = (random.uniform(0.05, 0.2), random.uniform(0.35, 0.48))
    top_left = (random.uniform(0.12, 0.3), 0.0)
    roof_end = (random.uniform(0.6, 1.05), random.normal(0, 0.06))
    form = pick(random, roof_last=3, roof_first=2, one_loop=4, s=2, angular=1)
    if form == "roof_last":
        body = join(line(top_left, neck), curve(neck, *belly))
        gap = random.normal(0, 0.05 if random.random() < 0.85 else 0.12, 2)
        return [body, line(top_left, roof_end) + gap]
    if form == "roof_first":
        return [join(line(roof_end, top_left, neck), curve(neck, *belly))]
    if form == "angular":
        return [
            line(
                roof_end,
                top_left,
                neck,
                *shaken(random, 0.03, (0.85, 0.42), (0.8, 0.95), (0.0, 0.97)),
            )
        ]
    start = shaken(random, 0.04, (0.9, 0.05), (0.35, 0.04))
    if form == "s":
        return [curve(*start, *shaken(random, 0.03, (0.15, 0.25), (0.5, 0.45)), *belly[1:])]
    # "one_loop": the neck turns in a little loop, or the belly swings back over the stem
    if random.random() < 0.5:
        size = random.uniform(0.05, 0.15)
        loop = ((0.15, 0.38), (0.15 - size * 0.5, 0.42 + size * 0.4), (0.2, 0.45), (0.3, 0.38))
        return [curve(*start, *loop, *belly)]
    back = (random.uniform(-0.05, 0.15), random.uniform(0.62, 0.9))
    return [
        curve(
            *start,
            neck,
            *belly[:3],
            back,
            (0.25 + random.normal(0, 0.08), random.uniform(0.45, 0.7)),
        )
    ]


def _six(random: Generator) -> Strokes:
    ry = random.uniform(0.11, 0.32)
    rx = random.uniform(0.13, 0.46)
    centre = (0.5, 1 - ry)
    tip = (random.uniform(0.45, 0.95), random.uniform(-0.02, 0.05))
    descent = curve(tip, *shaken(random, 0.03, (0.35, 0.3)), (0.5 - rx, 1 - ry))
    form = pick(random, plain=2, inner_curl=4, top_curl=3, through=1.5)
    turn = -random.uniform(300, 375)
    shrink = random.uniform(-0.05, 0.1)
    if form == "inner_curl":  # the ring goes on inwards like a spiral
        turn, shrink = -random.uniform(380, 520), random.uniform(0.3, 0.65)
    elif form == "through":  # the ring ends outside, across the stem
        turn, shrink = -random.uniform(360, 400), -random.uniform(0.1, 0.35)
    ring = arc(centre, (rx, ry), 180, turn, shrink)
    if form == "through" and random.random() < 0.5:  # and runs on a little, straight
        ring = join(ring, ring[-1:] + (ring[-1:] - ring[-3:-2]) * random.uniform(0.3, 1.0))
    if form == "top_curl":
        hook = curve((tip[0] + 0.12, random.uniform(0.1, 0.25)), (tip[0] + 0.08, 0.02), tip)
        return [join(hook, descent, ring)]
    return [join(descent, ring)]


def _seven(random: Generator) -> Strokes:
    corner = (random.uniform(0.75, 0.98), random.normal(0, 0.05))
    foot = (random.uniform(0.15, 0.6), 1.0)
    start = (0.0, random.uniform(-0.05, 0.1))
    roof = curve(start, (0.45, random.normal(0.03, 0.04)), corner)
    stem = curve(corner, shaken(random, 0.04, ((corner[0] + foot[0]) / 2, 0.45))[0], foot)
    if random.random() < 0.12:  # a flick at the foot, rising: level it would be a two's base
        stem = join(
            stem, line(foot, (foot[0] + random.uniform(0.05, 0.16), random.uniform(0.9, 0.97)))
        )
    if random.random() < 0.45:  # a serif leads down to, or hangs from, the roof's left end
        drop = line((start[0] + random.normal(0, 0.03), random.uniform(0.12, 0.32)), start)
        roof = join(drop, roof)
    strokes = [join(roof, stem)]
    if (
        random.random() < 0.3
    ):  # no corner at all: roof and stem in one swing, perhaps a flick at the foot
        swing = [(0.0, random.uniform(0.0, 0.25)), (0.4, 0.0), (0.85, random.uniform(0.05, 0.2))]
        swing += [(foot[0] + 0.25, 0.5), foot]
        if random.random() < 0.4:
            swing.append((foot[0] + random.uniform(0.08, 0.25), 1.0 - random.uniform(0.0, 0.08)))
        stem = curve(*shaken(random, 0.025, *swing))
        strokes = [stem]
        # Only the part below the roof tells where a bar would cross.
        stem = stem[len(stem) // 2 :]
    elif random.random() < 0.1:  # roof and stem as two strokes
        strokes = [roof, stem]
    if random.random() < 0.65:
        at = random.uniform(0.38, 0.62)
        middle = float(np.interp(at, stem[:, 1], stem[:, 0]))
        left, right = random.uniform(0.12, 0.42, 2)
        strokes.append(tilted(line((middle - left, at), (middle + right, at)), random))
    return strokes


def _eight(random: Generator) -> Strokes:
    waist = random.uniform(0.28, 0.55)
    top_rx, bottom_rx = random.uniform(0.16, 0.4), random.uniform(0.28, 0.48)
    form = pick(random, s=5, rings=3, open=1.5, upstroke=2.5)
    if form == "upstroke":  # ends in a straight way up that misses the start: open at the top
        left, foot = random.uniform(0.1, 0.35), random.uniform(0.02, 0.2)
        wide_open = random.random() < 0.4
        head = [(left + random.uniform(0.0, 0.15), random.uniform(0.02, 0.15))]
        if not wide_open:
            head = [(random.uniform(0.45, 0.75), random.uniform(0.02, 0.2)), (left + 0.06, 0.1)]
        body = [(left, 0.3), (left + 0.3, 0.52), (random.uniform(0.55, 0.8), 0.74), (0.42, 1.0)]
        bow = curve(*shaken(random, 0.03, *head, *body, (foot, 0.86)), (foot + 0.13, 0.62))
        tip = (random.uniform(0.65, 1.05), random.uniform(-0.12, 0.1))
        return [join(bow, line((foot + 0.13, 0.62), tip))]
    if form == "rings":
        top = arc(
            (0.5, waist / 2), (top_rx, waist / 2), random.normal(90, 40), -random.uniform(340, 390)
        )
        bottom = arc(
            (0.5, (1 + waist) / 2),
            (bottom_rx, (1 - waist) / 2),
            random.normal(-90, 40),
            random.choice([-1, 1]) * random.uniform(340, 390),
        )
        return [top, bottom]
    turn, start = random.uniform(0.9, 1.04), random.normal(0.1, 0.25)
    if form == "open":  # the upper ring is small and does not close: two ends cross or stand apart
        turn, start, waist = random.uniform(0.78, 0.92), random.normal(0.5, 0.2), waist * 0.75
    t = start + np.linspace(0, 2 * np.pi * turn, 44)
    y = np.where(np.cos(t) > 0, waist * (1 - np.cos(t)), waist - (1 - waist) * np.cos(t))
    x = 0.5 - np.where(np.cos(t) > 0, top_rx, bottom_rx) * np.sin(2 * t)
    if random.random() < 0.25:
        x = 1 - x
    return [np.column_stack([x, y])]


def _nine(random: Generator) -> Strokes:
    ry, rx = random.uniform(0.17, 0.32), random.uniform(0.25, 0.42)
    centre = (0.45, ry)
    ring = arc(
        centre, (rx, ry), random.normal(-35, 20), -random.uniform(310, 360), random.normal(0, 0.06)
    )
    rim = (centre[0] + rx, random.uniform(0.05, 0.25))
    form = pick(random, straight=3, hook=4, bow=2, two=1.5, swash=2.5, open=1.5)
    if form == "straight":
        return [join(ring, line(rim, (rim[0] - random.uniform(-0.05, 0.3), 1.0)))]
    if form == "hook":
        return [
            join(ring, curve(rim, (rim[0], 0.6), *shaken(random, 0.03, (0.6, 0.97), (0.1, 0.9))))
        ]
    if form == "bow":
        return [join(ring, curve(rim, (rim[0] + 0.03, 0.5), *shaken(random, 0.03, (0.35, 1.0))))]
    if form == "swash":  # a small head over a tail that swings wide and far to the left
        head = arc((0.35, 0.16), (random.uniform(0.12, 0.3), 0.14), 0, -random.uniform(300, 400))
        wide = random.uniform(0.65, 0.95)
        end = (random.uniform(-0.3, 0.1), random.uniform(0.88, 1.0))
        tail = ((wide - 0.1, 0.28), (wide, 0.6), (wide - 0.35, 0.95), end)
        start = (float(head[-1, 0]), float(head[-1, 1]))
        return [join(head, curve(start, *shaken(random, 0.03, *tail)))]
    if form == "open":  # the head is a hook that does not close
        head = arc(centre, (rx, ry), random.normal(-10, 15), -random.uniform(200, 290))
        back = curve((float(head[-1, 0]), float(head[-1, 1])), (rim[0], random.uniform(0.2, 0.4)))
        return [join(head, back, line(rim, (rim[0] - random.uniform(-0.05, 0.3), 1.0)))]
    closed = arc(centre, (rx, ry), random.normal(-60, 30), -random.uniform(345, 380))
    return [
        closed,
        line(
            (rim[0] + random.normal(0, 0.04), random.uniform(0, 0.25)),
            (rim[0] - random.uniform(-0.05, 0.25), 1.0),
        ),
    ]


SAMPLERS: tuple[Callable[[Generator], Strokes], ...] = (
    _zero, _one, _two, _three, _four, _five, _six, _seven, _eight, _nine,
)  # fmt: skip
