"""Inside YOLO: every box that it found on a page, before only the surest of each place is kept."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recognizer import ink
from recognizer.backends.yolo import POSSIBLE, SURE, YoloReader, suppress
from recognizer.inside.sights import Found
from recognizer.page import Page
from recognizer.picture import page_from_picture
from recognizer.store import ModelEntry
from recognizer.strokes import clean_strokes, thinned, without_specks


class Detector:
    """What a detector sees; raises RecognizerError where the file holds none."""

    def __init__(self, entry: ModelEntry) -> None:
        self._reader = YoloReader(entry)

    def look(self, strokes: Iterable[ArrayLike]) -> Found | None:
        """The boxes on the page of strokes, as `Recognizer.read` takes them; None without ink.

        It is the first look: what reads for play may look at doubtful ink again.
        """
        cleaned = without_specks(clean_strokes(strokes))
        return self._found(ink.page(thinned(cleaned))) if cleaned else None

    def look_at(self, grey: NDArray[np.uint8]) -> Found | None:
        """The boxes on the page of a picture uint8 (H, W), likewise."""
        page = page_from_picture(grey)
        return None if page is None else self._found(page)

    def _found(self, page: Page) -> Found:
        all_cells = self._reader.find(page)
        before = all_cells.take(np.flatnonzero(all_cells.best >= POSSIBLE))
        return Found(page, before, suppress(before, SURE))


def look_into(entry: ModelEntry) -> Detector:
    """Open a model of this kind; raises RecognizerError where its file is missing or unfit."""
    return Detector(entry)
