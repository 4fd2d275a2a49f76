"""The keys that type a digit, above the letters and on the number pad."""

from __future__ import annotations

import pygame

DIGIT_KEYS = {
    **{pygame.K_0 + n: str(n) for n in range(10)},
    pygame.K_KP_0: "0",
    **{pygame.K_KP_1 + n: str(n + 1) for n in range(9)},
}
