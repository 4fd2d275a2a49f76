"""The palettes: night and paper, each with the usual colours and with ones for all eyes.

In all of them the sheet is light and the ink dark; what changes is the desk around it. What stands
on the desk is `text`, `mist` and `glow`; what stands on the sheet is `ink` and `ink_quiet`. On the
grounds `good` and `bad` stands `paper`, on `sun` stands `ink`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """All colours of a look; the defaults are the night's."""

    night: Colour = (23, 24, 56)  # the desk, dark or light
    night_deep: Colour = (15, 15, 40)  # shadows on it, and grooves
    night_raised: Colour = (36, 39, 84)  # panels on it
    night_line: Colour = (62, 67, 128)  # outlines and empty gauges
    shade: Colour = (15, 15, 40)  # what a screen is darkened with under a dialog
    text: Colour = (252, 246, 232)  # on the desk
    mist: Colour = (178, 184, 228)  # quiet text on the desk
    glow: Colour = (255, 184, 40)  # the accent as text, and as marks on the desk
    paper: Colour = (252, 246, 232)
    paper_rule: Colour = (226, 224, 229)  # the squares
    paper_line: Colour = (176, 174, 198)  # the line for an answer
    paper_margin: Colour = (240, 168, 150)  # the margin line
    paper_edge: Colour = (205, 196, 178)
    ink: Colour = (27, 29, 72)
    ink_quiet: Colour = (104, 102, 134)  # quiet text on paper
    ghost: Colour = (124, 92, 186)  # on the sheet: the ink of another round beside one's own
    sun: Colour = (255, 184, 40)  # the accent as a ground
    sun_deep: Colour = (214, 138, 10)  # its shadow side
    good: Colour = (10, 118, 80)
    good_bright: Colour = (64, 214, 158)  # the same on the desk
    bad: Colour = (205, 38, 40)
    bad_bright: Colour = (255, 112, 98)


NIGHT = Palette()
PAPER = Palette(
    night=(231, 222, 203),
    night_deep=(205, 193, 169),
    night_raised=(247, 241, 228),
    night_line=(196, 184, 160),
    shade=(38, 36, 64),
    text=(27, 29, 72),
    mist=(74, 68, 84),
    glow=(146, 80, 0),
    paper=(255, 253, 247),
    paper_edge=(190, 178, 154),
    good_bright=(0, 104, 70),
    bad_bright=(180, 30, 30),
)

# Blue and vermilion stay apart for every kind of colour vision; which pairs must is in the tests.
_SAFE_ON_PAPER: dict[str, Colour] = {"good": (0, 84, 170), "bad": (178, 66, 0)}
SAFE_NIGHT = replace(
    NIGHT, good_bright=(104, 184, 255), bad_bright=(255, 130, 76), **_SAFE_ON_PAPER
)
SAFE_PAPER = replace(PAPER, good_bright=(0, 78, 160), bad_bright=(164, 56, 0), **_SAFE_ON_PAPER)

# By the name of the theme, and whether the colours are for all eyes.
PALETTES: dict[tuple[str, bool], Palette] = {
    ("night", False): NIGHT,
    ("night", True): SAFE_NIGHT,
    ("paper", False): PAPER,
    ("paper", True): SAFE_PAPER,
}
