"""Progress in every look: whatever was played, no text is cut and none lies on another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving import Driver
from lived import Life
from looking import drawn, flaws

from game.persistence.players import Players
from game.persistence.settings import TEXT_SIZES, THEMES
from game.scenes import places
from game.scenes.progress import TITLES, Progress

SIZES = [(800, 600), (1280, 720), (720, 1180)]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of somebody who played for some weeks, and of three others who did not."""
    folder = tmp_path_factory.mktemp("past")
    patch = pytest.MonkeyPatch()
    Life(folder, patch, 2).play([60, 41, 33, 20, 18, 5, 1, 0], most_rounds=3)
    for name in ("Mia", "Bartholomew the Long", "陳大文"):
        Players(folder).add(name, "sky")
    yield folder
    patch.undo()


def found_wrong(driver: Driver, text_size: str) -> dict[str, list[str]]:
    """What is wrong, by page."""
    wrong: dict[str, list[str]] = {}
    driver.app.settings.text_size = text_size
    for page in TITLES:
        driver.app.go(places.Title())
        driver.lay(places.Progress(page), Progress)
        for driver.app.settings.theme in THEMES:
            driver.app.restyle()
            if found := flaws(drawn(driver)):
                wrong[page] = found
    return wrong


@pytest.mark.parametrize("text_size", TEXT_SIZES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_page_in_every_look(
    followed_texts: None, drive: Callable[..., Driver], past: Path, tmp_path: Path,
    size: tuple[int, int], text_size: str,
) -> None:  # fmt: skip
    shutil.copytree(past, tmp_path, dirs_exist_ok=True)
    wrong = found_wrong(drive(size=size), text_size)
    assert not wrong, "\n".join(f"{name}: {'; '.join(found)}" for name, found in wrong.items())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_empty_pages_in_the_largest_letters(
    followed_texts: None, drive: Callable[..., Driver], size: tuple[int, int]
) -> None:
    assert not found_wrong(drive(size=size), "largest")
