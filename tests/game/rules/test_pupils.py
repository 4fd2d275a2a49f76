"""A pupil's row is honest about little, and stored modes are called by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from made_rounds import ROUNDS, TODAY, played
from toys import ZEN

from game.rules.confusion import Confusion
from game.rules.figures import RoundFigures
from game.rules.mastery import Memory
from game.rules.mode_names import short_mode, spoken_mode, stored_title
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
    nothing = (NOTHING,) * (len(HEADINGS) - 2)
    assert Pupil("Di").words(TODAY) == ("Di", "cannot be read", *nothing)


@pytest.mark.parametrize(
    ("ago", "words"),
    [(-1, "today"), (0, "today"), (1, "yesterday"), (2, "2 days ago"), (365, "365 days ago")],
)
def test_when_somebody_last_played_is_said_by_the_calendar(ago: int, words: str) -> None:
    """Also where the clock was set back since: nobody played tomorrow."""
    assert pupil("Fi", [played(ago)], NONE, [], TODAY).words(TODAY)[1] == words


def test_a_week_has_seven_days_and_what_is_said_lately_comes_of_four() -> None:
    rounds = [played(28, right=99), played(27, right=15, wrong=5), played(7), played(6)]
    found = pupil("Gil", rounds, NONE, [], TODAY)
    assert (found.rounds_this_week, found.rounds) == (1, 4)
    assert (found.right, found.answered) == (35, 42)
    enough = pupil("Hal", rounds[1:2], NONE, [], TODAY).words(TODAY)
    assert enough[4] == "75%", "twenty answers say something"


def test_what_needs_practice_most_is_named_a_digit_and_a_fact() -> None:
    """Two are named at most, and of the digits only one: the facts are not to be crowded out."""
    confusion = Confusion([*[("2", "7")] * 3, *[("2", "2")] * 3, *[("4", "9")] * 6])
    shaky = [Memory(f"7 {TIMES} 8", 1.0, 0.4), Memory(f"6 {TIMES} 7", 1.0, 0.2)]
    assert list(pupil("Ida", [], confusion, shaky, TODAY).needs) == ["4", f"6 {TIMES} 7"]


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
    for say in (spoken_mode, short_mode, stored_title):
        assert say("marathon:long") == "marathon:long", "a mode of another version"


def test_a_mode_of_one_level_is_called_by_its_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODES, ZEN.key, ZEN)
    for say in (spoken_mode, short_mode, stored_title):
        assert say(ZEN.key) == "Toy-Zen"
    assert spoken_mode(f"{ZEN.key};practice") == "Toy-Zen: for practice"
