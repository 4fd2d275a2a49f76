"""Composed pictures: by seed, with the ink, the dirt and the light that they are named for."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from recognizer import ink
from train.data.samples import InkSample
from train.data.sets import Images
from train.forms import pictures
from train.forms.digits import draw_digit
from train.forms.pictures import Written


@pytest.fixture(scope="module")
def written() -> Written:
    random = np.random.default_rng(0)
    strokes = [draw_digit(k % 10, random) for k in range(40)]
    glyphs = np.stack([ink.glyph(of) for of in strokes])
    samples = [InkSample(str(k % 10), 1, [s * 90 for s in of]) for k, of in enumerate(strokes)]
    return Written(Images(glyphs, np.arange(40) % 10), samples)


def rng(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("pen", pictures.PENS)
def test_a_pen_is_as_thin_as_it_is_said_to_be(written: Written, pen: int) -> None:
    label, drawn = pictures.a_digit(written, rng(), pen)
    assert label in "0123456789"
    assert max(drawn.shape) == pytest.approx(120 if pen > 120 else max(drawn.shape), abs=2)
    width = drawn.sum() / max(cv2.countNonZero((drawn > 0.5).astype(np.uint8)), 1)
    assert width <= 1.6
    distance = cv2.distanceTransform(np.pad((drawn > 0.4).astype(np.uint8), 1), cv2.DIST_L2, 3)
    ridge = float(np.percentile(distance[distance > 0], 90)) * 2
    assert ridge == pytest.approx(max(drawn.shape) / pen, abs=2.0)


@pytest.mark.parametrize(
    ("touching", "pieces"), [(None, "apart"), (lambda pairs: [True] * pairs, "one")]
)
def test_neighbours_stand_apart_or_touch(
    written: Written, touching: Callable[[int], list[bool]] | None, pieces: str
) -> None:
    single = Written(written.images, [s for s in written.samples if s.label in "0136"])
    for seed in range(12):
        label, drawn = pictures.a_number(single, rng(seed), touching)
        assert pictures.LENGTHS[0] <= len(label) <= pictures.LENGTHS[1]
        count, *_ = cv2.connectedComponentsWithStats((drawn > 0.2).astype(np.uint8))
        assert (count - 1 >= len(label)) if pieces == "apart" else (count - 1 < len(label) + 2)
        inked = np.flatnonzero((drawn > 0.2).any(axis=0))
        assert bool((np.diff(inked) > 1).any()) == (pieces == "apart")


def test_specks_are_counted_and_lie_apart(written: Written) -> None:
    _, digit = pictures.a_digit(written, rng())
    before = cv2.connectedComponents((digit > 0).astype(np.uint8))[0]
    one = pictures.with_speck(digit, rng())
    assert cv2.connectedComponents((one > 0).astype(np.uint8))[0] == before + 1
    assert one.sum() == pytest.approx(digit.sum() + pictures.SPECK**2)
    many = pictures.with_crumbs(digit, rng())
    added = cv2.connectedComponents((many > 0).astype(np.uint8))[0] - before
    assert pictures.CRUMBS - 4 <= added <= pictures.CRUMBS, "a few may touch each other"


def test_light_falls_to_half(written: Written) -> None:
    blank = np.zeros((120, 160), np.float32)
    for seed in range(5):
        grey = pictures.falling_to_half(blank, rng(seed)).astype(float)
        smooth = cv2.GaussianBlur(grey, (0, 0), 3)
        assert smooth.min() / smooth.max() == pytest.approx(0.5, abs=0.04)


def test_a_shadow_and_a_desk_have_sharp_edges() -> None:
    blank = np.zeros((120, 160), np.float32)
    for make in (pictures.hard_shadow, pictures.desk_at_the_edge):
        steps = [
            float(np.abs(np.diff(grey, n=3, axis=axis)).max())
            for seed in range(6)
            for grey in [make(blank, rng(seed)).astype(float)]
            for axis in (0, 1)
        ]
        assert max(steps) > 25, make.__name__


def test_all_is_grey_and_by_seed(written: Written) -> None:
    _, digit = pictures.a_digit(written, rng())
    page = pictures.laid(digit, rng())
    assert page.shape[0] > digit.shape[0]
    for light in (
        pictures.scanned, pictures.pencilled, pictures.falling_to_half, pictures.hard_shadow,
        pictures.desk_at_the_edge,
    ):  # fmt: skip
        one, same, other = (light(page, rng(seed)) for seed in (1, 1, 2))
        assert one.dtype == np.uint8
        assert np.array_equal(one, same)
        assert one.shape != other.shape or not np.array_equal(one, other)
