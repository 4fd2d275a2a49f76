"""What a recognizer should refuse, and the real digits that this may cost: the sets, for measuring.

Real digits are pendigits' test writers and UNIPEN's dev writers. Outliers are UNIPEN's letters but
for those of `SHAPES_SHARED_WITH_DIGITS`, and the scribbles, dots and dashes of
`train.measures.scribbles`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from recognizer.types import Stroke
from train.data import sets as data
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

SCRIBBLES_EACH = 200  # of each kind, as of dots and dashes
SEED = 5

LETTERS = "UNIPEN dev letters"
ALL_LETTERS = "UNIPEN dev letters, only twins of digits left out"
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


def collect(folder: Path | None, limit: int | None = None) -> Collection:
    """Load and draw everything; `limit` takes so many samples of each set, spread over it.

    Without a local folder with UNIPEN there are no letters and only pendigits' digits.
    """
    pendigits = data.load_pendigits(train=False, data=folder)
    digits = [
        _ink("pendigits test", [(str(d.label), d.strokes) for d in pendigits], limit),
    ]
    unipen = data.load_unipen("unipen-digits-dev", folder)
    if unipen is not None:
        digits.append(_ink("UNIPEN dev digits", [(s.label, s.strokes) for s in unipen], limit))
    outliers: list[Ink] = []
    bare = 0
    letters = data.load_unipen("unipen-letters-dev", folder)
    if letters is not None:
        pairs = [(s.label, s.strokes) for s in letters if s.label not in TWINS_OF_DIGITS]
        own = [pair for pair in pairs if pair[0] not in SHAPES_SHARED_WITH_DIGITS]
        whole = [pair for pair in own if not is_bare_line(pair[1])]
        bare = len(own) - len(whole)
        outliers += [_ink(LETTERS, whole, limit), _ink(ALL_LETTERS, pairs, limit)]
    each = SCRIBBLES_EACH
    if limit is not None:
        each = min(each, -(-limit // len(scribbles.SCRIBBLE_KINDS)))
    for name, drawn in (
        (SCRIBBLES, scribbles.scribbles(pendigits, each, SEED)),
        (DOTS, scribbles.dots_and_dashes(each, SEED)),
    ):
        outliers.append(_ink(name, [(scribble.kind, scribble.strokes) for scribble in drawn], None))
    return Collection(tuple(digits), tuple(outliers), bare)


def _ink(name: str, pairs: Sequence[tuple[str, Strokes]], limit: int | None) -> Ink:
    if limit is not None and limit < len(pairs):
        pairs = [pairs[int(row)] for row in np.linspace(0, len(pairs) - 1, limit)]
    return Ink(name, tuple(kind for kind, _ in pairs), tuple(strokes for _, strokes in pairs))
