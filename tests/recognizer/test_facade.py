"""The public contract: strokes or a picture in, a reading out."""

import numpy as np
import pytest

from recognizer import Digit, Reading, Recognizer, available_backends

ONE = [np.array([[40.0, 10.0, 0.0], [41.0, 60.0, 0.1], [40.0, 120.0, 0.2]])]


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


def test_a_reading_says_what_where_and_how_sure(reader: Recognizer) -> None:
    reading = reader.read(ONE)
    assert isinstance(reading, Reading)
    assert reading.text == "1"
    assert reading.backend == reader.backend == "cnn"
    assert reading.elapsed_ms > 0
    (digit,) = reading.digits
    assert isinstance(digit, Digit)
    assert digit.value == 1
    assert digit.probabilities.dtype == np.float32
    assert digit.probabilities.shape == (10,)
    assert float(digit.probabilities.sum()) == pytest.approx(1, abs=1e-5)
    assert digit.confidence == pytest.approx(float(digit.probabilities[1]) * (1 - digit.no_digit))
    assert digit.box == (40, 10, 41, 120)


def test_hand_made_digits_of_every_form_are_read(reader: Recognizer, written_digits) -> None:
    misread = [
        (digit.value, digit.form, reading.text)
        for digit in written_digits
        if (reading := reader.read(digit.strokes, length=1)).text != str(digit.value)
    ]
    assert misread == []


def test_a_wobbly_hand_is_read(reader: Recognizer, written_digits) -> None:
    random = np.random.default_rng(3)
    right = 0
    for digit in written_digits:
        shaken = [np.array(s) + random.normal(0, 1.5, (len(s), 2)) for s in digit.strokes]
        right += reader.read(shaken).text == str(digit.value)
    assert right >= len(written_digits) - 1


@pytest.mark.parametrize("paper", [0, 255])
def test_pictures_of_the_digits_are_read(reader: Recognizer, written_digits, paper: int) -> None:
    import cv2

    misread = []
    for digit in written_digits:
        grey = np.full((180, 160), paper, np.uint8)
        lines = [np.rint(np.add(s, (25, 20))).astype(np.int32) for s in digit.strokes]
        cv2.polylines(grey, lines, False, 255 - paper, 9, cv2.LINE_AA)
        if reader.read_image(grey).text != str(digit.value):
            misread.append((digit.value, digit.form))
    assert len(misread) <= 1, misread


@pytest.mark.parametrize("strokes", [[], [[]], [np.zeros((0, 3))]])
def test_empty_ink_gives_an_empty_reading(reader: Recognizer, strokes) -> None:
    reading = reader.read(strokes)
    assert reading.text == ""
    assert reading.digits == ()


def test_an_empty_picture_gives_an_empty_reading(reader: Recognizer) -> None:
    assert reader.read_image(np.zeros((50, 50), np.uint8)).text == ""


def test_a_dot_is_no_digit(reader: Recognizer) -> None:
    reading = reader.read([[(5, 5), (5, 5)]])
    assert reading.text == "?"
    assert reading.digits[0].value is None
    assert float(reading.digits[0].probabilities.sum()) == pytest.approx(1)


def test_bad_ink_and_bad_lengths_are_refused(reader: Recognizer) -> None:
    with pytest.raises(ValueError, match="finite"):
        reader.read([[(0, float("nan"))]])
    with pytest.raises(ValueError, match="cannot be 0"):
        reader.read(ONE, length=0)
    with pytest.raises(ValueError, match="cannot be -1"):
        reader.read_image(np.zeros((5, 5), np.uint8), length=-1)


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no recognizer backend 'psychic'; installed are cnn, "):
        Recognizer("psychic")


def test_available_backends_can_all_be_loaded() -> None:
    names = available_backends()
    assert names[0] == "cnn"
    assert len(set(names)) == len(names)
    for name in names:
        assert Recognizer(name).read(ONE).backend == name


def test_a_reading_as_plain_types_holds_everything(reader: Recognizer) -> None:
    import json

    plain = json.loads(json.dumps(reader.read(ONE).as_dict()))
    assert plain["text"] == "1"
    assert plain["digits"][0]["value"] == 1
    assert plain["digits"][0]["box"] == [40, 10, 41, 120]
    assert sum(plain["digits"][0]["probabilities"]) == pytest.approx(1, abs=1e-3)


def test_a_whole_number_is_read_with_its_boxes(reader: Recognizer, written_digits) -> None:
    chosen = [next(d for d in written_digits if d.value == value) for value in (4, 2)]
    strokes = [
        np.array(stroke)[:, :2] + np.array([150.0 * place, 0.0])
        for place, digit in enumerate(chosen)
        for stroke in digit.strokes
    ]
    for length in (None, 2):
        reading = reader.read(strokes, length=length)
        assert reading.text == "42"
        left, right = (digit.box for digit in reading.digits)
        assert left[2] < right[0]
    (whole,) = reader.read(strokes, length=1).digits
    assert whole.box[0] == left[0]
    assert whole.box[2] == right[2]


def test_ink_that_is_no_digit_stands_as_a_question_mark() -> None:
    from recognizer.reading import read_digit

    scores = np.full(11, 0.02, np.float32)
    scores[10] = 0.8
    digit = read_digit(scores, (0, 0, 5, 5))
    assert digit.value is None
    assert digit.text == "?"
    assert digit.no_digit == pytest.approx(0.8)
    assert float(digit.probabilities.sum()) == pytest.approx(1)
    assert digit.confidence < 0.1


@pytest.mark.parametrize("left", [0.0, 1e-38, 1e-12])
def test_probabilities_sum_to_one_where_hardly_anything_is_left(left: float) -> None:
    from recognizer.reading import read_digit

    scores = np.array([left] * 10 + [1.0], np.float32)
    digit = read_digit(scores, (0, 0, 5, 5))
    assert digit.value is None and digit.confidence == 0
    assert digit.probabilities.dtype == np.float32
    assert float(digit.probabilities.sum()) == pytest.approx(1)
