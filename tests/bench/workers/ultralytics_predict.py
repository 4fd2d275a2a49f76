"""The very YOLO that is shipped, by ultralytics' own `predict`: a page in, its digits out.

The page is the picture that the game's reader draws of the strokes; drawing it is not counted.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from serving import serve

from recognizer.backends.yolo import OVERLAP, SURE
from train.fitting.detector import import_ultralytics


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The weights, as ultralytics' own file (the first word)."""
    model = import_ultralytics().YOLO(Path(words[0]), task="detect")

    def read(page: Any) -> str:
        (found,) = model.predict(
            page, imgsz=page.shape[:2], conf=SURE, iou=OVERLAP, agnostic_nms=True, verbose=False
        )
        digits = found.boxes
        order = digits.xyxy[:, 0].argsort().tolist()
        return "".join(str(int(digits.cls[n])) for n in order)

    return read


if __name__ == "__main__":
    serve(load)
