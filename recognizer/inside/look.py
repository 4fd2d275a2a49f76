"""One look at a digit: all that its model has to show of why it read it so."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from recognizer.inside.knn import Prototypes
from recognizer.inside.neurons import Neurons
from recognizer.inside.occlusion import ReadsPictures, occlusion
from recognizer.inside.onnx import FirstLayer
from recognizer.inside.sights import Compared, Covered, Disputed, Sight
from recognizer.inside.svm import SupportVectors
from recognizer.inside.views import open_view
from recognizer.inside.yolo import Detector
from recognizer.numbers.rows import rows_of
from recognizer.reading import Digit
from recognizer.store import ModelEntry
from recognizer.strokes import bounding_box, clean_strokes, without_specks
from recognizer.types import Stroke

SHOWN = 6  # prototypes or support vectors of a digit, at least
NEURONS = 12  # of a first layer


class Looker:
    """Looks into one model; raises RecognizerError where its file is missing or unfit."""

    def __init__(self, entry: ModelEntry) -> None:
        self._view = open_view(entry)

    def look(
        self, reader: ReadsPictures, strokes: Iterable[ArrayLike], digit: Digit
    ) -> Sight | None:
        """What the model, which `reader` reads with, shows of a digit that it read in strokes.

        A detector shows the page of the digit's row. None where there is nothing to show: of ink
        without a picture, to a kind of model that has no view of its own.
        """
        view = self._view
        if isinstance(view, Detector):
            return view.look(_row_of(digit, strokes))
        glyph = digit.picture
        if glyph is None or not glyph.any():
            return None
        if isinstance(view, Prototypes):
            nearest = view.nearest(glyph, max(SHOWN, view.k))
            return Compared(glyph, view.picture(glyph), tuple(nearest))
        if isinstance(view, SupportVectors):
            return Disputed(glyph, view.picture(glyph), view.duel(glyph, SHOWN))
        found = occlusion(reader, glyph, int(digit.probabilities.argmax()))
        if isinstance(view, FirstLayer):
            return Covered(glyph, found, responses=view.responses(glyph))
        if isinstance(view, Neurons):
            return Covered(glyph, found, neurons=view.strongest(glyph, NEURONS))
        return Covered(glyph, found)


def _row_of(digit: Digit, strokes: Iterable[ArrayLike]) -> list[Stroke]:
    """The strokes of the row in which a digit stands: rows are read one after the other."""
    cleaned = without_specks(clean_strokes(strokes))
    if not cleaned:
        return []
    middle = (digit.box[1] + digit.box[3]) / 2

    def away(row: list[Stroke]) -> float:
        _, top, _, bottom = bounding_box(row)
        return float(np.clip(middle, top, bottom) - middle) ** 2

    return min(rows_of(cleaned), key=away)
