"""The recognizers as players read of them: their names, and what they are in a few words."""

from __future__ import annotations

PAGE_BACKENDS = ("yolo",)  # those that see the whole line at once; the others see digit by digit

LABELS = {"cnn": "CNN", "fcn": "FCN", "svm": "SVM", "knn": "KNN", "yolo": "YOLO"}

WORDS = {
    "cnn": "A convolutional network",
    "fcn": "A fully connected network",
    "svm": "A support vector machine",
    "knn": "The nearest neighbours",
    "yolo": "A detector: sees whole numbers",
}


def label(backend: str) -> str:
    """What a backend is called on the screen."""
    return LABELS.get(backend, backend)


def description(backend: str) -> str:
    """What a backend is, in a few words."""
    return WORDS.get(backend, "Who reads your writing")
