"""The stream of pointers: any events in any order, through both hands' readers onto their sheets.

What a window system may say is said here without any sense; `tests/game/ink/test_pointer_storms.py`
has hands that know what they do, at the whole app.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pygame

from game.ink.hands import HANDS, HandsReader
from game.ink.pointer import AWAY, UNSTEADY, Kind, Pointer
from game.scenes.scene import Stage
from game.scenes.writing import WritingScene
from game.ui import theme
from recognizer.strokes import clean_strokes
from tests.fuzz.contracts import is_ink
from tests.fuzz.source import Source

WORDS = (b"\0\0\0\0\0\0", b"\1\0\0\0\0\0", b"\3\0\0\0\0\0", b"\5", b"\6", b"\7\0", b"\x08\x09")
SIZE = (600, 400)
PARTED = 300.0  # px from the left, where two write
PAPER = pygame.Rect(0, 0, 600, 400)  # of either hand: whatever comes is its own
MOST_EVENTS = 400


class Sheet(WritingScene):
    """A sheet with nothing on it but ink."""

    def __init__(self) -> None:
        silent = SimpleNamespace(play=lambda name: None)
        stage = SimpleNamespace(point_with=lambda cursor: None, audio=silent)
        super().__init__(cast(Stage, stage))
        self._tools.clear()
        self._group.widgets = ()
        self.canvas.resize(PAPER)
        self._writing_area.update(PAPER)

    def draw(self, surface: pygame.Surface) -> None:
        """It is not looked at."""


class Hand:
    """One of the hands: its sheet, and what its pointer may do next."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.down = False

    def take(self, pointer: Pointer) -> None:
        """A pointer comes down, moves and goes, in this order and no other."""
        before = [len(stroke.points) for stroke in self.sheet.canvas.strokes]
        if pointer.kind is Kind.DOWN:
            assert not self.down, "it was not lifted before"
            self.down = True
        elif pointer.kind is not Kind.MOVE:
            assert self.down, "it never came down"
            self.down = False
        self.sheet.pointer(pointer)
        after = [len(stroke.points) for stroke in self.sheet.canvas.strokes]
        if pointer.kind is not Kind.PALM:
            assert len(after) >= len(before), "ink vanished"
            assert all(new >= old for old, new in zip(before, after, strict=False))
        assert not self.sheet.canvas.pen_is_down or self.down, "the pen sticks"

    def look(self) -> None:
        """The ink is such as the recognizer takes."""
        canvas = self.sheet.canvas
        for stroke in canvas.strokes:
            times = [point[2] for point in stroke.points]
            assert times and times == sorted(times)
        is_ink(canvas.ink(), columns=(3,))
        clean_strokes(canvas.ink())
        canvas.draw(pygame.Surface((1, 1)))


def seeds() -> list[bytes]:
    """A pen that writes, a finger, a palm beside the pen, and windows that come and go."""
    pen = bytes([0, 40, 40, 5]) + b"".join(bytes([1, 40 + n, 50, 5]) for n in range(9))
    pen += bytes([2, 50, 50, 5])
    finger = bytes([3, 1, 40, 40, 5]) + b"".join(bytes([4, 1, 40 + n, 50, 5]) for n in range(9))
    finger += bytes([5, 1, 50, 50, 5])
    return [
        b"\0" + pen, b"\0" + finger, b"\0" + finger[:9] + pen + finger[9:], b"\1" + pen + finger,
        b"\1" + pen[:20] + bytes([6, 0, 5]) + pen[20:] + bytes([7, 1, 5]) + finger, b"",
    ]  # fmt: skip


def one(data: bytes) -> None:
    """After every event, each hand's pointer is where it may be, and so is the ink."""
    source = Source(data)
    parted = PARTED if source.below(2) else None
    reader, hands = HandsReader(), [Hand() for _ in range(HANDS)]
    t, scale, held = 0.0, (1.0, 1.0), False
    for _ in range(MOST_EVENTS):
        if not source.more:
            break
        what = source.below(10)
        if what == 9:
            scale = (0.5 + source.share(), 0.5 + source.share())
            pointers = []
        elif what == 8:
            pointers = reader.let_go(t)
            assert all(pointer.kind is Kind.LOST for pointer in pointers)
        else:
            event, held = _event(what, source, held)
            t += source.below(256) / 100
            pointers = reader.read(event, t, scale, SIZE, parted)
        for pointer in pointers:
            assert pointer.t == t and 0 <= pointer.hand < HANDS
            hands[pointer.hand].take(pointer)
    for pointer in reader.let_go(t):
        hands[pointer.hand].take(pointer)
    assert not any(hand.down or hand.sheet.canvas.pen_is_down for hand in hands), "it sticks"
    assert reader.let_go(t) == []
    for hand in hands:
        hand.look()
    theme.use("night", safe=False)


def _event(what: int, source: Source, held: bool) -> tuple[pygame.event.Event, bool]:
    """An event as pygame brings it, and whether the mouse's button is held now."""
    kinds = (
        pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP,
        pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP,
    )  # fmt: skip
    if what >= len(kinds):
        among = AWAY if what == 6 else (*UNSTEADY, pygame.WINDOWFOCUSGAINED)
        return pygame.event.Event(source.one_of(among)), held
    facts: dict[str, Any] = {}
    if what >= 3:
        finger = source.below(4)
        facts.update(touch_id=finger // 3, finger_id=finger, dx=0.0, dy=0.0, pressure=1.0)
        facts.update(x=source.below(256) / 200 - 0.1, y=source.below(256) / 200 - 0.1)
        return pygame.event.Event(kinds[what], facts), held
    x, y = source.below(256), source.below(256)
    facts.update(pos=(3 * x - 50, 2 * y - 50), touch=x == 255)
    if what == 1:
        # Whoever missed the button's going up sees it in the motion.
        held = held and y != 255
        facts.update(rel=(0, 0), buttons=(int(held), 0, 0))
        return pygame.event.Event(kinds[what], facts), held
    button = pygame.BUTTON_RIGHT if y == 254 else pygame.BUTTON_LEFT
    facts.update(button=button)
    return pygame.event.Event(kinds[what], facts), what == 0 if button == 1 else held
