"""What can be chosen before a round: values settle, reach the rules, and name what is stored."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from clocks import FakeClock
from hypothesis import given
from hypothesis import strategies as st
from readings import reading_of
from toys import DUEL, SPRINT, Digits, mode, rules

from game.rules.ending import AfterAnswers
from game.rules.modes import MODES
from game.rules.modes.mode import Level, Mode, Rules, mode_key
from game.rules.options import (
    Choice,
    Chosen,
    Option,
    as_words,
    chosen_by,
    from_words,
    settle,
    unusual,
)
from game.rules.round import Round
from game.rules.typed import is_typed

SIGNS = Option(
    "signs", "Signs", "Which sums come.", tuple(Choice(k, k.title()) for k in "abc"), ("a", "b"),
    several=True,
)  # fmt: skip
LENGTH = Option(
    "length", "Length", "How many.", (Choice("5", "Five"), Choice("20", "Twenty")), ("5",)
)
BOTH = (SIGNS, LENGTH)


def as_long_as_chosen(level: Level, chosen: Chosen) -> Rules:
    """A round of as many answers as the option says."""
    return replace(level.rules, endings=(AfterAnswers(int(chosen["length"][0])),))


LONG = replace(
    mode("toy-long", *[rules(endings=(AfterAnswers(5),)) for _ in range(2)]),
    options=BOTH,
    tailor=as_long_as_chosen,
)
ANY = st.dictionaries(
    st.sampled_from(["signs", "length", "other"]),
    st.lists(st.sampled_from(["a", "b", "c", "d", "5", "20", ""]), max_size=5).map(tuple),
)


@given(chosen=ANY)
def test_whatever_is_handed_in_something_that_can_be_chosen_comes_out(chosen: Chosen) -> None:
    settled = settle(BOTH, chosen)
    assert list(settled) == ["signs", "length"]
    assert settle(BOTH, settled) == settled
    for option in BOTH:
        values = settled[option.key]
        assert values and set(values) <= {choice.key for choice in option.choices}
        assert option.several or len(values) == 1
        if not {choice.key for choice in option.choices} & set(chosen.get(option.key, ())):
            assert values == option.default


@given(chosen=ANY)
def test_what_is_stored_tells_what_was_chosen(chosen: Chosen) -> None:
    words = as_words(BOTH, chosen)
    assert settle(BOTH, from_words(words)) == settle(BOTH, chosen)
    assert (words == "") == (unusual(BOTH, chosen) == {})
    for key in ("level0", "level1"):
        level = LONG.level(key, chosen)
        name = LONG.stored_as(level)
        assert mode_key(name) == LONG.key
        assert LONG.stored_level(name) == level
        assert LONG.stored_level(name).key == key


def test_defaults_leave_the_names_as_they_were() -> None:
    assert LONG.stored_as(LONG.level()) == "toy-long"
    assert LONG.stored_as(LONG.level("level1", {"length": ("5",)})) == "toy-long:level1"
    chosen = LONG.level("level1", {"length": ("20",), "signs": ("c", "a")})
    assert LONG.stored_as(chosen) == "toy-long:level1;signs=a,c;length=20"
    assert LONG.level("level1", {"signs": ("a", "b")}) is LONG.levels[1]
    assert as_words((), {"signs": ("a",)}) == ""


@given(words=st.text(alphabet="ab;=,signslength20 \x00é", max_size=40))
def test_a_name_that_was_altered_still_means_a_level(words: str) -> None:
    level = LONG.stored_level(f"toy-long{words}")
    assert level.key in ("level0", "level1")
    assert level.rules.ending(AfterAnswers) in (AfterAnswers(5), AfterAnswers(20))


def test_what_is_chosen_reaches_the_round() -> None:
    level = LONG.level("level1", {"length": ("20",)})
    game = Round(LONG, random.Random(1), FakeClock(), [level])
    game.start()
    answers = 0
    while not game.is_complete:
        game.submit(reading_of(game.prompt.answer), 1.0)
        answers += 1
        if not game.is_complete:
            game.next_prompt()
    assert answers == 20


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"choices": SIGNS.choices[:1]}, "has choices"),
        ({"choices": (*SIGNS.choices, SIGNS.choices[0])}, "name of its own"),
        ({"default": ()}, "cannot be chosen"),
        ({"default": ("b", "a")}, "cannot be chosen"),
        ({"default": ("z",)}, "cannot be chosen"),
        ({"several": False}, "cannot be chosen"),
        ({"key": "a;b"}, "small letters"),
    ],
)
def test_an_option_that_contradicts_itself_is_refused(parts: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        replace(SIGNS, **parts)  # type: ignore[arg-type]


def test_words_of_the_command_line_choose() -> None:
    chosen = chosen_by(BOTH, ["length=20", "signs=c,a"])
    assert chosen == {"length": ("20",), "signs": ("a", "c")}
    assert chosen_by(BOTH, ["length=20"]) == {"length": ("20",)}
    assert chosen_by(BOTH, []) == chosen_by((), []) == {}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["signs"], "'signs' chooses nothing; write it as name=choice"),
        (["size=5"], "there is no option 'size'; there is signs, length"),
        (["length=5", "length=20"], "length was given twice; write it once, as in length=a,b"),
        (["length=7"], "length cannot be '7'; it can be 5, 20"),
        (["signs=a,z"], "signs cannot be 'z'; it can be a, b, c"),
        (["signs="], "signs cannot be ''; it can be a, b, c"),
        (["signs=a=b"], "signs cannot be 'a=b'; it can be a, b, c"),
        (["length=5,20"], "length can be only one of 5, 20"),
    ],
)
def test_words_that_choose_nothing_are_answered_with_a_sentence(words: list[str], why: str) -> None:
    with pytest.raises(ValueError) as told:
        chosen_by(BOTH, words)
    assert str(told.value) == why


def test_where_nothing_can_be_chosen_that_is_said() -> None:
    with pytest.raises(ValueError, match="there is no option 'signs'; there is none"):
        chosen_by((), ["signs=a"])


def test_what_the_reader_makes_of_the_ink_is_shown_as_the_mode_has_it_or_as_chosen() -> None:
    usual = {key: MODES[key].shows_guess(MODES[key].level()) for key in ("zen", "learn", "dash")}
    assert usual == {"zen": True, "learn": False, "dash": False}
    for key in ("zen", "learn"):
        for choice in ("shown", "hidden"):
            level = MODES[key].level(None, {"guess": (choice,)})
            assert MODES[key].shows_guess(level) is (choice == "shown")


def test_answers_are_typed_where_that_was_chosen() -> None:
    assert is_typed({"answers": ("typed",)})
    assert not is_typed({"answers": ("written",)}) and not is_typed({})


@pytest.mark.parametrize("found", MODES.values(), ids=lambda found: found.key)
def test_every_combination_of_a_modes_options_can_be_stored(found: Mode) -> None:
    """The longest name fits what is read back from the database, and names are told apart."""
    everything = {option.key: tuple(c.key for c in option.choices) for option in found.options}
    longest = max(len(found.stored_as(found.level(each.key, everything))) for each in found.levels)
    assert longest < 200
    names = [
        found.stored_as(found.level(level.key, {option.key: (choice.key,)}))
        for level in found.levels
        for option in found.options
        for choice in option.choices
        if (choice.key,) != option.default
    ]
    assert len(set(names)) == len(names)


# --- the next prompt in sight -------------------------------------------------------------------


def test_the_next_prompt_is_known_where_the_mode_shows_it() -> None:
    shown = replace(SPRINT, shows_next=True)
    for toy in (SPRINT, shown):
        game = Round(toy, random.Random(4), FakeClock())
        plain = Digits(random.Random(4))
        for left in (2, 1, 0):
            assert game.prompt == plain.deal(), "in the same order, shown or not"
            upcoming = game.upcoming
            if toy is SPRINT:
                assert upcoming is None
            else:
                assert (upcoming is None) == (left == 0), "nothing comes after the last one"
            game.submit(reading_of("?"), 1.0)
            game.submit(reading_of(game.prompt.answer), 1.0)
            assert game.upcoming == upcoming
            if left:
                assert game.next_prompt() == (upcoming or game.prompt)


def test_with_two_players_the_next_prompt_is_not_shown() -> None:
    with pytest.raises(ValueError, match="not theirs"):
        replace(DUEL, shows_next=True)
