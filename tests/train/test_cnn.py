"""The CNN's training on a small made-up task: it learns, repeats by seed, and writes it down."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from child import run_python

from recognizer import ink
from train import cnn
from train.data import pens, sets
from train.data.folder import DataError
from train.data.unipen import PenDigit
from train.fitting import loop, networks, schedule
from train.fitting.history import History
from train.fitting.loop import AveragedWeights
from train.forms.digits import draw_digit
from train.shipping.script import Progress

pytestmark = pytest.mark.training
TINY = cnn.CnnRecipe(
    channels=(8, 16, 24),
    epochs=2,
    batch=64,
    images_held_out=100,
    people_held_out=0.3,
    pen_pictures=400,
    average_decay=0.9,
)


@pytest.fixture
def made_up_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn digits in place of MNIST and pendigits."""
    random = np.random.default_rng(0)
    labels = np.arange(900) % 10
    strokes = [draw_digit(int(label), random) for label in labels]
    images = sets.Images(np.stack([ink.glyph(s) for s in strokes]), labels.astype(np.int64))
    digits = [
        PenDigit(int(label), index % 3, strokes[index]) for index, label in enumerate(labels[:120])
    ]
    monkeypatch.setattr(sets, "load_mnist", lambda *, train, data: images)
    monkeypatch.setattr(sets, "load_pendigits", lambda *, train, data: digits)
    monkeypatch.setattr(pens, "load_pens", lambda name, data=None, *, purpose: None)


def train(seed: int) -> tuple[torch.nn.Module, History]:
    result = cnn.train(TINY, None, torch.device("cpu"), seed, Progress())
    return result.network, result.history


def test_it_learns_and_keeps_the_best_epoch(made_up_data: None) -> None:
    network, history = train(seed=1)
    assert len(history.epochs) == 2
    best = min(history.epochs, key=lambda epoch: -epoch.validation_accuracy)
    assert history.best.validation_accuracy == best.validation_accuracy
    assert history.best.validation_accuracy > 0.5, "ten classes at random give 0.1"
    assert not network.training


def test_weights_of_an_earlier_run_are_polished_further(made_up_data: None, tmp_path: Path) -> None:
    polish = networks.Polish(epochs=1, peak_rate=1e-9)
    earlier = cnn.Network(TINY.channels)
    torch.save(earlier.state_dict(), tmp_path / "weights.pt")
    settings = replace(TINY, polish=polish, start=tmp_path / "weights.pt")
    result = cnn.train(settings, None, torch.device("cpu"), 1, Progress())
    assert len(result.history.epochs) == 1
    weights = dict(result.network.named_parameters())
    for name, weight in earlier.named_parameters():
        kept = weights[name].detach().cpu()
        if name == "9.bias":  # of "not a digit", set anew
            kept, weight = kept[:10], weight[:10]
        assert torch.allclose(kept, weight, atol=1e-5)


def test_what_was_polished_further_is_averaged_with_its_start() -> None:
    start, end = cnn.Network((4, 8, 8)).state_dict(), cnn.Network((4, 8, 8)).state_dict()
    mean = loop.mean_weights(start, end)
    assert torch.allclose(mean["9.weight"], (start["9.weight"] + end["9.weight"]) / 2)
    cnn.Network((4, 8, 8)).load_state_dict(mean)


def test_a_file_without_weights_is_named(made_up_data: None, tmp_path: Path) -> None:
    (tmp_path / "weights.pt").write_bytes(b"no weights")
    settings = replace(TINY, start=tmp_path / "weights.pt")
    with pytest.raises(DataError, match=r"weights\.pt holds no weights"):
        cnn.train(settings, None, torch.device("cpu"), 1, Progress())


def test_the_seed_decides(made_up_data: None) -> None:
    first, second, other = (
        [epoch.training_loss for epoch in train(seed)[1].epochs] for seed in (1, 1, 2)
    )
    assert first == pytest.approx(second, rel=1e-3)
    assert first != pytest.approx(other, rel=1e-3)


def test_the_averaged_weights_follow_the_network() -> None:
    network = cnn.Network((2, 2, 2))
    averaged = AveragedWeights(network, decay=0.5)
    start = averaged.network.state_dict()["9.bias"].clone()
    with torch.no_grad():
        network[9].bias += 1
    for _ in range(50):
        averaged.update(network)
    moved = averaged.network.state_dict()["9.bias"] - start
    assert torch.allclose(moved, torch.ones(11), atol=1e-3)


def test_the_network_has_the_stated_size() -> None:
    count = sum(parameter.numel() for parameter in cnn.Network().parameters())
    assert round(count, -3) == 301_000
    assert cnn.Network()(torch.zeros(3, 1, 28, 28)).shape == (3, 11)


def test_the_learning_rate_rises_and_falls() -> None:
    rates = [schedule.rate(step / 100, 0.1) for step in range(101)]
    assert rates[0] < 0.02
    assert max(rates) == pytest.approx(1, abs=0.01)
    peak = rates.index(max(rates))
    assert peak == 10
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[-1] == pytest.approx(0, abs=1e-6)


def test_the_history_is_written(made_up_data: None, tmp_path: Path) -> None:
    _, history = train(seed=1)
    history.write(tmp_path, "CNN")
    rows = list(csv.DictReader((tmp_path / "history.csv").open()))
    assert [row["number"] for row in rows] == ["1", "2"]
    assert float(rows[0]["validation_accuracy"]) == history.epochs[0].validation_accuracy
    assert json.loads((tmp_path / "history.json").read_text())["best_epoch"] == history.best_epoch
    assert (tmp_path / "learning-curves.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (["--data", "/nowhere/at/all"], 1, "The data folder /nowhere/at/all does not exist"),
        (["--device", "abacus"], 2, "'abacus' is no device"),
    ],
)
def test_what_a_user_gets_wrong_ends_in_one_sentence(
    options: list[str], code: int, complaint: str
) -> None:
    result = run_python("-m", "train.cnn", *options)
    assert result.returncode == code
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
