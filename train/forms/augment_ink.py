"""Stroke-level augmentation: one writer's digit as other hands, pens and mice would write it.

Works on strokes, before the picture exists, so that slant, curvature, sampling and pen width change
as they do between people, and the picture that is drawn from them stays as sharp as a real one.
"""

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from recognizer.strokes import arc_lengths, interpolated

Path = NDArray[np.float64]  # points (N, 2)

PEN_WIDTHS = (
    1.5,
    3.25,
)  # px of the glyph; play draws at `recognizer.ink.PEN_WIDTH`, MNIST spans these

# Standard deviations of the hand, in shares of the digit's longer side unless a unit is named.
_SLANT = 0.2  # x per y
_ROTATION = 0.1  # radians
_ASPECT = 0.16  # logarithm of the width's factor
_BEND = 0.028  # displacement by slow waves: curvature and proportions
_TREMOR = 0.006

# Shares of the digits that each habit of hand or device touches.
_P_COARSE = 0.3
_P_GRID = 0.2
_GRID = (7, 60)  # cells that a digit is high
_P_JOINED = 0.12
_P_BROKEN = 0.06
_P_ENDS = 0.3
_P_HOOK = 0.2


def vary(strokes: Sequence[Path], random: Generator) -> list[Path]:
    """A random variation of a digit's strokes, in about a unit box; the label stays true."""
    varied = _unit_box([np.asarray(stroke, dtype=np.float64)[:, :2] for stroke in strokes])
    if random.random() < _P_ENDS:
        varied = [_trim(stroke, random) for stroke in varied]
    if random.random() < _P_HOOK:
        varied = [_hook(stroke, random) for stroke in varied]
    if len(varied) > 1 and random.random() < _P_JOINED:
        varied = _join_two(varied, random)
    if random.random() < _P_BROKEN:
        varied = _break_one(varied, random)
    waves, frame = _waves(random), _slanted_frame(random)
    varied = [_bend(stroke, waves) @ frame.T for stroke in varied]
    if random.random() < _P_COARSE:
        spacing = random.uniform(0.05, 0.16)
        varied = [_resample(stroke, spacing) for stroke in varied]
    varied = [stroke + _tremor(len(stroke), random) for stroke in varied]
    if random.random() < _P_GRID:
        # A small drawing on a screen of whole pixels, or by a coarse touch panel.
        cells = np.exp(random.uniform(*np.log(_GRID)))
        varied = [np.round(stroke * cells) / cells for stroke in varied]
    return varied


def random_pen_width(random: Generator) -> float:
    """A pen width in pixels of the glyph, for `recognizer.ink.glyph`."""
    return float(random.uniform(*PEN_WIDTHS))


def _unit_box(strokes: list[Path]) -> list[Path]:
    points = np.concatenate(strokes)
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    scale = 1 / max(float(size.max()), 1e-9)
    return [(stroke - low - size / 2) * scale + 0.5 for stroke in strokes]


def _slanted_frame(random: Generator) -> Path:
    """The 2x2 matrix of a random slant, rotation and aspect."""
    angle = random.normal(0, _ROTATION)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    slant = np.array([[1.0, float(np.clip(random.normal(0, _SLANT), -0.5, 0.5))], [0.0, 1.0]])
    aspect = np.diag([float(np.exp(random.normal(0, _ASPECT))), 1.0])
    frame: Path = turn @ slant @ aspect
    return frame


def _waves(random: Generator) -> Path:
    """Two slow waves an axis: columns are amplitude, frequency in x and y (radians), and phase."""
    amplitude = random.normal(0, _BEND, (2, 2, 1))
    frequency = random.uniform(-1.3, 1.3, (2, 2, 2)) * 2 * np.pi
    phase = random.uniform(0, 2 * np.pi, (2, 2, 1))
    return np.concatenate([amplitude, frequency, phase], axis=2)


def _bend(stroke: Path, waves: Path) -> Path:
    moved = stroke.copy()
    for axis in range(2):
        for amplitude, fx, fy, phase in waves[axis]:
            moved[:, axis] += amplitude * np.sin(fx * stroke[:, 0] + fy * stroke[:, 1] + phase)
    return moved


def _tremor(count: int, random: Generator) -> Path:
    """Smoothed noise along the path: an unsteady hand rather than a noisy tablet."""
    noise = random.normal(0, abs(random.normal(0, _TREMOR)), (count + 2, 2))
    return (noise[:-2] + noise[1:-1] + noise[2:]) / 1.73


def _resample(stroke: Path, spacing: float) -> Path:
    """Points at equal distances: what a slow mouse reports of a quick hand."""
    along = arc_lengths(stroke)
    if along[-1] < spacing:
        return stroke[[0, -1]]
    marks = np.linspace(0, along[-1], max(2, round(along[-1] / spacing)))
    return interpolated(marks, along, stroke)


def _trim(stroke: Path, random: Generator) -> Path:
    """The pen touched down late or lifted early: up to 7 % of the way lost at either end."""
    along = arc_lengths(stroke)
    if along[-1] < 0.3:
        return stroke
    start, stop = random.uniform(0, 0.07) * along[-1], (1 - random.uniform(0, 0.07)) * along[-1]
    kept = (along >= start) & (along <= stop)
    return stroke[kept] if kept.sum() >= 2 else stroke


def _hook(stroke: Path, random: Generator) -> Path:
    """A small hook where the pen lands or leaves."""
    if arc_lengths(stroke)[-1] < 0.4:
        return stroke
    angle, length = random.uniform(0, 2 * np.pi), random.uniform(0.02, 0.13)
    offset = length * np.array([np.cos(angle), np.sin(angle)])
    if random.random() < 0.5:
        return np.concatenate([stroke[:1] + offset, stroke])
    return np.concatenate([stroke, stroke[-1:] + offset])


def _join_two(strokes: list[Path], random: Generator) -> list[Path]:
    """The pen did not lift between two strokes that follow each other closely."""
    first = int(random.integers(len(strokes) - 1))
    before, after = strokes[first], strokes[first + 1]
    if np.hypot(*(before[-1] - after[0])) > 0.6:
        return strokes  # a line that long would make another sign
    return [*strokes[:first], np.concatenate([before, after]), *strokes[first + 2 :]]


def _break_one(strokes: list[Path], random: Generator) -> list[Path]:
    """The pen lost contact for a moment in the middle of a stroke."""
    index = int(random.integers(len(strokes)))
    stroke = strokes[index]
    if len(stroke) < 12:
        return strokes
    at = int(random.integers(4, len(stroke) - 5))
    gap = int(random.integers(0, 2))
    return [*strokes[:index], stroke[:at], stroke[at + gap :], *strokes[index + 1 :]]
