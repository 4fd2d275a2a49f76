"""The camera: drives the app to a screen and keeps what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args
from weakref import WeakKeyDictionary

import pygame
from driving import Driver

from game import routes
from game.reading.lab_reader import InstalledModels
from game.reading.reader import load_recognizer
from game.scenes import places
from game.scenes.play import Phase, Play
from game.scenes.scene import Scene, Stage

ON_A_SHEET = 3  # pictures a row and a column
SHEET_WIDTH = 1800  # px
FRAME = 1 / 60  # s


class Camera(Driver):
    """The app of one size, and the folder for its pictures."""

    def __init__(
        self,
        data: Path,
        folder: Path,
        size: tuple[int, int],
        only: Sequence[str],
        language: str = "en",
    ) -> None:
        self.data = data
        self.seen: set[type] = set()  # the places of which there is a picture
        self._place_of: WeakKeyDictionary[Scene, type] = WeakKeyDictionary()
        super().__init__(
            data, size=size, seed="look", load=load_recognizer, lab_models=InstalledModels(),
            build=self._build,
        )  # fmt: skip
        self._folder, self._only = folder, only
        self.app.settings.language = language
        self.app.restyle()
        self._taken: list[pygame.Surface] = []
        folder.mkdir(parents=True, exist_ok=True)
        self.until(lambda: self.app.desk.ready)

    def _build(self, place: places.Place, stage: Stage) -> Scene:
        scene = routes.build(place, stage)
        self._place_of[scene] = type(place)
        return scene

    @property
    def unseen(self) -> list[str]:
        """The screens of which there is no picture yet."""
        return sorted(kind.__name__ for kind in set(get_args(places.Place)) - self.seen)

    def wants(self, name: str) -> bool:
        """Whether this picture is asked for."""
        return not self._only or any(word in name for word in self._only)

    def take(self, name: str) -> tuple[str, bool]:
        """Keep what is on the screen now, where that is wanted; return the name and whether."""
        if not self.wants(name):
            return name, False
        self.seen.add(self._place_of[self.app.scene])
        surface = self.app.window.surface
        pygame.image.save(surface, self._folder / f"{name}.png")
        width = SHEET_WIDTH // ON_A_SHEET
        height = round(width * surface.get_height() / surface.get_width())
        self._taken.append(pygame.transform.smoothscale(surface, (width, height)))
        return name, True

    @property
    def play(self) -> Play:
        """The round that is on."""
        scene = self.app.scenes[0]
        assert isinstance(scene, Play)
        return scene

    def until_asked(self) -> None:
        """Let time pass until something is to be written."""
        self.until(
            lambda: (
                self.play.phase is Phase.WRITING
                and self.play.round.clock.running
                and self.play.round.prompt.asks
            ),
            frame_seconds=FRAME,
        )

    def answer(self, text: str) -> None:
        """Write a number where it is written, and wait for its verdict."""
        judged = len(self.play.kept)
        self.write_number(text, self.play.writing_area)
        self.until(lambda: len(self.play.kept) > judged)

    def close(self) -> None:
        """Make the sheets, and end the app."""
        step = ON_A_SHEET**2
        for first in range(0, len(self._taken), step):
            some = self._taken[first : first + step]
            width, height = some[0].get_size()
            rows = -(-len(some) // ON_A_SHEET)
            sheet = pygame.Surface((width * ON_A_SHEET, height * rows))
            for n, picture in enumerate(some):
                sheet.blit(picture, (n % ON_A_SHEET * width, n // ON_A_SHEET * height))
            pygame.image.save(sheet, self._folder / f"sheet-{first // step + 1}.png")
        super().close()
