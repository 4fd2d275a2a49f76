"""The page that a detector reads: one scale for the line, boxes that lead back to the ink."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer import ink
from recognizer.page import MARGIN, MAX_WIDTH, PAGE_HEIGHT, PAGE_PEN_WIDTH, WIDTH_STEP, place
from recognizer.picture import page_from_picture
from recognizer.strokes import bounding_box
from recognizer.types import Stroke

SEVEN = np.array([[10.0, 10.0], [60.0, 10.0], [30.0, 110.0]])


def line_of(count: int, gap: float = 80.0) -> list[Stroke]:
    return [SEVEN + np.array([gap * place, 0.0]) for place in range(count)]


def extent(pixels: np.ndarray) -> tuple[int, int, int, int]:
    y, x = np.nonzero(pixels)
    return int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1


def test_a_page_is_a_strip_as_wide_as_its_line_needs() -> None:
    widths = [ink.page(line_of(count)).pixels.shape[1] for count in (1, 2, 4, 8, 20)]
    assert widths == sorted(widths)
    assert widths[0] == WIDTH_STEP
    assert widths[-1] == MAX_WIDTH
    assert all(width % WIDTH_STEP == 0 for width in widths)


def test_the_ink_fills_the_height_between_the_margins() -> None:
    page = ink.page(line_of(3))
    _, top, _, bottom = extent(page.pixels)
    assert (top, bottom) == pytest.approx((MARGIN, PAGE_HEIGHT - MARGIN), abs=1)
    assert page.pixels.max() == 255
    assert page.pixels.dtype == np.uint8


def test_ten_digits_stay_within_the_widest_page() -> None:
    left, _, right, _ = extent(ink.page(line_of(10, 150.0)).pixels)
    assert left >= MARGIN - 1
    assert right <= MAX_WIDTH - MARGIN + 1


def test_boxes_are_tight_around_the_ink() -> None:
    for count in (1, 3, 7):
        strokes = line_of(count)
        page = ink.page(strokes)
        (box,) = page.placement.on_page(np.array([bounding_box(strokes)]))
        assert box == pytest.approx(extent(page.pixels), abs=1)


@given(
    scale=st.floats(0.01, 1_000),
    x=st.floats(-100_000, 100_000),
    y=st.floats(-100_000, 100_000),
    count=st.integers(1, 12),
)
def test_boxes_find_their_way_back(scale: float, x: float, y: float, count: int) -> None:
    strokes = [stroke * scale + (x, y) for stroke in line_of(count)]
    placement = ink.page(strokes).placement
    boxes = np.array([bounding_box([stroke]) for stroke in strokes])
    back = placement.off_page(placement.on_page(boxes))
    assert back == pytest.approx(boxes, abs=1e-4 * scale * 100)


def test_place_and_size_do_not_matter() -> None:
    first = ink.page(line_of(3)).pixels.astype(int)
    moved = ink.page([stroke * 0.013 + (-900.0, 4_000.0) for stroke in line_of(3)]).pixels
    assert np.abs(first - moved).max() <= 48, "rounding may tip single oversampled pixels"


def test_a_dot_a_line_and_nothing_are_pages_too() -> None:
    assert ink.page([]).pixels.max() == 0
    dot = ink.page([np.array([[5.0, 5.0]])])
    assert 0 < np.count_nonzero(dot.pixels) < 40
    flat = ink.page([np.array([[0.0, 5.0], [900.0, 5.0]])])
    assert flat.pixels.shape[1] == MAX_WIDTH


@pytest.mark.parametrize("x", [0.0, 300.0, 1e7])
@pytest.mark.parametrize("extent", [0.0, 1e-96, 1e-20, 1e-9])
def test_a_dot_is_found_where_it_stands(x: float, extent: float) -> None:
    dot = (x, x, x, x + extent)
    placement = place(dot, PAGE_PEN_WIDTH)
    (back,) = placement.off_page(placement.on_page(np.array([dot])))
    assert back == pytest.approx(dot, abs=1e-9 * max(x, 1e-9))


def test_a_picture_becomes_the_page_of_its_strokes() -> None:
    strokes = line_of(3)
    page = ink.page(strokes)
    large = np.full((200, 600), 255, np.uint8)
    cut = page.pixels[:, 5:-5]
    large[60 : 60 + cut.shape[0], 100 : 100 + cut.shape[1]] = 255 - cut  # dark on light
    found = page_from_picture(large)
    assert found is not None
    assert found.pixels.shape == page.pixels.shape
    assert extent(found.pixels > 128) == pytest.approx(extent(page.pixels > 128), abs=2)
    (box,) = found.placement.off_page(np.array([extent(found.pixels > 64)], np.float32))
    y, x = np.nonzero(large < 192)
    assert box == pytest.approx((x.min(), y.min(), x.max() + 1, y.max() + 1), abs=2)


def test_large_and_small_pictures_are_scaled_alike() -> None:
    small = np.zeros((28, 28), np.uint8)
    small[4:24, 12:16] = 255
    large = np.kron(small, np.ones((20, 20), np.uint8))
    first, second = page_from_picture(small), page_from_picture(large)
    assert first is not None
    assert second is not None
    assert extent(first.pixels > 128) == pytest.approx(extent(second.pixels > 128), abs=1)
    assert page_from_picture(np.zeros((10, 10), np.uint8)) is None
    assert page_from_picture(np.zeros((0, 10), np.uint8)) is None
    with pytest.raises(ValueError, match="two dimensions"):
        page_from_picture(np.zeros((10, 10, 3), np.uint8))


@pytest.mark.parametrize(("pen", "seen"), [(2, (2, 4)), (16, (4, 7)), (46, (7, 10))])
def test_pens_of_pictures_are_seen_neither_too_thin_nor_too_thick(
    pen: int, seen: tuple[int, int]
) -> None:
    grey = np.zeros((260, 160), np.uint8)
    cv2.line(grey, (80, 30), (80, 230), 255, pen)
    page = page_from_picture(grey)
    assert page is not None
    width = (page.pixels[PAGE_HEIGHT // 2] > 128).sum()
    assert seen[0] <= width <= seen[1]
    assert page.pixels.max() > 240, "a thin pen is as dark as any"
    _, top, _, bottom = extent(page.pixels > 128)
    assert (top, bottom) == pytest.approx((MARGIN, PAGE_HEIGHT - MARGIN), abs=2)
    (box,) = page.placement.off_page(np.array([extent(page.pixels > 128)], np.float32))
    y, x = np.nonzero(grey)
    assert box == pytest.approx((x.min(), y.min(), x.max() + 1, y.max() + 1), abs=6)
