"""Pacing: events as they come, so that the ink's times are true, until the next frame is due."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pygame


class Pacer:
    """Gives a frame's events; `fps` are frames a second at most, 0 as fast as possible."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._next_frame = time.perf_counter()

    def events(self) -> Iterator[pygame.event.Event]:
        """The events that wait, and those that come until the frame is due."""
        yield from pygame.event.get()
        if self._fps == 0:
            return
        self._next_frame = max(self._next_frame + 1.0 / self._fps, time.perf_counter())
        while (left := self._next_frame - time.perf_counter()) > 0.001:
            event = pygame.event.wait(int(left * 1000))
            if event.type != pygame.NOEVENT:
                yield event
