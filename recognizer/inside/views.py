"""What a model has to show of itself, by its kind."""

from recognizer.inside.boxes import Detector
from recognizer.inside.prototypes import Prototypes
from recognizer.inside.voters import SupportVectors
from recognizer.store import ModelEntry

View = Prototypes | SupportVectors | Detector

_VIEWS: dict[str, type[View]] = {"knn": Prototypes, "svm": SupportVectors, "yolo": Detector}


def open_view(entry: ModelEntry) -> View | None:
    """Open a model to look into it; None for a kind that shows nothing but by `occlusion`.

    Raises RecognizerError where the model's file is missing, altered or unfit.
    """
    view = _VIEWS.get(entry.info.kind)
    return None if view is None else view(entry)
