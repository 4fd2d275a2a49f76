"""How readily a network refuses: the bias of its class "not a digit", set by what that costs.

As for KNN and SVM (`train.fitting.rejection_curve`), of each validation part `ACCEPTED` are still
read at the threshold of play, and no more: what the network learned of ink that is no digit then
decides how much of that is refused.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from recognizer.reading import NO_DIGIT_THRESHOLD
from train.data.sets import Images
from train.fitting import distributed
from train.fitting.loop import logits_of
from train.fitting.rejection_curve import ACCEPTED
from train.forms.glyphs import NOT_A_DIGIT

_MOST = 4.0  # by which the bias may be moved, in logits: beyond, the part says too little


@torch.no_grad()
def set_refusal(
    network: nn.Sequential, validation: Sequence[Images], device: torch.device
) -> float:
    """Move the bias of the network's last layer in place; returns by how much, in logits."""
    odds = math.log(NO_DIGIT_THRESHOLD / (1 - NO_DIGIT_THRESHOLD))
    oddest = []
    for part in validation:
        logits = logits_of(network, part, device)
        digits = logits[:, :NOT_A_DIGIT].logsumexp(1)
        margins = (logits[:, NOT_A_DIGIT] - digits).numpy()
        oddest.append(float(np.quantile(margins, ACCEPTED, method="higher")))
    # A little room: float32 must not put the very digit at the edge on its other side.
    shift = float(np.clip(odds - max(oddest) - 1e-3, -_MOST, _MOST))
    # Batch normalisation's averages differ a little between processes: one of them decides.
    shift = distributed.decided_by_main(shift)
    last = network[-1]
    assert isinstance(last, nn.Linear)
    last.bias[NOT_A_DIGIT] += shift
    return shift
