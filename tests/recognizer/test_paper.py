"""Ink is told from paper: by its level, under a lamp, in a shadow, beside a desk, among dirt."""

import cv2
import numpy as np
import pytest

from recognizer.paper import is_even, is_ink
from recognizer.picture import ink_of_picture

SEVEN = np.array([[72, 66], [130, 60], [95, 160]], np.int32)


def drawn(height: int = 220, width: int = 200) -> np.ndarray:
    """Where a seven is written: float (H, W), 1 for ink."""
    ink = np.zeros((height, width), np.uint8)
    cv2.polylines(ink, [SEVEN], False, 255, 8, cv2.LINE_AA)
    return ink / 255.0


def under(light: np.ndarray | float, grain: float = 0.0, paper: float = 230) -> np.ndarray:
    """The seven as a grey picture under that light."""
    seen = light * (paper - (paper - 30) * drawn())
    noise = np.random.default_rng(5).normal(0, grain, seen.shape) if grain else 0
    return np.clip(seen + noise, 0, 255).astype(np.uint8)


def overlap(grey: np.ndarray) -> float:
    """How much of the ink found and the ink written is the same (intersection over union)."""
    found = ink_of_picture(grey)
    assert found is not None
    touched, written = is_ink(found), drawn() > 0.5
    return float((touched & written).sum() / (touched | written).sum())


def falling(axis: int) -> np.ndarray:
    shape = [1, 1]
    shape[axis] = -1
    return np.linspace(1, 0.5, (220, 200)[axis]).reshape(shape)


def shadow() -> np.ndarray:
    light = np.ones((220, 200))
    light[:, 100:] = 0.5
    return light


def desk() -> np.ndarray:
    light = np.ones((220, 200))
    light[:, :30] = 0.3
    light[::7, :30] = 0.4
    return light


@pytest.mark.parametrize(
    "grey",
    [under(1.0), under(falling(0), 2), under(falling(1), 2), under(shadow(), 1), under(desk(), 1),
     under(1.0, 12)],
    ids=["even", "falling down", "falling right", "shadow", "desk", "grain"],
)  # fmt: skip
def test_the_ink_alone_remains(grey: np.ndarray) -> None:
    assert overlap(grey) > 0.75


def test_light_ink_in_uneven_light() -> None:
    glow = np.linspace(0, 60, 200)[None]
    assert overlap(np.clip(20 + glow + 170 * drawn(), 0, 255).astype(np.uint8)) > 0.75


def test_specks_go_and_a_bar_of_its_own_stays() -> None:
    grey = under(1.0)
    grey[10:13, 10:13] = 30
    grey[200:204, 30:33] = 30
    grey[120:124, 140:165] = 30
    found = ink_of_picture(grey)
    assert found is not None
    assert not found[:50].any()
    assert not found[180:].any()
    assert found[121, 150] > 100


def test_gaps_of_a_pixel_make_no_specks() -> None:
    grey = np.full((120, 120), 255, np.uint8)
    for y in range(10, 110, 6):
        grey[y : y + 5, 58:63] = 0
    found = ink_of_picture(grey)
    assert found is not None
    assert np.array_equal(found > 0, grey == 0)


def test_ink_cut_off_on_all_sides_is_no_shadow() -> None:
    cut = under(1.0)[57:164, 67:132]
    assert is_even(cut)
    assert not is_even(under(shadow()))
    assert not is_even(under(desk()))


@pytest.mark.parametrize("light", [1.0, falling(0), shadow()], ids=["even", "falling", "shadow"])
def test_bare_grainy_paper_holds_little(light: np.ndarray | float) -> None:
    paper = light * np.full((220, 200), 225.0) + np.random.default_rng(1).normal(0, 3, (220, 200))
    found = ink_of_picture(np.clip(paper, 0, 255).astype(np.uint8))
    assert found is None or is_ink(found).mean() < 0.02
