"""Times for strokes that carry none: points at a sampling rate, and pauses of a modelled hand.

Neither pendigits nor UNIPEN's sets say when the pen came down again (pendigits' `.DT 100` stands
after every stroke alike); DigiLeTs does, and is replayed at its own times. The points of the others
are set at 100 Hz: pendigits' tablet sent them at fixed intervals, and its digits, of 39 points at
the median, took some 0.4 s at that rate; UNIPEN's, of about as many, come from tablets of 100 to
200 Hz, so that they may be up to twice as quick.

A pause between strokes is modelled as the way to the next stroke, at the speed at which this writer
draws, and a dead time for lifting and setting the pen, which is log-normal among writers and from
stroke to stroke, and now and then a hesitation. The numbers are such that the pauses on pendigits'
digits last as long as those of DigiLeTs' 25 people: 0.27 s at the median, 0.58 s for one in ten and
1.35 s for one in a hundred. For a slow hand the dead time is twice as long, as a child's, whose
pauses last 0.4 s on the average ("In a split second", Frontiers in Psychology 2023, DOI
10.3389/fpsyg.2022.1052264).
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

SAMPLING_RATE = 100.0  # points a second

Stroke = NDArray[np.float64]  # points (N, 2)
Times = list[tuple[float, float]]  # of each stroke, the seconds of touching and of lifting


@dataclass(frozen=True)
class Hand:
    """How quickly hands move between strokes; spreads are deviations of logarithms."""

    dead_time: float = 0.18  # s, the median writer's
    writers_spread: float = 0.5
    strokes_spread: float = 0.5
    p_hesitation: float = 0.05
    hesitation: float = 0.6  # s, mean of an exponential


USUAL_HAND = Hand()
SLOW_HAND = Hand(dead_time=0.36)


def size(strokes: Sequence[Stroke], digits: int) -> float:
    """The size of one digit of the ink, in its units: its height, or its share of the width."""
    points = np.concatenate([stroke[:, :2] for stroke in strokes])
    width, height = np.ptp(points, axis=0)
    return max(float(height), float(width) / digits, 1e-9)


def drawing_speed(strokes: Sequence[Stroke], digits: int) -> float:
    """The median speed of the pen on the paper, in sizes of a digit a second; NaN without any."""
    speeds = [
        float(np.hypot(*np.diff(stroke[:, :2], axis=0).T).sum()) * SAMPLING_RATE / (len(stroke) - 1)
        for stroke in strokes
        if len(stroke) > 1
    ]
    moving = [speed for speed in speeds if speed > 0]
    return float(np.median(moving)) / size(strokes, digits) if moving else float("nan")


def writers_dead_time(writer: int, hand: Hand, seed: int) -> float:
    """The dead time of a writer in seconds, the same in every test set of one seed."""
    random = np.random.default_rng([seed, zlib.crc32(str(writer).encode())])
    return hand.dead_time * float(np.exp(random.normal(0, hand.writers_spread)))


def true_times(strokes: Sequence[Stroke]) -> Times | None:
    """When the pen touched and lifted, from the third column; None where the ink has no times."""
    if any(stroke.shape[1] < 3 for stroke in strokes):
        return None
    start = float(strokes[0][0, 2])
    return [(float(stroke[0, 2]) - start, float(stroke[-1, 2]) - start) for stroke in strokes]


def timed(
    strokes: Sequence[Stroke], speed: float, dead_time: float, hand: Hand, random: Generator
) -> Times:
    """When the pen touches and lifts for each stroke, in seconds from the first touch.

    `speed` is that of the pen in the air, in the strokes' units a second.
    """
    times: Times = []
    now = 0.0
    for number, stroke in enumerate(strokes):
        if number:
            way = float(np.hypot(*(stroke[0, :2] - strokes[number - 1][-1, :2])))
            now += way / speed + dead_time * float(np.exp(random.normal(0, hand.strokes_spread)))
            if random.random() < hand.p_hesitation:
                now += float(random.exponential(hand.hesitation))
        end = now + (len(stroke) - 1) / SAMPLING_RATE
        times.append((now, end))
        now = end
    return times
