"""Times of strokes: the sampling rate, and pauses of a hand."""

import numpy as np
import pytest

from train.measures.pen_timing import (
    SAMPLING_RATE,
    SLOW_HAND,
    USUAL_HAND,
    Hand,
    drawing_speed,
    size,
    timed,
    true_times,
    writers_dead_time,
)

STEM = np.column_stack([np.zeros(21), np.linspace(0, 100, 21)])
BAR = np.column_stack([np.linspace(-20, 40, 11), np.full(11, 50.0)])
EVEN = Hand(dead_time=0.2, writers_spread=0.0, strokes_spread=0.0, p_hesitation=0.0)


def test_strokes_last_as_long_as_their_points() -> None:
    times = timed([STEM, BAR, STEM], 500.0, 0.2, EVEN, np.random.default_rng(0))
    lasted = [lift - touch for touch, lift in times]
    assert lasted == pytest.approx([20 / SAMPLING_RATE, 10 / SAMPLING_RATE, 20 / SAMPLING_RATE])
    assert times[0][0] == 0.0


def test_a_pause_is_the_way_and_the_dead_time() -> None:
    (_, lift), (touch, _) = timed([STEM, BAR], 500.0, 0.2, EVEN, np.random.default_rng(0))
    way = np.hypot(20, 50)  # from the foot of the stem to the start of the bar
    assert touch - lift == pytest.approx(0.2 + way / 500)


def test_the_units_of_the_tablet_do_not_matter() -> None:
    small, large = [STEM, BAR], [STEM * 30, BAR * 30]
    assert drawing_speed(small, 1) == pytest.approx(drawing_speed(large, 1))
    assert size(large, 1) == pytest.approx(30 * size(small, 1)) == pytest.approx(3000)


def test_the_size_of_a_digit_in_a_number() -> None:
    long = [STEM, STEM + np.array([400.0, 0.0])]
    assert size(long, 2) == pytest.approx(200)
    assert size(long, 8) == pytest.approx(100)


def test_ink_that_does_not_move_has_no_speed() -> None:
    assert np.isnan(drawing_speed([np.zeros((3, 2)), np.zeros((1, 2))], 1))


def test_writers_differ_and_each_is_always_the_same() -> None:
    dead = [writers_dead_time(writer, USUAL_HAND, 5) for writer in range(200)]
    assert dead == [writers_dead_time(writer, USUAL_HAND, 5) for writer in range(200)]
    assert np.median(dead) == pytest.approx(USUAL_HAND.dead_time, rel=0.1)
    assert max(dead) > 1.5 * min(dead)


def test_pauses_last_as_long_as_peoples_and_have_a_tail() -> None:
    def pauses(hand: Hand) -> list[float]:
        random = np.random.default_rng(0)
        found = []
        for writer in range(4000):
            dead_time = writers_dead_time(writer, hand, 1)
            (_, lift), (touch, _) = timed([STEM, BAR], 700.0, dead_time, hand, random)
            found.append(touch - lift)
        return found

    usual = pauses(USUAL_HAND)
    assert min(usual) > 0
    # Of DigiLeTs' people: 0.27, 0.58 and 1.35 s.
    assert np.percentile(usual, (50, 90, 99)) == pytest.approx((0.27, 0.58, 1.35), rel=0.2)
    assert np.median(pauses(SLOW_HAND)) > np.median(usual) + 0.1


def test_ink_with_times_is_replayed_at_its_own() -> None:
    first = np.column_stack([STEM, np.linspace(3.0, 3.5, 21)])
    second = np.column_stack([BAR, np.linspace(4.75, 5.0, 11)])
    assert true_times([first, second]) == [(0.0, 0.5), (1.75, 2.0)]
    assert true_times([STEM, BAR]) is None
