"""rapidocr, told that the picture is one line of text: it reads so best what is so short."""

from collections.abc import Callable, Sequence
from typing import Any

from rapidocr import RapidOCR
from serving import serve

# It knows no digits from letters; who takes it for digits puts that right.
LOOK_ALIKES = str.maketrans("OoQDlI|i!ZzSsbGqgB", "000011111225566998")


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The engine with the models that it brings."""
    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(picture: Any) -> str:
        found = engine(picture, use_det=False, use_cls=False, use_rec=True)
        return "".join(found.txts or ()).translate(LOOK_ALIKES)

    return read


if __name__ == "__main__":
    serve(load)
