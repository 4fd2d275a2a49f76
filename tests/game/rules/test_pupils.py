"""A pupil's row is honest about little, and stored modes are called by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from made_rounds import ROUNDS, TODAY, played

from game.rules.confusion import Confusion
from game.rules.figures import RoundFigures
from game.rules.mastery import Memory
from game.rules.mode_names import short_mode, spoken_mode
from game.rules.modes import MODES
from game.rules.prompt import TIMES
from game.rules.pupils import HEADINGS, NOTHING, Pupil, pupil

NONE = Confusion([])


def test_a_row_for_who_plays_and_for_who_does_not() -> None:
    rounds = [played(40), played(20, right=9, wrong=11), played(3), played(1)]
    shaky = [Memory(f"7 {TIMES} 8", 1.0, 0.4), Memory(f"6 {TIMES} 7", 1.0, 0.2)]
    found = pupil("Ada", rounds, Confusion([("7", "1")] * 6), shaky, TODAY)
    assert found.words(TODAY) == ("Ada", "yesterday", "2", "4", "69%", f"7, 6 {TIMES} 7")
    assert pupil("Bo", [], NONE, [], TODAY).words(TODAY)[1:4] == ("never", "0", "0")
    little = pupil("Cy", [played(5, right=3, wrong=0)], NONE, [], TODAY).words(TODAY)
    assert little[1] == "5 days ago" and little[4] == NOTHING
    assert Pupil("Di").words(TODAY)[:2] == ("Di", "cannot be read")


@given(ROUNDS)
def test_every_row_has_every_column(rounds: list[RoundFigures]) -> None:
    words = pupil("Ed", rounds, NONE, [], TODAY).words(TODAY)
    assert len(words) == len(HEADINGS) and all(words)


@pytest.mark.parametrize("mode", MODES.values(), ids=lambda mode: mode.key)
def test_every_level_has_a_name_of_its_own(mode: object) -> None:
    names = [mode.stored_as(level) for level in mode.levels]  # type: ignore[attr-defined]
    assert len({spoken_mode(name) for name in names}) == len(names)
    assert len({short_mode(name) for name in names}) == len(names)


def test_what_was_chosen_is_named() -> None:
    assert spoken_mode("sums:hard;signs=plus,times") == "Sums: Hard, Signs + ×"
    assert short_mode("sums") == "Sums" and short_mode("sums:hard") == "Sums (Hard)"
    assert spoken_mode("daily;practice") == "Daily: Normal, for practice"
    assert spoken_mode("list;own=abcdef12").startswith("My list: Mixed, list abcd")
    assert spoken_mode("marathon:long") == "marathon:long"
