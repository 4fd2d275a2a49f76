"""Small inputs that were once misread, each with its right value."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Recognizer, available_backends

CASES = Path(__file__).parents[1] / "fixtures" / "cases"
PICTURES = {
    "speck-one-dot-far-away": "3",
    "thin-pen-1px-on-100px": "9",
    "photo-shadow-230-to-115": "9",
    "number-one-touching-pair": "938",
}


@pytest.fixture(scope="module", params=["cnn", "yolo"])
def reader(request: pytest.FixtureRequest) -> Recognizer:
    if request.param not in available_backends():
        pytest.skip(f"no {request.param} is installed")
    return Recognizer(request.param)


def picture(name: str) -> np.ndarray:
    grey = cv2.imread(str(CASES / f"{name}.png"), cv2.IMREAD_GRAYSCALE)
    assert grey is not None
    return grey


@pytest.mark.parametrize(("name", "right"), PICTURES.items())
def test_pictures(reader: Recognizer, name: str, right: str) -> None:
    assert reader.read_image(picture(name)).text == right
    assert reader.read_image(picture(name), len(right)).text == right


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_and_its_negative_are_the_same(reader: Recognizer, name: str) -> None:
    grey = picture(name)
    if "shadow" not in name:  # a photograph has no negative
        assert reader.read_image(255 - grey).text == reader.read_image(grey).text
