"""The detector's reader: order, known lengths, a second look, and ink that is no digit."""

import numpy as np
import pytest

from recognizer import available_backends, ink
from recognizer.backends.yolo import CELL, YoloReader
from recognizer.store import ModelStore
from recognizer.strokes import clean_strokes
from recognizer.types import Stroke

Planted = list[tuple[tuple[float, float, float, float], int, float]]  # box, digit, score


class PlantedSession:
    """Stands in for ONNX Runtime: answers with boxes planted into the nearest cells.

    They are planted on the first page it sees, and move with the ink on the next, where `again`,
    if there is one, says what they are.
    """

    def __init__(self, planted: Planted, again: Planted | None = None) -> None:
        self.planted = planted
        self.again = again
        self.first: np.ndarray | None = None  # the ink's box: low, high

    def run(self, names: list[str], feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert names == ["sides", "scores"]
        (picture,) = feed["pages"]
        rows, columns = np.nonzero(picture)
        box = np.array([[columns.min(), rows.min()], [columns.max() + 1, rows.max() + 1]], float)
        planted = self.planted
        if self.first is None:
            self.first = box
        else:
            planted = planted if self.again is None else self.again
        scale = (box[1] - box[0]) / (self.first[1] - self.first[0])
        shift = np.tile(box[0] - self.first[0] * scale, 2)
        _, height, width = feed["pages"].shape
        across, down = width // CELL, height // CELL
        sides = np.full((1, across * down, 4), 4.0, np.float32)
        scores = np.full((1, across * down, 10), 1e-4, np.float32)
        for where, digit, score in planted:
            x0, y0, x1, y1 = (np.array(where) * np.tile(scale, 2) + shift).tolist()
            column, row = int((x0 + x1) / 2 // CELL), int((y0 + y1) / 2 // CELL)
            x, y = (column + 0.5) * CELL, (row + 0.5) * CELL
            sides[0, row * across + column] = (x - x0, y - y0, x1 - x, y1 - y)
            scores[0, row * across + column, digit] = score
        return [sides, scores]


def reader_of(planted: Planted, again: Planted | None = None) -> YoloReader:
    reader = YoloReader.__new__(YoloReader)
    reader._session = PlantedSession(planted, again)
    return reader


def strokes_at(*boxes: tuple[float, float, float, float]) -> list[Stroke]:
    """A cross in each box: ink that fills it."""
    strokes = []
    for x0, y0, x1, y1 in boxes:
        strokes += [np.array([[x0, y0], [x1, y1]]), np.array([[x0, y1], [x1, y0]])]
    return strokes


def test_digits_come_left_to_right_with_boxes_in_the_callers_coordinates() -> None:
    # The ink of 120 x 56 px and its pen fill the strip: page px = caller's + an offset.
    first, second = (0.0, 0.0, 40.0, 53.0), (60.0, 10.0, 100.0, 40.0)
    strokes = strokes_at(first, second)
    placement = ink.page(strokes).placement
    on_page = [tuple(box) for box in placement.on_page(np.array([second, first])).tolist()]
    reader = reader_of([(on_page[0], 2, 0.7), (on_page[1], 4, 0.9)])
    digits = reader.read_strokes(strokes).digits
    assert [digit.value for digit in digits] == [4, 2]
    assert digits[0].box == pytest.approx(first, abs=1e-3)
    assert digits[1].box == pytest.approx(second, abs=1e-3)
    for digit in digits:
        assert digit.probabilities.dtype == np.float32
        assert float(digit.probabilities.sum()) == pytest.approx(1, abs=1e-5)
        assert digit.no_digit < 0.5
    assert digits[0].confidence > digits[1].confidence


def test_a_doubtful_page_is_drawn_again_and_the_looks_are_averaged() -> None:
    first, second = (0.0, 0.0, 40.0, 53.0), (60.0, 10.0, 100.0, 40.0)
    strokes = strokes_at(first, second)
    boxes = ink.page(strokes).placement.on_page(np.array([first, second])).tolist()
    one, two = (tuple(box) for box in boxes)
    doubtful = reader_of([(one, 1, 0.5), (two, 4, 0.9)], again=[(one, 7, 0.8), (two, 4, 0.7)])
    digits = doubtful.read_strokes(strokes).digits
    assert [digit.value for digit in digits] == [7, 4]
    assert digits[0].box == pytest.approx(first, abs=1.5), "in the caller's coordinates"
    assert digits[1].box == pytest.approx(second, abs=1.5)
    plain = reader_of([(one, 1, 0.9), (two, 4, 0.9)], again=[(one, 7, 0.99), (two, 4, 0.99)])
    assert [digit.value for digit in plain.read_strokes(strokes).digits] == [1, 4], (
        "one look is enough"
    )
    vanished = reader_of([(one, 1, 0.5), (two, 4, 0.9)], again=[(two, 4, 0.9)])
    assert [digit.value for digit in vanished.read_strokes(strokes).digits] == [None, 4]


def test_a_known_length_takes_so_many_of_the_surest() -> None:
    boxes = [(0.0, 0.0, 30.0, 53.0), (40.0, 0.0, 70.0, 53.0), (80.0, 0.0, 110.0, 53.0)]
    strokes = strokes_at(*boxes)
    on_page = [tuple(b) for b in ink.page(strokes).placement.on_page(np.array(boxes)).tolist()]
    reader = reader_of([(on_page[0], 1, 0.3), (on_page[1], 2, 0.9), (on_page[2], 3, 0.8)])
    assert [d.value for d in reader.read_strokes(strokes, 2).digits] == [2, 3]
    assert [d.value for d in reader.read_strokes(strokes, 3).digits] == [1, 2, 3], (
        "0.3 will do for that"
    )
    assert [d.value for d in reader.read_strokes(strokes).digits] == [None, 2, 3], "not unasked"


def test_ink_without_a_digit_is_one_question_mark() -> None:
    strokes = strokes_at((0.0, 0.0, 30.0, 53.0), (40.0, 0.0, 70.0, 53.0))
    for length in (None, 1, 2):
        digits = reader_of([]).read_strokes(strokes, length).digits
        assert all(digit.value is None for digit in digits)
        assert digits
        assert digits[0].no_digit == 1
    (dot,) = reader_of([]).read_strokes([np.array([[3.0, 4.0]])]).digits
    assert dot.value is None
    assert dot.box == (3, 4, 3, 4)


def test_a_scribble_beside_a_digit_is_seen_but_a_speck_is_not() -> None:
    digit, scribble = (0.0, 0.0, 30.0, 53.0), (50.0, 10.0, 90.0, 50.0)
    speck = np.array([[40.0, 50.0], [41.0, 51.0]])
    strokes = strokes_at(digit, scribble)
    on_page = ink.page(strokes).placement.on_page(np.array([digit, scribble])).tolist()
    reader = reader_of([(tuple(on_page[0]), 4, 0.9)])
    read = reader.read_strokes(strokes).digits
    assert [d.value for d in read] == [4, None]
    assert read[1].box == pytest.approx(scribble, abs=2)
    assert [d.value for d in reader.read_strokes([*strokes[:2], speck]).digits] == [4]
    assert [d.value for d in reader.read_strokes(strokes, 1).digits] == [4], (
        "a known length is kept"
    )


@pytest.fixture(scope="module")
def shipped() -> YoloReader:
    """The shipped detector, or a skip where there is none."""
    if "yolo" not in available_backends():
        pytest.skip("no YOLO model is installed")
    return YoloReader(ModelStore().entry("yolo"))


def _waves(count: int) -> list[Stroke]:
    random = np.random.default_rng(5)
    return [
        random.uniform(0, 500, 2) + np.cumsum(random.normal(0, 9, (40, 2)), axis=0)
        for _ in range(count)
    ]


BAD_INK = {
    "a thousand strokes": _waves(1_000),
    "a dot": [np.array([[3.0, 3.0]])],
    "a line across the page": [np.array([[0.0, 300.0], [2_000.0, 301.0]])],
    "a line downwards": [np.array([[300.0, 0.0], [301.0, 2_000.0]])],
    "partly far outside": [np.array([[-9e6, 50.0], [20.0, 60.0]]), np.array([[10.0, 9.0]] * 2)],
    "two hundred thousand points": [np.cumsum(np.ones((200_000, 2)), axis=0)],
    "no extent but rounding": [np.array([[1e7, 1e7], [1e7, np.nextafter(1e7, 0)]])],
}


@pytest.mark.parametrize("ink_of", BAD_INK.values(), ids=list(BAD_INK))
@pytest.mark.parametrize("length", [None, 1, 3])
def test_bad_ink_is_answered(shipped: YoloReader, ink_of: list[Stroke], length: int | None) -> None:
    digits = shipped.read_strokes(clean_strokes(ink_of), length).digits
    assert digits
    assert all(np.isfinite(digit.probabilities).all() for digit in digits)


@pytest.mark.parametrize("name", ["a dot", "a line across the page", "a thousand strokes"])
def test_no_digit_is_read_where_there_is_none(shipped: YoloReader, name: str) -> None:
    digits = shipped.read_strokes(clean_strokes(BAD_INK[name])).digits
    assert [digit.value for digit in digits] == [None] * len(digits)


def test_upside_down_digits_do_not_raise(shipped: YoloReader, written_digits) -> None:
    for digit in written_digits:
        turned = [-np.array(stroke)[:, :2] for stroke in digit.strokes]
        assert shipped.read_strokes(clean_strokes(turned)).digits


def test_hand_made_digits_are_read(shipped: YoloReader, written_digits) -> None:
    right = 0
    for digit in written_digits:
        read = shipped.read_strokes(clean_strokes(digit.strokes), 1).digits
        right += [d.value for d in read] == [digit.value]
    assert right >= 0.9 * len(written_digits)
