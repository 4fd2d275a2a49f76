"""The app: the loop, its hooks, its window, and leaving it in every way."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from driving import Driver, Failer, FakeRecognizer, Quitter

from game import routes
from game.app import App, Options
from game.ink.pointer import Kind, Pointer
from game.scenes import places
from game.scenes.scene import Scene, Stage
from game.scenes.title import Title
from game.window import DisplayError


def app_with(
    tmp_path: Path,
    *hooks: Callable[[App], None],
    fps: int = 0,
    build: Callable[[places.Place, Stage], Scene] = routes.build,
) -> App:
    options = Options(tmp_path, size=(640, 480), headless_ok=True)
    return App(options, build=build, load=FakeRecognizer().load, fps=fps, hooks=hooks)


def test_runs_so_many_frames(tmp_path: Path) -> None:
    count: list[int] = []
    app_with(tmp_path, lambda app: count.append(1)).run(frames=25)
    assert len(count) == 25


def test_quitter_ends_the_real_loop(tmp_path: Path) -> None:
    ready = Quitter(lambda app: app.desk.ready)
    alone = Failer(lambda app: len(app.scenes) != 1, "nothing but the title was asked for")
    app_with(tmp_path, ready, alone).run()


def test_window_close_and_quit_end_the_loop(tmp_path: Path) -> None:
    for kind in (pygame.QUIT, pygame.WINDOWCLOSE):

        def close(app: App, kind: int = kind) -> None:
            pygame.event.post(pygame.event.Event(kind))

        app_with(tmp_path, close).run(frames=1000)


def test_interrupt_in_the_terminal_leaves_cleanly(tmp_path: Path) -> None:
    left: list[str] = []

    class Watched(Title):
        def leave(self) -> None:
            left.append("left")

    app = app_with(
        tmp_path,
        lambda app: signal.raise_signal(signal.SIGINT),
        build=lambda place, stage: Watched(stage),
    )
    app.run(frames=1000)
    assert left == ["left"]
    assert not pygame.display.get_init()


def test_frame_rate_is_capped(tmp_path: Path) -> None:
    app = app_with(tmp_path, fps=60)
    app.step()
    start = time.perf_counter()
    for _ in range(12):
        app.step()
    assert time.perf_counter() - start >= 12 / 60 * 0.9
    app.close()


def test_dense_screen_scales_the_pointer(drive: Callable[..., Driver]) -> None:
    got: list[Pointer] = []

    class Probe(Scene):
        def pointer(self, pointer: Pointer) -> None:
            got.append(pointer)

        def draw(self, surface: pygame.Surface) -> None:
            surface.fill((0, 0, 0))

    driver = drive(build=lambda place, stage: Probe(stage))

    class Dense:
        """A window whose surface has twice as many px as the window has points."""

        size = (driver.app.frame.width // 2, driver.app.frame.height // 2)

        def __getattr__(self, name: str) -> object:
            return getattr(window, name)

    window = driver.app.window
    driver.app.window = Dense()  # type: ignore[assignment]
    driver.click((100, 50))
    driver.app.window = window
    assert [p.kind for p in got] == [Kind.DOWN, Kind.UP]
    assert got[0].pos == (200, 100)


def test_scenes_are_left_in_order(drive: Callable[..., Driver]) -> None:
    log: list[str] = []

    class Named(Scene):
        def __init__(self, place: places.Place, stage: Stage) -> None:
            super().__init__(stage)
            self.name = type(place).__name__

        def enter(self) -> None:
            log.append(f"enter {self.name}")

        def resume(self) -> None:
            log.append(f"resume {self.name}")

        def leave(self) -> None:
            log.append(f"leave {self.name}")

        def draw(self, surface: pygame.Surface) -> None:
            surface.fill((0, 0, 0))

    driver = drive(mode="lab", build=Named)
    driver.app.lay(places.Settings())
    driver.app.back()
    driver.app.lay(places.Hand())
    driver.app.go(places.Title())
    assert log == [
        "enter Lab", "enter Settings", "leave Settings", "resume Lab", "enter Hand",
        "leave Hand", "leave Lab", "enter Title",
    ]  # fmt: skip


def test_still_screens_are_not_drawn_again(drive: Callable[..., Driver]) -> None:
    drawn: list[int] = []

    class Still(Scene):
        @property
        def animating(self) -> bool:
            return False

        def draw(self, surface: pygame.Surface) -> None:
            drawn.append(1)

    driver = drive(build=lambda place, stage: Still(stage))
    driver.until(lambda: driver.app.desk.ready)
    pygame.event.clear()
    drawn.clear()
    driver.app.go(places.Title())
    driver.frames(1)
    pygame.event.clear()
    count = len(drawn)
    driver.frames(20)
    assert len(drawn) == count == 1
    driver.post(pygame.WINDOWEXPOSED)
    driver.frames(5)
    assert len(drawn) == 2


def test_no_screen_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "there-is-no-such-driver")
    with pytest.raises(DisplayError, match=r"cannot open its window"):
        App(Options(tmp_path))
