"""The window comes back as it was left, where it can be seen there."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import Driver

from game.window import fitting_size, is_in_sight

SCREENS = [(1920, 1080), (2560, 1440)]


@pytest.mark.parametrize(
    ("size", "fits"),
    [((1280, 720), True), ((2560, 1440), True), ((3000, 700), False), ((100, 100), False),
     ((), False), ((1280,), False)],
)  # fmt: skip
def test_a_size_that_no_screen_holds_is_forgotten(size: tuple[int, ...], fits: bool) -> None:
    assert (fitting_size(size, SCREENS) == size) is fits


@pytest.mark.parametrize(
    ("place", "seen"),
    [((0, 0), True), ((400, 300), True), ((-1000, 20), True), ((-1200, 20), False),
     ((1800, 20), False), ((1700, 20), True), ((10, -30), False), ((10, 1070), False),
     ((2000, 20), False), ((), False)],
)  # fmt: skip
def test_a_place_off_the_screen_is_not_taken_again(place: tuple[int, ...], seen: bool) -> None:
    assert is_in_sight(place, (1280, 720), SCREENS) is seen


def test_size_is_kept_when_the_game_ends_and_taken_again(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver = drive(size=None)
    driver.app.window.size = (700, 500)
    driver.frames(2)
    driver.close()
    kept = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert kept["window_size"] == [700, 500] and len(kept["window_place"]) == 2
    again = drive(size=None)
    assert again.app.window.size == (700, 500)
    again.close()
    asked = drive(size=(640, 480))
    assert asked.app.window.size == (640, 480)
    asked.close()
    kept = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert kept["window_size"] == [700, 500], "what the command line asked for is no habit"
