"""What a model has to show of itself: the module here named as its kind, where there is one."""

import importlib
import pkgutil
from typing import cast

from recognizer import inside
from recognizer.inside.knn import Prototypes
from recognizer.inside.neurons import Neurons
from recognizer.inside.onnx import FirstLayer
from recognizer.inside.svm import SupportVectors
from recognizer.inside.yolo import Detector
from recognizer.store import ModelEntry

View = Prototypes | SupportVectors | Detector | FirstLayer | Neurons


def open_view(entry: ModelEntry) -> View | None:
    """Open a model to look into it; None for one that shows nothing but by `occlusion`.

    Raises RecognizerError where the model's file is missing, altered or unfit.
    """
    kind = entry.info.kind
    if kind not in {module.name for module in pkgutil.iter_modules(inside.__path__)}:
        return None
    return cast(View | None, importlib.import_module(f"{inside.__name__}.{kind}").look_into(entry))
