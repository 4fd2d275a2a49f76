"""The learning rate over a training: a warm-up, then a cosine."""

import math


def rate(done: float, warm_up: float) -> float:
    """The factor on the peak learning rate when a share `done` of all steps is over.

    It rises to 1 during the warm-up and falls as a cosine to 0 at the end.
    """
    if done < warm_up:
        return (done + 1e-3) / (warm_up + 1e-3)
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / (1 - warm_up)))
