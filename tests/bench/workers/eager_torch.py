"""The very CNN that is shipped, as torch runs it, behind torchvision's usual preparation.

A picture of 280x280 px goes in, as the drawing programs of tutorials have it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from serving import serve
from torchvision import transforms

from tests.bench.weights import eager_cnn


def load(words: Sequence[str]) -> Callable[[Any], str]:
    """The network with its weights. It takes ink in 0..1, so nothing is normalised."""
    network = eager_cnn().eval()
    prepare = transforms.Compose(
        [transforms.ToPILImage(), transforms.Resize((28, 28)), transforms.ToTensor()]
    )

    def read(picture: Any) -> str:
        with torch.no_grad():
            logits = network(prepare(picture).unsqueeze(0))
            shares = torch.softmax(logits, dim=1)
        best = int(shares.argmax(dim=1).item())
        return str(best) if best < 10 else "?"

    return read


if __name__ == "__main__":
    serve(load)
