"""A left hand: what is pressed lies mirrored on every screen that has it on one side."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving import Driver, button
from lived import Life

from game.scenes import places
from game.ui.widgets import Button

SCREENS = {
    "players": (places.Players(), "Back"),
    "progress": (places.Progress(), "Back"),
    "replay": (places.Replay(1), "Back"),
    "keys": (places.Keys(), "Done"),
    "rounds": (places.Rounds(), "Back"),
    "digits": (places.Digits(), "Back"),
    "hand": (places.Hand(), "Done"),
    "settings": (places.Settings(), "Done"),
    "inside": (places.Inside("cnn", ("cnn", "knn"), ()), "Back"),
}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of somebody who has played."""
    folder = tmp_path_factory.mktemp("past")
    patch = pytest.MonkeyPatch()
    Life(folder, patch).play([3, 0], most_rounds=1)
    yield folder
    patch.undo()


@pytest.mark.parametrize("name", SCREENS)
def test_the_way_out_is_on_the_other_side(
    name: str, past: Path, drive: Callable[..., Driver], tmp_path: Path
) -> None:
    shutil.copytree(past, tmp_path, dirs_exist_ok=True)
    driver = drive()
    place, way_out = SCREENS[name]
    driver.app.go(places.Title())
    driver.app.lay(place)
    scene, area = driver.app.scene, driver.app.frame.inner
    usual = {id(w): w.rect.copy() for w in scene.widgets if isinstance(w, Button)}
    out = button(scene, way_out)
    side = out.rect.centerx < area.centerx
    driver.app.settings.hand = "left"
    driver.app.restyle()
    out = button(scene, way_out)
    assert (out.rect.centerx < area.centerx) != side
    for widget in scene.widgets:
        if id(widget) in usual and name != "hand":
            was = usual[id(widget)]
            assert abs((widget.rect.left - area.left) - (area.right - was.right)) <= 1
            assert widget.rect.y == was.y
