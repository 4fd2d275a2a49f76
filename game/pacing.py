"""Pacing: events as they come, so that the ink's times are true, until the next frame is due."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pygame

STILL_SECONDS = 0.1  # s that a frame lasts at most while nothing moves and nothing happens
LOOK_SECONDS = 0.005  # s after which it is looked for events then; pygame's own wait looks every ms


class Pacer:
    """Gives a frame's events; `fps` are frames a second at most, 0 as fast as possible."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._next_frame = time.perf_counter()

    def events(self, *, still: bool = False) -> Iterator[pygame.event.Event]:
        """The events that wait, and those that come until the frame is due.

        While all is `still`, a frame lasts longer until something happens: a menu that is only
        looked at costs next to nothing.
        """
        for event in pygame.event.get():
            still = False
            yield event
        if self._fps == 0:
            return
        now = time.perf_counter()
        self._next_frame = max(self._next_frame + 1.0 / self._fps, now)
        until = now + STILL_SECONDS
        while still and time.perf_counter() < until:
            time.sleep(LOOK_SECONDS)
            for event in pygame.event.get():
                still = False
                yield event
        while (left := self._next_frame - time.perf_counter()) > 0.001:
            event = pygame.event.wait(int(left * 1000))
            if event.type != pygame.NOEVENT:
                yield event
