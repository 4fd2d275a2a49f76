"""Toggles: several of a few, never none."""

from __future__ import annotations

import pygame
from hypothesis import given
from hypothesis import strategies as st

from game.ink.pointer import Kind, Pointer
from game.ui.group import Group
from game.ui.layout import Frame
from game.ui.text import Typesetter
from game.ui.toggles import Toggles

CELLS = "abcd"


def toggles(chosen: str = "ab") -> tuple[Toggles, list[tuple[str, ...]]]:
    told: list[tuple[str, ...]] = []
    made = Toggles([(cell, cell.upper()) for cell in CELLS], list(chosen), told.append)
    made.rect = pygame.Rect(100, 50, 400, 40)
    return made, told


def tap(group: Group, x: float) -> None:
    for kind in (Kind.DOWN, Kind.UP):
        group.pointer(Pointer(kind, x, 70, 0.0, False))


def test_a_tap_switches_the_cell_under_it() -> None:
    made, told = toggles()
    group = Group([made])
    tap(group, 350)
    tap(group, 110)
    assert made.chosen == ("b", "c") and told == [("a", "b", "c"), ("b", "c")]


def test_keys_move_and_switch_and_stop_at_the_ends() -> None:
    made, told = toggles()
    for key in (pygame.K_LEFT, pygame.K_RETURN, *[pygame.K_RIGHT] * 9, pygame.K_SPACE):
        assert made.key(key)
    assert told == [("b",), ("b", "d")]
    assert not made.key(pygame.K_UP), "up and down lead to other widgets"


@given(st.lists(st.integers(0, 3), max_size=30))
def test_whatever_is_tapped_something_stays_on_and_in_order(taps: list[int]) -> None:
    made, told = toggles("d")
    group, on = Group([made]), {"d"}
    for n in taps:
        tap(group, 150 + 100 * n)
        on = (on ^ {CELLS[n]}) or on
        assert set(made.chosen) == on and list(made.chosen) == sorted(made.chosen)
    assert all(told)


def test_on_and_off_look_different_and_so_does_the_cursor(pygame_ready: None) -> None:
    made, _ = toggles("a")
    pictures = []
    for focused in (False, True):
        surface = pygame.Surface((600, 140))
        made.focused = focused
        made.draw(surface, Frame(1280, 720), Typesetter(1.0))
        pictures.append(pygame.image.tobytes(surface, "RGB"))
        grounds = [surface.get_at((100 + 100 * n + 25, 70))[:3] for n in range(4)]
        assert grounds[0] != grounds[1] == grounds[2] == grounds[3]
    assert pictures[0] != pictures[1]
