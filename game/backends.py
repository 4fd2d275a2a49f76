"""The recognizers' names as players read them."""

from __future__ import annotations

LABELS = {"cnn": "CNN", "fcn": "FCN", "svm": "SVM", "knn": "KNN", "yolo": "YOLO"}


def label(backend: str) -> str:
    """What a backend is called on the screen."""
    return LABELS.get(backend, backend)
