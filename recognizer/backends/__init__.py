"""The backends: one file for each kind of model, found by its name.

A module here has a function `load(entry: ModelEntry) -> Backend`. The manifest's `kind` names the
module; nobody else opens one, and nowhere is a list of them.
"""

import importlib
import pkgutil
import reprlib
from collections.abc import Sequence
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from recognizer.reading import Seen
from recognizer.store import ModelEntry
from recognizer.types import Stroke


class Backend(Protocol):
    """Reads whole numbers, with one model."""

    @property
    def learns_hands(self) -> bool:
        """Whether `learn_hand` makes it read a person's hand better."""

    def learn_hand(self, samples: Sequence[tuple[int, Sequence[Stroke]]]) -> None:
        """Read in the light of these digits and their cleaned strokes; only if it can learn."""

    def read_strokes(self, cleaned: Sequence[Stroke], length: int | None = None) -> Seen:
        """The digits of at least one stroke, left to right, boxes in the strokes' coordinates.

        `cleaned` are as `recognizer.strokes.clean_strokes` returns them; `length` is the number of
        digits where it is known. Ink that is no digit becomes a digit without a value.
        """

    def read_picture(self, grey: NDArray[np.uint8], length: int | None = None) -> Seen:
        """The digits of a picture uint8 (H, W), light on dark or dark on light; none without ink.

        Boxes are in the picture's pixels. Raises ValueError for anything but a grey picture.
        """


def kinds() -> tuple[str, ...]:
    """The kinds of model that this version can read."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def load(entry: ModelEntry) -> Backend:
    """Load a model by its kind; raises RecognizerError where that is unknown or the file unfit."""
    kind = entry.info.kind
    if kind not in kinds():
        raise entry.unusable(
            f"its kind {reprlib.repr(kind)} is unknown; known are {', '.join(kinds())}"
        )
    return cast(Backend, importlib.import_module(f"{__name__}.{kind}").load(entry))
