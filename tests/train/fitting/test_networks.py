"""FCN and the classic CNN: the layout that was asked for, the right parts, and that they learn."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from recognizer import Recognizer
from train import classic, fcn
from train.data import sets
from train.data.kaggle import COLUMNS
from train.shipping.install import install, load_model
from train.shipping.script import Progress

pytestmark = pytest.mark.training
CPU = torch.device("cpu")
SMALL_FCN = fcn.FcnRecipe(
    epochs=3,
    batch=64,
    hidden=(64, 32),
    peak_rate=1e-2,
    average_decay=0.9,
    images_held_out=300,
    people_held_out=0.34,
    pen_pictures=200,
)


def test_the_classic_layout_is_kerass() -> None:
    network = classic.Network(0.13, 0.31).eval()
    layers = [layer for layer in network if not isinstance(layer, classic.Standardised)]
    assert [type(layer) for layer in layers] == [
        *([nn.Conv2d, nn.ReLU, nn.MaxPool2d, nn.BatchNorm2d] * 3),
        *(nn.Flatten, nn.Linear, nn.ReLU, nn.Linear),
    ]
    convolutions = [layer for layer in layers if isinstance(layer, nn.Conv2d)]
    assert [layer.out_channels for layer in convolutions] == [64, 128, 256]
    assert all(layer.kernel_size == (3, 3) and layer.padding == (0, 0) for layer in convolutions)
    assert [layer.out_features for layer in layers if isinstance(layer, nn.Linear)] == [512, 10]
    # What Keras's summary calls trainable parameters of this layout.
    assert sum(parameter.numel() for parameter in network.parameters()) == 507_274
    assert network(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


def test_standardising_takes_mean_and_deviation_out() -> None:
    glyphs = torch.rand(50, 1, 28, 28)
    out = classic.Standardised(float(glyphs.mean()), float(glyphs.std()))(glyphs)
    assert float(out.mean()) == pytest.approx(0, abs=1e-5)
    assert float(out.std()) == pytest.approx(1, abs=1e-5)


def test_the_classic_parts_are_kaggles(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = np.arange(60_000) % 10
    pixels = np.zeros((60_000, 28, 28), np.uint8)
    pixels[:, 0, :2] = np.arange(60_000, dtype=np.uint16)[:, None].view(np.uint8)
    monkeypatch.setattr(sets, "load_mnist", lambda *, train, data: classic.Images(pixels, labels))
    parts = classic.load_parts(classic.ClassicRecipe(), None, seed=3)
    sizes = [len(part) for part in (parts.training, parts.validation, parts.test)]
    assert sizes == [30_240, 7_560, 4_200]
    marks = [
        set(part.pixels[:, 0, :2].reshape(-1, 2).copy().view(np.uint16)[:, 0].tolist())
        for part in (parts.training, parts.validation, parts.test)
    ]
    assert len(set.union(*marks)) == 42_000, "no image is in two parts"
    assert "drawn by seed 3" in parts.source


def test_the_classic_network_learns_from_a_csv(drawn_sets: None, tmp_path: Path) -> None:
    images = sets.load_mnist(train=True)
    table = tmp_path / "train.csv"
    rows = np.column_stack([images.labels, images.pixels.reshape(len(images), -1)])
    np.savetxt(table, rows, "%d", ",", header=",".join(COLUMNS), comments="")
    arguments = classic.arguments_parser().parse_args(
        [f"--out={tmp_path}", f"--csv={table}", "--epochs=3", "--device=cpu"]
    )
    classic.main(arguments, Progress())
    folder = tmp_path / "classic"
    card = json.loads((folder / "classic.json").read_text())
    assert "2,000 images of train.csv" in card["details"]["data"][0]
    assert card["details"]["metrics"]["held_out_test_images"] == 200
    history = json.loads((folder / "history.json").read_text())
    assert history["best_epoch"] == 3, "the last epoch's weights are kept"
    assert history["epochs"][-1]["training_accuracy"] > 0.8
    assert (folder / "learning-curves.png").stat().st_size > 5_000


def test_the_fully_connected_network_learns(drawn_sets: None) -> None:
    result = fcn.train(SMALL_FCN, None, CPU, 1, Progress())
    best = max(epoch.validation_accuracy for epoch in result.history.epochs)
    assert result.history.best.validation_accuracy == best > 0.5
    assert not result.network.training


def test_the_seed_decides(drawn_sets: None) -> None:
    def losses(seed: int) -> list[float]:
        result = fcn.train(SMALL_FCN, None, CPU, seed, Progress())
        return [epoch.training_loss for epoch in result.history.epochs]

    first = losses(1)
    assert first == pytest.approx(losses(1), rel=1e-3)
    assert first != pytest.approx(losses(2), rel=1e-3)


def test_the_script_leaves_a_model_that_the_recognizer_reads(
    drawn_sets: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True)
    class Small(fcn.FcnRecipe):
        images_held_out: int = 300
        people_held_out: float = 0.34
        hidden: tuple[int, int] = (64, 32)
        peak_rate: float = 1e-2
        average_decay: float = 0.9

    monkeypatch.setattr(fcn, "FcnRecipe", Small)
    options = [f"--out={tmp_path}", "--epochs=6", "--pen-pictures=300", "--device=cpu"]
    fcn.main(fcn.arguments_parser().parse_args(options), Progress())
    model = load_model(tmp_path / "fcn" / "fcn.json")
    reader = Recognizer("fcn", install([model], tmp_path / "models"))
    images = sets.load_mnist(train=False)
    read = [reader.read_image(glyph).text for glyph in images.pixels[:100]]
    right = [text == str(label) for text, label in zip(read, images.labels[:100], strict=True)]
    assert np.mean(right) > 0.5
