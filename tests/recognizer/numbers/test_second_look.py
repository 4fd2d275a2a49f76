"""The second look: at doubtful ink only, drawn anew at two slants, the beliefs averaged."""

import numpy as np
import pytest

from recognizer import ink
from recognizer import picture as picture_of
from recognizer.numbers import second_look, segmenter
from recognizer.numbers.reader import NumberReader
from recognizer.types import Glyph

BAR = [np.array([[0.0, 0.0], [0.0, 100.0]])]


def believing(*beliefs: tuple[int, float]) -> np.ndarray:
    """Scores (N, 11) of a classifier that believes in one class each; the rest is shared."""
    scores = np.zeros((len(beliefs), 11), np.float32)
    for row, (of, belief) in enumerate(beliefs):
        scores[row] = (1 - belief) / 10
        scores[row, of] = belief
    return scores


def never(glyphs: np.ndarray) -> np.ndarray:
    raise AssertionError("nothing was doubtful")


def test_strokes_lean_to_either_side_as_sharp_as_before() -> None:
    columns = np.arange(ink.GLYPH_SIZE)
    ways = []
    for glyph in ink.leaning(BAR):
        assert glyph.shape == (ink.GLYPH_SIZE, ink.GLYPH_SIZE)
        assert glyph.max() == 255
        top, foot = (np.average(columns, weights=half.sum(axis=0)) for half in np.split(glyph, 2))
        ways.append(foot - top)
    # The middles of the halves lie half the bar's height apart.
    assert ways == pytest.approx([-0.25 * ink.INK_BOX, 0.25 * ink.INK_BOX], abs=1)


def test_what_is_plain_is_read_once() -> None:
    scores = believing((3, 0.95), (8, second_look.PLAIN))
    assert second_look.look_again(scores, lambda row: ink.leaning(BAR), never) is scores


def test_what_is_refused_is_not_looked_at_again() -> None:
    scores = believing((10, 0.8), (10, 0.95))
    assert second_look.look_again(scores, lambda row: ink.leaning(BAR), never) is scores


def test_what_is_doubtful_is_the_mean_of_all_looks() -> None:
    scores = believing((3, 0.95), (7, 0.5), (10, 0.6))
    asked: list[int] = []

    def classify(glyphs: np.ndarray) -> np.ndarray:
        asked.append(len(glyphs))
        return believing((1, 0.9), (1, 0.7), (10, 0.9), (2, 0.9))

    after = second_look.look_again(scores, lambda row: ink.leaning(BAR), classify)
    assert asked == [4], "all in one batch"
    assert np.array_equal(after[0], scores[0])
    assert after[1].argmax() == 1, "two looks said so"
    # Each look's shares of the digits, times the first look's belief that it is one.
    assert after[1, 7] == pytest.approx((0.5 / 0.95 + 0.01 / 0.99 + 0.03 / 0.97) / 3 * 0.95)
    assert after[:, 10] == pytest.approx(scores[:, 10]), "whether it is one is not asked again"
    assert after.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert scores[1].argmax() == 7, "what was given stays as it is"


def test_of_many_doubtful_ones_the_nearest_to_a_digit_are_looked_at() -> None:
    beliefs = [(4, 0.2 + 0.05 * row) for row in range(second_look.MOST + 3)]
    looked: list[int] = []

    def draw(row: int) -> list[Glyph]:
        looked.append(row)
        return ink.leaning(BAR)

    second_look.look_again(
        believing(*beliefs), draw, lambda glyphs: believing(*[(0, 0.5)] * len(glyphs))
    )
    assert sorted(looked) == list(range(3, second_look.MOST + 3))


@pytest.mark.parametrize("length", [1, None])
def test_numbers_are_looked_at_again(length: int | None) -> None:
    """Upright the classifier takes a bar for a seven, doubtfully; leaning it knows a one."""
    upright = ink.glyph(BAR)

    def classify(glyphs: np.ndarray) -> np.ndarray:
        return believing(*((7, 0.6) if np.array_equal(g, upright) else (1, 0.95) for g in glyphs))

    (found,) = segmenter.read_strokes(BAR, length, classify)
    assert found.scores[:10].argmax() == 1
    assert found.box == (0, 0, 0, 100)


def test_pictures_lean_less_about_their_centre_of_mass() -> None:
    picture = ink.glyph(BAR)
    columns = np.arange(ink.GLYPH_SIZE)
    ways = []
    for glyph in picture_of.leaning_glyph(picture):
        assert glyph.dtype == np.uint8
        assert int(glyph.sum()) == pytest.approx(int(picture.sum()), rel=0.02)
        middle = np.average(columns, weights=glyph.sum(axis=0))
        assert middle == pytest.approx(ink.GLYPH_CENTRE, abs=0.1)
        top, foot = (np.average(columns, weights=half.sum(axis=0)) for half in np.split(glyph, 2))
        ways.append(foot - top)
    assert ways == pytest.approx([-0.15 * ink.INK_BOX, 0.15 * ink.INK_BOX], abs=0.5)


def test_a_doubtful_picture_is_looked_at_again() -> None:
    upright = ink.glyph(BAR)

    class Doubting:
        def __init__(self, entry: object) -> None:
            self.asked: list[int] = []

        def probabilities(self, glyphs: np.ndarray) -> np.ndarray:
            self.asked.append(len(glyphs))
            return believing(
                *((7, 0.6) if np.array_equal(g, upright) else (1, 0.95) for g in glyphs)
            )

    reader = NumberReader(Doubting(None))
    (digit,) = reader.read_picture(upright).digits
    assert digit.value == 1
    assert reader.classifier.asked == [1, 2]  # type: ignore[attr-defined]
