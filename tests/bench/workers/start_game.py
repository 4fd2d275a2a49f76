"""The game from its start: when the Lab's first picture is shown, and when the first answer is.

The ink of a seven is there as soon as there is a picture: nobody writes quicker.
"""

import os
import sys
import time
from pathlib import Path

os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame

from game.app import App, Options
from game.scenes.lab import Lab
from game.ui.icons import DIGITS


def main() -> None:
    """Print the moments, in seconds of the machine's own clock."""
    app = App(Options(data_dir=Path(sys.argv[1]), mode="lab", size=(1000, 640), headless_ok=True))
    lab, flip = app.scene, app.window.flip
    assert isinstance(lab, Lab)
    moments: list[float] = []

    def shown() -> None:
        flip()
        if not moments:
            moments.append(time.monotonic())
            write(lab.writing_area)
        elif any(card.read for card in lab.cards or ()):
            moments.append(time.monotonic())
            app.quit()

    app.window.flip = shown  # type: ignore[method-assign]
    app.run()
    print(*moments)


def write(area: pygame.Rect) -> None:
    """A seven in the middle of the paper, with the mouse."""
    side = min(area.w, area.h) * 0.6
    left, top = area.centerx - side / 2, area.centery - side / 2
    for stroke in DIGITS["7"]:
        points = [(left + x * side, top + y * side) for x, y in stroke]
        post(pygame.MOUSEBUTTONDOWN, pos=points[0], button=1)
        for point in points[1:]:
            post(pygame.MOUSEMOTION, pos=point, rel=(0, 0), buttons=(1, 0, 0))
        post(pygame.MOUSEBUTTONUP, pos=points[-1], button=1)


def post(kind: int, **facts: object) -> None:
    """An event as if it came from the mouse."""
    pygame.event.post(pygame.event.Event(kind, {**facts, "touch": False}))


if __name__ == "__main__":
    main()
