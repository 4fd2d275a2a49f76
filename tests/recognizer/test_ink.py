"""The rasterizer: MNIST's recipe holds for every stroke, and bad ink is refused with a sentence."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer import ink
from recognizer.strokes import (
    LEAST_COORDINATE,
    MAX_POINTS,
    MAX_STROKES,
    bounding_box,
    clean_strokes,
)
from recognizer.types import Glyph

SEVEN = [np.array([[10.0, 10.0], [60.0, 10.0], [30.0, 110.0]])]


def extent(glyph: Glyph) -> int:
    return max(int(np.ptp(np.flatnonzero(glyph.any(axis=axis)))) + 1 for axis in (0, 1))


def test_a_glyph_is_a_grey_picture_of_28_pixels() -> None:
    glyph = ink.glyph(SEVEN)
    assert glyph.shape == (28, 28)
    assert glyph.dtype == np.uint8
    assert glyph.max() == 255
    assert glyph.min() == 0
    assert len(np.unique(glyph)) > 6, "the edges are anti-aliased"


def test_the_longer_side_is_20_pixels_and_the_mass_is_centred(written_digits) -> None:
    for digit in written_digits:
        glyph = ink.glyph(clean_strokes(digit.strokes)).astype(float)
        assert extent(glyph) == ink.INK_BOX, digit.form
        mass = glyph.sum()
        centre = [float((glyph.sum(axis=axis) @ np.arange(28)) / mass) for axis in (0, 1)]
        assert centre == pytest.approx([ink.GLYPH_CENTRE] * 2, abs=0.51), digit.form


@given(scale=st.floats(0.01, 1_000), x=st.floats(-10_000, 10_000), y=st.floats(-10_000, 10_000))
def test_place_and_size_on_the_page_do_not_matter(scale: float, x: float, y: float) -> None:
    moved = [SEVEN[0] * scale + (x, y)]
    difference = np.abs(ink.glyph(moved).astype(int) - ink.glyph(SEVEN))
    # Rounding may tip single oversampled pixels, no more.
    assert difference.max() <= 48


def test_aspect_is_kept() -> None:
    wide = ink.glyph([np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 50.0], [0.0, 50.0], [0.0, 0.0]])])
    rows, columns = np.flatnonzero(wide.any(axis=1)), np.flatnonzero(wide.any(axis=0))
    assert np.ptp(columns) + 1 == 20
    assert 9 <= np.ptp(rows) + 1 <= 12


def test_the_pen_is_equally_wide_in_tiny_and_huge_ink() -> None:
    line = np.array([[0.0, 0.0], [0.0, 1.0]])
    tiny, huge = ink.glyph([line * 0.001]), ink.glyph([line * 100_000])
    assert np.array_equal(tiny, huge)
    assert tiny.sum() / 255 / 20 == pytest.approx(ink.PEN_WIDTH, rel=0.25)


def test_a_wider_pen_draws_more_ink_in_the_same_box() -> None:
    thin, wide = ink.glyph(SEVEN, 1.5), ink.glyph(SEVEN, 3.25)
    assert wide.sum() > 1.5 * thin.sum()
    assert extent(thin) == extent(wide) == 20


def test_fast_strokes_have_no_gaps() -> None:
    ring = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 7)])
    glyph = ink.glyph([ring])
    inside = glyph[14, 14]
    assert inside == 0
    # Flood from the corner: a closed ring keeps it out of the middle.
    import cv2

    flooded = (glyph > 0).astype(np.uint8)
    cv2.floodFill(flooded, None, (0, 0), 2)
    assert flooded[14, 14] == 0


def test_no_strokes_give_an_empty_glyph_and_a_point_gives_a_dot() -> None:
    assert not ink.glyph([]).any()
    dot = ink.glyph([np.array([[5.0, 5.0]])])
    assert 0 < extent(dot) <= 4
    assert dot[14, 14] > 0


def test_ink_far_off_its_centre_of_mass_stays_whole() -> None:
    # A heavy scribble with a long tail: centring would push the tail out of the picture.
    scribble = np.random.default_rng(1).uniform(0, 10, (400, 2))
    tail = np.array([[5.0, 5.0], [100.0, 5.0]])
    glyph = ink.glyph([scribble, tail])
    assert extent(glyph) == 20


def test_cleaning_drops_times_and_empty_strokes() -> None:
    strokes = clean_strokes([[(0, 0, 0.0), (1, 2, 0.1)], [], np.zeros((0, 2))])
    assert len(strokes) == 1
    assert strokes[0].tolist() == [[0, 0], [1, 2]]


@pytest.mark.parametrize(
    ("strokes", "complaint"),
    [
        ([[(0, float("nan"))]], "not a finite number"),
        ([[(0, 0), (float("inf"), 1)]], "not a finite number"),
        ([[(0, 1e9)]], "absurdly far out"),
        ([[(0, 0, 0, 0)]], r"shape \(1, 4\)"),
        ([(1, 2)], r"shape \(2,\)"),
        ([[("a", "b")]], "does not hold points"),
        ([[(0, 0), (1,)]], "does not hold points"),
        (None, "sequence of strokes"),
        ("ink", "sequence of strokes"),
        ({"strokes": []}, "sequence of strokes"),
    ],
)
def test_bad_ink_is_refused_with_a_sentence(strokes, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as caught:
        clean_strokes(strokes)
    assert str(caught.value).endswith(".")


def test_absurdly_much_ink_is_refused() -> None:
    stroke = np.zeros((MAX_POINTS // 2 + 1, 2))
    assert len(clean_strokes([stroke])) == 1
    with pytest.raises(ValueError, match="more than 200,000 points"):
        clean_strokes([stroke, stroke])


def test_the_bounding_box_spans_all_strokes() -> None:
    strokes = [np.array([[1.0, 5.0], [2.0, 6.0]]), np.array([[-3.0, 9.0]])]
    assert bounding_box(strokes) == (-3, 5, 2, 9)


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_whole_numbers_of_hundreds_of_digits_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=r"Stroke 1 lies absurdly far out\."):
        clean_strokes([[(0, 0), (number, 5)]])


def test_absurdly_many_strokes_are_refused_before_they_are_all_looked_at() -> None:
    with pytest.raises(ValueError, match="more than 5,000 strokes"):
        clean_strokes([(k, k)] for k in itertools.count())
    assert len(clean_strokes([[(0, 0), (1, 1)]] * MAX_STROKES)) == MAX_STROKES


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("size", [5e-324, 1e-310, 1e-300, 1e-200, 1e-98, 1e-60])
def test_ink_of_hardly_any_extent_is_drawn(size: float) -> None:
    strokes = clean_strokes([[(0, 0), (size, 3 * size)], [(size, 0), (0, size)]])
    # What is smaller than the least coordinate is a dot: paler than a line, but there.
    dot = ink.glyph([np.zeros((1, 2))])
    glyph = ink.glyph(strokes)
    assert glyph.max() == (255 if size >= LEAST_COORDINATE else dot.max()) > 0
    assert ink.page(strokes).pixels.max() > 0
