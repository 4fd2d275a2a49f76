"""Widgets: by pointer, by finger and by keyboard, each does what it says once."""

from __future__ import annotations

from typing import Any

import pygame
import pytest

from game.ink.pointer import Kind, Pointer
from game.ui.group import Group
from game.ui.layout import Frame
from game.ui.stepper import Stepper
from game.ui.text import Typesetter
from game.ui.widgets import Button, Choice, ToolButton, Widget


def at(kind: Kind, x: float, y: float, touch: bool = False) -> Pointer:
    return Pointer(kind, x, y, 0.0, touch)


def key(code: int, mod: int = 0) -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod)


class Calls(list[object]):
    """Notes what was called with what."""

    def __call__(self, *values: object) -> None:
        self.append(values)


def placed(widget: Widget, x: int, y: int, w: int = 100, h: int = 40) -> Widget:
    widget.rect = pygame.Rect(x, y, w, h)
    return widget


def test_button_acts_on_release_inside() -> None:
    calls = Calls()
    button = placed(Button("Go", calls), 10, 10)
    group = Group([button])
    group.pointer(at(Kind.MOVE, 20, 20))
    assert button.hovered and not button.pressed
    group.pointer(at(Kind.DOWN, 20, 20))
    assert button.pressed and not calls
    group.pointer(at(Kind.UP, 25, 20))
    assert len(calls) == 1 and not button.pressed


def test_button_does_not_act_when_the_pointer_slides_off() -> None:
    calls = Calls()
    group = Group([placed(Button("Go", calls), 10, 10)])
    group.pointer(at(Kind.DOWN, 20, 20))
    group.pointer(at(Kind.UP, 300, 20))
    group.pointer(at(Kind.DOWN, 300, 20))
    group.pointer(at(Kind.UP, 20, 20))
    assert not calls


def test_a_lifted_finger_leaves_no_hover() -> None:
    button = placed(Button("Go", Calls()), 10, 10)
    group = Group([button])
    group.pointer(at(Kind.DOWN, 20, 20, touch=True))
    group.pointer(at(Kind.UP, 20, 20, touch=True))
    assert not button.hovered


def test_focus_goes_round_by_tab_and_arrows_and_skips_tools() -> None:
    one, tool, two = Button("1", Calls()), ToolButton("undo", Calls()), Button("2", Calls())
    group = Group([one, tool, two], focus=0)
    steps = ((pygame.K_TAB, 0), (pygame.K_TAB, 0), (pygame.K_TAB, pygame.KMOD_LSHIFT),
             (pygame.K_UP, 0), (pygame.K_DOWN, 0))  # fmt: skip
    seen = []
    for code, mod in steps:
        assert group.key(key(code, mod))
        seen.append(group.focused)
    assert seen == [two, one, two, one, two]


def test_a_button_owns_its_keys_wherever_the_focus_is() -> None:
    calls, other = Calls(), Calls()
    leave = Button("Leave", calls, keys=[pygame.K_ESCAPE, pygame.K_q])
    group = Group([Button("1", other), leave], focus=0)
    assert group.key(key(pygame.K_q)) and group.key(key(pygame.K_ESCAPE))
    assert len(calls) == 2 and not other
    assert not group.key(key(pygame.K_w)), "nobody owns it"


def test_a_hint_is_the_key_unless_there_is_more_to_say() -> None:
    def hint(*keys: int, **more: Any) -> str:
        return Button("Go", Calls(), keys=keys, **more).hint

    assert [hint(code) for code in (pygame.K_r, pygame.K_ESCAPE, pygame.K_PAGEUP)] == [
        "R", "Esc", "Page up",
    ]  # fmt: skip
    assert hint() == "" and hint(primary=True) == "Enter"
    assert hint(pygame.K_ESCAPE, primary=True) == "Esc"
    assert hint(pygame.K_r, hint="Best 4,250") == "Best 4,250"


@pytest.mark.parametrize("code", [pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE])
def test_focused_button_acts_by_key(code: int) -> None:
    calls, other = Calls(), Calls()
    group = Group([Button("1", other), Button("2", calls)], focus=1)
    assert group.key(key(code))
    assert len(calls) == 1 and not other


def test_choice_by_pointer_and_key() -> None:
    calls = Calls()
    choice = Choice((("a", "A"), ("b", "B"), ("c", "C")), "b", calls)
    group = Group([placed(choice, 0, 0, 300)], focus=0)
    group.pointer(at(Kind.DOWN, 290, 20))
    group.pointer(at(Kind.UP, 290, 20))
    assert choice.chosen == "c"
    group.key(key(pygame.K_RIGHT))  # nothing beyond the last
    group.key(key(pygame.K_LEFT))
    group.key(key(pygame.K_RETURN))
    group.key(key(pygame.K_RETURN))  # round and round
    assert calls == [("c",), ("b",), ("c",), ("a",)]
    group.pointer(at(Kind.DOWN, 10, 20))
    group.pointer(at(Kind.UP, 10, 20))
    assert len(calls) == 4  # chosen already


def test_choice_without_options_does_nothing() -> None:
    choice = Choice((), "cnn", Calls())
    group = Group([placed(choice, 0, 0)], focus=0)
    group.pointer(at(Kind.DOWN, 10, 20))
    group.pointer(at(Kind.UP, 10, 20))
    choice.activate()
    assert choice.chosen == "cnn"


def test_stepper_goes_by_tenths() -> None:
    calls = Calls()
    stepper = Stepper(0.25, calls)  # of an older version's file: kept until it is changed
    assert stepper.value == 0.25
    group = Group([placed(stepper, 0, 0, 240)], focus=0)
    less, steps, more = stepper.parts()

    def tap(x: float) -> None:
        group.pointer(at(Kind.DOWN, x, 20))
        group.pointer(at(Kind.UP, x, 20))

    tap(more.centerx)
    tap(less.centerx)
    tap(steps.right - 1)
    tap(more.centerx)  # there is no more
    tap(steps.x + 1)
    assert calls == [(0.3,), (0.2,), (1.0,), (1.0,), (0.1,)]
    group.key(key(pygame.K_RIGHT))
    assert stepper.value == 0.2
    for _ in range(3):
        group.key(key(pygame.K_MINUS))
    assert stepper.value == 0.0
    group.pointer(at(Kind.DOWN, more.centerx, 20))
    group.pointer(at(Kind.UP, more.centerx, 500))
    assert stepper.value == 0.0, "who slides off has thought better of it"


def test_all_draw_in_all_states(pygame_ready: None) -> None:
    frame, text = Frame(1280, 720), Typesetter(1.0)
    widgets = [
        placed(Button("Go", Calls(), primary=True, hint="Enter"), 10, 10, 300, 60),
        placed(Button("Stay", Calls()), 10, 100, 300, 60),
        placed(Choice((("a", "A"), ("b", "B")), "a", Calls()), 10, 200, 300, 60),
        placed(Stepper(0.3, Calls()), 10, 300, 300, 60),
        placed(ToolButton("pause", Calls()), 10, 400, 60, 60),
    ]
    pictures = []
    for state in ("rest", "hover", "press", "focus"):
        surface = pygame.Surface((400, 500))
        group = Group(widgets)
        for widget in widgets:
            widget.hovered, widget.pressed = state in ("hover", "press"), state == "press"
            widget.focused = state == "focus"
            widget.glow.value = widget.glow.goal = 1.0 if state == "hover" else 0.0
        group.draw(surface, frame, text)
        pictures.append(
            [
                pygame.image.tobytes(surface.subsurface(w.rect.inflate(12, 12)), "RGB")
                for w in widgets
            ]
        )
    rest, hover, press, focus = pictures
    for n in (0, 1, 4):
        assert rest[n] != hover[n]
    for n in (0, 1):
        assert hover[n] != press[n]
    for n in range(4):
        assert rest[n] != focus[n]


def test_arrows_go_to_the_nearest_that_way_and_else_round_the_list() -> None:
    """Two rows of two, and a wide one below."""
    a, b = placed(Button("a", Calls()), 0, 0), placed(Button("b", Calls()), 200, 0)
    c, d = placed(Button("c", Calls()), 0, 100), placed(Button("d", Calls()), 200, 100)
    wide = placed(Button("wide", Calls()), 0, 200, 300)
    group = Group([a, b, c, d, wide], focus=0)
    seen = []
    for code in (pygame.K_DOWN, pygame.K_RIGHT, pygame.K_UP, pygame.K_LEFT, pygame.K_RIGHT,
                 pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN):  # fmt: skip
        assert group.key(key(code))
        seen.append(group.focused)
    assert seen == [c, d, b, a, b, d, wide, a]
