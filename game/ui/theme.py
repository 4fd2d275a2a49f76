"""The look in one place: one palette, one type scale, one spacing scale, two typefaces.

The identity: a deep indigo desk at night, a sheet of squared school paper under the lamp, and one
hot accent, marigold. Everything that runs (time, streak, the wait for a verdict) is a *dash*: a
round-ended bar, like a pen stroke.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from importlib import resources

Colour = tuple[int, int, int]

NIGHT: Colour = (23, 24, 56)  # the desk
NIGHT_DEEP: Colour = (15, 15, 40)  # shadows on it
NIGHT_RAISED: Colour = (36, 39, 84)  # panels on it
NIGHT_LINE: Colour = (62, 67, 128)  # outlines and empty gauges
MIST: Colour = (170, 176, 222)  # quiet text on the desk
PAPER: Colour = (252, 246, 232)
PAPER_RULE: Colour = (226, 224, 229)  # the squares
PAPER_LINE: Colour = (176, 174, 198)  # the line for an answer
PAPER_MARGIN: Colour = (240, 168, 150)  # the margin line
PAPER_EDGE: Colour = (205, 196, 178)
INK: Colour = (27, 29, 72)
INK_QUIET: Colour = (122, 120, 150)  # quiet text on paper
SUN: Colour = (255, 184, 40)  # the accent
SUN_DEEP: Colour = (214, 138, 10)  # its shadow side
GOOD: Colour = (22, 160, 110)
GOOD_BRIGHT: Colour = (64, 214, 158)  # the same on the dark desk
BAD: Colour = (226, 60, 58)
BAD_BRIGHT: Colour = (255, 112, 98)


class Face(enum.Enum):
    """The typefaces: a round one that speaks, a clear one that explains."""

    LOUD = ("font_fredoka_one", "FredokaOne-Regular.ttf")
    TEXT = ("font_manrope", "Manrope-SemiBold.ttf")
    STRONG = ("font_manrope", "Manrope-ExtraBold.ttf")

    def data(self) -> bytes:
        """The font file's bytes, from its package."""
        package, name = self.value
        return resources.files(package).joinpath("files", name).read_bytes()


@dataclass(frozen=True)
class Type:
    """One step of the type scale."""

    face: Face
    size: float  # layout units
    smallest: int  # px: never set smaller than this, however small the window


GIANT = Type(Face.LOUD, 250, 64)  # the numeral on the prompt card, the countdown
NAME = Type(Face.LOUD, 128, 30)  # the wordmark
HUGE = Type(Face.LOUD, 108, 40)  # words and sums on the card, the final score
LARGE = Type(Face.LOUD, 54, 26)  # the running score
HEADING = Type(Face.LOUD, 34, 20)
LABEL = Type(Face.STRONG, 21, 14)  # buttons
BODY = Type(Face.TEXT, 20, 13)
NOTE = Type(Face.TEXT, 16, 12)  # the line on a tile
SMALL = Type(Face.STRONG, 15, 11)  # captions

RADIUS = 22.0  # layout units, corners of panels

# The spacing scale, layout units: how far things are apart, and how far from the edge around them.
SPACE_1 = 4.0
SPACE_2 = 8.0
SPACE_3 = 12.0
SPACE_4 = 16.0
SPACE_5 = 20.0
SPACE_6 = 24.0
SPACE_7 = 32.0
SPACE_8 = 40.0

GAP = SPACE_5  # between neighbours
MARGIN = SPACE_7  # to the window's edge
SHADOW = 7.0  # layout units, how far panels stand off the desk
