"""One pointer out of many: mouse, pen and touch become the same few kinds of event.

A stroke belongs to one pointer from its beginning to its end. The mouse, which is also how a pen
tablet speaks, wins over fingers: who rests the palm on the glass writes with the pen, and what the
palm has drawn until then is taken back. What a window
system forgets to say is made up for: a button that is no longer held was lifted, a pointer that
touches once more was lifted before, and a window that goes away takes all pointers with it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

import pygame

Transform = tuple[float, float]  # surface px a window point, horizontally and vertically
Finger = tuple[int, int]  # the touch device and the finger on it

STILL_SECONDS = 1.0  # s after which a pointer that rests gives way to a finger: its end was lost

# The player has gone to another window.
AWAY = (pygame.WINDOWFOCUSLOST, pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN)
# The next place of the pointer may be far from the one before, though it has not moved so far.
UNSTEADY = (
    pygame.WINDOWLEAVE, pygame.WINDOWMOVED, pygame.WINDOWRESIZED, pygame.WINDOWSIZECHANGED,
    pygame.WINDOWMAXIMIZED, pygame.WINDOWRESTORED,
)  # fmt: skip
MOUSE_EVENTS = (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION)
FINGER_EVENTS = (pygame.FINGERDOWN, pygame.FINGERUP, pygame.FINGERMOTION)


class Kind(enum.Enum):
    """What the pointer did."""

    DOWN = "down"
    MOVE = "move"  # pressed or hovering
    UP = "up"
    LOST = "lost"  # it was down and is gone: what it began ends where it was, and nothing is meant
    PALM = "palm"  # it was down, and is no pointer at all: what it began was never meant


@dataclass(frozen=True)
class Pointer:
    """One pointer event."""

    kind: Kind
    x: float  # px of the window's surface
    y: float
    t: float  # s, of the injected clock, when the event was taken from the queue
    touch: bool = False
    after_gap: bool = False  # whether the way here from the last place may not have been seen
    hand: int = 0  # whose it is, counted from 0, where two write at once

    @property
    def pos(self) -> tuple[float, float]:
        """The place in px."""
        return (self.x, self.y)


class PointerReader:
    """Translates pygame's mouse and finger events; one pointer at a time is down."""

    def __init__(self) -> None:
        self._down: Pointer | None = None  # the newest event of the pointer that is down
        self._finger: Finger | None = None  # whose it is; None for the mouse
        self._gap = False
        self._units: tuple[Transform, tuple[int, int]] | None = None  # of the newest event

    def read(
        self, event: pygame.event.Event, t: float, scale: Transform, size: tuple[int, int]
    ) -> list[Pointer]:
        """Return the pointer events in it, in order; often one or none.

        `scale` turns window points into surface px (they differ on high-density screens), `size` is
        the surface's size in px, `t` the time in seconds.
        """
        if event.type in AWAY:
            return self.let_go(t)
        if event.type in UNSTEADY:
            self._gap = True
            return []
        if self._units != (scale, size):
            self._gap, self._units = True, (scale, size)
        if event.type in MOUSE_EVENTS:
            return self._mouse(event, t, scale)
        if event.type in FINGER_EVENTS:
            return self._touch(event, t, size)
        return []

    def let_go(self, t: float) -> list[Pointer]:
        """Forget the pointer that is down; it has to come down anew to be one."""
        if self._down is None:
            return []
        lost = replace(self._down, kind=Kind.LOST, t=t, after_gap=False)
        self._down = self._finger = None
        return [lost]

    def _mouse(self, event: pygame.event.Event, t: float, scale: Transform) -> list[Pointer]:
        if getattr(event, "touch", False):
            return []  # SDL repeats every touch as a mouse event; the finger event is the true one
        x, y = event.pos[0] * scale[0], event.pos[1] * scale[1]
        writes = self._down is not None and self._finger is None
        if event.type == pygame.MOUSEMOTION:
            if self._finger is not None:
                return []  # it trembles on the desk while a finger writes
            lost = self.let_go(t) if writes and not event.buttons[0] else []
            return [*lost, self._step(Pointer(Kind.MOVE, x, y, t))]
        if event.button != pygame.BUTTON_LEFT:
            return []
        if event.type == pygame.MOUSEBUTTONDOWN:
            return [*self._give_way(t), self._begin(Pointer(Kind.DOWN, x, y, t), None)]
        return [self._end(Pointer(Kind.UP, x, y, t))] if writes else []

    def _give_way(self, t: float) -> list[Pointer]:
        """A finger that lies there while the pen comes down is the palm, however far it slid.

        One that was not heard of for a while is gone, and has written before.
        """
        down = None if self._finger is None else self._down
        is_palm = down is not None and t - down.t <= STILL_SECONDS
        return [replace(p, kind=Kind.PALM) if is_palm else p for p in self.let_go(t)]

    def _touch(self, event: pygame.event.Event, t: float, size: tuple[int, int]) -> list[Pointer]:
        finger = (event.touch_id, event.finger_id)
        x, y = event.x * size[0], event.y * size[1]
        if event.type == pygame.FINGERDOWN:
            if not self._gives_way(finger, t):
                return []  # a second finger, or the palm
            return [*self.let_go(t), self._begin(Pointer(Kind.DOWN, x, y, t, touch=True), finger)]
        if finger != self._finger:
            return []
        if event.type == pygame.FINGERMOTION:
            return [self._step(Pointer(Kind.MOVE, x, y, t, touch=True))]
        return [self._end(Pointer(Kind.UP, x, y, t, touch=True))]

    def _gives_way(self, finger: Finger, t: float) -> bool:
        """Whether the pointer that is down must have been lifted unseen, now that a finger is."""
        if self._down is None:
            return True
        return finger == self._finger or t - self._down.t > STILL_SECONDS

    def _begin(self, pointer: Pointer, finger: Finger | None) -> Pointer:
        self._down, self._finger, self._gap = pointer, finger, False
        return pointer

    def _step(self, pointer: Pointer) -> Pointer:
        if self._down is None:
            return pointer
        self._down = self._marked(pointer)
        return self._down

    def _end(self, pointer: Pointer) -> Pointer:
        self._down = self._finger = None
        return self._marked(pointer)

    def _marked(self, pointer: Pointer) -> Pointer:
        marked, self._gap = replace(pointer, after_gap=self._gap), False
        return marked
