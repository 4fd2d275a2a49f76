"""One thing at a time is done to a picture, by degrees, the same by the same seed."""

import numpy as np
import pytest

from recognizer import ink
from train.forms import distortions
from train.forms.digits import draw_digit
from train.forms.distortions import DISTORTIONS, Distortion, enlarged, reduced


@pytest.fixture(scope="module")
def seven() -> np.ndarray:
    return ink.glyph([stroke * 100 for stroke in draw_digit(7, np.random.default_rng(3))])


def test_enlarging_and_reducing_changes_hardly_anything(seven: np.ndarray) -> None:
    again = reduced(enlarged(seven)).astype(float)
    assert np.abs(again - seven).mean() < 4


@pytest.mark.parametrize("of", DISTORTIONS, ids=lambda of: of.name)
def test_every_degree_but_the_first_changes_the_picture(of: Distortion, seven: np.ndarray) -> None:
    large = enlarged(seven)
    made = [of.apply(large, degree, np.random.default_rng(5)) for degree in of.degrees]
    again = [of.apply(large, degree, np.random.default_rng(5)) for degree in of.degrees]
    assert np.abs(made[0].astype(float) - large).mean() < 1
    for picture, same in zip(made, again, strict=True):
        assert picture.shape == large.shape
        assert picture.dtype == np.uint8
        assert np.array_equal(picture, same)
    changes = [np.abs(picture.astype(float) - large).mean() for picture in made[1:]]
    assert min(changes) > 0.2
    assert changes[-1] > changes[0]


def test_white_paper_is_the_negative(seven: np.ndarray) -> None:
    (paper,) = (of for of in DISTORTIONS if of.name == "paper")
    large = enlarged(seven)
    assert np.array_equal(paper.apply(large, 1.0, np.random.default_rng(0)), 255 - large)
    assert len(large) == distortions.SIDE
