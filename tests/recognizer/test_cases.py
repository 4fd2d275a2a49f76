"""Small inputs that were once misread, each with its right value."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer import Recognizer, available_backends

STROKES = {
    "number-two-rows": "4273",
    "tap-before-the-digit": "9",
    "yolo-eleven-plain-bars": "11",
}
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


@pytest.mark.parametrize(("name", "right"), STROKES.items())
def test_strokes(reader: Recognizer, name: str, right: str) -> None:
    strokes = json.loads((CASES / f"{name}.json").read_text())["strokes"]
    assert reader.read(strokes).text == right
    assert reader.read(strokes, len(right)).text == right


def bars(random: np.random.Generator, count: int, gap: float) -> list[np.ndarray]:
    """Upright bars, a gap in shares of their height apart, as a hand draws them."""
    lean = random.normal(0, 0.08)
    strokes = []
    for number in range(count):
        height = 100 * random.uniform(0.9, 1.1)
        start = np.array([100 * gap * (number + random.uniform(-0.1, 0.1)), random.normal(0, 3)])
        way = np.array([-(lean + random.normal(0, 0.02)) * height, height])
        along = np.linspace(0, 1, int(random.integers(2, 12)))[:, None]
        strokes.append(start + along * way + random.normal(0, 0.3, (len(along), 2)))
    return strokes


def test_nothing_but_ones(reader: Recognizer) -> None:
    random = np.random.default_rng(8)
    wrong = []
    for count in range(2, 12):
        for gap in (0.2, 0.35, 0.7):
            read = reader.read(bars(random, count, gap)).text
            if read != "1" * count:
                wrong.append((count, gap, read))
    assert not wrong
