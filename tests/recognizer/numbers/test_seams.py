"""Cuts between touching digits: in the notches, outside loops, never across each other."""

from itertools import pairwise

import cv2
import numpy as np

from recognizer.numbers.seams import MOST_CUTS, cheapest_ways


def rings(*middles: int, pen: int = 8) -> np.ndarray:
    touched = np.zeros((100, max(middles) + 60), np.uint8)
    for x in middles:
        cv2.ellipse(touched, (x, 50), (34, 44), 0, 0, 360, 1, pen)
    y, x = np.nonzero(touched)
    return touched[y.min() : y.max() + 1, x.min() : x.max() + 1]


def test_two_rings_are_parted_where_they_touch() -> None:
    touched = rings(50, 120)
    middle = touched.shape[1] / 2
    ways = cheapest_ways(touched)
    assert any(np.abs(way - middle).max() < 8 for way in ways)


def test_the_place_where_they_touch_comes_before_ways_through_loops() -> None:
    ways = cheapest_ways(rings(50, 120, 190))
    thirds = [rings(50, 120, 190).shape[1] * share for share in (1 / 3, 2 / 3)]
    for third in thirds:
        assert any(np.abs(way - third).max() < 12 for way in ways)


def test_ways_do_not_cross_and_are_few() -> None:
    random = np.random.default_rng(4)
    for _ in range(30):
        touched = np.zeros((random.integers(3, 90), random.integers(3, 200)), np.uint8)
        points = (random.random((12, 2)) * touched.shape[::-1]).astype(np.int32)
        cv2.polylines(touched, [points], False, 1, int(random.integers(1, 6)))
        ways = cheapest_ways(touched)
        assert len(ways) <= MOST_CUTS
        for way in ways:
            assert way.shape == (len(touched),)
            assert 0 <= way.min() <= way.max() <= touched.shape[1]
        for left, right in pairwise(ways):
            assert (left <= right).all()


def test_leaning_digits_get_a_leaning_way() -> None:
    touched = np.zeros((80, 90), np.uint8)
    for x in (30, 50):
        cv2.line(touched, (x, 5), (x - 25, 75), 1, 5)
    cv2.line(touched, (20, 35), (40, 35), 1, 4)
    ways = cheapest_ways(touched[3:78, 2:56])
    assert any(10 < way[5] - way[-5] < 40 for way in ways)


def test_what_is_too_small_has_no_ways() -> None:
    assert cheapest_ways(np.ones((2, 30), np.uint8)) == []
    assert cheapest_ways(np.ones((30, 3), np.uint8)) == []
