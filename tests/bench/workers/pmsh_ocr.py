"""pmsh-ocr, which reads sums that children write on a screen: a picture of the screen in."""

from collections.abc import Callable, Sequence
from typing import Any

import cv2
from pmsh import PMSHOCR
from serving import serve


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The reader with the models that it brings."""
    reader = PMSHOCR()

    def read(picture: Any) -> str:
        found = reader.inference(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
        return "" if found is None else str(found["ctc_text"])

    return read


if __name__ == "__main__":
    serve(load)
