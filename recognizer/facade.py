"""The facade: one `Recognizer` for every backend, strokes or a picture in, a `Reading` out."""

import reprlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recognizer import backends
from recognizer.errors import RecognizerError
from recognizer.numbers.rows import rows_of
from recognizer.reading import Reading, Seen, one_after_the_other
from recognizer.store import ModelStore
from recognizer.strokes import clean_strokes, without_specks
from recognizer.types import Stroke

MOST_LENGTH = 64  # digits of a number that a caller may say it has


def available_backends(models: Path | None = None) -> tuple[str, ...]:
    """The backends whose model file is installed, the best first."""
    return ModelStore(models).names()


class Recognizer:
    """Reads handwriting with one backend.

    `backend` is one of `available_backends()`; `models` is a folder with a manifest (default: the
    shipped models). Raises ValueError for a name that the manifest does not have, and
    RecognizerError where the model is missing or altered. An instance may be used from one thread
    at a time.
    """

    def __init__(self, backend: str = "cnn", models: Path | None = None) -> None:
        store = ModelStore(models)
        if not store.lists(backend):
            raise ValueError(
                f"There is no recognizer backend {backend[:40]!r}; "
                f"installed are {', '.join(store.names()) or 'none'}."
            )
        self.backend = backend
        self._reader = backends.load(store.entry(backend))
        # First calls into OpenCV and ONNX Runtime take milliseconds: better now than under the pen.
        self.read([[(0.0, 0.0), (1.0, 2.0)]])

    @property
    def learns_hands(self) -> bool:
        """Whether `learn_hand` can make this backend read a person's hand better."""
        return self._reader.learns_hands

    def learn_hand(self, samples: Iterable[tuple[int | str, Iterable[ArrayLike]]]) -> None:
        """Read from now on in the light of a person's own digits, whole numbers included.

        `samples` are pairs of a digit (0-9, or "0"-"9") and its strokes as `read` takes them; three
        of each digit help a good deal, more help more, and also few of some digits do. They replace
        what was learned before; no samples at all forget it. The model on disk stays as it is. See
        `recognizer.personal.samples` for what is done with them.

        Raises ValueError for labels and ink that are no digit's, and RecognizerError where samples
        come to a backend that cannot learn (`learns_hands`); it then reads on as before.
        """
        cleaned = [(_digit(label), clean_strokes(strokes)) for label, strokes in samples]
        if any(not strokes for _, strokes in cleaned):
            raise ValueError("A sample of a hand must have ink.")
        if self._reader.learns_hands:
            self._reader.learn_hand(cleaned)
        elif cleaned:
            raise RecognizerError(
                f"The model of the recognizer {self.backend!r} cannot learn a hand; "
                "one that can is made by: python -m train.cnn --install"
            )

    def read(self, strokes: Iterable[ArrayLike], length: int | None = None) -> Reading:
        """Read a number's strokes: float arrays (N, 2) or (N, 3), x right, y down, t seconds.

        `length` is the number of digits where the caller knows it; the reading then has so many if
        the ink allows it at all. Taps of the pen beside the writing are no part of it, and a second
        row is read after the first. Empty ink gives an empty reading. Raises ValueError, with a
        sentence, for ink that is not finite, not of that shape, or absurdly large.
        """
        started = time.perf_counter()
        _check_length(length)
        cleaned = without_specks(clean_strokes(strokes))
        return self._reading(started, self._read_rows(cleaned, length) if cleaned else Seen())

    def _read_rows(self, strokes: Sequence[Stroke], length: int | None) -> Seen:
        """The digits of at least one stroke, row by row; all as one row where that alone fits."""
        rows = [strokes] if length == 1 else rows_of(strokes)
        if len(rows) > 1:
            seen = one_after_the_other([self._reader.read_strokes(row) for row in rows])
            if length in (None, len(seen.digits)):
                return seen
        return self._reader.read_strokes(strokes, length)

    def read_image(self, grey: NDArray[np.uint8], length: int | None = None) -> Reading:
        """Read a number's picture uint8 (H, W), ink light on dark or dark on light.

        Boxes are in the picture's pixels. Raises ValueError, with a sentence, for anything else.
        """
        started = time.perf_counter()
        _check_length(length)
        return self._reading(started, self._reader.read_picture(grey, length))

    def _reading(self, started: float, seen: Seen) -> Reading:
        elapsed_ms = (time.perf_counter() - started) * 1e3
        return Reading(self.backend, elapsed_ms, seen.digits, seen.page)


def _digit(label: int | str) -> int:
    """The digit that a sample is labelled with."""
    text = str(label)
    if len(text) != 1 or text not in "0123456789":
        raise ValueError(
            f"The label {reprlib.repr(label)} of a sample is none of the digits 0 to 9."
        )
    return int(text)


def _check_length(length: int | None) -> None:
    if length is not None and not 1 <= length <= MOST_LENGTH:
        shown = length if abs(length) < 1_000_000 else "so large"
        raise ValueError(f"The number of digits cannot be {shown}; it must be 1 to {MOST_LENGTH}.")


__all__ = ["Recognizer", "RecognizerError", "available_backends"]
