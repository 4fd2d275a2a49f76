"""Strokes in, digits out: the handwriting reader of Digit Dash.

>>> reader = Recognizer("cnn")
>>> reader.read([[(0, 0), (1, 20)]]).text
'1'

The public names are loaded when first asked for: who needs only the types of a reading does not
wait for the inference library.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recognizer.errors import RecognizerError
    from recognizer.facade import Recognizer, available_backends
    from recognizer.reading import Digit, Reading
    from recognizer.store import BackendInfo, backend_info

__all__ = [
    "BackendInfo",
    "Digit",
    "Reading",
    "Recognizer",
    "RecognizerError",
    "available_backends",
    "backend_info",
]

_HOMES = {
    "BackendInfo": "recognizer.store",
    "backend_info": "recognizer.store",
    "Digit": "recognizer.reading",
    "Reading": "recognizer.reading",
    "Recognizer": "recognizer.facade",
    "RecognizerError": "recognizer.errors",
    "available_backends": "recognizer.facade",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
