"""Pointers: mouse and touch become one, and no touch counts twice."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ink.pointer import STILL_SECONDS, Kind, Pointer, PointerReader

SIZE = (800, 600)


@pytest.fixture
def reader() -> PointerReader:
    return PointerReader()


def read(
    reader: PointerReader, kind: int, scale: tuple[float, float] = (1.0, 1.0), **facts: Any
) -> Pointer | None:
    found = reader.read(pygame.event.Event(kind, facts), 5.0, scale, SIZE)
    assert len(found) <= 1
    return found[0] if found else None


def motion(pos: tuple[int, int], held: bool) -> dict[str, Any]:
    return {"pos": pos, "rel": (1, 1), "buttons": (int(held), 0, 0), "touch": False}


def touch(finger: int, x: float = 0.5, y: float = 0.5) -> dict[str, Any]:
    return {"touch_id": 1, "finger_id": finger, "x": x, "y": y, "dx": 0, "dy": 0}


def several(reader: PointerReader, kind: int, t: float = 5.0, **facts: Any) -> list[Kind]:
    """The kinds of what is in an event."""
    return [p.kind for p in reader.read(pygame.event.Event(kind, facts), t, (1.0, 1.0), SIZE)]


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


def test_the_pen_wins_over_the_palm(reader: PointerReader) -> None:
    assert several(reader, pygame.FINGERDOWN, **touch(1)) == [Kind.DOWN]
    assert several(reader, pygame.MOUSEMOTION, **motion((5, 5), held=False)) == []
    press = {"pos": (10, 10), "button": 1, "touch": False}
    assert several(reader, pygame.MOUSEBUTTONDOWN, **press) == [Kind.PALM, Kind.DOWN]
    assert several(reader, pygame.FINGERMOTION, **touch(1, 0.6)) == []
    assert several(reader, pygame.FINGERDOWN, **touch(2)) == []
    assert several(reader, pygame.FINGERUP, **touch(2)) == []
    assert several(reader, pygame.MOUSEMOTION, **motion((11, 11), held=True)) == [Kind.MOVE]
    assert several(reader, pygame.MOUSEBUTTONUP, **press) == [Kind.UP]
    assert several(reader, pygame.FINGERUP, **touch(1)) == []


def test_a_finger_that_was_lifted_unseen_is_no_palm(reader: PointerReader) -> None:
    assert several(reader, pygame.FINGERDOWN, t=5.0, **touch(1)) == [Kind.DOWN]
    press = {"pos": (10, 10), "button": 1, "touch": False}
    later = 5.1 + STILL_SECONDS
    assert several(reader, pygame.MOUSEBUTTONDOWN, t=later, **press) == [Kind.LOST, Kind.DOWN]


def test_what_is_lost_ends_where_it_was(reader: PointerReader) -> None:
    read(reader, pygame.FINGERDOWN, **touch(1, 0.25, 0.5))
    (lost,) = reader.read(pygame.event.Event(pygame.WINDOWFOCUSLOST), 6.0, (1.0, 1.0), SIZE)
    assert lost == Pointer(Kind.LOST, 200, 300, 6.0, touch=True)
    assert several(reader, pygame.FINGERMOTION, **touch(1)) == []
    assert several(reader, pygame.FINGERDOWN, **touch(2)) == [Kind.DOWN]


def test_a_button_that_is_no_longer_held_was_lifted(reader: PointerReader) -> None:
    press = {"pos": (10, 10), "button": 1, "touch": False}
    read(reader, pygame.MOUSEBUTTONDOWN, **press)
    assert several(reader, pygame.MOUSEMOTION, **motion((50, 5), held=False)) == [
        Kind.LOST,
        Kind.MOVE,
    ]
    assert several(reader, pygame.MOUSEBUTTONUP, **press) == []
    read(reader, pygame.MOUSEBUTTONDOWN, **press)
    assert several(reader, pygame.MOUSEBUTTONDOWN, **press) == [Kind.LOST, Kind.DOWN]


def test_a_finger_that_was_lifted_unseen_gives_way(reader: PointerReader) -> None:
    assert several(reader, pygame.FINGERDOWN, **touch(1)) == [Kind.DOWN]
    assert several(reader, pygame.FINGERDOWN, **touch(1)) == [Kind.LOST, Kind.DOWN]
    assert several(reader, pygame.FINGERDOWN, t=5.5, **touch(2)) == []  # the palm
    later = 5.1 + STILL_SECONDS
    assert several(reader, pygame.FINGERDOWN, t=later, **touch(3)) == [Kind.LOST, Kind.DOWN]


@pytest.mark.parametrize("kind", [pygame.WINDOWLEAVE, pygame.WINDOWRESIZED])
def test_a_way_that_was_not_seen_is_marked(reader: PointerReader, kind: int) -> None:
    read(reader, pygame.MOUSEBUTTONDOWN, pos=(10, 10), button=1, touch=False)
    assert several(reader, kind) == []
    marks = []
    for _ in range(2):
        move = read(reader, pygame.MOUSEMOTION, **motion((90, 90), held=True))
        assert move is not None
        marks.append(move.after_gap)
    assert marks == [True, False]
