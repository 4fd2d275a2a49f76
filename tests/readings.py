"""Readings as a recognizer answers them, made of what a test wants read."""

from collections.abc import Iterable

import numpy as np

from recognizer.reading import Digit, Reading
from recognizer.types import Box

BOX: Box = (400.0, 300.0, 600.0, 700.0)  # paper units
SURE = 0.99  # how sure such a reader is, unless it is told otherwise


def digit(
    value: int | None,
    confidence: float = SURE,
    box: Box = BOX,
    *,
    second: tuple[int, float] | None = None,
) -> Digit:
    """A digit that was read, None for none; `second` is a runner-up and how likely that is."""
    likely = {0 if value is None else value: confidence}
    if second is not None:
        likely[second[0]] = second[1]
    rest = (1 - sum(likely.values())) / (10 - len(likely))
    probabilities = np.array([likely.get(n, rest) for n in range(10)], np.float32)
    return Digit(value, probabilities, box, picture=np.full((28, 28), 200, np.uint8))


def reading(*digits: Digit, milliseconds: float = 0.1) -> Reading:
    """A reading of these digits."""
    return Reading("fake", milliseconds, digits)


def reading_of(text: str, confidence: float = SURE, boxes: Iterable[Box] = ()) -> Reading:
    """A reading of that text; "?" stands for ink that is no digit."""
    places = [*boxes] or [BOX] * len(text)
    return reading(
        *(
            digit(None if char == "?" else int(char), confidence, box)
            for char, box in zip(text, places, strict=True)
        )
    )


def torn(read: str, meant: str, share: float = 0.2) -> Reading:
    """A reading that has what was meant for its second guess, wherever that differs."""
    return reading(
        *(
            digit(int(r), SURE - share, second=(int(m) if m != r else (int(r) + 1) % 10, share))
            for r, m in zip(read, meant, strict=True)
        )
    )
