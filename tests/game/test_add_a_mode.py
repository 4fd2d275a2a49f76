"""The worked example "Add a mode" of game/README.md: the file is found, and played to its end."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from clocks import FakeClock
from driving import Driver
from playing import Game
from readings import reading_of

from game.persistence.rounds import best_mark
from game.rules import modes
from game.rules.modes import MODES, find_modes
from game.rules.modes.mode import Mode
from game.rules.round import Round
from game.scenes.result import Result

README = Path(modes.__file__).parents[2] / "README.md"


def example() -> str:
    """The code of the section's one block."""
    section = README.read_text(encoding="utf-8").partition("## Add a mode")[2]
    (code,) = re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    return str(code)


@pytest.fixture
def doubles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mode:
    """The example, found in a copy of the modes' package."""
    package = tmp_path / "copied_modes"
    shutil.copytree(Path(modes.__file__).parent, package)
    (package / "doubles.py").write_text(example(), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    found = find_modes("copied_modes", [str(package)])
    assert [*MODES, "doubles"] == list(found), "the others are found as well, and in their order"
    return found["doubles"]


def test_the_example_is_a_mode_that_is_found_and_played(doubles: Mode) -> None:
    for level in doubles.levels:
        clock = FakeClock()
        game = Round(doubles, random.Random(3), clock, [level])
        game.start()
        while not game.is_complete:
            assert int(game.prompt.answer) == 2 * int(game.prompt.text)
            assert game.digits <= level.rules.most_digits
            clock.forward(2.0)
            assert game.prompt_is_hidden
            game.submit(reading_of(game.prompt.answer), game.seconds_on_prompt())
            if not game.is_complete:
                game.next_prompt()
        assert doubles.goal.mark(game.tally()) == pytest.approx(20.0)


def test_the_example_is_played_on_the_screen(
    doubles: Mode, drive: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MODES, doubles.key, doubles)
    game = Game(drive, "doubles")
    driver = game.driver
    for _ in range(9):
        game.give()
    game.give(game.wrong())
    driver.until(lambda: isinstance(driver.app.scene, Result))
    storage = driver.app.storage
    mark = best_mark(storage, doubles, doubles.levels[0])
    assert mark is not None and mark == pytest.approx(game.play.round.tally().seconds + 5.0)
    assert best_mark(storage, doubles, doubles.levels[1]) is None
