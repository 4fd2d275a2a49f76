"""The digits that the page shows: every misread one and some that were read right, in one picture.

Thousands of small pictures would be thousands of files; a sprite is one PNG from which the page
cuts each.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from train.measures.digits import DigitOutcome

COLUMNS = 40  # glyphs in a row of the sprite
SIDE = 28  # px of a glyph
RIGHT_EACH = 6  # digits of each value that all models read right, to compare with
MOST_MISREAD = 400  # of one set


@dataclass(frozen=True)
class Shown:
    """Samples of one test set: their places in it, the sprite, and what each model read."""

    test_set: str
    rows: NDArray[np.int64]
    sprite: str  # a PNG as data: address
    samples: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """For the page's script; `at` is a sample's place in the sprite."""
        return {"set": self.test_set, "sprite": self.sprite, "samples": self.samples}


def shown(
    outcomes: Mapping[str, DigitOutcome], more: Sequence[int] | NDArray[np.int64] = ()
) -> Shown:
    """The samples of one set worth showing, of what each model, by its title, made of the set.

    Those that most models misread come first; `more` are further places that are wanted.
    """
    titles = list(outcomes)
    first = outcomes[titles[0]]
    wrong = np.stack([~outcomes[title].right for title in titles])
    misread = np.flatnonzero(wrong.any(axis=0))
    misread = misread[np.argsort(-wrong.sum(axis=0)[misread], kind="stable")][:MOST_MISREAD]
    good = [
        np.flatnonzero(~wrong.any(axis=0) & (first.truth == digit))[:RIGHT_EACH]
        for digit in range(10)
    ]
    wanted = [misread, *good, np.asarray(more, np.int64)]
    rows = np.array(list(dict.fromkeys(np.concatenate(wanted).tolist())), np.int64)
    samples = [
        {
            "at": place,
            "truth": int(first.truth[row]),
            "read": [int(outcomes[title].read[row]) for title in titles],
            "sure": [
                round(100 * float(outcomes[title].probabilities[row].max())) for title in titles
            ],
            "wrong": int(wrong[:, row].sum()),
        }
        for place, row in enumerate(rows.tolist())
    ]
    return Shown(first.test_set, rows, sprite(first.glyphs[rows]), samples)


def sprite(glyphs: NDArray[np.uint8]) -> str:
    """Glyphs uint8 (N, 28, 28) side by side, dark on light, `COLUMNS` a row, as a data: address."""
    lines = max(1, -(-len(glyphs) // COLUMNS))
    sheet = np.full((lines * SIDE, COLUMNS * SIDE), 255, np.uint8)
    for place, glyph in enumerate(glyphs):
        top, left = place // COLUMNS * SIDE, place % COLUMNS * SIDE
        sheet[top : top + SIDE, left : left + SIDE] = 255 - glyph
    return png(sheet)


def png(picture: NDArray[np.uint8]) -> str:
    """A picture uint8 (H, W) as a data: address."""
    _, coded = cv2.imencode(".png", picture)
    return f"data:image/png;base64,{base64.b64encode(coded.tobytes()).decode()}"
