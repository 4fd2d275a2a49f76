"""A training that is stopped and goes on ends bit for bit as one that was never stopped."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from listener import Listener
from torch import nn

from train import classic, cnn, fcn
from train.data import sets
from train.fitting import checkpoint, networks, pictures_only
from train.fitting.device import prepare
from train.fitting.history import History
from train.shipping import unfinished
from train.shipping.script import Progress
from train.shipping.unfinished import Unfinished

pytestmark = [pytest.mark.training, pytest.mark.usefixtures("drawn_sets")]
CPU = torch.device("cpu")
Training = Callable[[Progress], tuple[nn.Module, History]]

HELD_OUT: dict[str, Any] = {
    "limit": 200, "images_held_out": 200, "people_held_out": 0.34, "average_decay": 0.9,
}  # fmt: skip
CNN = cnn.CnnRecipe(
    channels=(4, 8, 8),
    epochs=3,
    batch=64,
    pen_pictures=100,
    pen_pictures_last=2,
    polish=networks.Polish(epochs=2),
    **HELD_OUT,
)
FCN = fcn.FcnRecipe(hidden=(64, 32), dropout=0.3, epochs=2, batch=64, pen_pictures=100, **HELD_OUT)


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few pictures of no digit, and one thread, as the tests beside this one need the others."""
    monkeypatch.setattr(networks, "_NEGATIVES_MEASURED", 50)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


class Stopping(Listener):
    """Stops a training when its epoch of that number is through, before anything of it is kept."""

    def __init__(self, epoch: int) -> None:
        super().__init__()
        self._line = f"epoch {epoch:3}"

    def say(self, line: str) -> None:
        super().say(line)
        if line.startswith(self._line):
            raise KeyboardInterrupt


@contextmanager
def step(folder: Path, fingerprint: str = "code") -> Iterator[Unfinished]:
    """A step as `train.shipping.steps.finishing` opens one."""
    with unfinished.opened(
        Unfinished(folder / ".step.unfinished", folder, fingerprint, folder)
    ) as one:
        yield one


def of_cnn(recipe: cnn.CnnRecipe, progress: Progress) -> tuple[nn.Module, History]:
    result = cnn.train(recipe, None, CPU, 1, progress)
    return result.network, result.history


def of_fcn(progress: Progress) -> tuple[nn.Module, History]:
    result = fcn.train(FCN, None, CPU, 1, progress)
    return result.network, result.history


def of_classic(progress: Progress) -> tuple[nn.Module, History]:
    recipe = classic.ClassicRecipe(epochs=2, limit=200)
    parts = classic.split(recipe, sets.load_mnist(train=True), "drawn", 1)
    return classic.train(recipe, parts, CPU, 1, progress)


def of_pictures_only(progress: Progress) -> tuple[nn.Module, History]:
    images = sets.load_mnist(train=True)
    training, validation = images.take(np.arange(200)), images.take(np.arange(200, 300))
    return pictures_only.train(
        "CNN", lambda: cnn.Network((4, 8, 8)), CNN, training, validation, CPU, 1, progress
    )


def assert_same(one: tuple[nn.Module, History], other: tuple[nn.Module, History]) -> None:
    for name, weights in one[0].state_dict().items():
        assert torch.equal(weights, other[0].state_dict()[name]), name
    rows, others = (
        [asdict(epoch) | {"seconds": 0} for epoch in history.epochs] for _, history in (one, other)
    )
    assert rows == others
    assert one[1].best_epoch == other[1].best_epoch


@pytest.mark.parametrize(
    ("training", "epoch", "told"),
    [
        (partial(of_cnn, CNN), 2, "CNN goes on from epoch 2 of 3."),
        (partial(of_cnn, CNN), 3, "CNN goes on from epoch 3 of 3."),
        (of_fcn, 2, "FCN goes on from epoch 2 of 2."),
        (of_classic, 2, "CNN classic goes on from epoch 2 of 2."),
        (of_pictures_only, 2, "CNN goes on from epoch 2 of 3."),
    ],
)
def test_it_ends_as_if_it_had_not_been_stopped(
    training: Training, epoch: int, told: str, tmp_path: Path
) -> None:
    whole = training(Listener())
    with step(tmp_path), pytest.raises(KeyboardInterrupt):
        training(Stopping(epoch))
    torch.rand(7)  # whatever a fresh process has drawn
    with step(tmp_path) as second:
        listener = Listener()
        resumed = training(listener)
    assert_same(whole, resumed)
    assert second.sittings == 2
    assert [line for line in listener.lines if "epochs were" in line or "goes on" in line] == [told]
    made = [line for line in listener.lines if line.startswith("epoch ")]
    assert len(made) == len(whole[1].epochs) - epoch + 1


def test_weights_that_are_polished_further_are_too(tmp_path: Path) -> None:
    prepare(CPU, 5)
    torch.save(cnn.Network(CNN.channels).state_dict(), tmp_path / "weights.pt")
    training = partial(of_cnn, replace(CNN, start=tmp_path / "weights.pt"))
    whole = training(Listener())
    with step(tmp_path), pytest.raises(KeyboardInterrupt):
        training(Stopping(2))
    with step(tmp_path):
        assert_same(whole, training(Listener()))


def test_a_training_may_be_stopped_again_and_again(tmp_path: Path) -> None:
    whole = of_cnn(CNN, Listener())
    for epoch in (2, 2, 3):
        with step(tmp_path), pytest.raises(KeyboardInterrupt):
            of_cnn(CNN, Stopping(epoch))
    with step(tmp_path) as last:
        assert_same(whole, of_cnn(CNN, Listener()))
    assert last.sittings == 3, "the second was stopped before it kept anything"


def test_what_does_not_fit_costs_nothing_but_a_sentence(tmp_path: Path) -> None:
    whole = of_fcn(Listener())
    with step(tmp_path, "other code"), pytest.raises(KeyboardInterrupt):
        of_fcn(Stopping(2))
    with step(tmp_path) as second:
        listener = Listener()
        assert_same(whole, of_fcn(listener))
    assert second.sittings == 1
    assert len([line for line in listener.lines if "starts from its beginning" in line]) == 1


def test_where_an_epoch_cannot_be_kept_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    whole = of_fcn(Listener())
    monkeypatch.setattr(Unfinished, "write", full)
    with step(tmp_path):
        listener = Listener()
        assert_same(whole, of_fcn(listener))
    assert [line for line in listener.lines if "No space left" in line] == [
        "This epoch cannot be kept to go on from (No space left on device)."
    ] * FCN.epochs


def test_every_generator_goes_on_where_it_was(tmp_path: Path) -> None:
    """Also those that no recipe draws from today."""
    import random

    own = torch.Generator().manual_seed(3)

    def drawn() -> tuple[float, float, float]:
        return random.random(), float(torch.rand(1)), float(torch.rand(1, generator=own))

    def resumable() -> checkpoint.Resumable:
        return checkpoint.Resumable({"layer": nn.Linear(2, 2)}, (own,), CPU)

    prepare(CPU, 1)
    with step(tmp_path):
        resumable().keep(1, Progress())
        expected = drawn()
    assert drawn() != expected
    with step(tmp_path):
        assert resumable().take_up("It", 2, Listener()) == 1
        assert drawn() == expected


def test_a_script_goes_on_and_says_in_how_many_sittings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Small(fcn.FcnRecipe):
        hidden: tuple[int, int] = (64, 32)
        images_held_out: int = 200
        people_held_out: float = 0.34
        average_decay: float = 0.9

    monkeypatch.setattr(fcn, "FcnRecipe", Small)
    options = [f"--out={tmp_path}", "--epochs=2", "--limit=300", "--pen-pictures=100"]
    arguments = fcn.arguments_parser().parse_args([*options, "--device=cpu"])
    with pytest.raises(KeyboardInterrupt):
        fcn.main(arguments, Stopping(2))
    assert [path.name for path in tmp_path.iterdir()] == [".fcn.unfinished"]
    listener = Listener()
    fcn.main(arguments, listener)
    assert "FCN goes on from epoch 2 of 2." in listener.lines
    assert [path.name for path in tmp_path.iterdir()] == ["fcn"]
    card = json.loads((tmp_path / "fcn" / "fcn.json").read_text())
    assert card["details"]["origin"]["sittings"] == 2
    assert json.loads((tmp_path / "fcn" / "finished.json").read_text())["sittings"] == 2
    history = json.loads((tmp_path / "fcn" / "history.json").read_text())
    assert [epoch["number"] for epoch in history["epochs"]] == [1, 2]
