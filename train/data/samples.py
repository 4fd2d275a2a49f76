"""One person's ink with what it was meant to be: a digit, a letter, a sign or a whole number."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class InkSample:
    """Handwriting: what was written, by whom, and the strokes.

    A stroke is float64 (N, 2), or (N, 3) where the set has true times: x right, y down, in the
    tablet's own units, and seconds.
    """

    label: str
    writer: int
    strokes: list[NDArray[np.float64]]
