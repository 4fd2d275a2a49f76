"""The look in one place: the palette in use, one type scale, one spacing scale, two typefaces.

The identity: a deep indigo desk at night, a sheet of squared school paper under the lamp, and one
hot accent, marigold; or the same sheet on a light desk by day. Everything that runs (time, streak,
the wait for a verdict) is a *dash*: a round-ended bar, like a pen stroke.

The colours (`theme.PAPER`) are those of the palette in use: read them when you draw, never when a
module is loaded. `use` changes the palette.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, fields
from importlib import resources
from typing import TYPE_CHECKING

from game.ui.palettes import NIGHT as _NIGHT
from game.ui.palettes import PALETTES, Palette
from game.ui.palettes import Colour as Colour

NIGHT: Colour  # the desk
NIGHT_DEEP: Colour  # shadows on it, and grooves
NIGHT_RAISED: Colour  # panels on it
NIGHT_LINE: Colour  # outlines and empty gauges
SHADE: Colour  # what a screen is darkened with
TEXT: Colour  # text and marks on the desk
MIST: Colour  # quiet text on the desk
GLOW: Colour  # the accent as text and marks on the desk
PAPER: Colour  # the sheet, and what stands on GOOD and BAD
PAPER_RULE: Colour  # the squares
PAPER_LINE: Colour  # the line for an answer
PAPER_MARGIN: Colour  # the margin line
PAPER_EDGE: Colour
INK: Colour  # on the sheet, and on SUN
INK_QUIET: Colour  # quiet text on paper
GHOST: Colour  # on the sheet: the ink of another round beside one's own
SUN: Colour  # the accent as a ground
SUN_DEEP: Colour  # its shadow side
GOOD: Colour
GOOD_BRIGHT: Colour  # the same on the desk
BAD: Colour
BAD_BRIGHT: Colour

_in_use = _NIGHT
_FIELDS = {field.name.upper(): field.name for field in fields(Palette)}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Colour:
        """A colour of the palette in use."""
        if name in _FIELDS:
            return getattr(_in_use, _FIELDS[name])
        raise AttributeError(f"the theme has no {name}")


def use(name: str, *, safe: bool = False) -> None:
    """Take the palette of the theme of that name, with colours for all eyes where they are wanted.

    Whatever was painted before must be painted again. Raises KeyError for an unknown theme.
    """
    global _in_use
    _in_use = PALETTES[name, safe]


# What players are told apart by, with their initials; each is light enough for ink on it.
PLAYER_COLOURS: dict[str, Colour] = {
    "marigold": (255, 184, 40),
    "sky": (104, 190, 245),
    "coral": (255, 138, 112),
    "leaf": (126, 211, 108),
    "violet": (178, 150, 255),
    "rose": (246, 146, 196),
    "teal": (72, 209, 196),
    "sand": (226, 209, 170),
}


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
    grows: bool = False  # whether the player's text size applies: what is large already stays


GIANT = Type(Face.LOUD, 250, 64)  # the numeral on the prompt card, the countdown
NAME = Type(Face.LOUD, 128, 30)  # the wordmark
HUGE = Type(Face.LOUD, 108, 40)  # words and sums on the card, the final score
LARGE = Type(Face.LOUD, 54, 26)  # the running score
HEADING = Type(Face.LOUD, 34, 20, grows=True)
LABEL = Type(Face.STRONG, 21, 14, grows=True)  # buttons
BODY = Type(Face.TEXT, 20, 13, grows=True)
NOTE = Type(Face.TEXT, 16, 12, grows=True)  # the line on a tile
SMALL = Type(Face.STRONG, 15, 11, grows=True)  # captions

TEXT_SIZES = {"normal": 1.0, "large": 1.15, "largest": 1.3}  # how many times larger it is set

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
