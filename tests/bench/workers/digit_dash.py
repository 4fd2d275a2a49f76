"""Digit Dash's own reader: strokes in, the answer out. Words: a backend, and how many digits."""

from collections.abc import Callable, Sequence
from typing import Any

from serving import serve

from recognizer import Recognizer


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The reader of a backend; a digit is known to be one, as in the game, a number is not."""
    reader = Recognizer(words[0])
    length = int(words[1]) if len(words) > 1 else None
    return lambda strokes: reader.read(strokes, length).text


if __name__ == "__main__":
    serve(load)
