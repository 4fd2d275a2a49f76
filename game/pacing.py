"""Pacing: events as they come, so that the ink's times are true, until the next frame is due."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import pygame

STILL_SECONDS = 0.1  # s that a frame lasts at most while nothing moves and nothing happens
LOOK_SECONDS = 0.005  # s after which it is looked for events where no ink is written


class Pacer:
    """Gives a frame's events; `fps` are frames a second at most, 0 as fast as possible."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._next_frame = time.perf_counter()

    def events(self, *, still: bool = False, exact: bool = True) -> Iterator[pygame.event.Event]:
        """The events that wait, and those that come until the frame is due.

        While all is `still`, a frame lasts longer until something happens: a menu that is only
        looked at costs next to nothing. `exact` gives each event in the millisecond in which it
        comes, which costs a core's fortieth: pygame's wait looks for events each millisecond.
        """
        for event in pygame.event.get():
            still = False
            yield event
        if self._fps == 0:
            return
        now = time.perf_counter()
        self._next_frame = max(self._next_frame + 1.0 / self._fps, now)
        due = max(self._next_frame, now + STILL_SECONDS) if still else self._next_frame
        while (left := due - time.perf_counter()) > 0.001:
            for event in _within(left, exact):
                due = self._next_frame
                yield event


def _within(seconds: float, exact: bool) -> Iterable[pygame.event.Event]:
    """The next event of so many seconds, or those of the next few milliseconds."""
    if not exact:
        time.sleep(min(seconds, LOOK_SECONDS))
        return pygame.event.get()
    event = pygame.event.wait(int(seconds * 1000))
    return [] if event.type == pygame.NOEVENT else [event]
