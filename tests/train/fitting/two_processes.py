"""Run by torchrun from a test: a small FCN and a small CNN on drawn digits; writes their scores.

torchrun --nproc-per-node 2 two_processes.py FOLDER
"""

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from recognizer import ink
from train import cnn, fcn
from train.data import pens, sets
from train.data.people import People
from train.data.unipen import PenDigit
from train.fitting import distributed
from train.fitting.networks import Result
from train.forms import glyphs
from train.forms.augment_ink import vary
from train.forms.digits import draw_digit
from train.shipping import unfinished
from train.shipping.processes import is_main, world_size
from train.shipping.script import Progress
from train.shipping.unfinished import Unfinished

Training = Callable[[Path | None, torch.device, int, Progress], Result]

FCN = fcn.FcnRecipe(
    epochs=3,
    batch=64,
    hidden=(64, 32),
    peak_rate=1e-2,
    average_decay=0.9,
    images_held_out=400,
    people_held_out=0.34,
    pen_pictures=300,
    pen_pictures_last=3,
)
CNN = cnn.CnnRecipe(
    epochs=3,
    batch=64,
    channels=(4, 8, 8),
    mnist_passes=1,
    peak_rate=1e-2,
    average_decay=0.9,
    images_held_out=400,
    people_held_out=0.34,
    pen_pictures=300,
)
TRAININGS: dict[str, Training] = {"fcn": partial(fcn.train, FCN), "cnn": partial(cnn.train, CNN)}

_wrap = distributed.wrap  # `score` listens in
_render_varied = glyphs.render_varied


def a_few(people: People, count: int, seed: int, mix: glyphs.Mix | None = None) -> sets.Images:
    """A few pictures as `render_varied` makes them, without workers that each load torch first."""
    return _render_varied(people, min(count, 300), seed, mix)


def drawn_sets() -> None:
    """Put drawn digits in place of MNIST and pendigits."""
    random = np.random.default_rng(0)
    labels = random.permutation(np.arange(2_000) % 10)
    strokes = [vary(draw_digit(int(label), random), random) for label in labels]
    images = sets.Images(np.stack([ink.glyph(s) for s in strokes]), labels.astype(np.int64))
    digits = [PenDigit(int(label), i % 6, strokes[i]) for i, label in enumerate(labels[:300])]
    sets.load_mnist = lambda *, train, data=None: images
    sets.load_pendigits = lambda *, train, data=None: digits
    pens.load_pens = lambda name, data=None, *, purpose: None
    glyphs.render_varied = a_few


def score(training: Training, device: torch.device) -> dict[str, float]:
    """Train as the script does under torchrun; the accuracy, and how far the processes differ."""
    trained: list[nn.Module] = []

    def wrap(network: nn.Module) -> nn.Module:
        trained.append(network)
        return _wrap(network)

    distributed.wrap = wrap
    result = training(None, device, 1, Progress())
    weights = [float(weight.detach().double().sum()) for weight in trained[0].parameters()]
    sums = distributed.total(device, *weights)
    return {
        "accuracy": result.history.best.validation_accuracy,
        # Every process must hold the same weights: then the sum is a multiple of one's own.
        "apart": max(
            abs(total - own * world_size()) for total, own in zip(sums, weights, strict=True)
        ),
    }


class Stopping(Progress):
    """Stops every process alike in the second epoch, before anything of it is kept."""

    def say(self, line: str) -> None:
        super().say(line)
        if line.startswith("epoch   2"):
            raise KeyboardInterrupt


def apart_when_resumed(folder: Path, device: torch.device) -> float:
    """How far a training that was stopped and went on ends from one that was not, at most."""
    distributed.wrap = _wrap  # nobody listens in here
    recipe = replace(CNN, epochs=2, limit=200, pen_pictures=100)

    def made(progress: Progress) -> dict[str, Tensor]:
        # As `finishing` does, in every process; the main one alone reads and writes.
        with unfinished.opened(Unfinished(folder / "cnn.unfinished", folder, "code", folder)) as it:
            weights = cnn.train(recipe, None, device, 1, progress).network.state_dict()
        if is_main() and it.sittings != 2:
            raise RuntimeError(f"It went on in sitting {it.sittings}.")
        return weights

    whole = cnn.train(recipe, None, device, 1, Progress()).network.state_dict()
    with contextlib.suppress(KeyboardInterrupt):
        made(Stopping())
    resumed = made(Progress())
    return max(float((resumed[name] - weight).abs().max()) for name, weight in whole.items())


def gloo_threads() -> list[str]:
    """The names of gloo's threads in this process, as far as the system tells."""
    names = [path.read_text().strip() for path in Path("/proc/self/task").glob("*/comm")]
    return [name for name in names if "gloo" in name]


def main() -> None:
    """Train both networks; the main process writes what came out."""
    drawn_sets()
    torch.set_num_threads(1)
    device = distributed.join(torch.device("cpu"))
    result: dict[str, object] = {
        name: score(training, device) for name, training in TRAININGS.items()
    }
    result["apart when resumed"] = apart_when_resumed(Path(sys.argv[1]), device)
    distributed.leave()
    result["threads_left"] = gloo_threads()
    if is_main():
        processes = world_size()
        Path(sys.argv[1], f"{processes}.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
