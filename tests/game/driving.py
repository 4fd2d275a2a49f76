"""Helpers that drive the real app for a bounded number of frames: clock, reader, pens, Quitter."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, Queue
from typing import Any, TypeVar

import numpy as np
import pygame
from clocks import FakeClock
from readings import reading_of

from game.app import App, Options
from game.reading.news import News
from game.reading.reader import Loaded
from game.scenes import places
from game.scenes.scene import Scene
from game.ui.icons import DIGITS
from game.ui.widgets import Button, ToolButton
from recognizer.inside.sights import Sight
from recognizer.reading import Digit, Reading

S = TypeVar("S", bound=Scene)
N = TypeVar("N")

SIZE = (1000, 640)
FRAME_SECONDS = 1 / 60
PARTS = ("load", "lab_models", "build")  # of the app that a test may put in itself
# s that anything may take, at the very most: only what hangs should ever wait so long, and never a
# sound test on a machine that is busy with something else.
WAIT = 240.0
READING_WAIT = 3.0  # s of real time; a reader that is to be slow has its gate closed for longer


def button(scene: Scene, label: str) -> Button:
    """The button with that label; there must be one."""
    found = [w for w in scene.widgets if isinstance(w, Button) and w.label == label]
    assert found, f"no button says {label!r}"
    return found[0]


def tools(scene: Scene) -> list[ToolButton]:
    """The round buttons beside a paper, from top to bottom."""
    found = [w for w in scene.widgets if isinstance(w, ToolButton)]
    return sorted(found, key=lambda tool: tool.rect.y)


class FakeRecognizer:
    """Reads whatever `answer` says; keeps what it was given. It cannot learn a hand."""

    learns_hands = False

    def __init__(self, answer: Callable[[], str] = lambda: "1") -> None:
        self.answer = answer
        self.seen: list[Sequence[Any]] = []
        self.lengths: list[int | None] = []

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        self.seen.append(strokes)
        self.lengths.append(length)
        return reading_of(self.answer())

    def learn_hand(self, samples: Sequence[Any]) -> None:
        raise AssertionError("nobody asks a recognizer to learn that cannot")

    def load(self, backend: str) -> Loaded:
        return Loaded(self, "fake", ("fake", "other"))


class LearningRecognizer(FakeRecognizer):
    """Can learn a hand; keeps all that it was taught, in order."""

    learns_hands = True

    def __init__(self, answer: Callable[[], str] = lambda: "1") -> None:
        super().__init__(answer)
        self.taught: list[Sequence[Any]] = []

    def learn_hand(self, samples: Sequence[Any]) -> None:
        self.taught.append(samples)


class SlowRecognizer(FakeRecognizer):
    """Does not answer before its gate is opened."""

    def __init__(self, answer: Callable[[], str] = lambda: "1") -> None:
        super().__init__(answer)
        self.entered, self.gate = threading.Event(), threading.Event()

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        self.entered.set()
        assert self.gate.wait(WAIT)
        return super().read(strokes, length)


class MoodyRecognizer(FakeRecognizer):
    """Refuses one kind of ink."""

    COMPLAINT = "That ink is too large."

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        if strokes == ["bad"]:
            raise ValueError(self.COMPLAINT)
        return super().read(strokes, length)


class PageRecognizer(FakeRecognizer):
    """Sees the whole line, as a detector does."""

    def read(self, strokes: Sequence[Any], length: int | None = None) -> Reading:
        reading = super().read(strokes, length)
        digits = tuple(replace(digit, picture=None) for digit in reading.digits)
        return replace(reading, digits=digits, page=np.full((64, 128), 200, np.uint8))


class Post:
    """Collects the news of a thread; takes the place of `game.reading.news.post`."""

    def __init__(self) -> None:
        self._news: Queue[News] = Queue()

    def __call__(self, news: News) -> None:
        self._news.put(news)

    def next(self, kind: type[N]) -> N:
        """The next news; it must be of that kind."""
        news = self._news.get(timeout=WAIT)
        assert isinstance(news, kind)
        return news

    def is_silent(self, seconds: float = 0.05) -> bool:
        """Whether nothing comes for so long."""
        try:
            self._news.get(timeout=seconds)
        except Empty:
            return True
        return False


class FakeModels:
    """The Lab's backends by name: a recognizer, or the error that its loading ends with.

    `sights` are what they show of themselves, or the error that looking ends with.
    """

    def __init__(self, **backends: FakeRecognizer | Exception) -> None:
        self.backends = backends
        self.sights: dict[str, Sight | Exception | None] = {}
        self.loads: list[str] = []  # in the order in which they were asked for
        self.looks: list[tuple[str, Digit]] = []  # likewise

    def names(self) -> Sequence[str]:
        return tuple(self.backends)

    def load(self, backend: str) -> FakeRecognizer:
        self.loads.append(backend)
        found = self.backends[backend]
        if isinstance(found, Exception):
            raise found
        return found

    def looker(self, backend: str) -> FakeLooker:
        return FakeLooker(self, backend)


@dataclass(frozen=True)
class FakeLooker:
    """Shows what its models hold for a backend."""

    models: FakeModels
    backend: str

    def look(self, reader: Any, strokes: Sequence[Any], digit: Digit) -> Sight | None:
        self.models.looks.append((self.backend, digit))
        found = self.models.sights.get(self.backend)
        if isinstance(found, Exception):
            raise found
        return found


class Quitter:
    """A hook that ends the loop once a condition holds, and fails the test when it never does."""

    def __init__(self, done: Callable[[App], bool], seconds: float = WAIT) -> None:
        self._done = done
        self._deadline = time.monotonic() + seconds
        self._seconds = seconds

    def __call__(self, app: App) -> None:
        if self._done(app):
            app.quit()
        elif time.monotonic() > self._deadline:
            raise AssertionError(f"nothing happened within {self._seconds} s")


class Failer:
    """A hook that fails the test as soon as a condition holds."""

    def __init__(self, bad: Callable[[App], bool], message: str) -> None:
        self._bad = bad
        self._message = message

    def __call__(self, app: App) -> None:
        assert not self._bad(app), self._message


class Driver:
    """An app under the test's control: its clock moves only with its frames."""

    def __init__(
        self, data_dir: Path, recognizer: FakeRecognizer | None = None, **options: Any
    ) -> None:
        self.clock = FakeClock()
        self.recognizer = recognizer or FakeRecognizer()
        options.setdefault("size", SIZE)
        options.setdefault("seed", "test")
        parts: dict[str, Any] = {"load": self.recognizer.load}
        parts |= {name: options.pop(name) for name in PARTS if name in options}
        self.app = App(
            Options(data_dir=data_dir, headless_ok=True, **options),
            clock=self.clock,
            fps=0,
            **parts,
        )

    def shown(self, kind: type[S]) -> S:
        """The topmost scene; it must be of that kind."""
        scene = self.app.scene
        assert isinstance(scene, kind)
        return scene

    def go(self, place: places.Place, kind: type[S]) -> S:
        """Leave all scenes for that place and return its scene."""
        self.app.go(place)
        return self.shown(kind)

    def lay(self, place: places.Place, kind: type[S]) -> S:
        """Put that place on top and return its scene."""
        self.app.lay(place)
        return self.shown(kind)

    def frames(self, count: int, seconds: float = FRAME_SECONDS) -> None:
        """Run so many frames of so many seconds each."""
        for _ in range(count):
            self.clock.forward(seconds)
            self.app.step()

    def seconds(self, seconds: float) -> None:
        """Run frames for so long."""
        self.frames(max(1, round(seconds / FRAME_SECONDS)))

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in as few frames as the steady clock takes for awake."""
        frames = math.ceil(seconds)
        self.frames(frames, seconds / frames)

    def until(
        self,
        condition: Callable[[], bool],
        seconds: float = WAIT,
        frame_seconds: float = FRAME_SECONDS,
    ) -> None:
        """Run frames until a condition holds; the reading thread gets real time to answer.

        On a busy machine it may take long: the game's time waits for it, up to READING_WAIT.
        """
        now = time.monotonic()
        deadline, patience = now + seconds, now + READING_WAIT
        while not condition():
            assert time.monotonic() < deadline, f"nothing happened within {seconds} s"
            self.frames(1, frame_seconds)
            if any(thread.name == "lab" for thread in threading.enumerate()):
                time.sleep(0.0005)  # it gets real time as well
            while not self.app.desk.reader.resting and time.monotonic() < patience:
                time.sleep(0.0005)

    def post(self, kind: int, **facts: Any) -> None:
        """Put an event into the queue."""
        pygame.event.post(pygame.event.Event(kind, facts))

    def key(self, key: int, mod: int = 0) -> None:
        """Press a key and run a frame."""
        self.post(pygame.KEYDOWN, key=key, mod=mod, unicode="", scancode=0)
        self.frames(1)

    def stroke(self, points: Sequence[tuple[float, float]], frames_between: int = 0) -> None:
        """Draw a line with the mouse, in window points."""
        self.post(pygame.MOUSEBUTTONDOWN, pos=points[0], button=1, touch=False)
        for point in points[1:]:
            self.post(pygame.MOUSEMOTION, pos=point, rel=(0, 0), buttons=(1, 0, 0), touch=False)
            if frames_between:
                self.frames(frames_between)
        self.post(pygame.MOUSEBUTTONUP, pos=points[-1], button=1, touch=False)
        self.frames(1)

    def click(self, pos: tuple[float, float]) -> None:
        """Press and release the mouse at a place."""
        self.stroke([pos])

    def write(self, digit: str, area: pygame.Rect, frames_between: int = 0) -> None:
        """Write a digit into the middle of an area."""
        side = min(area.w, area.h) * 0.6
        left, top = area.centerx - side / 2, area.centery - side / 2
        for stroke in DIGITS[digit]:
            self.stroke([(left + x * side, top + y * side) for x, y in stroke], frames_between)

    def write_number(self, text: str, area: pygame.Rect) -> None:
        """Write digits side by side into an area."""
        for n, digit in enumerate(text):
            left, right = (area.x + area.w * m // len(text) for m in (n, n + 1))
            self.write(digit, pygame.Rect(left, area.y, right - left, area.h))

    def close(self) -> None:
        """End the app as the loop would."""
        self.app.close()
