"""One epoch of gradient descent, as the fully connected and the classic network share it."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from train import distributed
from train.data import Images
from train.device import mixed_precision


def train_epoch(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
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
        if len(rows) >= 2 * distributed.world_size():
            rows = distributed.share(rows)
            truth = labels[rows].to(device)
            glyphs = prepare(pixels[rows].to(device).float().div_(255).unsqueeze(1))
            with mixed_precision(device):
                logits = network(glyphs)
            logits = logits.float()
            loss = loss_of(logits, truth)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            seen += len(truth)
            total_loss += float(loss.detach()) * len(truth)
            right += int((logits.argmax(1) == truth).sum())
        after_step()
    everyone_seen, everyone_loss, everyone_right = distributed.total(
        device, seen, total_loss, right
    )
    return everyone_loss / everyone_seen, everyone_right / everyone_seen
