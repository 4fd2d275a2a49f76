"""Pointer events in any order at the real app, some of them lost: ink stays whole, nothing sticks.

The hands are simulated: a pen with one button, and three fingers. Each knows what it does, whatever
the app was told of it.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pygame
import pytest
from driving import SIZE, Driver, FakeModels, FakeRecognizer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playing import Game

from game.ink.canvas import FAR_UNITS, Canvas
from game.scenes.lab import Lab
from game.scenes.pause import Pause

CASE = Path(__file__).parents[2] / "fixtures" / "palm-and-pen.json"
FINGERS = (1, 2, 3)
STEP = 12  # px that a hand moves at most between two events
SIZES = (SIZE, (700, 900), (1200, 700))
Action = tuple[str, int, int, int, bool]  # what, which finger, dx, dy, whether the app hears of it

ACTIONS = st.tuples(
    st.sampled_from(
        [
            "press",
            "lift",
            "move",
            "move",
            "move",
            "touch",
            "let-go",
            "slide",
            "slide",
            "slide",
            "leave",
            "focus-lost",
            "focus-gained",
            "resize",
            "wait",
        ]
    ),
    st.sampled_from(FINGERS),
    st.integers(-STEP, STEP),
    st.integers(-STEP, STEP),
    st.sampled_from([True, True, True, False]),
)


def _kept(before: list[list[Any]], after: list[list[Any]]) -> bool:
    """Whether all ink is still there; a stroke may have grown, and an ended one repeats a point."""
    grown = all(new[: len(old)] == old for old, new in zip(before, after, strict=False))
    return len(after) >= len(before) and grown


class Hands:
    """A pen and three fingers over the paper of the Lab."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        scene = driver.app.scene
        assert isinstance(scene, Lab)
        self.canvas: Canvas = scene.canvas
        paper = self.canvas.rect
        self.pen = [float(paper.centerx), float(paper.centery)]
        self.pressed = False
        self.heard = False  # whether the app knows, or should know, that the pen writes
        # Whose stroke may turn out to be the palm's, and how many there were before it.
        self.palm: tuple[int, int] | None = None
        self.fingers = {f: [paper.centerx + 30.0 * f, paper.centery + 40.0] for f in FINGERS}

    def do(self, action: Action) -> None:
        what, finger, dx, dy, heard = action
        before = [list(stroke.points) for stroke in self.canvas.strokes]
        drawn = [list(stroke.path) for stroke in self.canvas.strokes]
        hovers = what == "move" and not self.pressed
        writes = what == "move" and self.heard
        self._act(what, finger, dx, dy, heard)
        after = [list(stroke.points) for stroke in self.canvas.strokes]
        if what == "press" and not _kept(before, after):
            assert self.palm is not None, "ink vanished that was not the palm's"
            before = before[: self.palm[1]]
            assert len(after) == len(before) + 1
        assert _kept(before, after), "ink vanished"
        if what == "touch" and len(after) > len(before):
            self.palm = (finger, len(before))
        elif self.palm is not None and heard:
            lifted = what == "let-go" and finger == self.palm[0]
            if lifted or what in ("press", "focus-lost"):
                self.palm = None
        if hovers:
            # A stroke that is ended repeats its last point.
            shown = [list(stroke.path) for stroke in self.canvas.strokes]
            assert drawn == shown, "a pen that hovers has written"
        if writes:
            assert sum(map(len, after)) > sum(map(len, before)), "a pen that is down wrote nothing"

    def _act(self, what: str, finger: int, dx: int, dy: int, heard: bool) -> None:
        if what == "press" and not self.pressed:
            self.pressed, self.heard = True, heard
            if heard:
                self._mouse(pygame.MOUSEBUTTONDOWN, button=1)
        elif what == "lift" and self.pressed:
            self.pressed = self.heard = False
            if heard:
                self._mouse(pygame.MOUSEBUTTONUP, button=1)
        elif what == "move":
            self._step(self.pen, dx, dy)
            self._mouse(pygame.MOUSEMOTION, rel=(dx, dy), buttons=(int(self.pressed), 0, 0))
        elif what in ("touch", "let-go") and heard:
            self._finger(pygame.FINGERDOWN if what == "touch" else pygame.FINGERUP, finger)
        elif what == "slide":
            self._step(self.fingers[finger], dx, dy)
            self._finger(pygame.FINGERMOTION, finger)
        elif what == "leave":
            self.driver.post(pygame.WINDOWLEAVE)
            paper = self.canvas.rect
            self.pen[0] = paper.centerx + 10 * dx  # where it comes in again
        elif what == "focus-lost":
            self.driver.post(pygame.WINDOWFOCUSLOST)
            self.heard = False
        elif what == "focus-gained":
            self.driver.post(pygame.WINDOWFOCUSGAINED)
        elif what == "resize":
            self.driver.app.window.size = SIZES[finger - 1]
            self.driver.frames(2)
            for place in (self.pen, *self.fingers.values()):
                self._step(place, 0, 0)  # the paper lies elsewhere now
        elif what == "wait":
            self.driver.frames(abs(dx), 0.1)
        self.driver.frames(1)

    def _step(self, place: list[float], dx: int, dy: int) -> None:
        """Move, but stay on the paper, clear of its tools."""
        paper = self.canvas.rect
        place[0] = min(max(place[0] + dx, paper.centerx - 120), paper.centerx + 120)
        place[1] = min(max(place[1] + dy, paper.centery - 120), paper.centery + 120)

    def _mouse(self, kind: int, **facts: Any) -> None:
        self.driver.post(kind, pos=tuple(self.pen), touch=False, **facts)

    def _finger(self, kind: int, finger: int) -> None:
        frame = self.driver.app.frame
        x, y = self.fingers[finger]
        place = {"x": x / frame.width, "y": y / frame.height, "dx": 0.0, "dy": 0.0}
        self.driver.post(kind, touch_id=9, finger_id=finger, pressure=1.0, **place)

    def write_calmly(self, how: str) -> int:
        """A stroke as it should be; how many points it has."""
        x, y = self.canvas.rect.center
        line = [(x, y - 60 + 10 * n) for n in range(12)]
        if how == "pen":
            self.driver.stroke(line)
        else:
            finger = FINGERS[-1] + 1
            for n, place in enumerate(line):
                self.fingers[finger] = list(map(float, place))
                self._finger(pygame.FINGERMOTION if n else pygame.FINGERDOWN, finger)
            self._finger(pygame.FINGERUP, finger)
            self.driver.frames(1)
        return len(self.canvas.strokes[-1].points)


@pytest.fixture
def lab(drive: Callable[..., Driver]) -> Driver:
    driver = drive(mode="lab", lab_models=FakeModels(cnn=FakeRecognizer()))
    scene = driver.app.scene
    assert isinstance(scene, Lab)
    driver.until(lambda: bool(scene.cards) and all(card.loaded for card in scene.cards or ()))
    for card in scene.cards or ():
        card._pick = lambda backend: None  # a storm is to stay on this screen
    return driver


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(storm=st.lists(ACTIONS, max_size=60), afterwards=st.sampled_from(["pen", "finger"]))
def test_a_storm_of_pointers(lab: Driver, storm: list[Action], afterwards: str) -> None:
    lab.post(pygame.WINDOWFOCUSLOST)
    lab.app.window.size = SIZE
    lab.frames(2)
    scene = lab.app.scene
    assert isinstance(scene, Lab)
    scene.canvas.clear()
    hands = Hands(lab)
    for action in storm:
        hands.do(action)
    for stroke in hands.canvas.strokes:
        places = [point[:2] for point in stroke.points]
        steps = [math.dist(a, b) for a, b in itertools.pairwise(places)]
        assert max(steps, default=0.0) <= FAR_UNITS, "a stroke jumps"
        times = [point[2] for point in stroke.points]
        assert times == sorted(times)
    # Whatever was lost: after a moment, pen and finger write as ever.
    lab.frames(30, 0.1)
    assert hands.write_calmly(afterwards) == 13
    assert not hands.canvas.pen_is_down, "a pointer sticks"


def test_palm_and_pen_in_turn_are_two_strokes(lab: Driver) -> None:
    """The recorded case: a palm that rests and moves a little while the pen writes a seven."""
    hands = Hands(lab)
    joined = json.loads(CASE.read_text())["strokes"][1]
    palm, pen = joined[1::2], joined[0::2]
    paper = hands.canvas.rect

    def place(point: list[float]) -> list[float]:
        return [paper.centerx - 150 + point[0] * 0.5, paper.centery - 120 + point[1] * 0.5]

    hands.fingers[1] = place(palm[0])
    hands.do(("touch", 1, 0, 0, True))
    hands.pen = place(pen[0])
    hands.do(("press", 1, 0, 0, True))
    for seen, hand in zip(pen[1:], palm[1:], strict=False):
        hands.pen, hands.fingers[1] = place(seen), place(hand)
        hands.do(("move", 1, 0, 0, True))
        hands.do(("slide", 1, 0, 0, True))
    hands.do(("lift", 1, 0, 0, True))
    hands.do(("let-go", 1, 0, 0, True))
    assert len(hands.canvas.strokes) == 1, "the palm's is taken back"
    (seven,) = hands.canvas.ink()
    assert len(seven) == len(pen) + 1
    longest = max(math.dist(a, b) for a, b in itertools.pairwise(seven[:, :2]))
    assert longest < FAR_UNITS


def test_a_palm_that_slid_is_no_ink(lab: Driver) -> None:
    """It comes first, slides as far as a digit is high, and lies there while the pen writes."""
    hands = Hands(lab)
    before = len(hands.canvas.strokes)
    hands.do(("touch", 1, 0, 0, True))
    for _ in range(8):
        hands.do(("slide", 1, 0, STEP, True))
    assert len(hands.canvas.ink()) == before + 1, "until the pen comes it may be writing"
    hands.do(("press", 1, 0, 0, True))
    for n in range(8):
        hands.do(("move", 1, 0, STEP, True))
        hands.do(("slide", 1, 0, -STEP, True))
        if n == 3:  # the palm is lifted, put down again and lifted
            hands.do(("let-go", 1, 0, 0, True))
            hands.do(("touch", 2, 0, 0, True))
    hands.do(("lift", 1, 0, 0, True))
    (bar,) = hands.canvas.ink()
    assert len(bar) == 10
    assert bar[:, 0].max() - bar[:, 0].min() < 1, "all of it the pen's"


def test_a_palm_costs_no_ink_that_was_there_before(drive: Callable[..., Driver]) -> None:
    """In a round: the first stroke of a number, then the palm, then the second stroke."""
    game = Game(drive)
    x, y = game.paper.center
    frame = game.driver.app.frame
    game.driver.stroke([(x - 60, y - 60), (x - 60, y), (x - 60, y + 60)])
    for n in range(8):
        place = {"x": (x + 60) / frame.width, "y": (y + 10 * n) / frame.height}
        kind = pygame.FINGERMOTION if n else pygame.FINGERDOWN
        game.driver.post(kind, touch_id=1, finger_id=1, pressure=1.0, dx=0.0, dy=0.0, **place)
        game.driver.frames(1)
    assert len(game.play.canvas.ink()) == 2
    game.driver.stroke([(x, y - 60), (x, y), (x, y + 60)])
    assert len(game.play.canvas.ink()) == 2
    game.driver.until(lambda: len(game.play.kept) == 1, frame_seconds=0.05)
    (answer,) = game.play.kept
    assert [len(stroke) for stroke in answer.strokes] == [4, 4]


def test_a_finger_lost_with_the_focus_is_judged_after_the_pause(
    drive: Callable[..., Driver],
) -> None:
    """The window goes away under the finger; the round pauses, and touch lives on."""
    game = Game(drive)
    x, y = game.paper.center
    width, height = game.driver.app.frame.width, game.driver.app.frame.height

    def finger(kind: int, number: int, dy: int) -> None:
        place = {"x": x / width, "y": (y + dy) / height, "dx": 0.0, "dy": 0.0}
        game.driver.post(kind, touch_id=1, finger_id=number, pressure=1.0, **place)
        game.driver.frames(1)

    finger(pygame.FINGERDOWN, 1, -60)
    for dy in range(-50, 60, 10):
        finger(pygame.FINGERMOTION, 1, dy)
    game.driver.post(pygame.WINDOWFOCUSLOST)
    game.driver.frames(1)
    assert isinstance(game.driver.app.scene, Pause)
    game.driver.key(pygame.K_ESCAPE)
    game.driver.until(lambda: len(game.play.kept) == 1, frame_seconds=0.05)
    finger(pygame.FINGERDOWN, 2, -60)
    for dy in range(-50, 60, 10):
        finger(pygame.FINGERMOTION, 2, dy)
    finger(pygame.FINGERUP, 2, 60)
    game.driver.until(lambda: len(game.play.kept) == 2)


def test_focus_lost_over_a_button_does_not_press_it(drive: Callable[..., Driver]) -> None:
    game = Game(drive)
    undo = game.play.places.tools[-1]
    game.driver.post(pygame.MOUSEBUTTONDOWN, pos=undo.center, button=1, touch=False)
    game.driver.frames(1)
    game.driver.post(pygame.WINDOWLEAVE)
    game.driver.post(
        pygame.MOUSEMOTION, pos=undo.center, rel=(0, 0), buttons=(0, 0, 0), touch=False
    )
    game.driver.frames(1)
    assert game.driver.app.scene is game.play
