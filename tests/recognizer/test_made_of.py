"""A digit carries what it was made of: its ink, and the very picture that the classifier got."""

from collections.abc import Sequence

import numpy as np
import pytest
from child import said_by
from hands import HANDS, Recording, numbers

from recognizer import Recognizer, available_backends, ink
from recognizer.numbers.reader import NumberReader
from recognizer.reading import read_digit
from recognizer.store import ModelStore
from recognizer.strokes import bounding_box, shared_out


@pytest.fixture
def recording() -> NumberReader:
    return NumberReader(Recording(ModelStore().entry("cnn")))


def pen_way(strokes: Sequence[np.ndarray]) -> float:
    return float(sum(np.hypot(*np.diff(stroke, axis=0).T).sum() for stroke in strokes))


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("known", [False, True])
def test_the_picture_is_one_that_the_classifier_got_and_believed(
    recording: NumberReader, written_digits, hand, known: bool
) -> None:
    classifier = recording.classifier
    assert isinstance(classifier, Recording)
    plain = 0
    for strokes in numbers(written_digits, hand, 12):
        classifier.asked.clear()
        digits = recording.read_strokes(strokes, 3 if known else None).digits
        assert digits
        for digit in digits:
            assert digit.picture is not None
            np.testing.assert_array_equal(ink.glyph(digit.drawn), digit.picture)
            said = classifier.said_of(digit.picture)
            assert said, "a picture that the classifier never saw"
            # Where one look was enough, it is the one whose scores became the digit.
            alike = [
                np.allclose(read_digit(scores, digit.box).probabilities, digit.probabilities)
                for scores in said
            ]
            first = max(float(scores[:10].max()) for scores in said)
            plain += first >= 0.9
            assert any(alike) or first < 0.9
    assert plain >= 12, "most digits are read at one look"


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("backend", available_backends())
def test_the_ink_of_the_digits_is_the_ink_that_was_written(
    written_digits, hand, backend: str
) -> None:
    reader = Recognizer(backend)
    for strokes in numbers(written_digits, hand, 4):
        reading = reader.read(strokes)
        x0, y0, x1, y1 = bounding_box(strokes)
        for digit in reading.digits:
            if not digit.ink:  # a detector's digit has none where all lies in another's box
                assert backend == "yolo"
                continue
            around = bounding_box(digit.ink)
            assert x0 - 1 <= around[0] <= around[2] <= x1 + 1
            assert y0 - 1 <= around[1] <= around[3] <= y1 + 1
            if digit.picture is not None:
                assert around == pytest.approx(digit.box)
        # A tail may belong to no digit; no ink is in two of them.
        parts = [part for digit in reading.digits for part in digit.ink]
        assert parts
        assert 0.75 * pen_way(strokes) <= pen_way(parts) <= 1.001 * pen_way(strokes)


def test_a_digit_alone_has_all_the_ink_and_its_picture(written_digits) -> None:
    reader = Recognizer("cnn")
    for digit in written_digits[:10]:
        (read,) = reader.read(digit.strokes, length=1).digits
        assert len(read.ink) == len(digit.strokes)
        for own, given in zip(read.ink, digit.strokes, strict=True):
            np.testing.assert_array_equal(own, np.array(given)[:, :2])
        assert read.picture is not None
        assert read.picture.shape == (28, 28)


def test_the_ink_is_the_digits_own() -> None:
    stroke = np.array([[40.0, 10.0], [40.0, 120.0]])
    (digit,) = Recognizer("cnn").read([stroke]).digits
    stroke[:] = 0.0
    np.testing.assert_array_equal(digit.ink[0], [[40.0, 10.0], [40.0, 120.0]])


def test_a_picture_has_no_ink_but_the_glyph_that_was_read(recording: NumberReader) -> None:
    grey = np.full((120, 200), 255, np.uint8)
    grey[20:100, 40:50] = 0
    grey[20:100, 120:130] = 0
    classifier = recording.classifier
    assert isinstance(classifier, Recording)
    for picture in (grey, grey[:, :90]):
        digits = recording.read_picture(picture).digits
        assert len(digits) == (2 if picture is grey else 1)
        for digit in digits:
            assert digit.ink == ()
            assert digit.picture is not None
            assert classifier.said_of(digit.picture)


@pytest.mark.parametrize("backend", available_backends())
def test_glyphs_or_a_page_never_both(backend: str) -> None:
    reader = Recognizer(backend)
    strokes = [[(0, 0), (0, 100)], [(60, 0), (60, 100)]]
    grey = np.zeros((60, 80), np.uint8)
    grey[10:50, 20:24] = 255
    for reading in (reader.read(strokes), reader.read_image(grey)):
        assert reading.digits
        seen = [digit.picture for digit in reading.digits]
        if reading.page is None:
            assert all(picture is not None for picture in seen)
        else:
            assert reading.page.shape[0] == 64
            assert reading.page.max() > 0
            assert seen == [None] * len(seen)
    assert reader.read([]).page is None


def test_a_detectors_ink_is_shared_out_by_place() -> None:
    left, right = (0.0, 0.0, 10.0, 100.0), (50.0, 0.0, 90.0, 100.0)
    bar = np.array([[4.0, 0.0], [4.0, 50.0], [4.0, 100.0]])
    roof = np.column_stack([np.linspace(45.0, 110.0, 14), np.full(14, 3.0)])  # looks out a little
    through = np.column_stack([np.linspace(0.0, 90.0, 10), np.full(10, 60.0)])
    one, other = shared_out([bar, roof, through], [left, right])
    np.testing.assert_array_equal(one[0], bar)
    np.testing.assert_array_equal(other[0], roof)
    np.testing.assert_array_equal(np.concatenate([one[1][:-1], other[1]]), through)
    assert one[1][-1, 0] == other[1][0, 0] == pytest.approx(30, abs=10)
    assert shared_out([bar], []) == []


@pytest.mark.parametrize("module", ["reading", "types", "strokes", "errors"])
def test_the_types_of_a_reading_load_no_library_but_numpy(module: str) -> None:
    code = f"import recognizer.{module}, sys; print('cv2' in sys.modules, *sys.modules)"
    modules = said_by(code).split()
    assert f"recognizer.{module}" in modules
    assert {name.partition(".")[0] for name in modules} & {"cv2", "onnxruntime"} == set()
