"""The palettes: text can be read in all of them, and all eyes can tell apart what matters."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from game.ui import theme
from game.ui.motion import blend
from game.ui.palettes import PALETTES, Colour, Palette
from game.ui.strip import ASIDE_QUIET

READABLE = 4.5  # WCAG 2.2, 1.4.3: text against its ground
VISIBLE = 3.0  # 1.4.11: a mark that says something against what is around it
APART = 20.0  # CIE76 between two colours that say different things: far beyond a glance's doubt

# Machado, Oliveira and Fernandes (2009): how linear RGB looks to who lacks one kind of cone.
VISION = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip

TEXT_ON_GROUND = [
    *itertools.product(("text", "mist"), ("night", "night_raised", "night_deep", "night_line")),
    ("glow", "night"), ("glow", "night_raised"),
    ("bad_bright", "night"), ("bad_bright", "night_raised"), ("good_bright", "night"),
    ("ink", "paper"), ("ink", "paper_rule"), ("ink", "sun"),
    ("ink_quiet", "paper"), ("good", "paper"), ("bad", "paper"),
    ("paper", "good"), ("paper", "bad"), ("paper", "ink_quiet"),
]  # fmt: skip
MARK_ON_GROUND = [
    ("glow", "night_deep"), ("glow", "night_line"), ("bad_bright", "night_raised"),
    ("bad_bright", "night_line"), ("text", "night_line"),
]  # fmt: skip
TOLD_APART = [
    ("good", "bad"), ("good", "ink_quiet"), ("bad", "ink_quiet"), ("good", "ink"), ("bad", "ink"),
    ("good_bright", "bad_bright"), ("good_bright", "text"), ("bad_bright", "text"),
    ("glow", "mist"), ("glow", "text"), ("glow", "night_line"), ("sun", "paper"),
    ("sun", "paper_rule"), ("sun", "night_raised"),
]  # fmt: skip


def linear(colour: Colour) -> np.ndarray:
    share = np.array(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((float(TO_XYZ[1] @ linear(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour: Colour, vision: np.ndarray) -> np.ndarray:
    seen = np.clip(vision @ linear(colour), 0, 1)
    share = TO_XYZ @ seen / (TO_XYZ @ np.ones(3))
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.fixture(params=PALETTES, ids=lambda key: f"{key[0]}{'-safe' * key[1]}")
def palette(request: pytest.FixtureRequest) -> Palette:
    return PALETTES[request.param]


def test_the_measure_itself() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21.0)
    red, green = (200, 60, 60), (95, 130, 60)
    seen = {name: np.linalg.norm(lab(red, m) - lab(green, m)) for name, m in VISION.items()}
    assert seen["all cones"] > 2 * seen["deuteranopia"], "red and green are the known trouble"
    assert lab((255, 255, 255), VISION["all cones"]) == pytest.approx([100, 0, 0], abs=0.1)


def test_text_can_be_read(palette: Palette) -> None:
    low = {
        pair: round(ratio, 2)
        for pair in TEXT_ON_GROUND
        if (ratio := contrast(*(getattr(palette, name) for name in pair))) < READABLE
    }
    assert not low


def test_mixed_colours_can_be_read_too(palette: Palette) -> None:
    hint = blend(palette.sun_deep, palette.ink, 0.6)  # on the button of the accent
    assert contrast(hint, palette.sun) >= READABLE
    for ground in (palette.good, palette.bad, palette.ink_quiet):
        assert contrast(blend(palette.paper, ground, ASIDE_QUIET), ground) >= 0.9 * READABLE


def test_marks_can_be_seen(palette: Palette) -> None:
    low = {
        pair: round(ratio, 2)
        for pair in MARK_ON_GROUND
        if (ratio := contrast(*(getattr(palette, name) for name in pair))) < VISIBLE
    }
    assert not low


@pytest.mark.parametrize("name", ["night", "paper"])
@pytest.mark.parametrize("vision", VISION)
def test_safe_colours_stay_apart_for_all_eyes(name: str, vision: str) -> None:
    palette, seen = PALETTES[name, True], VISION[vision]
    near = {
        pair: round(float(distance), 1)
        for pair in TOLD_APART
        if (distance := np.linalg.norm(
            lab(getattr(palette, pair[0]), seen) - lab(getattr(palette, pair[1]), seen)
        )) < APART
    }  # fmt: skip
    assert not near


def test_the_theme_in_use_is_read_when_it_is_drawn() -> None:
    before = theme.NIGHT
    theme.use("paper", safe=True)
    safe = PALETTES["paper", True]
    assert safe.night == theme.NIGHT != before
    assert safe.good == theme.GOOD
    with pytest.raises(AttributeError):
        _ = theme.MAUVE  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        theme.use("noon")
    assert safe.night == theme.NIGHT, "what is unknown changes nothing"
