"""Scribbles for measuring: every kind draws what its name says, the same for the same seed."""

import numpy as np
import pytest

from recognizer import ink
from recognizer.strokes import clean_strokes
from train.data.unipen import PenDigit
from train.measures import scribbles

ZERO = PenDigit(0, 1, [np.column_stack([np.cos(a := np.linspace(0, 6.3, 30)), np.sin(a)])])


def of_kind(kind: str, count: int = 25) -> list[list[np.ndarray]]:
    drawn = scribbles.scribbles([ZERO], count, 3) + scribbles.dots_and_dashes(count, 3)
    return [scribble.strokes for scribble in drawn if scribble.kind == kind]


@pytest.mark.parametrize("kind", [*scribbles.SCRIBBLE_KINDS, *scribbles.DOT_AND_DASH_KINDS])
def test_every_kind_is_ink_that_can_be_read(kind: str) -> None:
    drawn = of_kind(kind)
    assert len(drawn) == 25
    for strokes in drawn:
        cleaned = clean_strokes(strokes)
        assert len(cleaned) == len(strokes) > 0
        assert ink.glyph(cleaned).max() > 100


def turns(path: np.ndarray) -> int:
    """How often the pen doubles back, whatever its tremor."""
    steps = np.diff(path[:: max(1, len(path) // 200)], axis=0)
    (axis,) = np.linalg.svd(path - path.mean(axis=0), full_matrices=False)[2][:1]
    best = 0
    for direction in (axis, np.array([-axis[1], axis[0]])):
        along = steps @ direction
        large = along[np.abs(along) > 3]
        best = max(best, int((np.diff(np.sign(large)) != 0).sum()))
    return best


@pytest.mark.parametrize("kind", ["zigzag", "scrawl", "spiral", "loops", "blot"])
def test_a_scribble_turns_more_often_than_any_digit(kind: str) -> None:
    assert min(turns(strokes[0]) for strokes in of_kind(kind)) >= 4


@pytest.mark.parametrize(("kind", "least"), [("hatching", 5), ("star", 4), ("grid", 4)])
def test_a_pattern_has_more_lines_than_any_digit(kind: str, least: int) -> None:
    assert min(len(strokes) for strokes in of_kind(kind)) >= least


def test_what_is_crossed_out_is_the_digit_with_more_ink_over_all_of_it() -> None:
    for strokes in of_kind("crossed out"):
        over = np.concatenate(strokes[1:])
        assert np.ptp(over[:, 0]) > 0.8 * np.ptp(strokes[0][:, 0])
        assert len(strokes) >= 4 or turns(strokes[1]) >= 5


def test_dots_have_no_extent_and_dashes_lie_flat() -> None:
    assert all(np.ptp(np.concatenate(strokes), axis=0).max() == 0 for strokes in of_kind("dot"))
    for strokes in of_kind("several dots"):
        assert len(strokes) >= 2
        assert all(np.ptp(stroke, axis=0).max() < 2.5 for stroke in strokes)
    for (line,) in of_kind("dash"):
        width, height = np.ptp(line, axis=0)
        assert height < 0.6 * width


def test_the_seed_decides() -> None:
    first, again, other = (scribbles.scribbles([ZERO], 2, seed) for seed in (1, 1, 2))
    for one, same, different in zip(first, again, other, strict=True):
        assert np.array_equal(np.concatenate(one.strokes), np.concatenate(same.strokes))
        assert not np.array_equal(np.concatenate(one.strokes), np.concatenate(different.strokes))
