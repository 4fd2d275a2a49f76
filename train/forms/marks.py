"""What some people add to a 0, 1 or 7: slash, bar or dot, flag and foot, bar."""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from train.forms.paths import Path, Strokes, arc, curve, line, pick, tilted


def add_mark(value: int, strokes: Sequence[Path], random: Generator) -> Strokes:
    """Give a writer's plain 0, 1 or 7 the mark that others add: slash or bar, flag and foot, bar.

    Other digits, and ones or sevens that seem to carry such a mark already, come back unchanged.
    """
    plain = [np.asarray(stroke, dtype=np.float64)[:, :2] for stroke in strokes]
    points = np.concatenate(plain)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    if len(plain) > 1 or size[1] <= 0:
        return plain
    if value == 0:
        return [*plain, zero_mark(random) * size + low]
    if value == 7:
        at = random.uniform(0.4, 0.6)
        middle = float(np.interp(at, *_height_profile(plain[0], low, size)))
        bar = line((middle - random.uniform(0.2, 0.5), at), (middle + random.uniform(0.2, 0.5), at))
        return [*plain, tilted(bar, random) * size + low]
    if value == 1 and size[0] < 0.25 * size[1]:
        # A bare stem: flag and foot are measured in its height, since its width is next to nothing.
        top, bottom = plain[0][points[:, 1].argmin()], plain[0][points[:, 1].argmax()]
        marked = list(plain)
        if random.random() < 0.7:
            marked.append(top + flag(random)[::-1] * size[1])
        if random.random() < 0.6:
            marked.append(bottom + foot(random) * size[1])
        return marked
    return plain


def _height_profile(path: Path, low: Path, size: Path) -> tuple[Path, Path]:
    """The stroke's x over its y, both as shares of its box, for looking up where its stem runs."""
    shares = (path - low) / np.maximum(size, 1e-9)
    order = np.argsort(shares[:, 1], kind="stable")
    return shares[order, 1], shares[order, 0]


def zero_mark(random: Generator) -> Path:
    """A slash, a bar or a dot for a zero that fills the unit box."""
    # How far the mark reaches over the ring; negative: it stays inside.
    over = random.uniform(-0.28, 0.22) if random.random() < 0.75 else random.uniform(0.2, 0.5)
    shift = random.normal(0, 0.07)
    form = pick(random, slash=5, backslash=1, upright=2.5, bar=3, dot=0.4)
    if form == "slash":
        mark = line((-over + shift, 1 + over), (1 + over + shift, -over))
    elif form == "backslash":
        mark = line((-over + shift, -over), (1 + over + shift, 1 + over))
    elif form == "upright":
        mark = line((0.5 + shift, -over), (0.5 + shift, 1 + over))
    elif form == "bar":
        mark = line((-over, 0.5 + shift), (1 + over, 0.5 + shift))
    else:
        mark = arc((0.5 + shift, 0.5), (0.06, 0.06), 0, 360)
    return tilted(mark, random)


def flag(random: Generator) -> Path:
    """The upstroke that leads to the top of a one, ending in (0, 0); unit: the one's height."""
    length = random.uniform(0.1, 0.5)
    # Degrees below the horizontal. A long flat one would be a seven's roof.
    flattest = float(np.interp(length, (0.25, 0.5), (3, 20)))
    angle = np.radians(random.uniform(flattest, 65))
    end = (-length * float(np.cos(angle)), length * float(np.sin(angle)))
    rise = abs(random.normal(0, 0.12)) * length  # bent upwards like an arch, more often than down
    bow = (end[0] * random.uniform(0.4, 0.7), end[1] / 2 - rise + random.normal(0, 0.02))
    return curve(end, bow, (0.0, 0.0))


def foot(random: Generator) -> Path:
    """The base line under a one, about (0, 0); unit: the one's height."""
    left, right = random.uniform(0.1, 0.35, 2)
    base = tilted(line((-left, 0.0), (right, 0.0)), random, 5)
    # Some feet cross the stem above its end.
    base[:, 1] -= random.uniform(0, 0.22) if random.random() < 0.35 else random.normal(0, 0.015)
    return base


def tick(random: Generator) -> Path:
    """A short upward line away from (0, 0), to either side; unit: the one's height."""
    side = -1 if random.random() < 0.4 else 1
    length, angle = random.uniform(0.05, 0.22), np.radians(random.uniform(10, 75))
    if side > 0 and random.random() < 0.2:  # on towards the next digit, steep and long
        length, angle = random.uniform(0.2, 0.38), np.radians(random.uniform(45, 75))
    end = (side * length * float(np.cos(angle)), -length * float(np.sin(angle)))
    return curve((0.0, 0.0), (end[0] * 0.6, end[1] * 0.35), end)
