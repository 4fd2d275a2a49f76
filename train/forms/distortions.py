"""One thing at a time done to a picture of a digit, by degrees: shift, size, rotation, noise...

Pictures are MNIST's at four times their size, grey uint8 (112, 112), ink light on dark. Lengths are
in px of MNIST's 28, as everybody knows them. Random parts are drawn by the caller's generator.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

LARGER = 4
SIDE = 28 * LARGER

_FULL = 255.0


@dataclass(frozen=True)
class Distortion:
    """What is done, in which unit its degree counts, the degrees (the first does nothing)."""

    name: str
    unit: str
    degrees: tuple[float, ...]
    apply: Callable[[Grey, float, Generator], Grey]


def enlarged(digit: Grey) -> Grey:
    """A picture uint8 (28, 28) at four times its size; `reduced`, it is nearly itself again."""
    large = cv2.resize(digit, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return np.clip(large, 0, 255).astype(np.uint8)


def reduced(picture: Grey) -> Grey:
    """The picture as a plain resize brings it to uint8 (28, 28): what most programs feed."""
    return cv2.resize(picture, (28, 28), interpolation=cv2.INTER_AREA).astype(np.uint8)


def _moved(picture: Grey, frame: NDArray[np.float64], shift: tuple[float, float] = (0, 0)) -> Grey:
    """The picture with each point p about its middle moved to `frame` p + `shift` (in px of 28)."""
    middle = np.full(2, (SIDE - 1) / 2)
    offset = middle - frame @ middle + np.array(shift) * LARGER
    return cv2.warpAffine(
        picture, np.column_stack([frame, offset]), (SIDE, SIDE), flags=cv2.INTER_LINEAR
    ).astype(np.uint8)


def _shift(picture: Grey, degree: float, random: Generator) -> Grey:
    x, y = degree * random.choice([-1, 1], 2)
    return _moved(picture, np.eye(2), (float(x), float(y)))


def _size(picture: Grey, degree: float, random: Generator) -> Grey:
    return _moved(picture, np.eye(2) * degree)


def _rotation(picture: Grey, degree: float, random: Generator) -> Grey:
    angle = np.deg2rad(degree) * random.choice([-1, 1])
    return _moved(
        picture, np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    )


def _slant(picture: Grey, degree: float, random: Generator) -> Grey:
    return _moved(picture, np.array([[1.0, -degree], [0.0, 1.0]]))


def _pen_width(picture: Grey, degree: float, random: Generator) -> Grey:
    if degree == 0:
        return picture
    reach = 2 * round(abs(degree) * LARGER / 2) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    done = cv2.dilate(picture, kernel) if degree > 0 else cv2.erode(picture, kernel)
    return done.astype(np.uint8)


def _noise(picture: Grey, degree: float, random: Generator) -> Grey:
    noisy = picture + random.normal(0, degree * _FULL, picture.shape)
    return np.clip(noisy, 0, _FULL).astype(np.uint8)


def _blur(picture: Grey, degree: float, random: Generator) -> Grey:
    if degree == 0:
        return picture
    return cv2.GaussianBlur(picture, (0, 0), degree * LARGER).astype(np.uint8)


def _occlusion(picture: Grey, degree: float, random: Generator) -> Grey:
    rows, columns = np.nonzero(picture)
    at = int(random.integers(len(rows)))  # somewhere on the ink
    half = degree * LARGER / 2
    covered = picture.copy()
    top, left = max(0, round(rows[at] - half)), max(0, round(columns[at] - half))
    covered[top : max(0, round(rows[at] + half)), left : max(0, round(columns[at] + half))] = 0
    return covered


def _paper(picture: Grey, degree: float, random: Generator) -> Grey:
    """Light paper and dark ink where the degree is 1; between, the paper is grey already."""
    paper = degree * _FULL
    ink = _FULL - paper
    return np.rint(paper + (ink - paper) * (picture / _FULL)).astype(np.uint8)


DISTORTIONS = (
    Distortion("shift", "px", (0, 1, 2, 3, 4), _shift),
    Distortion("size", "times", (1.0, 0.8, 0.6, 0.45, 0.3), _size),
    Distortion("rotation", "degrees", (0, 10, 20, 30, 45), _rotation),
    Distortion("slant", "x per y", (0, 0.25, 0.5, 0.75, 1.0), _slant),
    Distortion("pen width", "px more or less", (0, -0.5, -1, 1, 2, 3), _pen_width),
    Distortion("noise", "of full ink", (0, 0.1, 0.2, 0.35, 0.5), _noise),
    Distortion("blur", "px", (0, 0.5, 1, 1.5, 2.5), _blur),
    Distortion("occlusion", "px square", (0, 4, 6, 8, 10), _occlusion),
    Distortion("paper", "0 black, 1 white", (0, 0.25, 0.75, 1.0), _paper),
)
