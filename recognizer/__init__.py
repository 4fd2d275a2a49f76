"""Strokes in, digits out: the handwriting reader of Digit Dash.

>>> reader = Recognizer("cnn")
>>> reader.read([[(0, 0), (1, 20)]]).text
'1'
"""

from recognizer.errors import RecognizerError
from recognizer.facade import BACKENDS, Recognizer, available_backends
from recognizer.reading import Digit, Reading

__all__ = [
    "BACKENDS",
    "Digit",
    "Reading",
    "Recognizer",
    "RecognizerError",
    "available_backends",
]
