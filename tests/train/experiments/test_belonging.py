"""The fit of what belongs together by place: shipped weights are found, pairs tell their digit."""

import numpy as np
import pytest
from listener import Listener

from train.data import sets
from train.experiments import belonging


def test_the_shipped_weights_are_read_off_what_play_uses() -> None:
    assert belonging.shipped_weights() == pytest.approx([6.6, 5.4, -4.5, -6.2])


def test_neighbours_are_told_by_their_digits(drawn_sets: None) -> None:
    digits = [digit for digit in sets.load_pendigits(train=True) if digit.label in (4, 5, 1)]
    places, same = belonging.pairs(digits, 60, 1)
    assert places.shape == (len(same), 3)
    assert same.any() and not same.all()
    width_of_one, width_of_two = places[same, 2], places[~same, 2]
    assert np.median(width_of_one) < np.median(width_of_two), "one digit is narrower than two"


def test_both_weights_are_measured(drawn_sets: None) -> None:
    progress = Listener()
    words = ["--count", "200", "--seed", "1"]
    belonging.main(belonging.arguments_parser().parse_args(words), progress)
    (table,) = progress.tables
    names, *_, errors = (list(column.cells) for column in table.columns)
    assert names == ["shipped", "fitted"]
    assert all(0 <= float(str(share).rstrip("%")) < 20 for share in errors)
    assert progress.lines[-1].endswith("shipped 0.2.")
