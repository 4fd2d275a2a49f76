"""The icon as a file: what `game/window.py` shows, a seven on a marigold tile, drawn large."""

import os
import sys
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame

from game.ui import theme
from game.ui.icons import icon
from game.ui.shapes import panel

SIDE = 512  # px


def drawn(side: int = SIDE) -> pygame.Surface:
    """The icon, so many px wide and high."""
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    panel(surface, surface.get_rect(), theme.SUN, side / 4)
    surface.blit(icon("7", side * 7 // 8, theme.INK), (side // 16, side // 16))
    return surface


if __name__ == "__main__":
    pygame.display.init()
    pygame.image.save(drawn(), Path(sys.argv[1]))
