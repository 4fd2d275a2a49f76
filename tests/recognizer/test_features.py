"""Features: slant and small shifts change little, and every vector has the same length."""

import numpy as np
import pytest

from recognizer import ink
from recognizer.features import LENGTH, describe, describe_straight, deskew
from recognizer.types import Glyph

BAR = [np.array([[0.0, 0.0], [0.0, 20.0]])]
FOUR = [np.array([[6.0, 0.0], [0.0, 12.0], [12.0, 12.0]]), np.array([[9.0, 6.0], [9.0, 20.0]])]


def slanted(strokes: list[np.ndarray], slant: float) -> Glyph:
    return ink.glyph([points @ np.array([[1.0, 0.0], [-slant, 1.0]]) for points in strokes])


def width(glyph: Glyph) -> int:
    return int(np.ptp(np.flatnonzero(glyph.max(axis=0) > 60))) + 1


def test_deskewing_sets_a_slanted_bar_upright() -> None:
    leaning = slanted(BAR, 0.5)
    assert width(leaning) > 8
    assert width(deskew(leaning[None])[0]) <= 4


def test_slant_changes_the_features_little() -> None:
    upright, leaning, other = describe(
        np.stack([ink.glyph(FOUR), slanted(FOUR, 0.35), ink.glyph(BAR)])
    )
    assert np.linalg.norm(upright - leaning) < 0.5 * np.linalg.norm(upright - other)


def test_a_shifted_digit_stays_near_itself() -> None:
    glyph = ink.glyph(FOUR)
    still, shifted, other = describe_straight(
        np.stack([glyph, np.roll(glyph, 1, axis=1), ink.glyph(BAR)])
    )
    assert np.linalg.norm(still - shifted) < 0.5 * np.linalg.norm(still - other)


def test_vectors_have_length_one_whatever_the_pen() -> None:
    glyphs = np.stack([ink.glyph(FOUR, pen) for pen in (1.5, 2.0, 3.25)])
    vectors = describe(glyphs)
    assert vectors.shape == (3, LENGTH)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_one_glyph_has_the_features_that_it_has_in_a_batch() -> None:
    glyphs = np.stack([slanted(FOUR, slant) for slant in (-0.3, 0.0, 0.3)])
    alone = np.concatenate([describe(glyph[None]) for glyph in glyphs])
    assert np.allclose(describe(glyphs), alone, atol=1e-6)


@pytest.mark.parametrize("grey", [0, 255])
def test_a_picture_without_edges_gives_finite_features(grey: int) -> None:
    vectors = describe(np.full((1, 28, 28), grey, np.uint8))
    assert np.isfinite(vectors).all()


def test_no_glyphs_give_no_features() -> None:
    assert describe(np.empty((0, 28, 28), np.uint8)).shape == (0, LENGTH)
