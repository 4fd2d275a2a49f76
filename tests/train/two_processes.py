"""Run by torchrun from a test: a small FCN on drawn digits; the main process writes its score.

torchrun --nproc-per-node 2 two_processes.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from recognizer import ink
from train import allographs, data, distributed, fcn
from train.console import Progress
from train.ink_augmentation import vary
from train.unipen_text import PenDigit

SETTINGS = fcn.Settings(
    epochs=6,
    batch=64,
    hidden=(64, 32),
    peak_rate=1e-2,
    average_decay=0.9,
    images_held_out=400,
    writers_held_out=2,
    pen_pictures=300,
)


def main() -> None:
    """Train as `train.fcn` does under torchrun, and write what came out."""
    random = np.random.default_rng(0)
    labels = random.permutation(np.arange(2_000) % 10)
    strokes = [vary(allographs.draw_digit(int(label), random), random) for label in labels]
    images = data.Images(np.stack([ink.glyph(s) for s in strokes]), labels.astype(np.int64))
    digits = [PenDigit(int(label), i % 6, strokes[i]) for i, label in enumerate(labels[:300])]
    data.load_mnist = lambda *, train, data=None: images
    data.load_pendigits = lambda *, train, data=None: digits
    torch.set_num_threads(1)
    device = distributed.join(torch.device("cpu"))
    network, history = fcn.train(SETTINGS, None, device, 1, Progress())
    weights = [float(parameter.detach().double().sum()) for parameter in network.parameters()]
    sums = distributed.total(device, *weights)
    if distributed.is_main():
        result = {
            "processes": distributed.world_size(),
            "accuracy": history.best.validation_accuracy,
            # Every process must hold the same weights: then the sum is a multiple of one's own.
            "apart": max(
                abs(total - own * distributed.world_size())
                for total, own in zip(sums, weights, strict=True)
            ),
        }
        Path(sys.argv[1], f"{distributed.world_size()}.json").write_text(json.dumps(result))
    distributed.leave()


if __name__ == "__main__":
    main()
