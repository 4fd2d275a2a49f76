"""Pictures become the same glyph that their strokes would, light on dark or dark on light."""

import cv2
import numpy as np
import pytest

from recognizer import Recognizer, ink
from recognizer.picture import glyph_from_picture, pen_width

STROKES = [np.array([[10.0, 10.0], [60.0, 10.0], [30.0, 110.0]])]


def sheet(ink_level: int = 255, paper: int = 0) -> np.ndarray:
    """A seven drawn large and off centre on a sheet of 300 x 200 pixels."""
    grey = np.full((200, 300), paper, np.uint8)
    points = [np.rint(STROKES[0] + (150, 40)).astype(np.int32)]
    cv2.polylines(grey, points, False, ink_level, 12, cv2.LINE_AA)
    return grey


def test_a_large_picture_becomes_the_glyph_of_its_strokes() -> None:
    glyph, box = glyph_from_picture(sheet())
    drawn = ink.glyph(STROKES, pen_width=2.25)
    assert np.corrcoef(glyph.ravel(), drawn.ravel())[0, 1] > 0.9
    assert box == pytest.approx((154, 44, 217, 157), abs=3)


def test_light_and_dark_paper_give_the_same_glyph() -> None:
    light, _ = glyph_from_picture(sheet(255, 0))
    dark, _ = glyph_from_picture(255 - sheet(255, 0))
    pale, _ = glyph_from_picture(sheet(90, 200))
    assert np.array_equal(light, dark)
    assert np.abs(light.astype(int) - pale).max() < 40


def test_a_glyph_is_taken_as_it_is() -> None:
    glyph = ink.glyph(STROKES)
    taken, _ = glyph_from_picture(glyph)
    assert np.array_equal(taken, glyph)


def test_a_glyph_off_centre_is_centred() -> None:
    shifted = np.roll(ink.glyph(STROKES), 4, axis=1)
    taken, _ = glyph_from_picture(shifted)
    assert np.abs(taken.astype(int) - ink.glyph(STROKES)).mean() < 3


@pytest.mark.parametrize("level", [0, 7, 128, 255])
def test_an_even_picture_holds_no_ink(level: int) -> None:
    assert glyph_from_picture(np.full((50, 40), level, np.uint8)) is None


def test_a_picture_without_pixels_holds_no_ink() -> None:
    assert glyph_from_picture(np.zeros((0, 5), np.uint8)) is None


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((28, 28)),
        np.zeros((28, 28, 3), np.uint8),
        np.zeros(28, np.uint8),
        [[0, 255]],
        np.zeros((1, 20_001), np.uint8),
    ],
)
def test_anything_but_a_grey_picture_is_refused(picture) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        glyph_from_picture(picture)


def test_a_single_row_of_pixels_is_read_without_a_fault() -> None:
    row = np.zeros((1, 30), np.uint8)
    row[0, 10:20] = 255
    glyph, box = glyph_from_picture(row)
    assert glyph.shape == (28, 28)
    assert box == (10, 0, 20, 1)


def test_a_picture_of_hundreds_of_megapixels_is_refused_at_once() -> None:
    huge = np.zeros((20_000, 20_000), np.uint8)  # takes no memory until it is touched
    with pytest.raises(ValueError, match=r"more than 40,000,000 pixels; make it smaller\."):
        Recognizer("cnn").read_image(huge)


@pytest.mark.parametrize("pen", [1, 2, 3, 6])
def test_thin_pens_give_the_glyph_of_usual_ones(pen: int) -> None:
    grey = np.zeros((260, 200), np.uint8)
    points = [np.rint(STROKES[0] * 2 + (20, 20)).astype(np.int32)]
    cv2.polylines(grey, points, False, 255, pen, cv2.LINE_AA)
    glyph, box = glyph_from_picture(grey)
    assert np.corrcoef(glyph.ravel(), ink.glyph(STROKES).ravel())[0, 1] > 0.85
    assert glyph.max() > 240
    assert box == pytest.approx((40, 40, 141, 241), abs=pen + 1)


def test_the_width_of_a_pen_is_measured() -> None:
    for width in (1, 3, 9, 21):
        grey = np.zeros((200, 300), np.uint8)
        grey[100 : 100 + width, 40:260] = 255
        assert pen_width(grey) == pytest.approx(width, rel=0.15)
