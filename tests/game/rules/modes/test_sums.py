"""Sums as they are chosen: signs, tables, range and numbers left out are kept to at every level."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.facts import fact_asked
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.rules.modes.sum_options import RANGE, SIGN_OF, SIGNS, SUM_OPTIONS, TABLES
from game.rules.options import Option, settle
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise

WITH_SUMS = [mode for mode in MODES.values() if set(SUM_OPTIONS) <= set(mode.options)]


def of(option: Option) -> st.SearchStrategy[tuple[str, ...]]:
    keys = [choice.key for choice in option.choices]
    most = len(keys) if option.several else 1
    return st.lists(st.sampled_from(keys), min_size=1, max_size=most, unique=True).map(tuple)


CHOICES = st.fixed_dictionaries({}, optional={each.key: of(each) for each in SUM_OPTIONS})


def test_the_modes_that_let_choose_sums() -> None:
    assert {"sums", "sprint", "survival", "zen"} <= {mode.key for mode in WITH_SUMS}


@pytest.mark.parametrize("mode", WITH_SUMS, ids=lambda mode: mode.key)
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), chosen=CHOICES)
def test_whatever_is_chosen_comes_and_nothing_else(
    mode: Mode, seed: int, chosen: dict[str, tuple[str, ...]]
) -> None:
    settled = settle(mode.options, chosen)
    signs = {SIGN_OF[key] for key in settled[SIGNS.key]}
    tables = {int(table) for table in settled[TABLES.key]}
    (missing,) = settled["missing"]
    for level in mode.levels:
        if level.key == "digits":
            continue
        rules = mode.level(level.key, chosen).rules
        deck = rules.make_deck(random.Random(seed))
        dealt = [deck.deal() for _ in range(30)]
        for prompt in dealt:
            fact = fact_asked(prompt)
            assert fact is not None and fact.sign in signs
            assert 1 <= len(prompt.answer) <= rules.most_digits
            if settled[RANGE.key] != RANGE.default and fact.sign in (PLUS, MINUS):
                assert max(fact.first, fact.second, fact.result) <= int(settled[RANGE.key][0])
            if settled[TABLES.key] != TABLES.default and fact.sign == TIMES:
                assert {fact.first, fact.second} & tables
            if settled[TABLES.key] != TABLES.default and fact.sign == DIVIDED:
                assert fact.second in tables
            assert missing != "always" or prompt.disguise is Disguise.MISSING
            assert missing != "never" or prompt.disguise is Disguise.SUM


@pytest.mark.parametrize("mode", WITH_SUMS, ids=lambda mode: mode.key)
def test_each_sign_alone_makes_a_round_of_different_sums(mode: Mode) -> None:
    for key in SIGN_OF:
        for level in mode.levels[-3:]:
            deck = mode.level(level.key, {"signs": (key,)}).rules.make_deck(random.Random(2))
            assert len({deck.deal().text for _ in range(20)}) >= 12


def test_one_table_in_and_out() -> None:
    """The seven times table alone, as a child at school has it this week."""
    chosen = {"signs": ("times", "divided"), "tables": ("7",), "missing": ("some",)}
    level = MODES["sums"].level("easy", chosen)
    assert MODES["sums"].stored_as(level) == ("sums:easy;signs=times,divided;tables=7;missing=some")
    deck = level.rules.make_deck(random.Random(3))
    dealt = [deck.deal() for _ in range(40)]
    assert all("7" in prompt.text or prompt.answer == "7" for prompt in dealt)
    assert {prompt.disguise for prompt in dealt} == {Disguise.SUM, Disguise.MISSING}
    assert {MINUS, PLUS} & {prompt.text.split()[1] for prompt in dealt} == set()
