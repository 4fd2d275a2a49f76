"""Models in pairs: the exact test, its adjustment, and what a table says of differences."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from train.measures import pairs
from train.measures.pairs import Pair


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_exact_p_is_a_fair_coins(one: int, other: int) -> None:
    count, few = one + other, min(one, other)
    tail = sum(comb(count, k) for k in range(few + 1)) / 2**count
    assert pairs.exact(one, other) == pytest.approx(min(1.0, 2 * tail))
    assert pairs.exact(one, other) == pairs.exact(other, one)


def test_holm_is_worked_out_by_hand() -> None:
    assert pairs.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert pairs.holm([0.9, 0.6]) == [1.0, 1.0]
    assert pairs.holm([]) == []


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_keeps_the_order_and_lowers_nothing(values: list[float]) -> None:
    adjusted = pairs.holm(values)
    assert all(value <= more <= 1 for value, more in zip(values, adjusted, strict=True))
    order = np.argsort(values, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


def test_hard_samples_that_both_miss_decide_nothing() -> None:
    both_wrong = np.zeros(1_000, bool)
    good, worse = np.ones(40, bool), np.array([True] * 20 + [False] * 20)
    few = pairs.compare({"a": good, "b": worse})
    many = pairs.compare(
        {"a": np.concatenate([good, both_wrong]), "b": np.concatenate([worse, both_wrong])}
    )
    assert few == many == [Pair("a", "b", 20, 0, pytest.approx(2 * 0.5**20))]
    assert few[0].differ and str(few[0]) == "20 : 0"


def test_equal_models_are_no_different() -> None:
    right = np.array([True, False, True, True])
    (pair,) = pairs.compare({"a": right, "b": right.copy()})
    assert (pair.p, pair.differ, str(pair)) == (1.0, False, "0 : 0 ≈")


def test_who_is_as_good_as_the_best() -> None:
    right = {"best": np.ones(60, bool), "close": np.ones(60, bool), "far": np.zeros(60, bool)}
    right["close"][:3] = False
    assert pairs.as_good("best", pairs.compare(right)) == {"close"}
    assert pairs.as_good("close", pairs.compare(right)) == {"best"}


def test_different_samples_are_not_compared() -> None:
    with pytest.raises(ValueError, match="not read the same samples"):
        pairs.compare({"a": np.ones(3, bool), "b": np.ones(4, bool)})
