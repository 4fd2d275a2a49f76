"""A round in progress, played by a test with a recognizer of straw."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pygame
from driving import Driver, FakeRecognizer

from game.scenes.play import Play
from game.scenes.result import Result


class Game:
    """A driver with a round in progress."""

    def __init__(
        self,
        drive: Callable[..., Driver],
        mode: str = "dash",
        reader: type[FakeRecognizer] = FakeRecognizer,
        **options: Any,
    ) -> None:
        self.answer: Callable[[], str] = lambda: self.play.round.prompt.answer
        self.fake = reader(lambda: self.answer())
        self.driver = drive(self.fake, mode=mode, **options)
        scene = self.driver.app.scenes[0]
        assert isinstance(scene, Play)
        self.play = scene
        self.driver.until(lambda: self.play.round.clock.running, frame_seconds=0.05)

    @property
    def paper(self) -> pygame.Rect:
        return self.play.places.paper

    def give(self, text: str | None = None) -> None:
        """Write the asked digit, have it read as `text`, and wait for the verdict."""
        expected = self.play.round.prompt.answer
        self.answer = lambda: expected if text is None else text
        judged = len(self.play.kept)
        self.driver.write_number(expected, self.paper)
        self.driver.until(lambda: len(self.play.kept) > judged)

    def wrong(self) -> str:
        """As many digits as are asked for, but others."""
        return "".join(str((int(digit) + 1) % 10) for digit in self.play.round.prompt.answer)

    def finish(self) -> Result:
        """Let the time run out."""
        self.driver.pass_time(self.play.round.clock.remaining())
        self.driver.until(lambda: isinstance(self.driver.app.scene, Result))
        scene = self.driver.app.scene
        assert isinstance(scene, Result)
        return scene


def rows(tmp_path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "digit-dash.db")) as db:
        return list(db.execute(query))
