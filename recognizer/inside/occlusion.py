"""Which ink a model goes by: a patch of the glyph is blanked, and it is read again.

Works with every backend, as it only asks. After Zeiler & Fergus, "Visualizing and understanding
convolutional networks" (2014).
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recognizer.inside.sights import Occlusion
from recognizer.reading import Reading
from recognizer.types import Glyph

PATCH = 5  # px, side of what is blanked
STEP = 2  # px from one patch to the next


class ReadsPictures(Protocol):
    """Reads a picture, as `Recognizer` does."""

    def read_image(self, grey: NDArray[np.uint8], length: int | None = None) -> Reading:
        """The digits of a picture uint8 (H, W)."""


def occlusion(
    reader: ReadsPictures,
    glyph: Glyph,
    digit: int | None = None,
    patch: int = PATCH,
    step: int = STEP,
) -> Occlusion:
    """Ask a recognizer about a glyph uint8 (28, 28) with every patch of it blanked in turn.

    `digit` is the one whose confidence is followed (default: the likeliest). Patches of `patch` px,
    `step` px apart; those without ink are not asked about. Raises ValueError for a glyph without
    any ink.
    """
    if not glyph.any():
        raise ValueError("A glyph without ink has nothing to be blanked.")
    if digit is None:
        read = reader.read_image(glyph, 1).digits
        digit = int(read[0].probabilities.argmax()) if read else 0
    whole = _confidence(reader, glyph, digit)
    falls, covered = np.zeros(glyph.shape), np.zeros(glyph.shape)
    height, width = glyph.shape
    for top in range(1 - patch, height, step):
        rows = slice(max(top, 0), top + patch)
        for left in range(1 - patch, width, step):
            there = (rows, slice(max(left, 0), left + patch))
            covered[there] += 1
            if glyph[there].any():
                blanked = glyph.copy()
                blanked[there] = 0
                falls[there] += whole - _confidence(reader, blanked, digit)
    return Occlusion(digit, whole, (falls / np.maximum(covered, 1)).astype(np.float32))


def _confidence(reader: ReadsPictures, glyph: Glyph, digit: int) -> float:
    """The probability that the glyph is that digit; 0 where nothing is left of it."""
    digits = reader.read_image(glyph, 1).digits
    if not digits:
        return 0.0
    return float(digits[0].probabilities[digit]) * (1 - digits[0].no_digit)
