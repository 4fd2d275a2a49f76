"""Two hands at one screen: whose pointer it is, by the half in which it came down."""

from __future__ import annotations

from dataclasses import replace

import pygame

from game.ink.pointer import (
    FINGER_EVENTS,
    MOUSE_EVENTS,
    Finger,
    Pointer,
    PointerReader,
    Transform,
)

HANDS = 2


class HandsReader:
    """Translates pygame's events as a `PointerReader` does, where it must for two players at once.

    Each player has one pointer at a time and a palm of their own. A finger belongs to the half in
    which it came down, wherever it goes from there; so does the mouse, which two players share.
    """

    def __init__(self) -> None:
        self._readers = [PointerReader() for _ in range(HANDS)]
        self._fingers: dict[Finger, int] = {}  # whose those are that came down last
        self._mouse: int | None = None  # whose it is while its button is held

    def read(
        self,
        event: pygame.event.Event,
        t: float,
        scale: Transform,
        size: tuple[int, int],
        parted_at: float | None = None,
    ) -> list[Pointer]:
        """As `PointerReader.read`; `parted_at` is where the second half begins, px from the left.

        Without it all pointers are the first hand's.
        """
        if event.type in MOUSE_EVENTS:
            return self._of(self._hand_of_mouse(event, scale, parted_at), event, t, scale, size)
        if event.type not in FINGER_EVENTS:
            return [
                pointer
                for hand in range(HANDS)
                for pointer in self._of(hand, event, t, scale, size)
            ]
        finger = (event.touch_id, event.finger_id)
        here = _half(event.x * size[0], parted_at)
        before = self._fingers.get(finger, here)
        if event.type != pygame.FINGERDOWN:
            if event.type == pygame.FINGERUP:
                self._fingers.pop(finger, None)
            return self._of(before, event, t, scale, size)
        self._fingers[finger] = here
        lost: list[Pointer] = []
        if before != here:  # it was lifted unseen, and writes elsewhere now
            lost = [replace(p, hand=before) for p in self._readers[before].let_go(t)]
        return [*lost, *self._of(here, event, t, scale, size)]

    def let_go(self, t: float) -> list[Pointer]:
        """Forget all pointers that are down; they have to come down anew to be some."""
        self._mouse = None
        self._fingers.clear()
        return [
            replace(pointer, hand=hand)
            for hand, reader in enumerate(self._readers)
            for pointer in reader.let_go(t)
        ]

    def _of(
        self,
        hand: int,
        event: pygame.event.Event,
        t: float,
        scale: Transform,
        size: tuple[int, int],
    ) -> list[Pointer]:
        return [replace(p, hand=hand) for p in self._readers[hand].read(event, t, scale, size)]

    def _hand_of_mouse(
        self, event: pygame.event.Event, scale: Transform, parted_at: float | None
    ) -> int:
        here = _half(event.pos[0] * scale[0], parted_at)
        hand = here if self._mouse is None else self._mouse
        if getattr(event, "touch", False):  # SDL's echo of a finger
            return hand
        if event.type == pygame.MOUSEMOTION:
            if not event.buttons[0]:
                self._mouse = None
        elif event.button == pygame.BUTTON_LEFT:
            self._mouse = hand if event.type == pygame.MOUSEBUTTONDOWN else None
        return hand


def _half(x: float, parted_at: float | None) -> int:
    return int(parted_at is not None and x >= parted_at)
