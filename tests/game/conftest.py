"""Fixtures of the game's tests: no screen and no sound device are needed or touched."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parent))

import pygame
import pytest
from driving import Driver
from looking import followed

from game.persistence import elsewhere
from game.persistence.settings import Settings
from game.ui import look
from game.ui.text import forget_fonts


@pytest.fixture(autouse=True)
def elsewhere_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Where answers wait that find no room beside their database: not in the system's folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.setattr(elsewhere, "folders", lambda: [folder])
    return folder


@pytest.fixture(autouse=True)
def usual_look() -> Iterator[None]:
    """Each test begins and ends with the look that a new player sees."""
    look.adopt(Settings())
    yield
    look.adopt(Settings())


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Callable[..., Driver]]:
    """Start an app under the test's control; it is closed afterwards."""
    drivers: list[Driver] = []

    def start(*args: Any, **options: Any) -> Driver:
        drivers.append(Driver(tmp_path, *args, **options))
        return drivers[-1]

    yield start
    for driver in drivers:
        driver.close()


@pytest.fixture
def followed_texts() -> Iterator[None]:
    """From now on it is known which texts lie on a surface, and where (`looking.Sheet`)."""
    with followed():
        yield


@pytest.fixture
def pygame_ready() -> Iterator[None]:
    """Initialise the parts of pygame that drawing needs."""
    pygame.display.init()
    pygame.font.init()
    yield
    forget_fonts()
    pygame.quit()
