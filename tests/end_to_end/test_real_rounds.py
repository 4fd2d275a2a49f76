"""A whole round in the real window, by real pointer events: of two short modes, or of every one.

`DIGIT_DASH_ALL_MODES=1` plays them all, which takes some minutes; so does `python -m
tests.real_window`.
"""

from __future__ import annotations

import os

import pytest

from game.rules.modes import MODES
from tests.real_window import STORIES, play_story

pytestmark = pytest.mark.end_to_end

SHORT = ("list", "zen")
PLAYED = tuple(STORIES) if os.environ.get("DIGIT_DASH_ALL_MODES") else SHORT


def test_there_is_a_story_of_every_mode() -> None:
    assert {story.mode for story in STORIES.values()} == set(MODES)
    for story in STORIES.values():
        assert MODES[story.mode].level(story.level).key == story.level


@pytest.mark.parametrize("name", PLAYED)
def test_a_round_is_played_to_its_end_and_kept(tools: None, name: str) -> None:
    assert "finished" in play_story(name)
