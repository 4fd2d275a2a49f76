"""Pointers: mouse and touch become one, and no touch counts twice."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ink.pointer import Kind, Pointer, PointerReader

SIZE = (800, 600)


@pytest.fixture
def reader() -> PointerReader:
    return PointerReader()


def read(
    reader: PointerReader, kind: int, scale: tuple[float, float] = (1.0, 1.0), **facts: Any
) -> Pointer | None:
    return reader.read(pygame.event.Event(kind, facts), 5.0, scale, SIZE)


def test_mouse(reader: PointerReader) -> None:
    down = read(reader, pygame.MOUSEBUTTONDOWN, pos=(10, 20), button=1, touch=False)
    assert down == Pointer(Kind.DOWN, 10, 20, 5.0)
    move = read(
        reader, pygame.MOUSEMOTION, pos=(11, 21), rel=(1, 1), buttons=(1, 0, 0), touch=False
    )
    assert move == Pointer(Kind.MOVE, 11, 21, 5.0)
    up = read(reader, pygame.MOUSEBUTTONUP, pos=(12, 22), button=1, touch=False)
    assert up == Pointer(Kind.UP, 12, 22, 5.0)


def test_other_buttons_do_not_write(reader: PointerReader) -> None:
    assert read(reader, pygame.MOUSEBUTTONDOWN, pos=(10, 20), button=3, touch=False) is None
    assert read(reader, pygame.MOUSEBUTTONDOWN, pos=(10, 20), button=4, touch=False) is None


def test_dense_screens_scale_the_mouse(reader: PointerReader) -> None:
    down = read(reader, pygame.MOUSEBUTTONDOWN, (2.0, 2.0), pos=(10, 20), button=1, touch=False)
    assert down is not None and down.pos == (20, 40)


def test_mouse_events_made_from_touches_are_ignored(reader: PointerReader) -> None:
    assert read(reader, pygame.MOUSEBUTTONDOWN, pos=(10, 20), button=1, touch=True) is None
    motion = {"pos": (1, 2), "rel": (0, 0), "buttons": (1, 0, 0), "touch": True}
    assert read(reader, pygame.MOUSEMOTION, **motion) is None


def test_first_finger_writes_and_the_palm_does_not(reader: PointerReader) -> None:
    first = {"touch_id": 1, "finger_id": 7, "x": 0.5, "y": 0.25, "dx": 0, "dy": 0}
    palm = {**first, "finger_id": 8, "x": 0.9}
    down = read(reader, pygame.FINGERDOWN, **first)
    assert down == Pointer(Kind.DOWN, 400, 150, 5.0, touch=True)
    assert read(reader, pygame.FINGERDOWN, **palm) is None
    assert read(reader, pygame.FINGERMOTION, **palm) is None
    assert read(reader, pygame.FINGERUP, **palm) is None
    move = read(reader, pygame.FINGERMOTION, **first)
    assert move is not None and move.kind is Kind.MOVE
    up = read(reader, pygame.FINGERUP, **first)
    assert up is not None and up.kind is Kind.UP
    again = read(reader, pygame.FINGERDOWN, **palm)
    assert again is not None and again.kind is Kind.DOWN


def test_keys_are_no_pointers(reader: PointerReader) -> None:
    assert read(reader, pygame.KEYDOWN, key=pygame.K_a, mod=0) is None
