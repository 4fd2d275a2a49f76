"""The facade: one `Recognizer` for every backend, strokes or a picture in, a `Reading` out."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recognizer import ink, segment
from recognizer.errors import RecognizerError
from recognizer.knn_model import KnnClassifier
from recognizer.onnx_model import OnnxClassifier
from recognizer.picture import glyph_of_ink, ink_of_picture, is_glyph
from recognizer.picture_source import PictureSource
from recognizer.reading import Reading, read_digit
from recognizer.store import ModelEntry, ModelStore
from recognizer.svm_model import SvmClassifier

# The names that the project knows; which of them can be used depends on the models that are
# installed.
BACKENDS = ("cnn", "fcn", "svm", "knn", "yolo")


class _Classifier(Protocol):
    def probabilities(self, glyphs: ink.Glyph) -> NDArray[np.float32]:
        """Probabilities float32 (N, 10 or 11) of glyphs uint8 (N, 28, 28); each row sums to 1.

        The eleventh, where there is one, is that of "not a digit".
        """


# The backends whose models are plain arrays; the others are ONNX.
_ARRAY_CLASSIFIERS: dict[str, Callable[[ModelEntry], _Classifier]] = {
    "knn": KnnClassifier,
    "svm": SvmClassifier,
}


def available_backends(models: Path | None = None) -> tuple[str, ...]:
    """The backends whose model file is installed, the best first."""
    installed = ModelStore(models).names()
    return tuple(name for name in BACKENDS if name in installed)


class Recognizer:
    """Reads handwriting with one backend.

    `backend` is one of `BACKENDS`; `models` is a folder with a manifest (default: the shipped
    models). Raises ValueError for an unknown name and RecognizerError where the model is missing or
    altered. An instance may be used from one thread at a time.
    """

    def __init__(self, backend: str = "cnn", models: Path | None = None) -> None:
        if backend not in BACKENDS:
            raise ValueError(
                f"There is no recognizer backend {backend!r}; known are {', '.join(BACKENDS)}."
            )
        self.backend = backend
        make: Callable[[ModelEntry], _Classifier] = _ARRAY_CLASSIFIERS.get(backend, OnnxClassifier)
        self._classifier = make(ModelStore(models).entry(backend))
        # First calls into OpenCV and ONNX Runtime take milliseconds: better now than under the pen.
        self.read([[(0.0, 0.0), (1.0, 2.0)]])

    def read(self, strokes: Iterable[ArrayLike], length: int | None = None) -> Reading:
        """Read strokes: float arrays (N, 2) or (N, 3), x right, y down, t seconds.

        `length` is the number of digits where the caller knows it. Empty ink gives an empty
        reading. Raises ValueError, with a sentence, for ink that is not finite, not of that shape,
        or absurdly large.
        """
        started = time.perf_counter()
        _check_length(length)
        cleaned = ink.clean_strokes(strokes)
        if not cleaned:
            return self._answer(started, ())
        found = segment.read_strokes(cleaned, length, self._classifier.probabilities)
        return self._answer(started, found)

    def read_image(self, grey: NDArray[np.uint8], length: int | None = None) -> Reading:
        """Read a picture uint8 (H, W), ink light on dark or dark on light; boxes are in its pixels.

        Raises ValueError, with a sentence, for anything else.
        """
        started = time.perf_counter()
        _check_length(length)
        picture = ink_of_picture(grey)
        if picture is None:
            return self._answer(started, ())
        return self._answer(started, self._read_picture(picture, length))

    def _read_picture(self, picture: ink.Glyph, length: int | None) -> Sequence[segment.Found]:
        classify = self._classifier.probabilities
        if length != 1 and not is_glyph(picture):
            source = PictureSource(picture)
            if length is not None or not source.is_plain():
                return segment.read_pieces(source, length, classify)
        glyph, box = glyph_of_ink(picture)
        return [segment.Found(classify(glyph[None])[0], box)]

    def _answer(self, started: float, found: Sequence[segment.Found]) -> Reading:
        digits = tuple(read_digit(group.scores, group.box) for group in found)
        return Reading(self.backend, (time.perf_counter() - started) * 1e3, digits)


def _check_length(length: int | None) -> None:
    if length is not None and length < 1:
        raise ValueError(f"The number of digits cannot be {length}; it must be 1 or more.")


__all__ = ["BACKENDS", "Recognizer", "RecognizerError", "available_backends"]
