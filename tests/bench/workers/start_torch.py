"""A drawing program as tutorials have it: pygame, torch, and a network from a .pt file.

With `--make FILE` it makes that file. Else: when its first picture is shown, and when its first
answer is, to ink that is there as soon as there is a picture.
"""

import os
import sys
import time

os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame
import torch
from torch import nn
from torch.nn import functional

SIDE = 280  # px of the sheet


class Network(nn.Module):
    """Two convolutions and two layers on top, the usual beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)
        self.hidden, self.last = nn.Linear(9216, 128), nn.Linear(128, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Ink in 0..1, float (N, 1, 28, 28), to logits (N, 10)."""
        x = functional.relu(self.second(functional.relu(self.first(x))))
        x = functional.max_pool2d(x, 2).flatten(1)
        found: torch.Tensor = self.last(functional.relu(self.hidden(x)))
        return found


def main() -> None:
    """Print the moments, in seconds of the machine's own clock."""
    if sys.argv[1] == "--make":
        torch.save(Network().state_dict(), sys.argv[2])
        return
    network = Network()
    network.load_state_dict(torch.load(sys.argv[1], weights_only=True))
    network.eval()
    pygame.display.init()
    screen = pygame.display.set_mode((1000, 640))
    screen.fill("white")
    pygame.display.flip()
    moments = [time.monotonic()]
    sheet = pygame.Surface((SIDE, SIDE))
    pygame.draw.lines(sheet, "white", False, [(70, 60), (210, 60), (130, 220)], 20)
    screen.blit(sheet, (0, 0))
    pixels = torch.from_numpy(pygame.surfarray.array3d(sheet)[..., 0].T.copy()).float() / 255
    small = functional.interpolate(pixels[None, None], (28, 28), mode="bilinear", antialias=True)
    with torch.no_grad():
        answer = int(network(small).argmax())
    pygame.display.set_caption(f"It is a {answer}")
    pygame.display.flip()
    moments.append(time.monotonic())
    print(*moments)


if __name__ == "__main__":
    main()
