"""The parts of gradient descent that networks share: epoch, averaged and best weights, score."""

import copy
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from train.data.folder import DataError
from train.data.sets import Images
from train.fitting import distributed
from train.fitting.device import mixed_precision
from train.shipping import board
from train.shipping.processes import world_size


def train_epoch(
    network: nn.Module,
    optimizers: Sequence[torch.optim.Optimizer],
    images: Images,
    batch: int,
    device: torch.device,
    shuffling: torch.Generator,
    *,
    prepare: Callable[[Tensor], Tensor],
    loss_of: Callable[[Tensor, Tensor], Tensor],
    after_step: Callable[[], None],
) -> tuple[float, float]:
    """Train once on all images in random order; returns the mean loss and the accuracy on the way.

    `prepare` makes the network's input from ink in 0..1, float (N, 1, 28, 28), on the device;
    `shuffling` must stand alike in all processes.
    """
    pixels, labels = torch.from_numpy(images.pixels), torch.from_numpy(images.labels)
    network.train()
    seen, total_loss, right = 0, 0.0, 0
    for rows in torch.randperm(len(labels), generator=shuffling).split(batch):
        # Batch normalisation needs two pictures; a rest smaller than that is left out.
        if len(rows) >= 2 * world_size():
            rows = distributed.share(rows)
            truth = labels[rows].to(device)
            glyphs = prepare(pixels[rows].to(device).float().div_(255).unsqueeze(1))
            if seen == 0 and board.shows_pictures():
                shown = glyphs[:, 0].detach().clamp(0, 1).mul(255).byte().cpu().numpy()
                board.show_glyphs("as it learns them", shown)
            with mixed_precision(device):
                logits = network(glyphs)
            logits = logits.float()
            loss = loss_of(logits, truth)
            network.zero_grad(set_to_none=True)
            loss.backward()
            for optimizer in optimizers:
                optimizer.step()
            seen += len(truth)
            total_loss += float(loss.detach()) * len(truth)
            right += int((logits.argmax(1) == truth).sum())
        after_step()
    everyone_seen, everyone_loss, everyone_right = distributed.total(
        device, seen, total_loss, right
    )
    return everyone_loss / everyone_seen, everyone_right / everyone_seen


class AveragedWeights:
    """The exponential moving average of a network's weights: steadier than any single step's."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self._decay = decay
        self._steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Take in the network's weights after one step."""
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + 10))  # short memory while all is new
        ours, theirs = self.network.state_dict(), network.state_dict()
        for name, value in ours.items():
            if value.is_floating_point():
                value.lerp_(theirs[name], 1 - decay)
            else:
                value.copy_(theirs[name])

    def state_dict(self) -> dict[str, Any]:
        """All that decides how it goes on, as torch's modules have it."""
        return {"network": self.network.state_dict(), "steps": self._steps}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        self.network.load_state_dict(state["network"])
        self._steps = state["steps"]


class Best:
    """The weights of the epoch with the least score so far; scores are compared part by part."""

    def __init__(self, network: nn.Module) -> None:
        self.weights: dict[str, Tensor] = network.state_dict()
        self._score: tuple[float, ...] = (math.inf,)

    def is_beaten_by(self, *score: float) -> bool:
        """Whether this score is less than that of the weights held."""
        return score < self._score

    def take(self, network: nn.Module, *score: float) -> None:
        """Hold a copy of the network's weights from now on."""
        self.weights = copy.deepcopy(network.state_dict())
        self._score = score

    def state_dict(self) -> dict[str, Any]:
        """Weights and score."""
        return {"weights": self.weights, "score": self._score}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave, on the device where the weights are now."""
        self.weights = {
            name: value.to(self.weights[name].device) for name, value in state["weights"].items()
        }
        self._score = tuple(state["score"])


def load_weights(network: nn.Module, path: Path) -> None:
    """Load a `weights.pt` of the same layout; raises DataError for any other file."""
    try:
        network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    except Exception as error:  # torch has many for a file that holds no weights, or others
        raise DataError(
            f"{path} holds no weights of this network; name the weights.pt of an earlier run."
        ) from error


def mean_weights(one: dict[str, Tensor], other: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean of two states of one network, averages of batch normalisation included."""
    return {
        name: torch.lerp(value, other[name], 0.5) if value.is_floating_point() else other[name]
        for name, value in one.items()
    }


@torch.no_grad()
def logits_of(network: nn.Module, images: Images, device: torch.device) -> Tensor:
    """A network's logits (N, classes) for pictures, in float32, on the CPU."""
    network.eval()
    return torch.cat(
        [
            network(part.to(device).float().div_(255).unsqueeze(1)).float().cpu()
            for part in torch.from_numpy(images.pixels).split(1_000)
        ]
    )


@torch.no_grad()
def evaluate(network: nn.Module, images: Images, device: torch.device) -> tuple[float, float]:
    """Accuracy and mean cross-entropy of a network on pictures, in float32."""
    truth, logits = torch.from_numpy(images.labels), logits_of(network, images, device)
    accuracy = float((logits.argmax(1) == truth).float().mean())
    return accuracy, float(functional.cross_entropy(logits, truth))
