"""Hands: each finger is its half's, the mouse is shared, and a palm is only its own player's."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ink.hands import HandsReader
from game.ink.pointer import Kind

SIZE = (800, 600)
LEFT, RIGHT = 0.25, 0.75  # shares of the width
Seen = list[tuple[Kind, int]]


@pytest.fixture
def reader() -> HandsReader:
    return HandsReader()


def read(
    reader: HandsReader, kind: int, t: float = 5.0, parted_at: float | None = 400.0, **facts: Any
) -> Seen:
    found = reader.read(pygame.event.Event(kind, facts), t, (1.0, 1.0), SIZE, parted_at)
    return [(pointer.kind, pointer.hand) for pointer in found]


def finger(number: int, x: float) -> dict[str, Any]:
    return {"touch_id": 1, "finger_id": number, "x": x, "y": 0.5, "dx": 0, "dy": 0}


def held(x: int, button: int = 1) -> dict[str, Any]:
    return {"pos": (x, 300), "rel": (1, 1), "buttons": (button, 0, 0), "touch": False}


def press(x: int) -> dict[str, Any]:
    return {"pos": (x, 300), "button": 1, "touch": False}


def test_two_fingers_go_their_own_ways(reader: HandsReader) -> None:
    assert read(reader, pygame.FINGERDOWN, **finger(1, LEFT)) == [(Kind.DOWN, 0)]
    assert read(reader, pygame.FINGERDOWN, **finger(2, RIGHT)) == [(Kind.DOWN, 1)]
    assert read(reader, pygame.FINGERMOTION, **finger(1, RIGHT)) == [(Kind.MOVE, 0)]
    assert read(reader, pygame.FINGERMOTION, **finger(2, LEFT)) == [(Kind.MOVE, 1)]
    assert read(reader, pygame.FINGERUP, **finger(1, RIGHT)) == [(Kind.UP, 0)]
    assert read(reader, pygame.FINGERDOWN, **finger(3, RIGHT)) == [], "its player writes already"
    assert read(reader, pygame.FINGERUP, **finger(2, LEFT)) == [(Kind.UP, 1)]


def test_without_halves_all_is_the_first_hand(reader: HandsReader) -> None:
    down = read(reader, pygame.FINGERDOWN, parted_at=None, **finger(1, RIGHT))
    assert down == [(Kind.DOWN, 0)]
    assert read(reader, pygame.FINGERDOWN, parted_at=None, **finger(2, LEFT)) == []


def test_a_finger_that_was_lifted_unseen_is_let_go_in_its_half(reader: HandsReader) -> None:
    read(reader, pygame.FINGERDOWN, **finger(1, LEFT))
    again = read(reader, pygame.FINGERDOWN, **finger(1, RIGHT))
    assert again == [(Kind.LOST, 0), (Kind.DOWN, 1)]


def test_the_mouse_stays_with_the_half_it_came_down_in(reader: HandsReader) -> None:
    assert read(reader, pygame.MOUSEBUTTONDOWN, **press(700)) == [(Kind.DOWN, 1)]
    assert read(reader, pygame.MOUSEMOTION, **held(100)) == [(Kind.MOVE, 1)]
    assert read(reader, pygame.MOUSEBUTTONUP, **press(100)) == [(Kind.UP, 1)]
    assert read(reader, pygame.MOUSEMOTION, **held(100, 0)) == [(Kind.MOVE, 0)]
    assert read(reader, pygame.MOUSEBUTTONDOWN, **press(100)) == [(Kind.DOWN, 0)]
    assert read(reader, pygame.MOUSEMOTION, **held(700, 0)) == [(Kind.LOST, 0), (Kind.MOVE, 0)]
    assert read(reader, pygame.MOUSEMOTION, **held(700, 0)) == [(Kind.MOVE, 1)]


def test_a_pen_takes_back_only_the_palm_of_its_own_half(reader: HandsReader) -> None:
    read(reader, pygame.FINGERDOWN, **finger(1, LEFT))
    read(reader, pygame.FINGERDOWN, **finger(2, RIGHT))
    down = read(reader, pygame.MOUSEBUTTONDOWN, t=5.5, **press(700))
    assert down == [(Kind.PALM, 1), (Kind.DOWN, 1)]
    assert read(reader, pygame.FINGERMOTION, t=5.6, **finger(1, LEFT)) == [(Kind.MOVE, 0)]


def test_a_window_that_goes_away_takes_both(reader: HandsReader) -> None:
    read(reader, pygame.FINGERDOWN, **finger(1, LEFT))
    read(reader, pygame.FINGERDOWN, **finger(2, RIGHT))
    assert read(reader, pygame.WINDOWFOCUSLOST) == [(Kind.LOST, 0), (Kind.LOST, 1)]
    read(reader, pygame.FINGERDOWN, **finger(1, LEFT))
    assert [(p.kind, p.hand) for p in reader.let_go(6.0)] == [(Kind.LOST, 0)]
