"""Which letters and signs share a digit's shape: decided by form, for training and measuring alike.

What shares no shape with a digit in anyone's hand is ink that a reader of digits should refuse.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np

from recognizer.types import Stroke
from train.data.samples import InkSample

# Letters that many people write as others write a digit: whoever knows only digits and sees only
# the ink, whatever its size, names that digit without a doubt. Decided by looking at pictures of
# every letter of the set, not at what a model makes of them. All other letters count, also those
# that come near a digit in some hands: a (a nine with a short stem), c, d, e, f, h, r, t, P, T.
SHAPES_SHARED_WITH_DIGITS = {
    "o": "the ring of 0",
    "O": "the ring of 0",
    "D": "a 0 with a flat back",
    "Q": "a 0 with a slash, or a 9",
    "U": "a 0 open at the top; with its stem the cup of an open 4",
    "u": "the cup and stem of an open 4; without its stem a 0 open at the top",
    "l": "the bar of 1",
    "I": "the bar of 1, with or without flag and foot",
    "i": "the bar of 1, with a dot",
    "J": "with its roof a 5, without it a 1 with a hook",
    "j": "with its dot drawn as a dash a 5, else a 1 with a hook",
    "Z": "2, or a crossed 7",
    "z": "2, or a crossed 7",
    "Y": "an open 4",
    "y": "an open 4, or a 9 open at the top",
    "S": "5",
    "s": "5",
    "b": "6",
    "G": "6",
    "B": "8 with a flat back",
    "g": "9, or an 8 where its tail is a loop",
    "q": "9",
}
# The least that anyone would leave out: the same strokes in the same places. For comparison.
TWINS_OF_DIGITS = frozenset("oOlIZzSsbgq")

# The same of signs, decided by looking at those of UNIPEN's training part.
SIGNS_SHARED_WITH_DIGITS = {
    "/": "the bar of 1",
    "|": "the bar of 1",
    "!": "the bar of 1, with a dot",
    "'": "the bar of 1: how large ink is says nothing",
    ",": "the bar of 1",
    "`": "the bar of 1",
    "(": "the bar of 1, bowed",
    ")": "the bar of 1, bowed",
    ";": "the bar of 1, with a dot",
    "}": "3",
    ">": "7",
    "&": "8 with a tail",
}
DASHES = frozenset("-_")  # bare lines that are whole signs, and lie flat as no one does

# Of what UJI has besides: shapes that a digit shares.
_UPSIDE_DOWN = frozenset("¡")

_BARE = 0.12  # of its length, by which a bare line leaves its chord at most
_SPECK = 0.1  # of the ink's extent; smaller strokes are dirt beside a bare line

Strokes = Sequence[Stroke]


def shows_no_digit(sample: InkSample) -> bool:
    """Whether a letter or sign is ink that nobody takes for a digit; a digit is taken for one.

    An accent changes nothing: whoever reads an ó as a nought misreads its ring.
    """
    base = unicodedata.normalize("NFD", sample.label)[:1]
    if base.isdigit() or base in _UPSIDE_DOWN:
        return False
    if base in SHAPES_SHARED_WITH_DIGITS or base in SIGNS_SHARED_WITH_DIGITS:
        return False
    return base in DASHES or not is_bare_line(sample.strokes)


def is_bare_line(strokes: Strokes) -> bool:
    """Whether ink is one nearly straight line: a one or a dash, whatever letter it belongs to."""
    extent = max(float(np.ptp(np.concatenate(strokes)[:, :2], axis=0).max()), 1e-9)
    large = [s[:, :2] for s in strokes if np.ptp(s[:, :2], axis=0).max() > _SPECK * extent]
    if len(large) != 1:
        return not large
    (path,) = large
    chord = path[-1] - path[0]
    length = float(np.hypot(*chord))
    if length <= 0:
        return False
    apart = np.abs((path - path[0]) @ np.array([-chord[1], chord[0]])) / length
    return float(apart.max()) < _BARE * length
