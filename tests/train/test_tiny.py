"""Tiny: its size is its point; what its script leaves is a backend by its manifest entry alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch

from recognizer import Recognizer, available_backends
from train import tiny
from train.data import sets
from train.shipping.install import install, load_model
from train.shipping.script import Progress

pytestmark = pytest.mark.training


@dataclass(frozen=True, kw_only=True)
class Small(tiny.TinyRecipe):
    images_held_out: int = 300
    people_held_out: float = 0.34
    average_decay: float = 0.9


def test_the_network_has_under_ten_thousand_numbers() -> None:
    network = tiny.Network()
    assert sum(parameter.numel() for parameter in network.parameters()) == 9_983
    assert network(torch.zeros(3, 1, 28, 28)).shape == (3, 11)


@pytest.mark.usefixtures("drawn_sets")
def test_its_file_is_small_and_makes_a_backend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiny, "TinyRecipe", Small)
    options = [f"--out={tmp_path}", "--epochs=5", "--pen-pictures=300", "--device=cpu"]
    tiny.main(tiny.arguments_parser().parse_args(options), Progress())
    model = load_model(tmp_path / "tiny" / "tiny.json")
    assert model.path.stat().st_size <= 50_000
    folder = install([model], tmp_path / "models")
    assert available_backends(folder) == ("tiny",)
    reader = Recognizer("tiny", folder)
    assert reader.learns_hands
    images = sets.load_mnist(train=False)
    read = [reader.read_image(glyph).text for glyph in images.pixels[:100]]
    right = [text == str(label) for text, label in zip(read, images.labels[:100], strict=True)]
    assert np.mean(right) > 0.5, "ten classes at random give 0.1"
