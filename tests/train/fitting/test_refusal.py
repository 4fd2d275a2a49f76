"""The bias of "not a digit": few digits are lost, and no fewer than was allowed."""

import numpy as np
import pytest
import torch
from torch import nn

from recognizer.reading import NO_DIGIT_THRESHOLD
from train.data.sets import Images
from train.fitting.loop import logits_of
from train.fitting.refusal import set_refusal
from train.forms.glyphs import NOT_A_DIGIT

CPU = torch.device("cpu")


def network(seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 11))


def pictures(count: int, seed: int) -> Images:
    random = np.random.default_rng(seed)
    pixels = random.integers(0, 256, (count, 28, 28), np.uint8)
    return Images(pixels, random.integers(0, 10, count))


def refused(made: nn.Sequential, images: Images) -> float:
    scores = logits_of(made, images, CPU).softmax(1)[:, NOT_A_DIGIT]
    return float((scores > NO_DIGIT_THRESHOLD).float().mean())


@pytest.mark.parametrize("bias", [-1.0, 0.0, 2.0])
def test_two_digits_in_a_thousand_are_lost(bias: float) -> None:
    made = network(1)
    with torch.no_grad():
        made[-1].bias[NOT_A_DIGIT] += bias + 1
    parts = (pictures(3_000, 1), pictures(2_000, 2))
    set_refusal(made, parts, CPU)
    shares = [refused(made, part) for part in parts]
    assert max(shares) <= 0.002
    assert max(shares) > 0.0005, "the part that loses most loses what it may"


def test_a_part_that_says_too_little_moves_the_bias_only_so_far() -> None:
    made = network(1)
    with torch.no_grad():
        made[-1].bias[NOT_A_DIGIT] -= 50
    assert set_refusal(made, [pictures(20, 3)], CPU) == 4.0
