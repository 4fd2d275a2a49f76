"""Pictures of numbers as pieces: components, dirt, and cuts through thin places."""

import cv2
import numpy as np
import pytest

from recognizer import Recognizer
from recognizer.numbers.picture_source import PictureSource
from recognizer.picture import ink_of_picture


def source(draw) -> PictureSource:
    grey = np.full((120, 300), 255, np.uint8)
    draw(grey)
    picture = ink_of_picture(grey)
    assert picture is not None
    return PictureSource(picture)


def ring(grey: np.ndarray, x: int, width: int = 30) -> None:
    cv2.ellipse(grey, (x, 60), (width, 45), 0, 0, 360, 0, 7)


def test_each_component_is_a_piece_and_dirt_is_none() -> None:
    def draw(grey: np.ndarray) -> None:
        ring(grey, 60)
        ring(grey, 200)
        grey[5:7, 5:7] = 0

    pieces = source(draw)
    assert len(pieces.whole()) == 2
    assert pieces.line_height == pytest.approx(97, abs=3)
    (left, right) = sorted(pieces.whole(), key=lambda part: part[1])
    assert pieces.box((left,)) == pytest.approx((27, 12, 94, 109), abs=3)
    assert pieces.box((left, right)) == pytest.approx((27, 12, 234, 109), abs=3)


def test_where_all_are_specks_they_are_the_ink() -> None:
    """Dots in a column measure as one tall piece, beside which each of them would be dirt."""

    def draw(grey: np.ndarray) -> None:
        for y in range(4, 118, 6):
            grey[y, 150] = 0

    pieces = source(draw)
    assert pieces.line_height > 100
    assert len(pieces.whole()) == 19


def test_a_drawn_piece_is_without_its_neighbour() -> None:
    def draw(grey: np.ndarray) -> None:
        ring(grey, 60)
        cv2.line(grey, (60, 40), (60, 80), 0, 7)  # inside the ring, but no part of it

    pieces = source(draw)
    outer = max(pieces.whole(), key=lambda part: part[2] - part[1])
    (glyph,) = pieces.draw((outer,))
    assert glyph[14, 14] == 0
    both = pieces.draw(tuple(sorted(pieces.whole())))[0]
    assert both[14, 14] > 100


def test_touching_rings_are_cut_where_they_touch() -> None:
    def draw(grey: np.ndarray) -> None:
        ring(grey, 60, 30)
        ring(grey, 124, 30)

    pieces = source(draw)
    (whole,) = pieces.whole()
    parts = pieces.cut(whole)
    assert parts[0][1] == whole[1]
    assert parts[-1][2] == whole[2]
    assert any(85 < part[2] < 100 for part in parts)
    for part in (*parts, *pieces.halve(whole)):
        assert pieces.draw((part,))[0].shape == (28, 28)


def picture(written, gap: int = 25) -> tuple[str, np.ndarray]:
    grey = np.full((170, 140 * len(written)), 255, np.uint8)
    right = 15.0
    for digit in written:
        strokes = [np.array(stroke)[:, :2] for stroke in digit.strokes]
        left = min(stroke[:, 0].min() for stroke in strokes)
        lines = [
            np.rint(stroke + np.array([right - left, 20])).astype(np.int32) for stroke in strokes
        ]
        cv2.polylines(grey, lines, False, 0, 7, cv2.LINE_AA)
        right = max(line[:, 0].max() for line in lines) + gap
    return "".join(str(digit.value) for digit in written), grey


@pytest.fixture(scope="module")
def reader() -> Recognizer:
    return Recognizer("cnn")


def test_pictures_of_numbers_are_read(reader: Recognizer, written_digits) -> None:
    random = np.random.default_rng(1)
    right = 0
    for _ in range(15):
        chosen = [written_digits[int(i)] for i in random.integers(len(written_digits), size=3)]
        label, grey = picture(chosen)
        right += reader.read_image(grey).text == label
    assert right >= 13


def test_the_length_of_a_picture_is_kept(reader: Recognizer, written_digits) -> None:
    _, grey = picture(written_digits[:3])
    for length in (1, 2, 3, 4):
        digits = reader.read_image(grey, length=length).digits
        assert len(digits) == length
        assert all(0 <= d.box[0] < d.box[2] <= grey.shape[1] for d in digits)


def test_noise_is_answered(reader: Recognizer) -> None:
    random = np.random.default_rng(2)
    noise = random.integers(0, 256, (200, 400), np.uint8)
    for length in (None, 1, 3):
        assert reader.read_image(noise, length=length).digits


def test_scattered_specks_are_answered(reader: Recognizer) -> None:
    random = np.random.default_rng(3)
    for _ in range(60):
        height, width = random.integers(1, 60, 2)
        specks = np.where(random.random((height, width)) < 0.03, 0, 255).astype(np.uint8)
        for length in (None, 1, 3):
            reading = reader.read_image(specks, length)
            assert len(reading.digits) <= 64
