"""Learning curves in the report: of classifiers, and of a detector that lacks some figures."""

import json
from pathlib import Path

import cv2

from train.fitting.history import History
from train.measures.training import draw_learning_curves


def left_by(folder: Path, **figures: float) -> Path:
    epochs = [
        {"number": number, "training_loss": 1 / number, "validation_accuracy": 0.9, "seconds": 1.0}
        | {"training_accuracy": 0.8, "validation_loss": 0.5}
        | figures
        for number in (1, 2, 3)
    ]
    path = folder / "history.json"
    path.write_text(json.dumps({"epochs": epochs, "best_epoch": 2}))
    return path


def test_every_training_has_its_column(tmp_path: Path) -> None:
    cnn = History.read(left_by(tmp_path))
    yolo = History.read(left_by(tmp_path, validation_map50=0.99))
    assert yolo.best.number == 2 and yolo.best.validation_accuracy == 0.9
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    draw_learning_curves({"CNN": cnn}, one)
    draw_learning_curves({"CNN": cnn, "YOLO": yolo}, two)
    assert cv2.imread(str(two)).shape[1] == 2 * cv2.imread(str(one)).shape[1]
