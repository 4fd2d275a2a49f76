"""What a recognizer should refuse, and the real digits that this may cost: the sets, for measuring.

Outliers are UNIPEN's letters but for those of `SHAPES_SHARED_WITH_DIGITS`, its signs but for those
of `SIGNS_SHARED_WITH_DIGITS`, and the scribbles, dots and dashes of `train.measures.scribbles`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recognizer.types import Stroke
from train.data.pens import InkSample
from train.data.unipen import PenDigit
from train.measures import scribbles

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

SCRIBBLES_EACH = 200  # of each kind, as of dots and dashes
SEED = 5

LETTERS = "UNIPEN dev letters"
ALL_LETTERS = "UNIPEN dev letters, only twins of digits left out"
SIGNS = "UNIPEN dev signs"
SCRIBBLES = "scribbles"
DOTS = "dots and dashes"

_BARE = 0.12  # of its length, by which a bare line leaves its chord at most
_SPECK = 0.1  # of the ink's extent; smaller strokes are dirt beside a bare line

Strokes = Sequence[Stroke]


@dataclass(frozen=True)
class Ink:
    """Samples of one set with the kind of each: a letter, a kind of scribble, a digit."""

    name: str
    kinds: tuple[str, ...]
    samples: tuple[Strokes, ...]

    def __len__(self) -> int:
        return len(self.samples)


@dataclass(frozen=True)
class Collection:
    """All that is read: real digits, and ink that is none. `bare` letters were left out as such."""

    digits: tuple[Ink, ...]
    outliers: tuple[Ink, ...]
    bare: int = 0


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


def collect(
    digits: Sequence[tuple[str, Sequence[InkSample]]],
    crossed_out: Sequence[PenDigit],
    letters: Sequence[InkSample] | None,
    signs: Sequence[InkSample] | None,
    limit: int | None = None,
) -> Collection:
    """Gather the sets and draw the scribbles; `limit` takes so many samples of each set.

    They are spread over it. `crossed_out` are the digits that some scribbles go over.
    """
    outliers: list[Ink] = []
    bare = 0
    if letters is not None:
        pairs = [pair for pair in _pairs(letters) if pair[0] not in TWINS_OF_DIGITS]
        own = [pair for pair in pairs if pair[0] not in SHAPES_SHARED_WITH_DIGITS]
        whole = [pair for pair in own if not is_bare_line(pair[1])]
        bare = len(own) - len(whole)
        outliers += [_ink(LETTERS, whole, limit), _ink(ALL_LETTERS, pairs, limit)]
    if signs is not None:
        own = [pair for pair in _pairs(signs) if pair[0] not in SIGNS_SHARED_WITH_DIGITS]
        whole = [pair for pair in own if pair[0] in DASHES or not is_bare_line(pair[1])]
        outliers.append(_ink(SIGNS, whole, limit))
    each = SCRIBBLES_EACH
    if limit is not None:
        each = min(each, -(-limit // len(scribbles.SCRIBBLE_KINDS)))
    for name, drawn in (
        (SCRIBBLES, scribbles.scribbles(crossed_out, each, SEED)),
        (DOTS, scribbles.dots_and_dashes(each, SEED)),
    ):
        outliers.append(_ink(name, [(scribble.kind, scribble.strokes) for scribble in drawn], None))
    real = [_ink(name, _pairs(samples), limit) for name, samples in digits]
    return Collection(tuple(real), tuple(outliers), bare)


def _pairs(samples: Sequence[InkSample]) -> list[tuple[str, Strokes]]:
    return [(sample.label, sample.strokes) for sample in samples]


def _ink(name: str, pairs: Sequence[tuple[str, Strokes]], limit: int | None) -> Ink:
    if limit is not None and limit < len(pairs):
        pairs = [pairs[int(row)] for row in np.linspace(0, len(pairs) - 1, limit)]
    return Ink(name, tuple(kind for kind, _ in pairs), tuple(strokes for _, strokes in pairs))
