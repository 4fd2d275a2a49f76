"""Writers with a hand of their own, made from pendigits' training writers by seed.

The network has seen the training writers and errs on few of their digits, so they say little about
learning a hand. Here each writes as somebody else would: consistently, with the spread that their
own samples have. Two kinds:

- `morphed`: some of the writer's digits lean towards another digit, by a share that is the same
  every time: sevens like ones, fours like nines. What a hand is most needed for.
- `warped`: the whole hand is sheared, turned, stretched and bent in one way, and each digit is
  varied as in training besides. A hand that is strange without being misleading.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated
from train.data.samples import InkSample
from train.data.unipen import PenDigit
from train.forms.augment_ink import vary

Path = NDArray[np.float64]  # points (N, 2), x right, y down
Strokes = list[Path]

SAMPLES = 12  # of a digit: three to learn, nine to read
HANDS = 3  # that each writer becomes
STRIDE = 1_000  # between the numbers of two hands of the same writer
POINTS = 40  # of a stroke that is morphed

_MORPHED = 0.35  # share of the digits of a hand that lean towards another
_LEAN = (0.2, 0.5)  # by what share of the way
_STRENGTHS = (0.15, 0.3, 0.5)  # of the warps of a writer's hands, times the following
_SHEAR, _TURN, _STRETCH, _BEND = 0.4, np.radians(12), 0.3, 0.09  # standard deviations


def morphed(digits: Sequence[PenDigit], seed: int = 0) -> list[InkSample]:
    """Hands in which some digits lean towards another digit of some writer."""
    by_kind = _by_kind(digits)
    writers = sorted({digit.writer for digit in digits})

    def make(random: Generator, writer: int, hand: int) -> list[InkSample]:
        samples = []
        for value in range(10):
            target: Strokes | None = None
            if random.random() < _MORPHED:
                other = int(random.choice([v for v in range(10) if v != value]))
                found = by_kind.get((int(random.choice(writers)), other), [])
                lean = random.uniform(*_LEAN)
                if found:
                    target = _even(found[int(random.integers(len(found)))].strokes)
            for digit in _some(by_kind.get((writer, value), []), random):
                strokes = _even(digit.strokes)
                if target is not None and len(target) == len(strokes):
                    pairs = zip(strokes, target, strict=True)
                    strokes = [(1 - lean) * own + lean * other for own, other in pairs]
                samples.append(InkSample(str(value), hand * STRIDE + writer, strokes))
        return samples

    return _all_hands(writers, make, seed)


def warped(digits: Sequence[PenDigit], seed: int = 0) -> list[InkSample]:
    """Hands that are strange all over, each in its own way; a writer's later hands are more so."""
    by_kind = _by_kind(digits)
    writers = sorted({digit.writer for digit in digits})

    def make(random: Generator, writer: int, hand: int) -> list[InkSample]:
        strength = _STRENGTHS[hand % len(_STRENGTHS)]
        turn, shear = random.normal(0, _TURN) * strength, random.normal(0, _SHEAR) * strength
        stretch = float(np.exp(random.normal(0, _STRETCH) * strength))
        turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        frame = turned @ np.array([[stretch, shear], [0, 1 / stretch]])
        samples = []
        for value in range(10):
            waves = random.normal(0, 3.0, (3, 2))  # radians a side of the digit
            phases = random.uniform(0, 2 * np.pi, 3)
            reach = random.normal(0, _BEND, (3, 2)) * strength
            for digit in _some(by_kind.get((writer, value), []), random):
                strokes = [stroke @ frame.T for stroke in _unit(digit.strokes)]
                strokes = [s + np.sin(s @ waves.T + phases) @ reach for s in strokes]
                strokes = vary(strokes, random)
                samples.append(InkSample(str(value), hand * STRIDE + writer, strokes))
        return samples

    return _all_hands(writers, make, seed)


KINDS: dict[str, Callable[[Sequence[PenDigit], int], list[InkSample]]] = {
    "morphed": morphed,
    "warped": warped,
}


def _all_hands(
    writers: Sequence[int], make: Callable[[Generator, int, int], list[InkSample]], seed: int
) -> list[InkSample]:
    samples = []
    for hand in range(HANDS):
        for writer in writers:
            samples += make(np.random.default_rng((seed, hand, writer)), writer, hand)
    return samples


def _by_kind(digits: Sequence[PenDigit]) -> dict[tuple[int, int], list[PenDigit]]:
    """The digits of each writer and value."""
    found: dict[tuple[int, int], list[PenDigit]] = {}
    for digit in digits:
        found.setdefault((digit.writer, digit.label), []).append(digit)
    return found


def _some(digits: Sequence[PenDigit], random: Generator) -> list[PenDigit]:
    return [digits[int(row)] for row in random.permutation(len(digits))[:SAMPLES]]


def _unit(strokes: Sequence[Path]) -> Strokes:
    """The strokes in a box around 0 whose longer side is 1."""
    points = np.concatenate(strokes)[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = max(float((high - low).max()), 1e-9)
    return [(stroke[:, :2] - (low + high) / 2) / scale for stroke in strokes]


def _even(strokes: Sequence[Path]) -> Strokes:
    """The strokes in that box with `POINTS` points each, evenly along them."""
    return [_resampled(stroke) for stroke in _unit(strokes)]


def _resampled(stroke: Path) -> Path:
    along = arc_lengths(stroke)
    marks = np.linspace(0, along[-1], POINTS)
    return interpolated(marks, along, stroke)
