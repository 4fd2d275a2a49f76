"""One pointer out of many: mouse, pen and touch become the same three kinds of event."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import pygame

Transform = tuple[float, float]  # surface px a window point, horizontally and vertically


class Kind(enum.Enum):
    """What the pointer did."""

    DOWN = "down"
    MOVE = "move"
    UP = "up"


@dataclass(frozen=True)
class Pointer:
    """One pointer event."""

    kind: Kind
    x: float  # px of the window's surface
    y: float
    t: float  # s, of the injected clock, when the event was taken from the queue
    touch: bool = False

    @property
    def pos(self) -> tuple[float, float]:
        """The place in px."""
        return (self.x, self.y)


class PointerReader:
    """Translates pygame's mouse and finger events; only the first finger writes."""

    def __init__(self) -> None:
        self._finger: tuple[int, int] | None = None

    def read(
        self, event: pygame.event.Event, t: float, scale: Transform, size: tuple[int, int]
    ) -> Pointer | None:
        """Return the pointer event in it, or None.

        `scale` turns window points into surface px (they differ on high-density screens), `size` is
        the surface's size in px.
        """
        if event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION):
            return self._mouse(event, t, scale)
        if event.type in (pygame.FINGERDOWN, pygame.FINGERUP, pygame.FINGERMOTION):
            return self._touch(event, t, size)
        return None

    def _mouse(self, event: pygame.event.Event, t: float, scale: Transform) -> Pointer | None:
        if getattr(event, "touch", False):
            return (
                None  # SDL repeats every touch as a mouse event; the finger event is the true one
            )
        x, y = event.pos[0] * scale[0], event.pos[1] * scale[1]
        if event.type == pygame.MOUSEMOTION:
            return Pointer(Kind.MOVE, x, y, t)
        if event.button != pygame.BUTTON_LEFT:
            return None
        return Pointer(Kind.DOWN if event.type == pygame.MOUSEBUTTONDOWN else Kind.UP, x, y, t)

    def _touch(self, event: pygame.event.Event, t: float, size: tuple[int, int]) -> Pointer | None:
        finger = (event.touch_id, event.finger_id)
        x, y = event.x * size[0], event.y * size[1]
        if event.type == pygame.FINGERDOWN:
            if self._finger is not None:
                return None  # a second finger, or the palm
            self._finger = finger
            return Pointer(Kind.DOWN, x, y, t, touch=True)
        if finger != self._finger:
            return None
        if event.type == pygame.FINGERMOTION:
            return Pointer(Kind.MOVE, x, y, t, touch=True)
        self._finger = None
        return Pointer(Kind.UP, x, y, t, touch=True)
