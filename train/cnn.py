"""`python -m train.cnn`: the convolutional network that Digit Dash ships and plays with.

One seeded run on MNIST and on pen strokes (pendigits training writers and drawn allographs),
rendered by `recognizer.ink`. Strokes are varied before they are rendered, all pictures are
distorted after. An average of the weights over the last steps is what is validated, kept and
exported.
"""

import argparse
import copy
import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train import data, distributed, pen_pictures
from train.console import Progress, run_script
from train.device import choose_device, mixed_precision, prepare
from train.export import export_classifier, install
from train.history import Epoch, History
from train.image_augmentation import distort
from train.steps import finishing


@dataclass(frozen=True)
class Settings:
    """Everything that decides the result besides code and data."""

    epochs: int = 18
    batch: int = 256
    peak_rate: float = 3e-3  # of AdamW, reached after the warm-up, then a cosine down to zero
    warm_up: float = 0.1  # share of all steps
    weight_decay: float = 0.03
    label_smoothing: float = 0.05
    average_decay: float = 0.998  # of the moving average of the weights, per step
    images_held_out: int = 5_000  # MNIST's validation part
    writers_held_out: int = 3  # of the 30 pendigits training writers
    mnist_passes: int = 2  # times that an epoch shows every MNIST image
    pen_pictures: int = 50_000  # varied pen pictures an epoch, new ones each time
    limit: int | None = None  # take no more MNIST images than this: for tests and quick looks


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions beside a shortcut (He et al., "Deep residual learning", 2016)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            convolution(channels, channels, 3),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.body(x))


def convolution(inputs: int, outputs: int, size: int) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU; width and height stay."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, padding=size // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class Network(nn.Sequential):
    """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 10); 474,000 parameters."""

    def __init__(self, channels: tuple[int, int, int] = (32, 64, 128)) -> None:
        first, second, third = channels
        super().__init__(
            convolution(1, first, 5),
            nn.MaxPool2d(2),
            convolution(first, second, 3),
            ResidualBlock(second),
            nn.MaxPool2d(2),
            convolution(second, third, 3),
            ResidualBlock(third),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Dropout(0.3),
            nn.Linear(third * 9, 10),
        )


class AveragedWeights:
    """The exponential moving average of a network's weights: steadier than any single step's."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self._decay = decay
        self._steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 10))  # short memory while all is new
        ours, theirs = self.network.state_dict(), network.state_dict()
        for name, value in ours.items():
            if value.is_floating_point():
                value.lerp_(theirs[name], 1 - decay)
            else:
                value.copy_(theirs[name])


def train(
    settings: Settings, folder: Path | None, device: torch.device, seed: int, progress: Progress
) -> tuple[nn.Module, History]:
    """Train one network; returns the averaged weights of the best epoch and the learning curves.

    The best epoch has the fewest validation errors (MNIST's and the pen writers' error rates
    added), the lower validation loss deciding between equals. Test data is not touched.
    """
    mnist = data.load_mnist(train=True, data=folder)
    rows, held_out = data.split_by_label(mnist.labels, settings.images_held_out, seed)
    if settings.limit is not None:
        rows = np.random.default_rng(seed).permutation(rows)[: settings.limit]
    writers, other_writers = data.split_by_writer(
        data.load_pendigits(train=True, data=folder), settings.writers_held_out, seed
    )
    training = mnist.take(np.tile(rows, settings.mnist_passes))
    validation = (mnist.take(held_out), pen_pictures.render(other_writers))

    prepare(device, seed)
    shuffling = distorting = torch.Generator().manual_seed(seed)
    if distributed.world_size() > 1:  # all shuffle alike, but each distorts its share its own way
        distorting = torch.Generator().manual_seed(seed * 1_000 + distributed.rank())
    network = Network().to(device).to(memory_format=torch.channels_last)
    averaged = AveragedWeights(network, settings.average_decay)
    trained = distributed.wrap(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), settings.peak_rate, weight_decay=settings.weight_decay
    )
    per_epoch = -(-(len(training) + settings.pen_pictures) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step / (per_epoch * settings.epochs), settings.warm_up)
    )
    history = History()
    best, best_weights = (math.inf, math.inf), averaged.network.state_dict()
    with progress.steps("CNN", settings.epochs * per_epoch) as advance:
        for epoch in range(settings.epochs):
            started = time.perf_counter()
            pen = pen_pictures.render_varied(writers, settings.pen_pictures, seed * 1_000 + epoch)
            pixels = torch.from_numpy(np.concatenate([training.pixels, pen.pixels]))
            labels = torch.from_numpy(np.concatenate([training.labels, pen.labels]))
            network.train()
            seen, total_loss, right = 0, 0.0, 0
            for batch in torch.randperm(len(labels), generator=shuffling).split(settings.batch):
                batch = distributed.share(batch)
                glyphs = pixels[batch].to(device).float().div_(255).unsqueeze(1)
                glyphs = distort(glyphs, distorting).contiguous(memory_format=torch.channels_last)
                truth = labels[batch].to(device)
                with mixed_precision(device):
                    logits = trained(glyphs)
                logits = logits.float()
                loss = functional.cross_entropy(
                    logits, truth, label_smoothing=settings.label_smoothing
                )
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                schedule.step()
                averaged.update(network)
                seen += len(truth)
                total_loss += float(loss.detach()) * len(truth)
                right += int((logits.argmax(1) == truth).sum())
                advance()
            all_seen, all_loss, all_right = distributed.total(device, seen, total_loss, right)
            scores = [evaluate(averaged.network, part, device) for part in validation]
            errors = sum(1 - accuracy for accuracy, _ in scores)
            mean_loss = sum(part_loss for _, part_loss in scores) / len(scores)
            if (errors, mean_loss) < best:
                best = (errors, mean_loss)
                best_weights = copy.deepcopy(averaged.network.state_dict())
                history.best_epoch = epoch + 1
            history.append(
                Epoch(
                    number=epoch + 1,
                    training_loss=all_loss / all_seen,
                    training_accuracy=all_right / all_seen,
                    validation_loss=mean_loss,
                    validation_accuracy=1 - errors / len(scores),
                    seconds=time.perf_counter() - started,
                )
            )
            progress.say(
                f"{history.epochs[-1]}  (MNIST {scores[0][0]:.2%}, pen strokes {scores[1][0]:.2%})"
            )
    averaged.network.load_state_dict(best_weights)
    return averaged.network, history


@torch.no_grad()
def evaluate(network: nn.Module, images: data.Images, device: torch.device) -> tuple[float, float]:
    """Accuracy and mean cross-entropy of a network on pictures, in float32."""
    network.eval()
    truth = torch.from_numpy(images.labels)
    logits = torch.cat(
        [
            network(part.to(device).float().div_(255).unsqueeze(1)).float().cpu()
            for part in torch.from_numpy(images.pixels).split(1_000)
        ]
    )
    accuracy = float((logits.argmax(1) == truth).float().mean())
    return accuracy, float(functional.cross_entropy(logits, truth))


def _rate(done: float, warm_up: float) -> float:
    """The factor on the peak learning rate when a share `done` of all steps is over."""
    if done < warm_up:
        return (done + 1e-3) / (warm_up + 1e-3)
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))


def main(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, export to `--out`, and install under assets/models if asked to."""
    settings = Settings(
        **{
            name: value
            for name in ("epochs", "pen_pictures", "limit")
            if (value := getattr(arguments, name)) is not None
        }
    )
    device = distributed.join(choose_device(arguments.device))
    with finishing("cnn", arguments) as out:
        started = time.perf_counter()
        network, history = train(settings, arguments.data, device, arguments.seed, progress)
        minutes = (time.perf_counter() - started) / 60
        if not distributed.is_main():
            return
        history.write(out, "CNN")
        torch.save(network.state_dict(), out / "weights.pt")  # for whoever trains on from here
        model = export_classifier(
            network,
            out / "cnn.onnx",
            name="cnn",
            made_by="python -m train.cnn",
            data=["MNIST training images", "pendigits training strokes", "drawn allographs"],
            metrics={
                "validation_accuracy": round(history.best.validation_accuracy, 5),
                "best_epoch": history.best_epoch,
                "training_minutes": round(minutes, 1),
                "device": device.type,
                "seed": arguments.seed,
            },
        )
        if arguments.install:
            progress.say(f"Installed {install([model])}.")
    progress.say(
        f"Wrote the model, its metrics and its learning curves to {arguments.out / 'cnn'}."
    )


def arguments_parser() -> argparse.ArgumentParser:
    """The options of the script."""
    parser = argparse.ArgumentParser(prog="python -m train.cnn", description=__doc__)
    data.add_data_argument(parser)
    parser.add_argument("--out", type=Path, default=Path("reports"), help="default: reports")
    parser.add_argument("--device", default="auto", help="cpu, cuda, mps (default: the best)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--epochs", type=int, help=f"default: {Settings.epochs}")
    parser.add_argument("--pen-pictures", type=int, help="varied pen pictures an epoch")
    parser.add_argument("--limit", type=int, help="take no more MNIST images than this")
    parser.add_argument("--install", action="store_true", help="put the model into assets/models")
    return parser


if __name__ == "__main__":
    run_script(arguments_parser(), main)
