"""The optimizer of the convolutions: its steps are orthogonal, of a known size, and it learns."""

import pytest
import torch
from torch import nn

from train.fitting.muon import Muon, kernels, orthogonal


@pytest.mark.parametrize("shape", [(8, 8), (8, 40), (40, 8)])
def test_all_directions_of_a_step_are_about_equally_strong(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(1))
    found = orthogonal(matrix)
    assert found.shape == matrix.shape
    strengths = torch.linalg.svdvals(found)
    assert strengths.min() > 0.6 and strengths.max() < 1.3
    u, _, v = torch.linalg.svd(matrix, full_matrices=False)
    assert float((found * (u @ v)).sum()) / min(shape) == pytest.approx(1, abs=0.2)


def test_no_gradient_at_all_is_no_step() -> None:
    assert torch.equal(orthogonal(torch.zeros(3, 5)), torch.zeros(3, 5))


def test_a_step_is_as_large_as_one_of_adamw() -> None:
    kernel = nn.Parameter(torch.zeros(16, 8, 3, 3))
    kernel.grad = torch.randn(16, 8, 3, 3, generator=torch.Generator().manual_seed(2))
    Muon([kernel], 0.01, weight_decay=0.0).step()
    size = float(kernel.detach().square().mean().sqrt())
    assert size == pytest.approx(0.2 * 0.01, rel=0.15)
    assert float((kernel.detach() * kernel.grad).sum()) < 0, "downhill"


def test_weights_decay_and_what_has_no_gradient_stays() -> None:
    decayed, left = (nn.Parameter(torch.ones(2, 2, 3, 3)) for _ in range(2))
    decayed.grad = torch.zeros_like(decayed)
    Muon([decayed, left], 0.1, weight_decay=0.5).step()
    assert torch.allclose(decayed, torch.full_like(decayed, 0.95))
    assert torch.equal(left, torch.ones_like(left))


def test_it_takes_the_convolutions_behind_the_first() -> None:
    network = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.Conv2d(4, 6, 3), nn.Flatten())
    assert [weights.shape for weights in kernels(network)] == [(6, 4, 3, 3)]
    assert kernels(nn.Linear(3, 2)) == []


def test_it_finds_a_kernel() -> None:
    torch.manual_seed(3)
    wanted, found = (nn.Conv2d(2, 3, 3, bias=False) for _ in range(2))
    optimizer = Muon(found.parameters(), 0.02, weight_decay=0.0)
    losses = []
    for _ in range(150):
        pictures = torch.randn(16, 2, 8, 8)
        loss = (found(pictures) - wanted(pictures).detach()).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] / 50
