"""What a detector found: decoding, doubles, and several looks as one."""

import numpy as np
import pytest

from recognizer.backends.yolo import Detections, agreed, decode, suppress
from recognizer.page import PAGE_HEIGHT


def test_cells_are_decoded_row_by_row() -> None:
    sides = np.zeros((8 * 16, 4), np.float32)
    sides[16 + 2] = (1, 2, 3, 4)
    found = decode(sides, np.zeros((8 * 16, 10), np.float32), 128)
    assert found.boxes[16 + 2].tolist() == [20 - 1, 12 - 2, 20 + 3, 12 + 4]
    assert found.boxes[-1].tolist() == [124, PAGE_HEIGHT - 4, 124, PAGE_HEIGHT - 4]


def test_of_boxes_on_one_digit_the_surest_stays() -> None:
    boxes = np.array([[0, 0, 20, 40], [1, 0, 21, 41], [15, 0, 35, 40], [60, 0, 80, 40]], np.float32)
    scores = np.zeros((4, 10), np.float32)
    scores[[0, 1, 2, 3], [3, 5, 7, 1]] = (0.6, 0.9, 0.8, 0.03)
    kept = suppress(Detections(boxes, scores), 0.05)
    assert kept.scores.argmax(axis=1).tolist() == [5, 7], "whatever digits they say, surest first"


def found_of(*digits: tuple[tuple[float, float, float, float], int, float]) -> Detections:
    scores = np.zeros((len(digits), 10), np.float32)
    for row, (_, digit, score) in enumerate(digits):
        scores[row, digit] = score
    boxes = np.array([box for box, _, _ in digits], np.float32).reshape(-1, 4)
    return Detections(boxes, scores)


LEFT, RIGHT = (0.0, 0.0, 20.0, 40.0), (30.0, 0.0, 50.0, 40.0)
NEAR_LEFT = (2.0, 1.0, 22.0, 41.0)


def test_looks_are_averaged_box_by_box() -> None:
    both = agreed([found_of((LEFT, 1, 0.6), (RIGHT, 4, 0.9)),
                   found_of((RIGHT, 4, 0.7), (NEAR_LEFT, 7, 0.8))])  # fmt: skip
    assert len(both) == 2
    of_left = int(both.boxes[:, 0].argmin())
    assert both.boxes[of_left].tolist() == list(NEAR_LEFT), "the surest look's box"
    assert both.scores[of_left, [1, 7]] == pytest.approx([0.3, 0.4])
    assert both.scores[1 - of_left, 4] == pytest.approx(0.8)


def test_what_one_look_lacks_counts_half() -> None:
    for looks in ([found_of((LEFT, 1, 0.6)), found_of()], [found_of(), found_of((LEFT, 1, 0.6))]):
        both = agreed(looks)
        assert both.boxes.tolist() == [list(LEFT)]
        assert both.scores[0, 1] == pytest.approx(0.3)
    assert len(agreed([found_of(), found_of()])) == 0


def test_neighbours_of_one_look_stay_two() -> None:
    """One wide box of the other look joins the surer of them only."""
    wide = (0.0, 0.0, 30.0, 40.0)
    one, two = (0.0, 0.0, 20.0, 40.0), (10.0, 0.0, 30.0, 40.0)
    both = agreed([found_of((one, 1, 0.9), (two, 7, 0.8)), found_of((wide, 0, 0.6))])
    assert len(both) == 2
    assert sorted(both.best.tolist()) == pytest.approx([0.4, 0.45])
