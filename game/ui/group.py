"""The group: widgets of one screen that share a focus, the pointer and the keys."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.pointer import Kind, Pointer
from game.ui.layout import Frame
from game.ui.text import Typesetter
from game.ui.widgets import Widget

ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}
ASIDE = 3  # how many times further a px aside of an arrow's way counts than one along it


class Group:
    """Widgets that share one focus; gives them pointer and keys."""

    def __init__(self, widgets: Sequence[Widget], focus: int | None = None) -> None:
        self.widgets = list(widgets)
        self._held: Widget | None = None
        if focus is not None:
            self.focus(self.widgets[focus])

    def focus(self, widget: Widget | None) -> None:
        """Give the focus to a widget, or to none."""
        for other in self.widgets:
            other.focused = other is widget

    @property
    def focused(self) -> Widget | None:
        """The widget that takes the keys."""
        return next((w for w in self.widgets if w.focused), None)

    def pointer(self, pointer: Pointer) -> bool:
        """Take a pointer event; return whether a widget took it."""
        under = next((w for w in self.widgets if w.rect.collidepoint(pointer.pos)), None)
        for widget in self.widgets:
            # A finger that is gone hovers nowhere.
            gone = pointer.touch and pointer.kind in (Kind.UP, Kind.LOST, Kind.PALM)
            widget.hovered = widget is under and not gone
        if pointer.kind is Kind.DOWN:
            self._held = under
            if under is not None:
                under.press(pointer)
        elif self._held is not None:
            held = self._held
            if pointer.kind is Kind.MOVE:
                held.drag(pointer)
            else:
                self._held = None
                held.release(pointer, held is under and pointer.kind is Kind.UP)
            return True
        return under is not None

    def key(self, event: pygame.event.Event) -> bool:
        """Take a key press; return whether it meant something."""
        owner = next((w for w in self.widgets if event.key in w.keys), None)
        if owner is not None:
            owner.activate()
            return True
        focused = self.focused
        if focused is not None and focused.key(event.key):
            return True
        if event.key == pygame.K_TAB:
            self._step(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        if event.key in ARROWS:
            self._go(*ARROWS[event.key])
            return True
        return False

    def _go(self, dx: int, dy: int) -> None:
        """Move the focus to the nearest widget that way; where there is none, round the list."""
        focused = self.focused
        ways = [
            (way, n)
            for n, widget in enumerate(self.widgets)
            if focused is not None and widget.focusable and widget is not focused
            and (way := _way(focused.rect, widget.rect, dx, dy)) is not None
        ]  # fmt: skip
        if ways:
            self.focus(self.widgets[min(ways)[1]])
        else:
            self._step(dx + dy)

    def _step(self, step: int) -> None:
        stops = [w for w in self.widgets if w.focusable]
        if not stops:
            return
        focused = self.focused
        if focused is None:
            self.focus(stops[0 if step > 0 else -1])
        else:
            self.focus(stops[(stops.index(focused) + step) % len(stops)])

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        for widget in self.widgets:
            widget.update(dt)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw all, the focused one last so that its ring lies on top."""
        for widget in sorted(self.widgets, key=lambda w: w.focused):
            widget.draw(surface, frame, text)


def mirror(widgets: Sequence[Widget], area: pygame.Rect) -> None:
    """Lay widgets to the other side of an area, as for the other hand."""
    for widget in widgets:
        widget.rect.x = area.left + area.right - widget.rect.right


def _way(start: pygame.Rect, goal: pygame.Rect, dx: int, dy: int) -> float | None:
    """How far it is from one widget to another by an arrow, px; None if it lies elsewhere."""
    if dx:
        along = goal.left - start.right if dx > 0 else start.left - goal.right
        aside = max(0, goal.top - start.bottom, start.top - goal.bottom)
        off = abs(goal.centery - start.centery)
    else:
        along = goal.top - start.bottom if dy > 0 else start.top - goal.bottom
        aside = max(0, goal.left - start.right, start.left - goal.right)
        off = abs(goal.centerx - start.centerx)
    return None if along < 0 else along + ASIDE * aside + off / ASIDE
