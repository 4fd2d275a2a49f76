"""digit-recognizer-py, as its page says how: a picture of a digit in."""

from collections.abc import Callable, Sequence
from typing import Any

from digit_recognizer import DigitRecognizer
from serving import serve


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The recognizer with the weights that it brings."""
    recognizer = DigitRecognizer()
    return lambda picture: str(recognizer.predict(picture))


if __name__ == "__main__":
    serve(load)
