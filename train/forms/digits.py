"""A digit to learn from: one that somebody wrote, at times with an added mark, or a drawn form."""

from numpy.random import Generator

from train.data.unipen import PenDigit
from train.forms.allographs import SAMPLERS
from train.forms.marks import add_mark
from train.forms.paths import Strokes


def draw_digit(value: int, random: Generator) -> Strokes:
    """Draw one random form of the digit `value` as strokes of points (N, 2) in about a unit box."""
    return SAMPLERS[value](random)


def written_or_drawn(
    value: int, written: PenDigit | None, random: Generator, *, drawn: float, marked: float
) -> Strokes:
    """What somebody wrote for this value, or a drawn form.

    A share `drawn` of the digits is drawn, and all where none was written; a share `marked` of the
    others gets the mark that `add_mark` gives. Strokes are points (N, 2) of any size.
    """
    if written is None or random.random() < drawn:
        return draw_digit(value, random)
    if random.random() < marked:
        return add_mark(value, written.strokes, random)
    return [stroke[:, :2] for stroke in written.strokes]
